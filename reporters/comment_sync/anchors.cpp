#include "reporters/comment_sync/anchors.hpp"

#include <algorithm>

namespace peer {
namespace {

/// One line of a hunk as it counts on the other side.
struct Other {
  std::uint32_t line = 1;
  bool unchanged = true;
};

/// A hunk as it is seen from one of its sides.
struct SeenHunk {
  Side side;
  const LineRange& here;
  const LineRange& there;
  const std::vector<LineRange>& own;     ///< lines that only this side has
  const std::vector<LineRange>& theirs;  ///< lines that only the other has
};

SeenHunk seen_from(Side side, const Hunk& hunk) {
  if (side == Side::new_side)
    return {side, hunk.new_lines, hunk.old_lines, hunk.added, hunk.removed};
  return {side, hunk.old_lines, hunk.new_lines, hunk.removed, hunk.added};
}

Other other_line(std::uint32_t line, const SeenHunk& hunk) {
  const auto& [side, here, there, own, theirs] = hunk;
  std::uint32_t only_here = 0;
  bool unchanged = true;
  for (const auto& range : own) {
    unchanged = unchanged && !range.contains(line);
    if (range.first < line) only_here += std::min(range.end(), line) - range.first;
  }
  if (there.count == 0) return {there.first, unchanged};
  // as many lines of both sides stand before it; the other side's own ones among them push it down.
  // Where lines are replaced a diff has the removed ones first, so that a removed line comes before
  // what is added in its place.
  auto at = there.first + (line - here.first) - only_here;
  const bool before_theirs = !unchanged && side == Side::old_side;
  for (const auto& range : theirs)
    if (range.first < at || (range.first == at && !before_theirs)) at += range.count;
  return {at, unchanged};
}

/// The lines a hunk shows: where it shows none, `first` is the line before.
bool shows(const LineRange& lines, std::uint32_t first, std::uint32_t last) {
  return lines.count > 0 && lines.contains(first) && lines.contains(last);
}

}  // namespace

Anchors::Anchors(const ChangeSet& change) {
  for (const auto& file : change.files)
    files_.emplace(file.path, &file);
}

std::optional<Anchor> Anchors::find(const std::string& path, Side side, std::uint32_t first,
                                    std::uint32_t last) const {
  const auto it = files_.find(path);
  if (it == files_.end() || first == 0 || first > last) return std::nullopt;
  const auto& file = *it->second;
  for (const auto& each : file.hunks) {
    const auto hunk = seen_from(side, each);
    if (!shows(hunk.here, first, last)) continue;
    const auto begin = other_line(first, hunk);
    const auto end = other_line(last, hunk);
    return Anchor{file.path,    file.old_path.empty() ? file.path : file.old_path,
                  side,         first,
                  last,         begin.line,
                  end.line,     begin.unchanged,
                  end.unchanged};
  }
  return std::nullopt;
}

}  // namespace peer
