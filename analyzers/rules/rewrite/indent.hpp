// Indentation of code that is taken from one place and put in another, as ast-grep counts it: in
// spaces, and no more than 512 bytes back. Pure; thread-safe.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace peer::rules {

/// Spaces that the last line of `before` (the text up to a place) begins with; 0 where that line
/// begins further back than 512 bytes.
[[nodiscard]] std::size_t indent_at(std::string_view before);

inline constexpr std::size_t kMostReindented = std::size_t{64} << 20U;

/// `lines` as they stand at indentation `from`, moved to `to`: every line but the first loses or
/// gains the difference. A line that has less to lose stays as it is. Beyond kMostReindented bytes
/// lines are left out: what is that long is not to be used.
[[nodiscard]] std::string reindented(std::string_view lines, std::size_t from, std::size_t to);

}  // namespace peer::rules
