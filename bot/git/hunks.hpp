// Two contents to the hunks between them, as `git diff` prints them (Myers, indent heuristic, three
// lines of context). Pure; thread-safe once libgit2 is started.
#pragma once

#include <string_view>
#include <vector>

#include "analyzers/change_set.hpp"
#include "base/result.hpp"

namespace peer {

/// Either side empty: one hunk that adds or removes every line. Equal sides: none. Lines end at LF,
/// as git counts them.
[[nodiscard]] Result<std::vector<Hunk>> hunks_between(std::string_view before,
                                                      std::string_view after);

/// Lines that LF ends, and one more for what follows the last LF.
[[nodiscard]] std::uint32_t count_lines(std::string_view text);

}  // namespace peer
