#include "llm/review/items.hpp"

#include <algorithm>
#include <map>

#include "analyzers/parse/outline.hpp"
#include "base/text.hpp"

namespace peer {
namespace {

/// Removed lines by the line of the new file before which they stood.
using Removed = std::map<std::uint32_t, std::vector<std::uint32_t>>;

/// `ranges` are in order and apart.
bool in_any(const std::vector<LineRange>& ranges, std::uint32_t line) {
  const auto it =
      std::upper_bound(ranges.begin(), ranges.end(), line,
                       [](std::uint32_t at, const LineRange& r) { return at < r.first; });
  return it != ranges.begin() && std::prev(it)->contains(line);
}

void place_removed(const Hunk& hunk, Removed& removed) {
  auto old_line = hunk.old_lines.first, new_line = hunk.new_lines.first;
  if (hunk.new_lines.count == 0) ++new_line;  // it names the line before
  while (old_line < hunk.old_lines.end()) {
    if (in_any(hunk.removed, old_line))
      removed[new_line].push_back(old_line++);
    else if (in_any(hunk.added, new_line))
      ++new_line;
    else {
      ++old_line;
      ++new_line;
    }
  }
}

class Cutter {
 public:
  Cutter(const ChangedFile& file, const SourceFile& after, std::string_view before, bool whole,
         const ItemLimits& limits)
      : file_(file),
        after_(after),
        before_(before),
        before_lines_(before),
        whole_(whole),
        limits_(limits),
        outline_(outline_of(after)) {}

  std::vector<ReviewItem> cut() {
    for (const auto& range : ranges())
      cut_range(range);
    finish();
    return std::move(out_);
  }

 private:
  [[nodiscard]] std::vector<LineRange> ranges();
  [[nodiscard]] LineRange around(LineRange lines) const;
  [[nodiscard]] bool begins_symbol(std::uint32_t line) const {
    return std::binary_search(starts_.begin(), starts_.end(), line);
  }
  void cut_range(LineRange range);
  void add_removed_before(std::uint32_t line);
  void add_line(std::uint32_t line);
  [[nodiscard]] bool fits(std::string_view part) const {
    return item_.text.size() + part.size() <= limits_.max_bytes;
  }
  void add(char mark, std::string_view line);
  [[nodiscard]] std::vector<std::string_view> parts_of(std::string_view line) const;
  void finish();
  [[nodiscard]] bool added(std::uint32_t line) const { return whole_ || in_any(added_, line); }

  const ChangedFile& file_;
  const SourceFile& after_;
  std::string_view before_;
  LineIndex before_lines_;
  bool whole_;
  ItemLimits limits_;
  Outline outline_;
  Removed removed_;
  std::vector<LineRange> added_;
  std::vector<std::uint32_t> starts_;  // lines on which something is defined
  ReviewItem item_;
  std::vector<ReviewItem> out_;
};

/// `lines` grown to the function around their first line, where that is short enough.
LineRange Cutter::around(LineRange lines) const {
  const auto last = after_.lines().line_count();
  if (lines.first == 0 || lines.first > last) return lines;
  for (auto line = lines.first; line < std::min(lines.end(), last + 1); ++line) {
    const auto* symbol = outline_.enclosing(after_.lines().line_span(line));
    if (symbol == nullptr || !symbol->is_callable()) continue;
    const auto first = after_.lines().line_of(symbol->span.begin);
    const auto end = after_.lines().line_of(std::max(symbol->span.end, 1U) - 1) + 1;
    if (end - first > limits_.function_lines || symbol->span.size() > limits_.max_bytes) continue;
    const auto from = std::min(lines.first, first), to = std::max(lines.end(), end);
    lines = {from, to - from};
  }
  return lines;
}

std::vector<LineRange> Cutter::ranges() {
  for (const auto& symbol : outline_.symbols)
    if (symbol.kind != SymbolKind::import)
      starts_.push_back(after_.lines().line_of(symbol.span.begin));
  const auto count = after_.lines().line_count();
  if (whole_) return {{1, count}};
  std::vector<LineRange> out;
  for (const auto& hunk : file_.hunks) {
    place_removed(hunk, removed_);
    added_.insert(added_.end(), hunk.added.begin(), hunk.added.end());
    auto lines = hunk.new_lines;
    if (lines.count == 0) lines = {lines.first + 1, 0};
    auto grown = around(lines);
    if (!out.empty() && grown.first <= out.back().end()) {
      const auto end = std::max(out.back().end(), grown.end());
      out.back().count = end - out.back().first;
    } else {
      out.push_back(grown);
    }
  }
  return out;
}

void Cutter::add(char mark, std::string_view line) {
  item_.text += mark;
  item_.text += line;
  item_.text += '\n';
}

/// The parts of `line` that one piece can hold each, cut between characters.
std::vector<std::string_view> Cutter::parts_of(std::string_view line) const {
  const auto most = std::max<std::size_t>(limits_.max_bytes / 2, 8);
  std::vector<std::string_view> out;
  while (line.size() > most) {
    auto end = most;
    while (end + 4 > most && (static_cast<unsigned char>(line[end]) & 0xC0U) == 0x80U)
      --end;
    out.push_back(line.substr(0, end));
    line.remove_prefix(end);
  }
  out.push_back(line);
  return out;
}

void Cutter::finish() {
  if (!item_.text.empty()) out_.push_back(std::move(item_));
  item_ = {};
}

/// The removed lines that stood before `line` of the new file.
void Cutter::add_removed_before(std::uint32_t line) {
  const auto gone = removed_.find(line);
  if (gone == removed_.end()) return;
  for (const auto old_line : gone->second) {
    const auto span = before_lines_.line_span(old_line);
    for (const auto part : parts_of(before_.substr(span.begin, span.size()))) {
      if (!fits(part)) finish();
      add('-', part);
    }
  }
  removed_.erase(gone);
}

void Cutter::add_line(std::uint32_t line) {
  const bool is_added = added(line);
  const char mark = is_added && !whole_ ? '+' : ' ';
  // from half of the limit on, the next definition begins a new piece
  if (item_.text.size() > limits_.max_bytes / 2 && begins_symbol(line)) finish();
  for (const auto part : parts_of(after_.text(after_.lines().line_span(line)))) {
    if (!fits(part)) finish();
    add(mark, part);
    item_.lines.push_back({line, part, is_added});
  }
}

void Cutter::cut_range(LineRange range) {
  finish();
  const auto last = std::min(range.end(), after_.lines().line_count() + 1);
  for (auto line = range.first; line <= last; ++line) {
    add_removed_before(line);
    if (line < last) add_line(line);
  }
  finish();
}

}  // namespace

std::vector<ReviewItem> review_items(const ChangedFile& file, const SourceFile& after,
                                     std::string_view before, bool whole,
                                     const ItemLimits& limits) {
  return Cutter(file, after, before, whole, limits).cut();
}

}  // namespace peer
