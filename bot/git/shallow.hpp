// Commits whose base is not in the clone: what can be known about them without guessing. For
// bot/git only.
#pragma once

#include <string>
#include <string_view>

#include "bot/git/range.hpp"

namespace peer {

/// `name` as messages show it: a commit id cut to seven digits.
[[nodiscard]] std::string short_name(std::string_view name);

/// First parent .. commit. A root commit: against nothing. Where the parent is missing from the
/// clone, all files of the commit as they stand, incomplete.
[[nodiscard]] Result<ResolvedRange> commit_alone(git_repository* repo, const git_commit* commit);

/// `head` is known but `base` is not: where HEAD is the merge of a pull request into its target,
/// HEAD^1..HEAD, which is the exact change; else `head` alone, incomplete.
[[nodiscard]] Result<ResolvedRange> without_base(git_repository* repo, const git_commit* head,
                                                 std::string_view base);

/// The head commit `id` is not in this clone. Goes on only where HEAD is a merge of it.
[[nodiscard]] Result<ResolvedRange> without_head(git_repository* repo, std::string_view id);

}  // namespace peer
