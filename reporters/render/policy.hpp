// Content security policies that name what a page holds by its hash. Pure.
#pragma once

#include <string>
#include <string_view>

namespace peer {

/// The source expression by which a policy allows this very text: "'sha256-...'".
[[nodiscard]] std::string policy_hash(std::string_view text);

}  // namespace peer
