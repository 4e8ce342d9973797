#include "analyzers/fix/draft.hpp"

#include <algorithm>

#include "analyzers/fix/edit_map.hpp"

namespace peer {
namespace {

/// Line numbers of one text carried over to the text that edits made of it.
class LineMap {
 public:
  LineMap(const LineIndex& before, const LineIndex& after, const EditMap& edits)
      : before_(before), after_(after), edits_(edits) {}

  [[nodiscard]] LineRange moved(LineRange range) const {
    const auto first = after_line(before_.line_span(range.first).begin, range.first);
    if (range.count == 0) return {first, 0};
    const auto last = std::min(range.end() - 1, std::max(before_.line_count(), 1U));
    return {first, std::max(after_line(before_.line_span(last).end, last), first) - first + 1};
  }

 private:
  [[nodiscard]] std::uint32_t after_line(std::uint32_t offset, std::uint32_t line) const {
    if (line == 0) return 0;  // "before the first line"
    return after_.line_of(edits_.leftmost(offset));
  }

  const LineIndex& before_;
  const LineIndex& after_;
  const EditMap& edits_;
};

/// Sorted ranges with what touches or overlaps joined.
std::vector<LineRange> joined(std::vector<LineRange> ranges) {
  std::sort(ranges.begin(), ranges.end());
  std::vector<LineRange> out;
  for (const auto& range : ranges) {
    if (!out.empty() && range.first <= out.back().end())
      out.back().count = std::max(out.back().end(), range.end()) - out.back().first;
    else
      out.push_back(range);
  }
  return out;
}

/// The lines that the edits wrote, as a hunk of their own: from now on the change has added them.
Hunk hunk_of(const std::vector<Span>& written, const LineIndex& lines) {
  std::vector<LineRange> added;
  for (const auto span : written) {
    if (span.empty()) continue;
    const auto first = lines.line_of(span.begin);
    added.push_back({first, lines.line_of(span.end - 1) - first + 1});
  }
  Hunk hunk;
  hunk.added = joined(std::move(added));
  if (!hunk.added.empty())
    hunk.new_lines = {hunk.added.front().first, hunk.added.back().end() - hunk.added.front().first};
  return hunk;
}

/// All three markers of a conflict, each at the beginning of a line, in order.
bool is_conflicted(std::string_view text) {
  std::size_t at = 0;
  for (const std::string_view marker : {"<<<<<<< ", "=======", ">>>>>>> "}) {
    while ((at = text.find(marker, at)) != std::string_view::npos) {
      if (at == 0 || text[at - 1] == '\n' || text[at - 1] == '\r') break;
      ++at;
    }
    if (at == std::string_view::npos) return false;
    at += marker.size();
  }
  return true;
}

}  // namespace

SyntaxErrors syntax_errors_of(const SourceFile& file) {
  SyntaxErrors errors;
  if (file.tree() == nullptr) return errors;
  walk(file.tree()->root(), [&](Node node) {
    if (node.is_error()) errors.bytes += node.span().size();
    if (node.is_error() || node.is_missing()) errors.places.push_back(node.span());
    return node.has_error();
  });
  return errors;
}

Draft make_draft(FileJob job, const Examine& examine, const ParseOptions& options) {
  auto file = parse(job.file.path, job.after.value_or(""), options);
  auto review = examine(job);
  auto errors = syntax_errors_of(file);
  const bool conflicted = is_conflicted(file.text());
  return {std::move(job), std::move(file), std::move(review), std::move(errors), conflicted};
}

FileJob edited_job(const Draft& draft, std::span<const Edit> edits, const std::string& text) {
  FileJob job = draft.job;
  job.after = encode_text(text, draft.file.encoding());
  if (job.whole_file || job.file.hunks.empty()) return job;
  const EditMap map(edits);
  const LineIndex lines(text);
  const LineMap moved(draft.file.lines(), lines, map);
  for (auto& hunk : job.file.hunks) {
    hunk.new_lines = moved.moved(hunk.new_lines);
    for (auto& range : hunk.added)
      range = moved.moved(range);
    hunk.added = joined(std::move(hunk.added));
  }
  if (auto hunk = hunk_of(map.written(), lines); !hunk.added.empty())
    job.file.hunks.push_back(std::move(hunk));
  return job;
}

}  // namespace peer
