// From what should stand on a forge and what does stand there to the writes between the two. Pure:
// the same two give the same writes, and once they are carried out there are none left.
// Thread-safe.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "reporters/comment_sync/conversation.hpp"
#include "reporters/comment_sync/wanted.hpp"

namespace peer {

/// Why nothing is to be written, when the change is no longer what was reviewed; "" when it is.
[[nodiscard]] std::string moved_on(const Wanted& wanted, const ChangeNow& now);

/// The keys of what was found, each once, sorted.
[[nodiscard]] std::vector<std::string> keys_of(const Wanted& wanted);

/// What became of findings since what `before` remembers; empty where that cannot be told.
[[nodiscard]] Since since_then(const Memory& before, const std::vector<std::string>& found,
                               const Wanted& wanted);

/// The summary as it should stand, behind its mark: the verdict first, then what changed since the
/// last push. `memory` is told the hash of what it says; `unplaced` are places that the forge took
/// no comment on.
[[nodiscard]] std::string summary_body(const Wanted& wanted, Memory& memory,
                                       const std::vector<std::string>& unplaced);

/// The writes, in the order in which they must happen: a run that is killed between two of them and
/// starts again ends where it would have ended. `refused` are keys of comments that the forge has
/// just turned down.
[[nodiscard]] std::vector<Write> plan(const Wanted& wanted, const Said& said,
                                      const TokenAbilities& abilities,
                                      const std::set<std::string>& refused = {});

}  // namespace peer
