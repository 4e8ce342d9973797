// A copy of a work tree for a command to work in: shared blocks where the file system can
// (reflinks), bytes elsewhere.
#pragma once

#include <filesystem>
#include <stop_token>

#include "base/result.hpp"

namespace peer {

/// Copies files, folders and links (as links) below `from` into the existing folder `to`, modes
/// kept. A `.git` folder is not copied: a file that points to it stands in its place. Other kinds
/// of files are left out. A stop ends it with `unavailable`.
[[nodiscard]] Result<void> copy_tree(const std::filesystem::path& from,
                                     const std::filesystem::path& to,
                                     const std::stop_token& stop = {});

}  // namespace peer
