#include "llm/prompt/context.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace peer {
namespace {

constexpr std::size_t kMostFileBytes = std::size_t{256} << 10U;  // each question makes a digest

bool in_any(const std::vector<LineRange>& ranges, std::uint32_t line) {
  return std::any_of(ranges.begin(), ranges.end(),
                     [&](const LineRange& range) { return range.contains(line); });
}

std::uint64_t tokens_of_lines(const SourceFile& file, const std::vector<LineRange>& about) {
  std::uint64_t tokens = 0;
  const auto count = file.lines().line_count();
  for (const auto& range : about) {
    if (range.count == 0 || range.first == 0 || range.first > count) continue;
    const Span span{file.lines().line_span(range.first).begin,
                    file.lines().line_span(std::min(range.end() - 1, count)).end};
    tokens += count_tokens(file.text().substr(span.begin, span.size()));
  }
  return tokens;
}

/// Of several digests the one that shows where the question begins.
const Digest* part_about(const std::vector<Digest>& digests, std::uint32_t line) {
  if (digests.empty()) return nullptr;
  for (const auto& digest : digests)
    if (std::find(digest.line_map.begin(), digest.line_map.end(), line) != digest.line_map.end())
      return &digest;
  return &digests.front();
}

/// Cuts what is over `most` tokens off, at the end of a line.
void shorten(FileContext& context, std::uint64_t most) {
  if (count_tokens(context.text) <= most) return;
  const auto cuts = cuts_of(context.text, most);
  const auto end = cuts.empty() ? std::string::npos : context.text.rfind('\n', cuts.front() - 1);
  context.text.resize(end == std::string::npos ? 0 : end + 1);
  context.lines.resize(
      static_cast<std::size_t>(std::count(context.text.begin(), context.text.end(), '\n')));
}

}  // namespace

FileContext context_around(const SourceFile& file, const std::vector<LineRange>& about,
                           const std::vector<LineRange>& hidden, const ContextLimits& limits,
                           const DigestSource& digests) {
  FileContext out;
  const auto count = file.lines().line_count();
  std::uint64_t covered = 0;
  for (const auto& range : about)
    covered += range.count;
  const bool whole = covered >= count;
  if (about.empty() || whole || file.text().size() > kMostFileBytes || limits.tokens == 0) {
    out.file_tokens = count_tokens(file.text());
    return out;
  }
  DigestRequest request;
  request.changed = about;
  request.level = limits.level;
  request.budget = tokens_of_lines(file, about) + limits.tokens;
  const auto made = digests ? digests(file, request) : digests_of(file, request);
  const auto* digest = part_about(made, about.front().first);
  if (digest == nullptr) return out;
  out.file_tokens = digest->tokens_before;
  const auto lines = split_lines(digest->text);
  for (std::size_t i = 0; i < std::min(lines.size(), digest->line_map.size()); ++i) {
    const auto line = digest->line_map[i];
    if (in_any(about, line) || in_any(hidden, line)) continue;
    if (trim(lines[i]).empty() && (out.text.empty() || out.text.ends_with("\n\n"))) continue;
    out.text += lines[i];
    out.text += '\n';
    out.lines.push_back(line);
  }
  shorten(out, limits.tokens);
  if (trim(out.text).empty()) {
    out.text.clear();
    out.lines.clear();
  }
  return out;
}

}  // namespace peer
