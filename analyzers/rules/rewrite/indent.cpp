#include "analyzers/rules/rewrite/indent.hpp"

namespace peer::rules {
namespace {

constexpr std::size_t kLookBack = 512;

/// Calls `line(view, first)` for each part between line feeds; a final one opens an empty line.
template <class Line>
void each_line(std::string_view text, Line&& line) {
  for (bool first = true;; first = false) {
    const auto end = text.find('\n');
    line(text.substr(0, end), first);
    if (end == std::string_view::npos) return;
    text.remove_prefix(end + 1);
  }
}

}  // namespace

std::size_t indent_at(std::string_view before) {
  const bool whole = before.size() <= kLookBack;
  if (!whole) before.remove_prefix(before.size() - kLookBack);
  const auto line_end = before.rfind('\n');
  if (line_end == std::string_view::npos && !whole) return 0;
  const auto line = line_end == std::string_view::npos ? before : before.substr(line_end + 1);
  const auto text = line.find_first_not_of(' ');
  return text == std::string_view::npos ? line.size() : text;
}

std::string reindented(std::string_view lines, std::size_t from, std::size_t to) {
  if (from == to || lines.find('\n') == std::string_view::npos) return std::string(lines);
  std::string out;
  if (from > to) {
    // the first line too: what is taken from a tree begins with no white space, what is computed
    // may
    const std::string lost(from - to, ' ');
    each_line(lines, [&](std::string_view line, bool first) {
      if (!first) out += '\n';
      out += line.starts_with(lost) ? line.substr(lost.size()) : line;
    });
    return out;
  }
  const std::string gained(to - from, ' ');
  each_line(lines, [&](std::string_view line, bool first) {
    // a megabyte of line feeds gains half a gigabyte
    if (out.size() > kMostReindented) return;
    if (!first) (out += '\n') += gained;
    out += line;
  });
  return out;
}

}  // namespace peer::rules
