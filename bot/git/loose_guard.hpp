// libgit2 up to 1.9 reads for ever where the file of a loose object was cut off, as after a power
// failure. Stands before its own reader and refuses such files. For bot/git only.
#pragma once

#include "bot/git/handles.hpp"

namespace peer {

/// Adds the guard to `odb`, the object database of `repo`; 0 or libgit2's code.
[[nodiscard]] int guard_loose_objects(git_repository* repo, git_odb* odb);

}  // namespace peer
