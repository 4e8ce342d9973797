#include "cache/store/file_lock.hpp"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <thread>
#include <unistd.h>
#include <utility>

#include "base/clock.hpp"

namespace peer {
namespace {

constexpr std::chrono::milliseconds kPause{5};  // between two tries

}  // namespace

FileLock::FileLock(FileLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

FileLock& FileLock::operator=(FileLock&& other) noexcept {
  std::swap(descriptor_, other.descriptor_);
  return *this;
}

FileLock::~FileLock() {
  if (descriptor_ >= 0) close(descriptor_);
}

Result<FileLock> FileLock::take(const std::filesystem::path& path, int mode,
                                std::chrono::milliseconds patience) {
  constexpr mode_t kOwnerOnly = 0600;
  const int descriptor = open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, kOwnerOnly);
  if (descriptor < 0)
    return fail(ErrorKind::unavailable,
                fmt::format("{} can't be opened: {}", path.string(), std::strerror(errno)),
                "PEER-E162");
  FileLock lock(descriptor);
  const Clock clock;
  const auto deadline = clock.steady() + patience;
  while (flock(descriptor, mode | LOCK_NB) != 0) {
    // a file system without locks (some network ones): go on as if alone
    if (errno != EWOULDBLOCK && errno != EINTR) break;
    if (clock.steady() >= deadline)
      return fail(ErrorKind::timeout,
                  fmt::format("{} is held by another process (waited {} ms)", path.string(),
                              patience.count()),
                  "PEER-E160");
    std::this_thread::sleep_for(kPause);
  }
  return lock;
}

Result<FileLock> FileLock::shared(const std::filesystem::path& path,
                                  std::chrono::milliseconds patience) {
  return take(path, LOCK_SH, patience);
}

Result<FileLock> FileLock::exclusive(const std::filesystem::path& path,
                                     std::chrono::milliseconds patience) {
  return take(path, LOCK_EX, patience);
}

}  // namespace peer
