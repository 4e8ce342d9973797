// Writing fixed files to a work tree: each wholly or not at all, never through a symbolic link,
// never over somebody else's work. Used by one thread.
#pragma once

#include <string>
#include <vector>

#include "base/result.hpp"
#include "bot/fixing/lock.hpp"

namespace peer {

/// A file to be written.
struct FileWrite {
  std::string path;  ///< below the root, '/' between folders
  /// The bytes that were read; anything else means that somebody changed the file.
  std::string expected;
  std::string bytes;
};

/// Replaces the file in one step: a temporary file in the same folder with the same mode (and
/// owner, where that is allowed), synced to disk, renamed over it, the folder synced. Fails with
/// refused where the path is protected or unsafe, a part of it is a link, the file is no regular
/// file or no longer holds `expected`; then, and after any other failure, the file is untouched and
/// no temporary file is left. Signals wait while the file is renamed.
[[nodiscard]] Result<void> write_file(TreeLock& lock, const FileWrite& file);

}  // namespace peer
