#include "llm/fixing/region.hpp"

#include <algorithm>

#include "analyzers/parse/outline.hpp"

namespace peer {
namespace {

constexpr std::uint32_t kMostLinesAround = 30;  // where no function is around the finding

/// First and last line of something.
struct Lines {
  std::uint32_t first = 1, last = 1;
};

Lines lines_of_span(const LineIndex& index, Span span) {
  return {index.line_of(span.begin), index.line_of(span.empty() ? span.begin : span.end - 1)};
}

/// The bytes of these lines, the end of the last one included.
Span span_of(const SourceFile& file, Lines lines) {
  const auto& index = file.lines();
  const auto end = lines.last < index.line_count() ? index.line_span(lines.last + 1).begin
                                                   : static_cast<std::uint32_t>(file.text().size());
  return {index.line_span(lines.first).begin, end};
}

/// Lines are added above and below in turn, as long as they fit.
Span grown(const SourceFile& file, Lines lines, std::size_t max_bytes) {
  const auto count = file.lines().line_count();
  const auto middle = lines;
  for (bool more = true; more;) {
    more = false;
    for (const bool up : {true, false}) {
      auto next = lines;
      if (up && next.first > 1 && middle.first - next.first < kMostLinesAround) --next.first;
      if (!up && next.last < count && next.last - middle.last < kMostLinesAround) ++next.last;
      const bool grew = next.first != lines.first || next.last != lines.last;
      if (!grew || span_of(file, next).size() > max_bytes) continue;
      lines = next;
      more = true;
    }
  }
  return span_of(file, lines);
}

std::vector<Span> imports_of(const SourceFile& file, const Outline& outline, Span shown,
                             std::size_t max_bytes) {
  std::vector<Span> out;
  std::size_t bytes = 0;
  for (const auto& symbol : outline.symbols) {
    if (symbol.kind != SymbolKind::import) continue;
    const auto span = span_of(file, lines_of_span(file.lines(), symbol.span));
    if (span.overlaps(shown) || (!out.empty() && span.overlaps(out.back()))) continue;
    if ((bytes += span.size()) > max_bytes) break;
    out.push_back(span);
  }
  return out;
}

}  // namespace

std::optional<FixRegion> region_around(const SourceFile& file, const Finding& finding,
                                       std::size_t max_bytes) {
  const auto size = static_cast<std::uint32_t>(file.text().size());
  auto at = finding.at.span;
  at.end = std::min(at.end, size);
  at.begin = std::min(at.begin, at.end);
  if (size == 0) return std::nullopt;
  auto own = lines_of_span(file.lines(), at);
  if (span_of(file, own).size() > max_bytes) own.last = own.first;
  if (span_of(file, own).size() > max_bytes) return std::nullopt;

  const auto outline = outline_of(file);
  FixRegion region;
  for (const auto* around = outline.enclosing(at); around != nullptr && !region.function;) {
    const auto span = span_of(file, lines_of_span(file.lines(), around->span));
    if (span.size() > max_bytes) break;
    if (around->is_callable()) {
      region.lines = span;
      region.function = true;
      region.name = outline.qualified_name(*around);
    }
    around = around->parent ? &outline.symbols[*around->parent] : nullptr;
  }
  if (!region.function) region.lines = grown(file, own, max_bytes);
  region.imports = imports_of(file, outline, region.lines, max_bytes / 4);
  return region;
}

bool in_region(const FixRegion& region, Span span) {
  if (region.lines.contains(span)) return true;
  return std::any_of(region.imports.begin(), region.imports.end(),
                     [&](Span line) { return line.contains(span); });
}

}  // namespace peer
