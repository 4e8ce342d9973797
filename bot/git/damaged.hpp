// References and commits that are there but cannot be read, told apart from those that do not
// exist. For bot/git only.
#pragma once

#include <optional>
#include <string_view>

#include "bot/git/handles.hpp"

namespace peer {

/// PEER-E130 where the name at the front of revision `name` is HEAD or a reference and it is no
/// reference any more, or the commit it names, or one on the way from it by `~` and `^`, is missing
/// or damaged: says which object. nullopt where the revision simply does not exist, on an unborn
/// branch, and beyond the edge of a shallow clone.
[[nodiscard]] std::optional<Error> damaged_revision(git_repository* repo, std::string_view name);

/// PEER-E136 where the index is there and cannot be read.
[[nodiscard]] std::optional<Error> damaged_index(git_repository* repo);

}  // namespace peer
