// Which files of a change are looked at, and which findings are known already: from the
// configuration, the ignore files that users have, and the baseline. Read once per command; what it
// gives is safe from any thread.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "analyzers/change_set.hpp"
#include "analyzers/finding.hpp"
#include "base/result.hpp"
#include "bot/input.hpp"

namespace peer {

struct Scoping {
  std::function<Scope(const ChangedFile&)> scope;
  std::function<void(std::vector<Finding>&)> mark_known;  ///< null without a baseline
  /// What of the ignore files could not be read, one sentence each.
  std::vector<std::string> notes;
};

/// Fails where the baseline cannot be read: without it, everything old would count.
[[nodiscard]] Result<Scoping> load_scope(const Input& input, const Config& config,
                                         const Invocation& invocation);

}  // namespace peer
