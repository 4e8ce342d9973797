#include "analyzers/checks/slow_regex/escapes.hpp"

#include <charconv>
#include <cstdint>

#include "analyzers/characters.hpp"
#include "base/text.hpp"

namespace peer::slow_regex {
namespace {

const CharSet& digits() {
  static const CharSet kSet{{U'0', U'9'}};
  return kSet;
}

const CharSet& word() {
  static const CharSet kSet{{U'0', U'9'}, {U'A', U'Z'}, {U'_', U'_'}, {U'a', U'z'}};
  return kSet;
}

const CharSet& blanks() {
  static const CharSet kSet{
      {U'\t', U'\r'}, {U' ', U' '}, {0x85, 0x85}, {0xA0, 0xA0}, {0x2028, 0x2029}};
  return kSet;
}

const CharSet& letters_and_digits() {
  static const CharSet kSet{{U'0', U'9'}, {U'A', U'Z'}, {U'a', U'z'}};
  return kSet;
}

const CharSet& punctuation() {
  static const CharSet kSet{{U'!', U'/'}, {U':', U'@'}, {U'[', U'`'}, {U'{', U'~'}};
  return kSet;
}

const CharSet* known_class(char c) {
  switch (c) {
    case 'd':
      return &digits();
    case 'w':
      return &word();
    case 's':
      return &blanks();
    default:
      return nullptr;
  }
}

std::optional<CharSet> property_called(std::string_view name) {
  if (name == "Lu" || name == "Upper") return CharSet{{U'A', U'Z'}, {0xC0, 0xDE}};
  if (name == "Ll" || name == "Lower") return CharSet{{U'a', U'z'}, {0xDF, 0xFF}};
  if (name == "Digit") return digits();
  if (name == "Alnum") return letters_and_digits();
  if (name == "Space") return blanks();
  if (name == "Punct") return punctuation();
  if (name == "Alpha" || name == "IsAlphabetic") name = "L";
  switch (name.empty() ? '\0' : name.front()) {
    case 'L':
      return CharSet{{U'A', U'Z'}, {U'a', U'z'}, {0xC0, 0x2FF}};
    case 'N':
      return digits();
    case 'Z':
      return blanks();
    case 'P':
      return punctuation();
    default:
      return std::nullopt;
  }
}

std::optional<char32_t> number(std::string_view hex) {
  std::uint32_t value = 0;
  constexpr int kHex = 16;
  const auto [stop, error] = std::from_chars(hex.data(), hex.data() + hex.size(), value, kHex);
  if (hex.empty() || stop != hex.data() + hex.size() || error != std::errc() ||
      value > CharSet::kLastChar)
    return std::nullopt;
  return value;
}

/// `41` of no more than `most` digits, or `{1F600}`.
std::optional<char32_t> hex(Cursor& at, std::size_t most) {
  if (at.take("{")) {
    const auto digits = at.taken_to("}");
    return digits ? number(*digits) : std::nullopt;
  }
  std::size_t count = 0;
  while (count < most && is_hex(at.peek(count)))
    ++count;
  return number(at.taken(count));
}

/// `\177`; only in brackets, elsewhere all but those with a leading zero are references.
char32_t octal(Cursor& at) {
  constexpr int kMost = 3;
  char32_t value = 0;
  for (int i = 0; i < kMost && at.peek() >= '0' && at.peek() <= '7'; ++i, at.skip(1))
    value = value * 8 + static_cast<char32_t>(at.peek() - '0');
  return value;
}

/// What a letter alone writes: `n`.
std::optional<char32_t> letter_escape(char c) {
  constexpr std::string_view kLetters = "nrtfvae";
  constexpr std::u32string_view kMeant = U"\n\r\t\f\v\a\x1B";
  const auto found = kLetters.find(c);
  return found == std::string_view::npos ? std::nullopt : std::optional(kMeant[found]);
}

}  // namespace

char32_t Cursor::code_point() {
  if (at_end()) return 0;
  const auto decoded = decode_utf8(text_.substr(at_));
  const auto byte = static_cast<unsigned char>(text_[at_]);
  at_ += decoded.length;
  return decoded.valid ? decoded.code_point : byte;
}

CharSet posix_class(std::string_view name) {
  if (name == "alpha") return {{U'A', U'Z'}, {U'a', U'z'}};
  if (name == "digit") return digits();
  if (name == "alnum") return letters_and_digits();
  if (name == "upper") return {{U'A', U'Z'}};
  if (name == "lower") return {{U'a', U'z'}};
  if (name == "space" || name == "blank") return blanks();
  if (name == "punct") return punctuation();
  if (name == "xdigit") return {{U'0', U'9'}, {U'A', U'F'}, {U'a', U'f'}};
  return word();
}

std::optional<CharSet> class_escape(Cursor& at) {
  const char c = at.peek();
  std::optional<CharSet> out;
  if (const CharSet* known = known_class(c)) out = *known;
  if (is_upper(c))
    if (const CharSet* known = known_class(static_cast<char>(c - 'A' + 'a')))
      out = known->negated();
  if (c == 'h') out = CharSet{{U'\t', U'\t'}, {U' ', U' '}};
  if (c == 'R') out = CharSet{{U'\n', U'\r'}};
  if (c == 'N') out = CharSet(U'\n').negated();
  if (out) at.skip(1);
  return out;
}

std::optional<CharSet> property(Cursor& at) {
  const bool negated = at.taken(1) == "P";
  const auto name = at.take("{") ? at.taken_to("}") : std::optional(at.taken(1));
  auto set = name ? property_called(*name) : std::nullopt;
  return set && negated ? set->negated() : set;
}

std::optional<char32_t> char_escape(Cursor& at) {
  const char c = at.peek();
  if (const auto one = letter_escape(c)) {
    at.skip(1);
    return one;
  }
  if (c >= '0' && c <= '3') return octal(at);
  constexpr std::string_view kHex = "xuU";
  constexpr std::size_t kDigits[] = {2, 4, 8};
  if (const auto found = kHex.find(c); found != std::string_view::npos && !at.at_end()) {
    at.skip(1);
    return hex(at, kDigits[found]);
  }
  if (c == 'c') {  // `cM`: the control character of the letter
    at.skip(1);
    const auto letter = at.taken(1);
    if (letter.empty()) return std::nullopt;
    return static_cast<unsigned char>(letter.front()) & 0x1FU;
  }
  return at.at_end() ? std::nullopt : std::optional(at.code_point());
}

}  // namespace peer::slow_regex
