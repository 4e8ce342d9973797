// Which finding a fix answers, among those of a whole change. A value.
#pragma once

#include <compare>
#include <string>

#include "analyzers/finding.hpp"
#include "llm/proved_fix.hpp"

namespace peer {

/// A fingerprint says nothing of the path (it survives renames): the same mistake in two files has
/// one print, and a fix of the first is none of the second.
struct FixKey {
  std::string path;
  std::string fingerprint;
  friend auto operator<=>(const FixKey&, const FixKey&) = default;  // NOLINT(modernize-use-nullptr)
};

[[nodiscard]] inline FixKey key_of(const ProvedFix& fix) { return {fix.path, fix.fingerprint}; }
[[nodiscard]] inline FixKey key_of(const Finding& finding) {
  return {finding.path, finding.fingerprint};
}

}  // namespace peer
