#include "analyzers/compress/changed_lines.hpp"

#include <algorithm>

namespace peer {

std::vector<LineRange> changed_lines(const std::vector<Hunk>& hunks) {
  std::vector<LineRange> lines;
  for (const auto& hunk : hunks) {
    lines.insert(lines.end(), hunk.added.begin(), hunk.added.end());
    // what stands before a removed line in the old file stands in the new one too, but for what
    // this hunk removed and added before it
    std::int64_t shift = std::int64_t{hunk.new_lines.first} - hunk.old_lines.first;
    if (hunk.new_lines.count == 0) ++shift;
    if (hunk.old_lines.count == 0) --shift;
    auto added = hunk.added.begin();
    for (const auto& removed : hunk.removed) {
      for (; added != hunk.added.end() && added->first < removed.first + shift; ++added)
        shift += added->count;
      lines.push_back(
          {static_cast<std::uint32_t>(std::max<std::int64_t>(1, removed.first + shift)), 0});
      shift -= removed.count;
    }
  }
  std::sort(lines.begin(), lines.end());
  return lines;
}

}  // namespace peer
