#include "reporters/render/policy.hpp"

#include "base/hash.hpp"
#include "reporters/base64.hpp"

namespace peer {

std::string policy_hash(std::string_view text) {
  const auto hex = sha256(text);
  std::string bytes;
  for (std::size_t i = 0; i < hex.size(); i += 2)
    bytes += static_cast<char>(std::stoi(hex.substr(i, 2), nullptr, 16));
  return "'sha256-" + base64_encode(bytes) + "'";
}

}  // namespace peer
