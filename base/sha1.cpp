#include "base/sha1.hpp"

#include <array>
#include <cstdint>
#include <nettle/sha1.h>

namespace peer {

std::string sha1(std::string_view bytes) {
  sha1_ctx state{};
  nettle_sha1_init(&state);
  // nettle reads bytes, a string_view holds chars: the same object representation
  nettle_sha1_update(&state, bytes.size(), reinterpret_cast<const std::uint8_t*>(bytes.data()));
  std::array<std::uint8_t, SHA1_DIGEST_SIZE> digest{};
  nettle_sha1_digest(&state, digest.size(), digest.data());
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string out;
  for (const auto byte : digest) {
    out += kDigits[byte >> 4U];
    out += kDigits[byte & 0xFU];
  }
  return out;
}

}  // namespace peer
