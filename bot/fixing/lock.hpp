// One Peer at a time writes to a work tree: an advisory lock that also remembers the temporary
// files in use, so that the next run removes what a killed one left. Move-only; used by one thread.
#pragma once

#include <chrono>
#include <filesystem>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "bot/fixing/descriptor.hpp"

namespace peer {

/// Names of Peer's temporary files begin with this.
inline constexpr std::string_view kTemporaryPrefix = ".peer-tmp-";

class TreeLock {
 public:
  /// Takes the lock file `peer-fix.lock` in `git_dir` for the work tree at `root`; waits up to
  /// `patience` for another run to end, then fails with unavailable and names its process. Removes
  /// what an earlier run left half-written.
  [[nodiscard]] static Result<TreeLock> take(
      const std::filesystem::path& git_dir, const std::filesystem::path& root,
      std::chrono::milliseconds patience = std::chrono::seconds(2));

  TreeLock(TreeLock&&) noexcept = default;
  TreeLock& operator=(TreeLock&&) noexcept = default;
  /// Forgets the temporary files (none are left) and lets go. The lock file stays: removing it
  /// would race.
  ~TreeLock();

  /// Writes down that the temporary file `path` (below the root) is about to be made.
  [[nodiscard]] Result<void> remember(std::string_view path);
  [[nodiscard]] const std::filesystem::path& root() const { return root_; }

 private:
  TreeLock(Descriptor file, std::filesystem::path root)
      : file_(std::move(file)), root_(std::move(root)) {}
  Descriptor file_;
  std::filesystem::path root_;
};

}  // namespace peer
