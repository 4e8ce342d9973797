// How text lies on a terminal: which columns each character takes once tabs are expanded and what
// cannot be seen is escaped. Pure; thread-safe.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace peer {

constexpr std::uint32_t kTabWidth = 4;

/// Columns that `c` takes: 0 for combining marks, 2 for wide East Asian characters and emoji,
/// else 1.
[[nodiscard]] std::uint32_t char_width(char32_t c);

/// Columns that `text` takes; it must be made by visible() and hold no tab or newline.
[[nodiscard]] std::size_t display_width(std::string_view text);

/// Where one character of the source line came to stand.
struct Cell {
  std::uint32_t utf16 = 0;   ///< its offset in the line, in UTF-16 code units
  std::uint32_t byte = 0;    ///< of the shown text
  std::uint32_t column = 0;  ///< on the terminal, from 0
};

/// A line of source made safe to show, and where its characters stand.
struct ShownLine {
  std::string text;
  std::vector<Cell> cells;  ///< one per character, and one past the end

  /// The terminal column of UTF-16 offset `utf16`; past the end, the end.
  [[nodiscard]] std::uint32_t column_of(std::uint32_t utf16) const;
  [[nodiscard]] std::uint32_t width() const { return cells.back().column; }
  /// Columns [from, from + most) of the text; "..." stands where something was cut off.
  [[nodiscard]] std::string crop(std::uint32_t from, std::uint32_t most) const;
};

/// `line` (without its end) as shown; its first character stands at UTF-16 offset `first`. All of
/// it.
[[nodiscard]] ShownLine show_line(std::string_view line, std::uint32_t first = 0);

/// `text` on one line, visible, cut to `most` columns with "..." at the end.
[[nodiscard]] std::string one_line(std::string_view text, std::size_t most);

/// The words of `text` (as one_line) in lines of at most `width` columns, the first of
/// `first_width`; longer words are broken. Always at least one line.
[[nodiscard]] std::vector<std::string> wrap(std::string_view text, std::size_t first_width,
                                            std::size_t width);

/// `path` made visible and shortened in the middle to `width` columns, but never the file name.
[[nodiscard]] std::string short_path(std::string_view path, std::size_t width);

}  // namespace peer
