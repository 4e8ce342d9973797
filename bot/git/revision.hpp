// Names of commits to commits, their parents and trees, with errors that help. For bot/git only.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bot/git/handles.hpp"

namespace peer {

/// The commit that `name` means (branch, tag, id, HEAD~2 ...). Fails with PEER-E121 on an unborn
/// branch, PEER-E122 for a name that does not exist (with the nearest one that does), PEER-E123 for
/// an id that is not in this clone, PEER-E130 for a name that exists and whose commit cannot be
/// read.
[[nodiscard]] Result<CommitHandle> find_commit(git_repository* repo, std::string_view name);

/// The commit with id `id`; null when it is not there.
[[nodiscard]] CommitHandle commit_by_id(git_repository* repo, const git_oid& id);

/// Ids of the parents as the commit itself names them, present or not (a shallow clone hides them
/// from libgit2).
[[nodiscard]] std::vector<git_oid> parents_of(const git_commit* commit);

[[nodiscard]] Result<TreeHandle> tree_of(const git_commit* commit);

/// The best common ancestor of two commits; nullopt where no commit here is one. In a shallow
/// clone, commits beyond its edge count as absent: what is found is a common ancestor all the same.
[[nodiscard]] Result<std::optional<git_oid>> merge_base_of(git_repository* repo, const git_oid& one,
                                                           const git_oid& other);

/// A branch to compare with.
struct NamedCommit {
  std::string name;  ///< as people write it: "origin/main"
  git_oid id;
};

/// origin/HEAD's branch, else main, else master (local before origin's); nullopt when there is
/// none. Fails with PEER-E130 where the first of them that exists cannot be read.
[[nodiscard]] Result<std::optional<NamedCommit>> default_branch(git_repository* repo);

/// "the branch 'main' has no commit yet ..." (PEER-E121).
[[nodiscard]] Error unborn_branch(git_repository* repo);

}  // namespace peer
