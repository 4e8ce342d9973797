#include "reporters/render/cells.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"

namespace peer {
namespace {

struct Range {
  char32_t first, last;
};

// Combining marks of the scripts that stand in source code most; Unicode general category Mn and
// Me.
constexpr std::array<Range, 24> kCombining{
    {{0x300, 0x36F},   {0x483, 0x489},   {0x591, 0x5BD},   {0x5BF, 0x5BF},  {0x5C1, 0x5C2},
     {0x5C4, 0x5C5},   {0x610, 0x61A},   {0x64B, 0x65F},   {0x670, 0x670},  {0x6D6, 0x6DC},
     {0x6DF, 0x6E4},   {0x900, 0x902},   {0x93A, 0x93A},   {0x93C, 0x93C},  {0x941, 0x948},
     {0x94D, 0x94D},   {0xE31, 0xE31},   {0xE34, 0xE3A},   {0xE47, 0xE4E},  {0x1AB0, 0x1AFF},
     {0x1DC0, 0x1DFF}, {0x20D0, 0x20FF}, {0xFE00, 0xFE0F}, {0xFE20, 0xFE2F}}};

// East Asian Wide and Fullwidth (Unicode Standard Annex 11) and emoji that terminals show two
// columns wide.
constexpr std::array<Range, 33> kWide{
    {{0x1100, 0x115F},  {0x231A, 0x231B},   {0x2329, 0x232A},   {0x23E9, 0x23EC},
     {0x23F0, 0x23F0},  {0x23F3, 0x23F3},   {0x25FD, 0x25FE},   {0x2614, 0x2615},
     {0x2648, 0x2653},  {0x26A1, 0x26A1},   {0x26BD, 0x26BE},   {0x26D4, 0x26D4},
     {0x2705, 0x2705},  {0x270A, 0x270B},   {0x2728, 0x2728},   {0x274C, 0x274C},
     {0x2753, 0x2755},  {0x2757, 0x2757},   {0x2795, 0x2797},   {0x2B1B, 0x2B1C},
     {0x2B50, 0x2B50},  {0x2E80, 0x303E},   {0x3041, 0xA4CF},   {0xA960, 0xA97F},
     {0xAC00, 0xD7A3},  {0xF900, 0xFAFF},   {0xFE30, 0xFE6F},   {0xFF01, 0xFF60},
     {0xFFE0, 0xFFE6},  {0x17000, 0x18AFF}, {0x1B000, 0x1B2FF}, {0x1F300, 0x1F9FF},
     {0x20000, 0x3FFFD}}};

template <std::size_t N>
bool holds(const std::array<Range, N>& ranges, char32_t c) {
  const auto it = std::lower_bound(ranges.begin(), ranges.end(), c,
                                   [](const Range& range, char32_t at) { return range.last < at; });
  return it != ranges.end() && it->first <= c;
}

constexpr std::string_view kCut = "...";

bool is_plain(char c) { return c >= ' ' && c <= '~'; }

}  // namespace

std::uint32_t char_width(char32_t c) {
  if (c < 0x300) return 1;
  if (holds(kCombining, c)) return 0;
  return holds(kWide, c) ? 2 : 1;
}

std::size_t display_width(std::string_view text) {
  std::size_t width = 0;
  while (!text.empty()) {
    const auto decoded = is_plain(text[0]) ? Decoded{U' ', 1, true} : decode_utf8(text);
    width += char_width(decoded.code_point);
    text.remove_prefix(decoded.length);
  }
  return width;
}

std::uint32_t ShownLine::column_of(std::uint32_t utf16) const {
  const auto it =
      std::lower_bound(cells.begin(), cells.end(), utf16,
                       [](const Cell& cell, std::uint32_t offset) { return cell.utf16 < offset; });
  return it == cells.end() ? width() : it->column;
}

ShownLine show_line(std::string_view line, std::uint32_t first) {
  ShownLine shown;
  shown.cells.reserve(line.size() + 1);
  Cell at{first, 0, 0};
  while (!line.empty()) {
    shown.cells.push_back(at);
    std::size_t taken = 1;
    if (is_plain(line[0])) {
      shown.text += line[0];
      at.column += 1;
      at.utf16 += 1;
    } else if (line[0] == '\t') {
      const auto blanks = kTabWidth - at.column % kTabWidth;
      shown.text.append(blanks, ' ');
      at.column += blanks;
      at.utf16 += 1;
    } else {
      taken = decode_utf8(line).length;
      const auto character = visible(line.substr(0, taken), false);
      shown.text += character;
      at.column += static_cast<std::uint32_t>(display_width(character));
      at.utf16 += taken == 4 ? 2 : 1;
    }
    at.byte = static_cast<std::uint32_t>(shown.text.size());
    line.remove_prefix(taken);
  }
  shown.cells.push_back(at);
  return shown;
}

std::string ShownLine::crop(std::uint32_t from, std::uint32_t most) const {
  if (from == 0 && width() <= most) return text;
  const auto cut = static_cast<std::uint32_t>(kCut.size());
  const auto past = [&](std::uint32_t column) {
    return std::lower_bound(cells.begin(), cells.end(), column,
                            [](const Cell& cell, std::uint32_t at) { return cell.column < at; });
  };
  if (from >= width()) return from == 0 ? std::string{} : std::string(kCut);
  const bool cut_right = width() - from > most;
  const auto first = from == 0 ? cells.begin() : past(from + cut);
  if (first == cells.end()) return std::string(kCut);
  auto last = cut_right ? past(from + most - cut) : cells.end() - 1;
  if (last->column > from + most - cut && cut_right) --last;
  if (last < first) last = first;
  std::string out;
  if (from > 0) out = std::string(kCut) + std::string(first->column - from - cut, ' ');
  out += text.substr(first->byte, last->byte - first->byte);
  if (cut_right) out += kCut;
  return out;
}

std::string one_line(std::string_view text, std::size_t most) {
  // no character needs more than four bytes, so what is past this is cut anyway
  auto shown = show_line(text.substr(0, most * 4 + 4));
  std::replace(shown.text.begin(), shown.text.end(), '\t', ' ');
  return shown.crop(0, static_cast<std::uint32_t>(most));
}

/// How many bytes of `line` stand in its first `room` columns.
static std::size_t bytes_within(const ShownLine& line, std::size_t room) {
  const auto past = std::find_if(line.cells.begin(), line.cells.end(),
                                 [&](const Cell& cell) { return cell.column > room; });
  return past == line.cells.end() ? line.text.size() : (past - 1)->byte;
}

std::vector<std::string> wrap(std::string_view text, std::size_t first_width, std::size_t width) {
  constexpr std::size_t kMostColumns = 1000;
  std::string spaced(text.substr(0, kMostColumns * 4));
  std::replace(spaced.begin(), spaced.end(), '\n', ' ');
  std::vector<std::string> lines(1);
  std::size_t used = 0;
  const auto room = [&] { return lines.size() == 1 ? first_width : width; };
  const auto shown = one_line(spaced, kMostColumns);
  for (const auto raw : split(shown, ' ')) {
    if (raw.empty()) continue;
    auto word = show_line(raw);
    if (used > 0 && used + 1 + word.width() > room()) {
      lines.emplace_back();
      used = 0;
    }
    while (used == 0 && word.width() > room() && room() > 8) {
      // a word longer than a line is broken where the line ends
      const auto end = bytes_within(word, room());
      lines.back() = word.text.substr(0, end);
      word = show_line(word.text.substr(end));
      lines.emplace_back();
    }
    if (used > 0) lines.back() += ' ';
    lines.back() += word.text;
    used += (used > 0 ? 1 : 0) + word.width();
  }
  return lines;
}

std::string short_path(std::string_view path, std::size_t width) {
  const auto shown = visible(path, false);
  auto whole = replace_all(shown, "\t", "<U+0009>");
  if (display_width(whole) <= width) return whole;
  const auto slash = whole.rfind('/');
  if (slash == std::string::npos) return whole;
  const auto name = std::string_view(whole).substr(slash);
  const auto taken = display_width(name) + kCut.size();
  const auto head = show_line(std::string_view(whole).substr(0, slash));
  const auto room = width > taken ? width - taken : 0;
  auto kept = head.text.substr(0, bytes_within(head, room));
  if (const auto folder = kept.rfind('/'); folder != std::string::npos) kept.resize(folder + 1);
  return kept + std::string(kCut) + std::string(name);
}

}  // namespace peer
