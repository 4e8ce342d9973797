// Refuses pipes and devices where libgit2 would open a file: it would wait on them for ever. For
// bot/git only. Not for several threads.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "bot/git/handles.hpp"

namespace peer {

/// Fails with PEER-E133 where a file that opening the repository at or above `folder` reads is no
/// plain one: its HEAD, configuration, index and so on, and what a value of its configuration names
/// (`include.path`, `core.excludesFile`, `core.attributesFile`).
[[nodiscard]] Result<void> check_git_files(const std::filesystem::path& folder);

/// The same for `.gitignore` and `.gitattributes` of the folder `below` ("" or "a/b") of
/// `work_tree` and of those above it, and, with `and_below`, of all below it that libgit2 would
/// enter.
[[nodiscard]] Result<void> check_ignore_files(git_repository* repo,
                                              const std::filesystem::path& work_tree,
                                              std::string_view below, bool and_below);

/// The same for the folders that hold `paths`.
[[nodiscard]] Result<void> check_ignore_files_of(const std::filesystem::path& work_tree,
                                                 const std::vector<std::string>& paths);

/// Fails with PEER-E132 where the repository's own configuration (core.worktree) has it work on a
/// folder that does not name the repository as its own, by a `.git` folder or file.
[[nodiscard]] Result<void> check_work_tree(git_repository* repo);

}  // namespace peer
