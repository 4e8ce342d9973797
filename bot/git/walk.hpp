// Files below a folder on disk: links are listed, never followed; `.git` is left out. Thread-safe.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "bot/git/work_tree.hpp"

namespace peer {

/// True for a path (a folder's ends with '/') that the walk should leave out.
using LeaveOut = std::function<bool(const std::string& path)>;

struct WalkedFile {
  std::string path;  ///< from the root of the walk
  DiskEntry entry;   ///< of a file or a link
};

/// What a walk has met.
struct Walked {
  /// Something that should have been among the files: a folder that may not be listed, a file the
  /// system says nothing of.
  struct Unseen {
    std::string path;
    Error why;
  };
  std::vector<WalkedFile> files;  ///< sorted by path
  std::vector<Unseen> unseen;
};

/// Files and links below `root`/`folder` ("" for all), none where the folder is not there. Devices,
/// pipes and sockets are not listed, and folders that hold a repository of their own are not
/// entered. `leave_out` is only asked from this thread. `threads` list folders (0: one per core).
[[nodiscard]] Result<Walked> walk(const DiskRoot& root, std::string_view folder,
                                  const LeaveOut& leave_out, unsigned threads = 1);

/// The paths of a walk's files.
[[nodiscard]] std::vector<std::string> paths_of(Walked walked);

}  // namespace peer
