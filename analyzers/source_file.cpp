#include "analyzers/source_file.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace peer {

LineIndex::LineIndex(std::string_view text) : size_(static_cast<std::uint32_t>(text.size())) {
  std::uint32_t start = 0;
  while (start < size_) {
    // LF alone ends a line, as for git and tree-sitter; a CR before it belongs to the end
    const auto end = static_cast<std::uint32_t>(std::min(text.find('\n', start), static_cast<std::size_t>(size_)));
    const bool crlf = end < size_ && end > start && text[end - 1] == '\r';
    starts_.push_back(start);
    ends_.push_back(crlf ? end - 1 : end);
    start = end + 1;
  }
}

std::uint32_t LineIndex::line_count() const { return static_cast<std::uint32_t>(starts_.size()); }

std::uint32_t LineIndex::line_of(std::uint32_t offset) const {
  const auto after = std::upper_bound(starts_.begin(), starts_.end(), offset);
  return std::max<std::uint32_t>(1, static_cast<std::uint32_t>(after - starts_.begin()));
}

Span LineIndex::line_span(std::uint32_t line) const {
  if (line == 0 || line > starts_.size()) return {size_, size_};
  return {starts_[line - 1], ends_[line - 1]};
}

Position SourceFile::position(std::uint32_t offset) const {
  const auto line = lines_.line_of(offset);
  const auto start = lines_.line_span(line).begin;
  if (offset < start) return {line, 1};
  return {line, static_cast<std::uint32_t>(
                    utf16_length(text().substr(start, offset - start)) + 1)};
}

Location SourceFile::locate(Span span) const {
  return {span, position(span.begin), position(span.end)};
}

}  // namespace peer
