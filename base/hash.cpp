#include "base/hash.hpp"

#include <array>
#include <cstdint>
#include <nettle/sha2.h>

namespace peer {
namespace {

class Sha256 {
 public:
  Sha256() { nettle_sha256_init(&state_); }
  void add(std::string_view bytes) {
    // nettle reads bytes, a string_view holds chars: the same object representation
    nettle_sha256_update(&state_, bytes.size(),
                         reinterpret_cast<const std::uint8_t*>(bytes.data()));
  }
  std::string hex() {
    std::array<std::uint8_t, SHA256_DIGEST_SIZE> digest{};
    nettle_sha256_digest(&state_, digest.size(), digest.data());
    static constexpr std::string_view kDigits = "0123456789abcdef";
    std::string out(digest.size() * 2, '0');
    for (std::size_t i = 0; i < digest.size(); ++i) {
      out[2 * i] = kDigits[digest[i] >> 4U];
      out[2 * i + 1] = kDigits[digest[i] & 0xFU];
    }
    return out;
  }

 private:
  sha256_ctx state_{};
};

}  // namespace

std::string sha256(std::string_view bytes) {
  Sha256 hash;
  hash.add(bytes);
  return hash.hex();
}

std::string sha256_of_parts(std::initializer_list<std::string_view> parts) {
  Sha256 hash;
  for (const auto part : parts) {
    hash.add(std::to_string(part.size()) + ":");
    hash.add(part);
  }
  return hash.hex();
}

}  // namespace peer
