// Unified diffs for people: coloured, or in two columns. What the repository says is made visible,
// so that it cannot speak to the terminal. Pure; thread-safe.
#pragma once

#include <string>
#include <string_view>

namespace peer {

/// The lines of `patch` (made by analyzers/fix/unified.hpp) made safe to show; removed lines red,
/// added ones green and hunk headers cyan where `color` is on. The line "diff --git" is left out:
/// the next two say the same.
[[nodiscard]] std::string render_patch(std::string_view patch, bool color);

/// The same without the file's header: from the first "@@" on, and only the changed lines and those
/// around.
[[nodiscard]] std::string render_hunks(std::string_view patch, bool color);

/// `patch` in two columns, old and new, in `width` columns of the terminal; longer lines are cut
/// with "...". Below 40 columns it is render_patch.
[[nodiscard]] std::string render_side_by_side(std::string_view patch, bool color, int width);

}  // namespace peer
