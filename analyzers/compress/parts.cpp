#include "analyzers/compress/parts.hpp"

#include <algorithm>

#include "analyzers/compress/focus.hpp"

namespace peer::compress {
namespace {

/// A line of the change, or a piece of one that is too long.
struct Piece {
  Span span;
  std::uint64_t tokens = 0;
  std::uint32_t depth = 0;  // how many things are cut by a border before it
};

/// For each line (0-based) how many nodes of the tree began on an earlier one and are not over.
std::vector<std::uint32_t> depths_of(const SourceFile& file) {
  std::vector<std::int64_t> change(file.lines().line_count() + 2, 0);
  const auto clamp = [&](std::uint32_t row) {
    return std::min<std::size_t>(row, change.size() - 2);
  };
  walk(file.tree()->root(), [&](Node node) {
    const auto first = node.start_point().row, last = node.end_point().row;
    if (first == last) return false;
    ++change[clamp(first) + 1];
    --change[clamp(last) + 1];
    return true;
  });
  std::vector<std::uint32_t> depths(change.size());
  std::int64_t depth = 0;
  for (std::size_t i = 0; i < change.size(); ++i)
    depths[i] = static_cast<std::uint32_t>(std::max<std::int64_t>(0, depth += change[i]));
  return depths;
}

std::vector<Piece> pieces_of(const SourceFile& file, const std::vector<Span>& must,
                             std::uint64_t most, Vocabulary vocabulary) {
  std::vector<std::uint32_t> depths;
  if (file.tree() != nullptr) depths = depths_of(file);
  std::vector<Piece> pieces;
  const auto text = file.text();
  for (const auto& span : must)
    for (auto at = span.begin; at < span.end;) {
      const auto newline = text.substr(0, span.end).find('\n', at);
      auto end =
          newline == std::string_view::npos ? span.end : static_cast<std::uint32_t>(newline) + 1;
      const auto line = text.substr(at, end - at);
      auto tokens = count_tokens(line, vocabulary);
      // rather many short pieces than one look at all that is left for each
      if (tokens > most) {
        end = at + static_cast<std::uint32_t>(prefix_within(line, most, vocabulary));
        tokens = std::min(most, count_tokens(text.substr(at, end - at), vocabulary));
      }
      const auto row = file.lines().line_of(at) - 1;
      const auto indent = static_cast<std::uint32_t>(
          std::min<std::size_t>(line.find_first_not_of(" \t"), line.size()));
      const bool inside = at > span.begin && text[at - 1] != '\n';
      pieces.push_back({{at, end},
                        tokens,
                        inside                ? UINT32_MAX
                        : row < depths.size() ? depths[row]
                                              : indent});
      at = end;
    }
  return pieces;
}

}  // namespace

std::vector<std::vector<Span>> parts_of(const SourceFile& file, const std::vector<Span>& must,
                                        std::uint64_t most, Vocabulary vocabulary) {
  const auto pieces = pieces_of(file, must, most, vocabulary);
  std::vector<std::vector<Span>> parts;
  for (std::size_t first = 0; first < pieces.size();) {
    std::uint64_t tokens = 0;
    auto end = first;
    while (end < pieces.size() && (end == first || tokens + pieces[end].tokens <= most))
      tokens += pieces[end++].tokens;
    if (end < pieces.size()) {
      // the flattest border in the latter half of what fits
      auto best = end;
      for (auto at = end; at > first + (end - first) / 2 && at > first; --at)
        if (pieces[at].depth < pieces[best].depth) best = at;
      end = best;
    }
    std::vector<Span> spans;
    for (auto i = first; i < end; ++i)
      spans.push_back(pieces[i].span);
    parts.push_back(united(std::move(spans)));
    first = end;
  }
  return parts;
}

}  // namespace peer::compress
