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

/// The writes, in the order in which they must happen: a run that is killed between two of them and
/// starts again ends where it would have ended. `refused` are keys of comments that the forge has
/// just turned down.
[[nodiscard]] std::vector<Write> plan(const Wanted& wanted, const Said& said,
                                      const TokenAbilities& abilities,
                                      const std::set<std::string>& refused = {});

}  // namespace peer
