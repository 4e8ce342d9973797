#include "reporters/render/suggestion.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace peer {
namespace {

constexpr std::size_t kLeastCut = 390;  // a line of the frame this long may have been cut

/// The byte at which UTF-16 column `column` of `line` begins; its end for one past it.
std::optional<std::size_t> byte_of(std::string_view line, std::uint32_t column) {
  std::size_t at = 0;
  std::uint32_t here = 1;
  while (here < column && at < line.size()) {
    const auto decoded = decode_utf8(line.substr(at));
    here += decoded.length == 4 ? 2U : 1U;
    at += decoded.length;
  }
  if (here != column) return std::nullopt;
  return at;
}

/// The frame's lines [first, last] joined, and where each begins.
struct Block {
  std::string text;
  std::vector<std::size_t> starts;
};

std::optional<Block> block_of(const CodeFrame& frame, std::uint32_t first, std::uint32_t last) {
  if (frame.first_column != 1 || first < frame.first_line) return std::nullopt;
  const std::vector<std::string_view> lines(frame.lines.begin(), frame.lines.end());
  Block block;
  for (auto number = first; number <= last; ++number) {
    const auto index = number - frame.first_line;
    if (index >= lines.size()) return std::nullopt;
    const auto line = lines[index];
    const bool whole = line.size() < kLeastCut && line.find("****") == std::string_view::npos;
    if (!whole || visible(line) != line) return std::nullopt;
    block.starts.push_back(block.text.size());
    block.text.append(line).push_back('\n');
  }
  return block;
}

}  // namespace

std::optional<Suggestion> suggest(const Finding& finding, const Fix& fix) {
  const auto& places = fix.edit_locations;
  if (fix.edits.empty() || places.size() != fix.edits.size()) return std::nullopt;
  Suggestion suggestion{places.front().start.line, 1, {}};
  for (const auto& at : places) {
    suggestion.first_line = std::min(suggestion.first_line, at.start.line);
    // an edit that takes in a line end leaves the next line alone
    const bool ends_before = at.end.column == 1 && at.end.line > at.start.line;
    suggestion.last_line = std::max(suggestion.last_line, at.end.line - (ends_before ? 1 : 0));
  }
  auto block = block_of(finding.frame, suggestion.first_line, suggestion.last_line);
  if (!block) return std::nullopt;
  const auto offset = [&](Position at) -> std::optional<std::size_t> {
    const auto index = at.line - suggestion.first_line;
    if (index == block->starts.size() && at.column == 1) return block->text.size();
    if (index >= block->starts.size()) return std::nullopt;
    const auto start = block->starts[index];
    const auto line =
        std::string_view(block->text).substr(start, block->text.find('\n', start) - start);
    const auto byte = byte_of(line, at.column);
    if (!byte) return std::nullopt;
    return start + *byte;
  };
  suggestion.text = block->text;
  for (auto i = places.size(); i-- > 0;) {
    const auto begin = offset(places[i].start);
    const auto end = offset(places[i].end);
    if (!begin || !end || *begin > *end || *end > suggestion.text.size()) return std::nullopt;
    suggestion.text.replace(*begin, *end - *begin, fix.edits[i].text);
  }
  suggestion.text = replace_all(std::move(suggestion.text), "\r\n", "\n");
  if (visible(suggestion.text) != suggestion.text) return std::nullopt;
  if (!suggestion.text.empty() && !suggestion.text.ends_with('\n')) return std::nullopt;
  return suggestion;
}

}  // namespace peer
