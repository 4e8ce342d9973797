// What differs between two sequences of lines: Myers' greedy algorithm in linear space (E. Myers,
// "An O(ND) difference algorithm and its variations", 1986), with a bound on the effort for texts
// that have little in common. Pure; thread-safe.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace peer {

/// Lines [old_begin, old_end) gave way to lines [new_begin, new_end); counted from 0. One of both
/// may be empty.
struct DiffRun {
  std::uint32_t old_begin = 0;
  std::uint32_t old_end = 0;
  std::uint32_t new_begin = 0;
  std::uint32_t new_end = 0;
  friend bool operator==(const DiffRun&, const DiffRun&) = default;
};

/// The lines of `text` as Git counts them, each with its line feed; the last may have none. A lone
/// CR ends no line.
[[nodiscard]] std::vector<std::string_view> lines_with_ends(std::string_view text);

/// The runs that differ, in order, never touching one another. Minimal unless the texts differ in
/// more than some hundred places, where it settles for a good result in bounded time.
[[nodiscard]] std::vector<DiffRun> diff_lines(std::span<const std::string_view> old_lines,
                                              std::span<const std::string_view> new_lines);

}  // namespace peer
