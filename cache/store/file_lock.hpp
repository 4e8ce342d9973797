// An advisory lock on a file of its own (flock), by which processes say "I use this database"
// (shared) or "I am about to move it away" (exclusive). The system releases it when its holder
// dies. For one thread.
#pragma once

#include <chrono>
#include <filesystem>

#include "base/result.hpp"

namespace peer {

class FileLock {
 public:
  FileLock() = default;
  FileLock(FileLock&& other) noexcept;
  FileLock& operator=(FileLock&& other) noexcept;
  FileLock(const FileLock&) = delete;
  FileLock& operator=(const FileLock&) = delete;
  ~FileLock();

  /// Takes a lock on `path`, making the file (mode 0600) if there is none. Waits at most `patience`
  /// for other holders, then fails with timeout and PEER-E160; unavailable and PEER-E162 where the
  /// file can't be made.
  [[nodiscard]] static Result<FileLock> shared(const std::filesystem::path& path,
                                               std::chrono::milliseconds patience);
  [[nodiscard]] static Result<FileLock> exclusive(const std::filesystem::path& path,
                                                  std::chrono::milliseconds patience);

 private:
  explicit FileLock(int descriptor) : descriptor_(descriptor) {}
  static Result<FileLock> take(const std::filesystem::path& path, int mode,
                               std::chrono::milliseconds patience);
  int descriptor_ = -1;
};

}  // namespace peer
