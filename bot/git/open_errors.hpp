// Why a repository could not be opened, in words that say what to do. For bot/git only.
#pragma once

#include <filesystem>

#include "base/result.hpp"

namespace peer {

/// True where libgit2's last failure, with return code `code`, was about who owns the repository.
[[nodiscard]] bool is_owner_failure(int code);

/// True where the user's or the system's git configuration lists the repository at `git_dir` in
/// safe.directory, also by
/// `*` or a trailing `/*`, which libgit2 1.5 does not know.
[[nodiscard]] bool is_listed_as_safe(const std::filesystem::path& git_dir);

/// PEER-E129: who owns the repository, who runs, and what to do.
[[nodiscard]] Error foreign_owner(const std::filesystem::path& git_dir);

/// What libgit2's last failure to open `path`, with return code `code`, means.
[[nodiscard]] Error open_failure(int code, const std::filesystem::path& path);

}  // namespace peer
