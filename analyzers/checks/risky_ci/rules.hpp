// The rules about CI definitions. Constants; thread-safe.
#pragma once

#include <span>

#include "analyzers/checks/check.hpp"

namespace peer::ci {

enum Rule : std::size_t {
  kUnpinned,
  kUntrustedCheckout,
  kInjection,
  kPipedDownload,
  kSecretUse,
  kSecretSent,
  kPermissions,
  kSelfHosted,
  kRemoteInclude,
};

[[nodiscard]] std::span<const RuleInfo> rules();

}  // namespace peer::ci
