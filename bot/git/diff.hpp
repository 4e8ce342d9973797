// Two sides to changed files, through libgit2's tree, index and work-tree comparison. For bot/git
// only.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "bot/git/range.hpp"

namespace peer {

/// Files that differ between the sides of `range`, renames and copies paired, without hunks or
/// natures. What could not be done as asked is added to `range.degraded`.
[[nodiscard]] Result<std::vector<ChangedFile>> changed_files(const Repository::State& state,
                                                             ResolvedRange& range,
                                                             const DiffOptions& options);

/// All files of the tree `side`, as unmodified ones with only an `after`.
[[nodiscard]] Result<std::vector<ChangedFile>> files_of_tree(const Repository::State& state,
                                                             const Side& side,
                                                             const DiffOptions& options);

/// True where `paths` is empty or names `path` or a folder above it.
[[nodiscard]] bool is_asked_for(std::string_view path, const std::vector<std::string>& paths);

}  // namespace peer
