// The part of the plan that is about comments on lines: which stay, which are resolved, reopened or
// taken away, which are new. Pure; thread-safe.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "reporters/comment_sync/conversation.hpp"
#include "reporters/comment_sync/wanted.hpp"

namespace peer {

struct ThreadPlan {
  std::vector<Write> writes;
  std::vector<std::string> raised;    ///< keys that have or had a comment once the writes are done
  std::vector<std::string> unplaced;  ///< places of findings whose comment the forge refused
};

/// `memory` is what the summary on the forge remembers.
[[nodiscard]] ThreadPlan plan_threads(const Wanted& wanted, const Said& said,
                                      const TokenAbilities& abilities, const Memory& memory,
                                      const std::set<std::string>& refused);

}  // namespace peer
