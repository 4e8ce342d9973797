// Two sides to changed files, through libgit2's tree, index and work-tree comparison. For bot/git
// only.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "bot/git/range.hpp"
#include "bot/git/tree_plan.hpp"

namespace peer {

/// Files that differ between the sides of `range`, renames and copies paired, without hunks or
/// natures. What could not be done as asked is added to `range.degraded`.
[[nodiscard]] Result<std::vector<ChangedFile>> changed_files(const Repository::State& state,
                                                             ResolvedRange& range,
                                                             const DiffOptions& asked);

/// All files of the tree `range.after`, as unmodified ones with only an `after`. Folders over the
/// limits of bot/git/tree_plan.hpp are one skipped entry each, and `range` is incomplete.
[[nodiscard]] Result<std::vector<ChangedFile>> files_of_tree(const Repository::State& state,
                                                             ResolvedRange& range,
                                                             const DiffOptions& options);

/// Adds what `plan` leaves out to `files`, as skipped folders, and says so in `range`, which is
/// incomplete then.
void add_left_out(const TreePlan& plan, ChangeStatus status, std::vector<ChangedFile>& files,
                  ResolvedRange& range);

/// True where `paths` is empty or names `path` or a folder above it.
[[nodiscard]] bool is_asked_for(std::string_view path, const std::vector<std::string>& paths);

}  // namespace peer
