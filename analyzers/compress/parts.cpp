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

class Cutter {
 public:
  Cutter(const SourceFile& file, std::uint64_t most, Vocabulary vocabulary)
      : file_(file), most_(most), vocabulary_(vocabulary) {
    if (file.tree() != nullptr) depths_ = depths_of(file);
  }
  void add(Span span) {
    const auto text = file_.text().substr(0, span.end);
    for (auto at = span.begin; at < span.end;) {
      const auto newline = text.find('\n', at);
      const auto end =
          newline == std::string_view::npos ? span.end : static_cast<std::uint32_t>(newline) + 1;
      add_line({at, end});
      at = end;
    }
  }
  std::vector<Piece> take() { return std::move(pieces_); }

 private:
  void add_line(Span span) {
    const auto line = file_.text(span);
    const auto tokens = count_tokens(line, vocabulary_);
    const auto row = file_.lines().line_of(span.begin) - 1;
    const auto indent = std::min(line.find_first_not_of(" \t"), line.size());
    const auto depth = row < depths_.size() ? depths_[row] : static_cast<std::uint32_t>(indent);
    if (tokens <= most_) {
      pieces_.push_back({span, tokens, depth});
      return;
    }
    std::uint32_t begin = 0;
    for (const auto cut : cuts_of(line, most_, vocabulary_)) {
      const auto end = static_cast<std::uint32_t>(cut);
      pieces_.push_back({{span.begin + begin, span.begin + end},
                         count_tokens(line.substr(begin, end - begin), vocabulary_),
                         begin == 0 ? depth : UINT32_MAX});
      begin = end;
    }
  }

  const SourceFile& file_;
  std::uint64_t most_;
  Vocabulary vocabulary_;
  std::vector<std::uint32_t> depths_;
  std::vector<Piece> pieces_;
};

}  // namespace

std::vector<std::vector<Span>> parts_of(const SourceFile& file, const std::vector<Span>& must,
                                        std::uint64_t most, Vocabulary vocabulary) {
  Cutter cutter(file, most, vocabulary);
  for (const auto& span : must)
    cutter.add(span);
  const auto pieces = cutter.take();
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
