#include "bot/sandbox/copy_tree.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <fstream>
#include <linux/fs.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace peer {
namespace {

namespace fs = std::filesystem;

bool share_blocks(const fs::path& from, const fs::path& to) {
  const int source = open(from.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
  if (source < 0) return false;
  const int target = open(to.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  struct stat status {};
  bool shared = false;
  if (target >= 0) {
    shared = ioctl(target, FICLONE, source) == 0;
    if (shared && fstat(source, &status) == 0)
      shared = fchmod(target, status.st_mode & 07777U) == 0;
    close(target);
    if (!shared) unlink(to.c_str());
  }
  close(source);
  return shared;
}

Result<void> copy_one(const fs::directory_entry& entry, const fs::path& to,
                      std::error_code& error) {
  if (entry.is_symlink())
    fs::copy_symlink(entry.path(), to, error);
  else if (entry.is_directory())
    fs::create_directory(to, entry.path(), error);
  else if (entry.is_regular_file() && !share_blocks(entry.path(), to))
    fs::copy_file(entry.path(), to, error);
  if (error)
    return fail(ErrorKind::unavailable,
                fmt::format("{} cannot be copied: {}", entry.path().string(), error.message()));
  return {};
}

}  // namespace

Result<void> copy_tree(const fs::path& from, const fs::path& to, const std::stop_token& stop) {
  std::error_code error;
  for (auto it = fs::recursive_directory_iterator(from, error);
       !error && it != fs::recursive_directory_iterator(); it.increment(error)) {
    if (stop.stop_requested()) return fail(ErrorKind::unavailable, "stopped; nothing was written");
    const auto target = to / it->path().lexically_relative(from);
    if (it->path().filename() == ".git" && it->is_directory() && !it->is_symlink()) {
      it.disable_recursion_pending();
      std::ofstream(target) << "gitdir: " << it->path().string() << "\n";
      continue;
    }
    if (auto copied = copy_one(*it, target, error); !copied) return copied;
  }
  if (error)
    return fail(ErrorKind::unavailable,
                fmt::format("{} cannot be read: {}", from.string(), error.message()));
  return {};
}

}  // namespace peer
