// The hunks of one file of a diff applied to its text. Pure; thread-safe.
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"
#include "bot/git/patch_parse.hpp"

namespace peer {

enum class Direction {
  forward,  ///< old to new
  reverse,  ///< new to old
};

/// `text` with all hunks applied. A hunk whose lines have moved is looked for nearby, as git apply
/// does, but every line must match; where the diff lost or gained carriage returns on the way, they
/// do not count. Fails with PEER-E104 naming the hunk that fits nowhere.
[[nodiscard]] Result<std::string> apply_hunks(std::string_view text, const FilePatch& file,
                                              Direction direction = Direction::forward);

}  // namespace peer
