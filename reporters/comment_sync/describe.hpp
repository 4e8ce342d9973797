// Planned writes in words, with every text in full: what --dry-run prints. Pure; thread-safe.
#pragma once

#include <string>
#include <vector>

#include "reporters/comment_sync/conversation.hpp"

namespace peer {

[[nodiscard]] std::string describe(const std::vector<Write>& writes);

}  // namespace peer
