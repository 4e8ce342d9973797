// Brings a conversation to what is wanted: read, plan, write, and after a write whose end is not
// known read and plan again. One thread.
#pragma once

#include <functional>
#include <set>
#include <stop_token>
#include <string>
#include <vector>

#include "reporters/comment_sync/conversation.hpp"
#include "reporters/comment_sync/wanted.hpp"

namespace peer {

struct SyncOutcome {
  bool done = false;    ///< all that could be said stands there, or the change has moved on
  std::string stopped;  ///< why nothing (more) was written though nothing failed; ""
  std::vector<std::string> degraded;    ///< steps down, one sentence each
  std::string failure;                  ///< why it is not done; ""
  std::size_t writes = 0;               ///< that were carried out
  std::size_t comments = 0, fixed = 0;  ///< posted on lines; resolved
  std::vector<SetAside> aside;          ///< what people set aside, as the forge has it
};

/// What is wanted where people set these findings aside.
using MakeWanted = std::function<Wanted(const std::vector<SetAside>& aside)>;

/// `make` is asked again when what was set aside on the forge changes. `pause` waits before round n
/// (1, 2, ...) of looking again, and says false to stop.
[[nodiscard]] SyncOutcome sync(const MakeWanted& make, Conversation& conversation,
                               const std::function<bool(int round)>& pause,
                               const std::stop_token& stop = {});

/// The same for what is wanted whatever was set aside.
[[nodiscard]] SyncOutcome sync(const Wanted& wanted, Conversation& conversation,
                               const std::function<bool(int round)>& pause,
                               const std::stop_token& stop = {});

}  // namespace peer
