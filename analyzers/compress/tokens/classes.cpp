#include "analyzers/compress/tokens/classes.hpp"

#include <cstring>

#include "analyzers/compress/tokens/blocks.hpp"
#include "base/text.hpp"

namespace peer::tokens {

Character wide_character_at(std::string_view text, std::size_t at) {
  const auto decoded = decode_utf8(text.substr(at));
  if (!decoded.valid) return {0, 1};
  const auto point = static_cast<std::size_t>(decoded.code_point);
  std::uint16_t page = 0;
  std::memcpy(&page, peer_classes_block + point / kPage * sizeof page, sizeof page);
  return {peer_classes_block[kCodePoints / kPage * sizeof page + page * kPage + point % kPage],
          decoded.length};
}

}  // namespace peer::tokens
