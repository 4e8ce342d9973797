// A forge that can be talked to: the client with all that it needs to live. One thread.
#pragma once

#include "reporters/commands/forge.hpp"
#include "reporters/comment_sync/conversation.hpp"

namespace peer {

class ForgeTarget {
 public:
  virtual ~ForgeTarget() = default;
  [[nodiscard]] virtual Conversation& conversation() = 0;
  [[nodiscard]] virtual CommandForge& commands() = 0;
};

/// Where a forge may be reached: over https, or on this machine.
[[nodiscard]] Result<void> check_address(const std::string& url);

}  // namespace peer
