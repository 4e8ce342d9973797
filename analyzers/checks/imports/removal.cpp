#include "analyzers/checks/imports/removal.hpp"

#include <algorithm>
#include <optional>

namespace peer::imports {
namespace {

constexpr std::string_view kMark = "\xEF\xBB\xBF";  // byte order mark: no part of the first line

constexpr std::size_t kMostLines = 20;  // of comments between two entries of a list

bool is_blank(char c) { return c == ' ' || c == '\t'; }
bool is_line_end(char c) { return c == '\n' || c == '\r'; }

/// A text with the small steps that deleting needs.
struct Text {
  std::string_view text;
  std::string_view comment;  // opens a comment that runs to the end of the line

  [[nodiscard]] char at(std::uint32_t i) const { return i < text.size() ? text[i] : '\0'; }
  [[nodiscard]] std::uint32_t size() const { return static_cast<std::uint32_t>(text.size()); }
  [[nodiscard]] std::uint32_t back_over_blanks(std::uint32_t i) const {
    while (i > 0 && is_blank(text[i - 1]))
      --i;
    return i;
  }
  [[nodiscard]] std::uint32_t over_blanks(std::uint32_t i) const {
    while (is_blank(at(i)))
      ++i;
    return i;
  }
  /// Over white space, line ends and the backslashes that join lines.
  [[nodiscard]] std::uint32_t back_over_space(std::uint32_t i) const {
    while (i > 0 && (is_blank(text[i - 1]) || is_line_end(text[i - 1]) || text[i - 1] == '\\'))
      --i;
    return i;
  }
  [[nodiscard]] std::uint32_t over_space(std::uint32_t i) const {
    while (is_blank(at(i)) || is_line_end(at(i)) || at(i) == '\\')
      ++i;
    return i;
  }
  [[nodiscard]] bool begins_line(std::uint32_t i) const {
    return i == 0 || is_line_end(text[i - 1]) || (i == kMark.size() && text.substr(0, i) == kMark);
  }
  /// At a line end, the end of the text or a comment that runs to one.
  [[nodiscard]] bool ends_line(std::uint32_t i) const {
    return i >= size() || is_line_end(text[i]) || text.substr(i, comment.size()) == comment;
  }
  /// Past the comment that may stand at `i`.
  [[nodiscard]] std::uint32_t over_comment(std::uint32_t i) const {
    while (i < size() && !is_line_end(text[i]))
      ++i;
    return i;
  }
  /// The comma that ends the code of the lines above `i`, the start of a line, when comments stand
  /// behind it.
  [[nodiscard]] std::optional<std::uint32_t> comma_above(std::uint32_t i) const {
    for (std::size_t lines = 0; lines < kMostLines; ++lines) {
      const auto end = back_over_space(i);
      i = end;
      while (i > 0 && !is_line_end(text[i - 1]))
        --i;
      const auto code = text.substr(i, end - i);
      const auto last = back_over_space(
          i + static_cast<std::uint32_t>(std::min(code.find(comment), code.size())));
      if (last <= i) continue;  // a line of comment
      if (text[last - 1] == ',') return last - 1;
      break;
    }
    return std::nullopt;
  }
  [[nodiscard]] std::uint32_t over_line_end(std::uint32_t i) const {
    if (at(i) == '\r') ++i;
    if (at(i) == '\n') ++i;
    return i;
  }
  /// The whole lines from `begin`, the start of one, to the one that holds `end`, where nothing
  /// else stands on them.
  [[nodiscard]] Span lines(std::uint32_t begin, std::uint32_t end) const {
    return {begin, over_line_end(over_comment(end))};
  }
};

}  // namespace

Edit remove_statement(std::string_view text, Span span, const ImportSyntax& syntax) {
  const Text t{text, syntax.line_comment};
  const auto begin = t.back_over_blanks(span.begin);
  auto end = t.over_blanks(span.end);
  const bool semicolon = t.at(end) == ';';
  if (semicolon) end = t.over_blanks(end + 1);
  if (t.begins_line(begin) && t.ends_line(end)) return {t.lines(begin, end), ""};
  if (t.begins_line(begin) || (syntax.semicolon_separates && semicolon && !t.ends_line(end)))
    return {{span.begin, end}, ""};
  if (syntax.semicolon_separates && begin > 0 && text[begin - 1] == ';')
    return {{begin - 1, span.end}, ""};
  return {{begin, span.end}, ""};
}

std::vector<Edit> remove_entry(std::string_view text, Span span, const ImportSyntax& syntax) {
  const Text t{text, syntax.line_comment};
  const auto begin = t.back_over_blanks(span.begin);
  if (const auto comma = t.over_space(span.end); t.at(comma) == ',') {
    const auto end = t.over_blanks(comma + 1);
    if (t.begins_line(begin) && t.ends_line(end)) return {{t.lines(begin, end), ""}};
    // at the end of a line or list the blanks before the entry go, elsewhere those behind it
    const bool at_end =
        t.ends_line(end) || std::string_view("\\)}]").find(t.at(end)) != std::string_view::npos;
    if (at_end && begin > 0 && text[begin - 1] == ',') return {{{begin, comma + 1}, ""}};
    return {{{span.begin, end}, ""}};
  }
  const auto end = t.over_blanks(span.end);
  const bool own_line = t.begins_line(begin) && t.ends_line(end);
  if (const auto space = t.back_over_space(span.begin); space > 0 && text[space - 1] == ',')
    return {{{space - 1, own_line ? t.over_comment(end) : span.end}, ""}};
  const auto comma = t.comma_above(begin);
  if (!comma) return {};
  return {{{*comma, *comma + 1}, ""}, {own_line ? t.lines(begin, end) : Span{begin, span.end}, ""}};
}

}  // namespace peer::imports
