// Fixes onto the branch of a change, without Git: once, never over what someone else pushed, and
// where the branch may not be written to as a change of their own. One thread.
#pragma once

#include <functional>
#include <string>

#include "reporters/commands/fixes.hpp"
#include "reporters/commands/forge.hpp"

namespace peer {

struct FixEnd {
  enum class Kind {
    committed,  ///< `commit` holds them
    opened,     ///< the change at `url` holds them
    branched,   ///< only the branch `branch` holds them: no change may be opened; `detail` says why
    moved,      ///< the change has a new head: nothing was done
    cannot,     ///< the branch cannot be written to, and no other would do
    failed,
  };
  Kind kind = Kind::failed;
  std::string commit, branch, url, detail;
};

/// Commits `fixes` on the head of `ends`, as the answer to command `to`. Whether it has happened
/// already is looked at before every attempt. `pause` waits before attempt n and says false to
/// stop.
[[nodiscard]] FixEnd commit_fixes(CommandForge& forge, const ChangeEnds& ends,
                                  const FixesToCommit& fixes, const std::string& to,
                                  const std::function<bool(int round)>& pause);

}  // namespace peer
