// Where something stands in a file. Values.
#pragma once

#include <compare>
#include <cstdint>

namespace peer {

/// Bytes [begin, end) of a file's text.
struct Span {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;

  [[nodiscard]] std::uint32_t size() const { return end - begin; }
  [[nodiscard]] bool empty() const { return begin == end; }
  [[nodiscard]] bool contains(Span other) const { return begin <= other.begin && other.end <= end; }
  [[nodiscard]] bool overlaps(Span other) const { return begin < other.end && other.begin < end; }
  friend auto operator<=>(const Span&, const Span&) = default;  // NOLINT(modernize-use-nullptr)
};

/// A line and column as people count them: both 1-based, the column in UTF-16 code units (what
/// SARIF, the language server protocol and most editors count).
struct Position {
  std::uint32_t line = 1;
  std::uint32_t column = 1;
  // NOLINTNEXTLINE(modernize-use-nullptr)
  friend auto operator<=>(const Position&, const Position&) = default;
};

/// A span and the positions of its ends.
struct Location {
  Span span;
  Position start;
  Position end;
  friend bool operator==(const Location&, const Location&) = default;
};

/// Lines [first, first + count), 1-based.
struct LineRange {
  std::uint32_t first = 1;
  std::uint32_t count = 0;

  [[nodiscard]] std::uint32_t end() const { return first + count; }
  [[nodiscard]] bool contains(std::uint32_t line) const { return line >= first && line < end(); }
  // NOLINTNEXTLINE(modernize-use-nullptr)
  friend auto operator<=>(const LineRange&, const LineRange&) = default;
};

}  // namespace peer
