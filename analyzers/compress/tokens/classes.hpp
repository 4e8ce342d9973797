// Which class of the tokenizers' expressions a code point belongs to: two look-ups in a table that
// is made when Peer is built (classes.mjs, main.cpp). Thread-safe.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace peer::tokens {

// Bits of a class.
inline constexpr unsigned char kLetter = 1;    ///< \p{L}
inline constexpr unsigned char kDigit = 2;     ///< \p{N}
inline constexpr unsigned char kSpace = 4;     ///< \s
inline constexpr unsigned char kUpper = 8;     ///< [\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]
inline constexpr unsigned char kLower = 16;    ///< [\p{Ll}\p{Lm}\p{Lo}\p{M}]
inline constexpr unsigned char kNewline = 32;  ///< [\r\n]

inline constexpr std::size_t kCodePoints = 0x110000;
inline constexpr std::size_t kPage = 128;

/// A character of a text: its class and its bytes.
struct Character {
  unsigned char bits = 0;
  unsigned char size = 0;
};

/// As character_at for a byte that is not ASCII.
[[nodiscard]] Character wide_character_at(std::string_view text, std::size_t at);

/// ASCII's part of the table, which never changes.
inline constexpr auto kAscii = [] {
  std::array<unsigned char, 128> bits{};
  for (std::size_t c = '0'; c <= '9'; ++c)
    bits[c] = kDigit;
  for (std::size_t c = 'A'; c <= 'Z'; ++c)
    bits[c] = kLetter | kUpper;
  for (std::size_t c = 'a'; c <= 'z'; ++c)
    bits[c] = kLetter | kLower;
  for (std::size_t c = '\t'; c <= '\r'; ++c)
    bits[c] = kSpace;
  bits[' '] = kSpace;
  bits['\r'] = bits['\n'] = kSpace | kNewline;
  return bits;
}();

/// The character at byte `at` < text.size(). A byte that begins no well-formed UTF-8 sequence is a
/// character of its own, of no class.
[[nodiscard]] inline Character character_at(std::string_view text, std::size_t at) {
  const auto byte = static_cast<unsigned char>(text[at]);
  return byte < kAscii.size() ? Character{kAscii[byte], 1} : wide_character_at(text, at);
}

}  // namespace peer::tokens
