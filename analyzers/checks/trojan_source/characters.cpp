#include "analyzers/checks/trojan_source/characters.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>

#include "base/text.hpp"

namespace peer::trojan {
namespace {

struct Range {
  char32_t first, last;
};

template <std::size_t N>
bool is_in(char32_t c, const std::array<Range, N>& ranges) {
  return std::any_of(ranges.begin(), ranges.end(),
                     [c](const Range& range) { return c >= range.first && c <= range.last; });
}

/// Letters whose usual shape is that of a Latin one, in rising order. Greek letters that people
/// write in formulas (alpha, nu, rho) are left out though they come near.
struct Pair {
  char32_t letter;
  char latin;
};
constexpr std::array<Pair, 58> kPairs{{
    {0x0391, 'A'}, {0x0392, 'B'}, {0x0395, 'E'}, {0x0396, 'Z'}, {0x0397, 'H'}, {0x0399, 'I'},
    {0x039A, 'K'}, {0x039C, 'M'}, {0x039D, 'N'}, {0x039F, 'O'}, {0x03A1, 'P'}, {0x03A4, 'T'},
    {0x03A5, 'Y'}, {0x03A7, 'X'}, {0x03BF, 'o'}, {0x03F2, 'c'}, {0x03F3, 'j'}, {0x0405, 'S'},
    {0x0406, 'I'}, {0x0408, 'J'}, {0x0410, 'A'}, {0x0412, 'B'}, {0x0415, 'E'}, {0x041A, 'K'},
    {0x041C, 'M'}, {0x041D, 'H'}, {0x041E, 'O'}, {0x0420, 'P'}, {0x0421, 'C'}, {0x0422, 'T'},
    {0x0423, 'Y'}, {0x0425, 'X'}, {0x0430, 'a'}, {0x0435, 'e'}, {0x043E, 'o'}, {0x0440, 'p'},
    {0x0441, 'c'}, {0x0443, 'y'}, {0x0445, 'x'}, {0x0455, 's'}, {0x0456, 'i'}, {0x0458, 'j'},
    {0x0475, 'v'}, {0x04AE, 'Y'}, {0x04BB, 'h'}, {0x04CF, 'l'}, {0x0501, 'd'}, {0x051A, 'Q'},
    {0x051B, 'q'}, {0x051C, 'W'}, {0x051D, 'w'}, {0x0555, 'O'}, {0x0561, 'w'}, {0x0570, 'h'},
    {0x0578, 'n'}, {0x057D, 'u'}, {0x0581, 'g'}, {0x0585, 'o'},
}};

/// None of the eight bytes is under 0x20 or 0x7F or has its high bit set; a line end or tab counts
/// as the first.
inline bool are_plain(const char* eight) {
  constexpr std::uint64_t kOnes = 0x0101010101010101U;
  constexpr std::uint64_t kHigh = 0x8080808080808080U;
  std::uint64_t word = 0;
  std::memcpy(&word, eight, 8);
  const auto low = (word - kOnes * 0x20U) & ~word;
  const auto del = (word ^ (kOnes * 0x7FU)) - kOnes;
  return ((low | del | word) & kHigh) == 0;
}

}  // namespace

bool is_bidi_control(char32_t c) {
  return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

bool is_override(char32_t c) { return c == 0x202D || c == 0x202E; }

bool is_right_to_left(char32_t c) {
  static constexpr std::array<Range, 5> kRanges{{{0x0590, 0x08FF},
                                                 {0xFB1D, 0xFDFF},
                                                 {0xFE70, 0xFEFC},
                                                 {0x10800, 0x10FFF},
                                                 {0x1E800, 0x1EFFF}}};
  return c != 0x061C && is_in(c, kRanges);
}

bool is_hidden(char32_t c) {
  static constexpr std::array<Range, 11> kRanges{{{0x00AD, 0x00AD},
                                                  {0x034F, 0x034F},
                                                  {0x061C, 0x061C},
                                                  {0x115F, 0x1160},
                                                  {0x17B4, 0x17B5},
                                                  {0x180B, 0x180E},
                                                  {0x200B, 0x200F},
                                                  {0x2060, 0x2064},
                                                  {0x3164, 0x3164},
                                                  {0xFEFF, 0xFEFF},
                                                  {0xFFA0, 0xFFA0}}};
  return is_in(c, kRanges);
}

bool is_tag(char32_t c) { return c >= 0xE0000 && c <= 0xE007F; }

bool is_variation_selector(char32_t c) {
  return (c >= 0xFE00 && c <= 0xFE0F) || (c >= 0xE0100 && c <= 0xE01EF);
}

bool is_control(char32_t c) {
  if (c == '\t' || c == '\n' || c == '\r' || c == '\f') return false;
  return c < 0x20 || (c >= 0x7F && c <= 0x9F);
}

char lookalike_of(char32_t c) {
  if (c >= 0xFF21 && c <= 0xFF3A) return static_cast<char>('A' + (c - 0xFF21));
  if (c >= 0xFF41 && c <= 0xFF5A) return static_cast<char>('a' + (c - 0xFF41));
  // mathematical alphabets: 26 capitals, 26 small letters, over and over
  if (c >= 0x1D400 && c <= 0x1D6A3) {
    const auto index = (c - 0x1D400) % 52;
    return static_cast<char>(index < 26 ? 'A' + index : 'a' + index - 26);
  }
  const auto* found =
      std::lower_bound(kPairs.begin(), kPairs.end(), c,
                       [](const Pair& pair, char32_t value) { return pair.letter < value; });
  return found != kPairs.end() && found->letter == c ? found->latin : '\0';
}

bool is_identifier_part(char32_t c) {
  if (c < 0x80)
    return c == '_' || (c >= '0' && c <= '9') || ((c | 0x20U) >= 'a' && (c | 0x20U) <= 'z');
  // punctuation, symbols and blanks outside ASCII
  static constexpr std::array<Range, 9> kOthers{{{0x80, 0xA9},
                                                 {0xAB, 0xAC},
                                                 {0xAE, 0xB4},
                                                 {0xB6, 0xBF},
                                                 {0x2000, 0x200A},
                                                 {0x2010, 0x2027},
                                                 {0x2028, 0x205F},
                                                 {0x2190, 0x2BFF},
                                                 {0x3000, 0x3004}}};
  return !is_in(c, kOthers);
}

std::size_t flag_length(std::string_view text) {
  constexpr char32_t kBlackFlag = 0x1F3F4;
  constexpr char32_t kCancel = 0xE007F;
  constexpr std::size_t kLeast = 3,
                        kMost = 6;  // a country's two letters and up to four of a part of it
  auto decoded = decode_utf8(text);
  if (decoded.code_point != kBlackFlag) return 0;
  std::size_t at = decoded.length;
  for (std::size_t count = 0; at < text.size(); ++count) {
    decoded = decode_utf8(text.substr(at));
    at += decoded.length;
    const char32_t c = decoded.code_point;
    if (c == kCancel) return count >= kLeast && count <= kMost ? at : 0;
    const bool letter = c >= 0xE0061 && c <= 0xE007A;
    const bool digit = c >= 0xE0030 && c <= 0xE0039;
    if (!letter && !(digit && count >= 2)) return 0;
  }
  return 0;
}

std::size_t find_unusual(std::string_view text, std::size_t from) {
  const auto unusual = [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte >= 0x7F || (byte < 0x20 && is_control(byte));
  };
  std::size_t at = from;
  while (at < text.size()) {
    if (at + 8 <= text.size() && are_plain(text.data() + at)) {
      at += 8;
      continue;
    }
    const auto stop = std::min(at + 8, text.size());
    for (; at < stop; ++at)
      if (unusual(text[at])) return at;
  }
  return text.size();
}

}  // namespace peer::trojan
