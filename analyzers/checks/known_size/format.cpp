#include "analyzers/checks/known_size/format.hpp"

#include <algorithm>

#include "analyzers/characters.hpp"

namespace peer::known_size {
namespace {

bool is_among(char c, std::string_view letters) {
  return letters.find(c) != std::string_view::npos;
}

/// Reads a conversion from behind its `%`; `at` is left at its letter.
Conversion read_conversion(std::string_view text, std::size_t& at, FormatOf whose) {
  constexpr int kWidest = 100'000;
  Conversion made;
  const auto star = [&] {
    (whose == FormatOf::scanf ? made.is_kept : made.takes_more) = whose == FormatOf::printf;
  };
  for (; at < text.size() && is_among(text[at], "-+ #0*"); ++at)
    if (text[at] == '*') star();
  for (; at < text.size() && is_digit(text[at]); ++at)
    made.width = std::min(made.width * 10 + (text[at] - '0'), kWidest);
  for (; at < text.size() && (is_among(text[at], ".hlzjtL*") || is_digit(text[at])); ++at)
    if (text[at] == '*') star();
  if (at >= text.size()) return made;
  made.letter = text[at];
  if (made.letter == '[') at = std::min(text.find(']', at + 2), text.size());
  return made;
}

}  // namespace

Format read_format(std::string_view text, FormatOf whose) {
  Format format;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool is_doubled =
        at + 1 < text.size() && (text[at] == '\\' || (text[at] == '%' && text[at + 1] == '%'));
    if (is_doubled || text[at] != '%') {
      ++format.letters;
      at += is_doubled ? 1 : 0;
      continue;
    }
    ++at;
    const Conversion made = read_conversion(text, at, whose);
    if (made.letter != '\0') format.conversions.push_back(made);
  }
  return format;
}

std::optional<std::string_view> content_of(std::string_view literal) {
  const auto first = literal.find('"');
  if (literal.size() < 2 || !literal.ends_with('"') || first > 2 || literal.find('R') < first)
    return std::nullopt;
  return literal.substr(first + 1, literal.size() - first - 2);
}

std::optional<std::int64_t> length_of_literal(std::string_view literal) {
  const auto content = content_of(literal);
  if (!content) return std::nullopt;
  std::int64_t length = 0;
  for (std::size_t at = 0; at < content->size(); ++at, ++length) {
    if ((*content)[at] != '\\') continue;
    ++at;
    if (at >= content->size() || is_among((*content)[at], "xuU") || is_digit((*content)[at]))
      return std::nullopt;
  }
  return length;
}

}  // namespace peer::known_size
