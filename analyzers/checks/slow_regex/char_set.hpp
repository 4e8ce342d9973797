// Sets of characters, as a regular expression writes them. Values.
#pragma once

#include <initializer_list>
#include <optional>
#include <vector>

namespace peer::slow_regex {

/// Code points [first, last].
struct CharRange {
  char32_t first;
  char32_t last;
};

/// Code points, and beyond them symbols that stand for what is no character: an end of the text, a
/// back-reference.
class CharSet {
 public:
  static constexpr char32_t kLastChar = 0x10FFFF;
  /// The end of the text. Symbols of one expression count on from kFirstSymbol.
  static constexpr char32_t kEnd = kLastChar + 1;
  static constexpr char32_t kFirstSymbol = kLastChar + 2;

  CharSet() = default;
  explicit CharSet(char32_t only) { add(only, only); }
  CharSet(std::initializer_list<CharRange> ranges);

  void add(char32_t first, char32_t last);
  void add(const CharSet& other);
  /// Lower and upper case of the letters of ASCII count as one from now on.
  void ignore_case();
  /// All other characters. Symbols are never among them.
  [[nodiscard]] CharSet negated() const;
  [[nodiscard]] bool empty() const { return ranges_.empty(); }
  /// Every character, or every one but those that end lines.
  [[nodiscard]] bool holds_every_line() const;
  [[nodiscard]] bool is_symbol() const {
    return !ranges_.empty() && ranges_.front().first > kLastChar;
  }
  /// One that both hold, the easiest to read of them where there is a choice.
  [[nodiscard]] std::optional<char32_t> common(const CharSet& other) const;

 private:
  [[nodiscard]] bool holds(char32_t c) const;
  std::vector<CharRange> ranges_;  // in order, with gaps between them
};

}  // namespace peer::slow_regex
