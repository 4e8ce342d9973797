#include "analyzers/source_file.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace peer {
namespace {

constexpr std::uint32_t kLongLine =
    4096;  // bytes; on longer lines columns are not counted anew each time
constexpr std::uint32_t kStride = 1024;  // bytes between the columns that are kept of a long line

}  // namespace

LineIndex::LineIndex(std::string_view text) : size_(static_cast<std::uint32_t>(text.size())) {
  std::uint32_t start = 0;
  while (start < size_) {
    // LF alone ends a line, as for git and tree-sitter; a CR before it belongs to the end
    const auto end = static_cast<std::uint32_t>(
        std::min(text.find('\n', start), static_cast<std::size_t>(size_)));
    const bool crlf = end < size_ && end > start && text[end - 1] == '\r';
    starts_.push_back(start);
    ends_.push_back(crlf ? end - 1 : end);
    if (ends_.back() - start > kLongLine) mark_columns(text, start, ends_.back());
    start = end + 1;
  }
}

void LineIndex::mark_columns(std::string_view text, std::uint32_t start, std::uint32_t end) {
  std::uint32_t at = start;
  std::uint32_t units = 0;
  while (end - at > kStride) {
    auto stop = at + kStride;
    // never inside a character
    while (stop < end && (static_cast<unsigned char>(text[stop]) & 0xC0U) == 0x80U)
      ++stop;
    units += static_cast<std::uint32_t>(utf16_length(text.substr(at, stop - at)));
    at = stop;
    marks_.push_back({at, units});
  }
}

LineIndex::Mark LineIndex::mark_before(std::uint32_t offset, std::uint32_t start) const {
  const auto after =
      std::upper_bound(marks_.begin(), marks_.end(), offset,
                       [](std::uint32_t at, const Mark& mark) { return at < mark.at; });
  if (after == marks_.begin() || std::prev(after)->at <= start) return {start, 0};
  return *std::prev(after);
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
  const auto mark = lines_.mark_before(offset, start);
  const auto units = mark.units + utf16_length(text().substr(mark.at, offset - mark.at));
  return {line, static_cast<std::uint32_t>(units + 1)};
}

Location SourceFile::locate(Span span) const {
  return {span, position(span.begin), position(span.end)};
}

}  // namespace peer
