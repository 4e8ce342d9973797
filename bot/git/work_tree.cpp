#include "bot/git/work_tree.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <dirent.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <linux/openat2.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>
#include <utility>

#include "base/descriptor.hpp"
#include "base/text.hpp"
#include "bot/git/nature.hpp"

namespace peer {
namespace {

Error cannot(std::string_view what, std::string_view path, int number) {
  const bool missing = number == ENOENT || number == ENOTDIR || number == ELOOP;
  return {missing ? ErrorKind::not_found : ErrorKind::unavailable,
          fmt::format("cannot {} {}: {}", what, visible(path, false), std::strerror(number)),
          {}};
}

constexpr int kFolder = O_PATH | O_DIRECTORY | O_CLOEXEC;
constexpr int kListed = O_RDONLY | O_DIRECTORY | O_CLOEXEC;

bool stays_inside(std::string_view path) {
  const auto leads_on = [](std::string_view part) {
    return !part.empty() && part != "." && part != "..";
  };
  const auto parts = split(path, '/');
  return path.find('\0') == std::string_view::npos &&
         std::all_of(parts.begin(), parts.end(), leads_on);
}

Error leads_outside(std::string_view path) {
  return {ErrorKind::refused,
          fmt::format("{} is not a path inside the work tree", visible(path, false)),
          {}};
}

/// The folder `path` below the folder `root`, with no link on the way; in one call where the system
/// has it (Linux 5.6) and whoever confines this process lets it through, else part by part. errno
/// tells of failure.
Descriptor open_below(int root, const std::string& path, int flags) {
  ::open_how how{};
  how.flags = static_cast<std::uint64_t>(flags);
  how.resolve = RESOLVE_NO_SYMLINKS | RESOLVE_BENEATH;
  Descriptor folder(static_cast<int>(::syscall(SYS_openat2, root, path.c_str(), &how, sizeof how)));
  if (folder || (errno != ENOSYS && errno != EPERM)) return folder;
  const auto parts = split(path, '/');
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const int kind = i + 1 < parts.size() ? kFolder : flags;
    Descriptor next(
        ::openat(!folder ? root : folder.get(), std::string(parts[i]).c_str(), kind | O_NOFOLLOW));
    if (!next) return next;
    folder = std::move(next);
  }
  return folder;
}

Result<DiskEntry> entry_of(const struct ::stat& status, std::string_view path) {
  const auto size = static_cast<std::uint64_t>(status.st_size);
  if (S_ISREG(status.st_mode))
    return DiskEntry{(status.st_mode & 0100U) != 0 ? kModeExecutable : kModeFile, size};
  if (S_ISLNK(status.st_mode)) return DiskEntry{kModeLink, size};
  if (S_ISDIR(status.st_mode)) return DiskEntry{kModeFolder, 0};
  return fail(ErrorKind::refused,
              fmt::format("{} is a device, pipe or socket, not a file", visible(path, false)));
}

std::string name_of(std::string_view path) { return std::string(path.substr(path.rfind('/') + 1)); }

Result<DiskEntry> look_in(int folder, std::string_view path) {
  struct ::stat status {};
  if (::fstatat(folder, name_of(path).c_str(), &status, AT_SYMLINK_NOFOLLOW) != 0)
    return fail(cannot("read", path, errno));
  return entry_of(status, path);
}

/// The name of the next thing in a folder, and its kind where the folder tells it; nullptr at the
/// end, with errno 0, or where the folder cannot be read further.
const ::dirent* next_in(::DIR* folder) {
  for (;;) {
    errno = 0;
    const auto* next = ::readdir(folder);  // one thread has this folder
    if (next == nullptr ||
        (std::strcmp(next->d_name, ".") != 0 && std::strcmp(next->d_name, "..") != 0))
      return next;
  }
}

Result<std::string> read_link(int folder, std::string_view path) {
  std::string target(4096, '\0');
  const auto length = ::readlinkat(folder, name_of(path).c_str(), target.data(), target.size());
  if (length < 0) return fail(cannot("read the link", path, errno));
  target.resize(static_cast<std::size_t>(length));
  return target;
}

Result<std::string> read_all(int file, std::string_view path, std::uint64_t expected,
                             std::uint64_t max_bytes) {
  std::string bytes(static_cast<std::size_t>(expected) + 1, '\0');
  std::size_t filled = 0;
  for (;;) {
    if (filled == bytes.size())
      bytes.resize(bytes.size() + std::max<std::size_t>(4096, filled / 4));
    const auto got = ::read(file, bytes.data() + filled, bytes.size() - filled);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return fail(cannot("read", path, errno));
    if (got == 0) break;
    filled += static_cast<std::size_t>(got);
    if (filled == expected && filled < bytes.size()) break;  // less than was asked for: the end
    if (filled > max_bytes)
      return fail(ErrorKind::refused,
                  fmt::format("{} grew while it was read", visible(path, false)));
  }
  bytes.resize(filled);
  return bytes;
}

}  // namespace

struct DiskRoot::Folder {
  Descriptor open;
  std::string path;
};

DiskRoot::DiskRoot(std::filesystem::path path) : path_(std::move(path)) {}
DiskRoot::~DiskRoot() = default;

Result<std::shared_ptr<const DiskRoot::Folder>> DiskRoot::opened() const {
  const std::scoped_lock guard(lock_);
  if (root_) return root_;
  Descriptor open(::open(path_.c_str(), kFolder));
  if (!open) return fail(cannot("open", path_.native(), errno));
  return root_ = std::make_shared<const Folder>(Folder{std::move(open), {}});
}

Result<std::shared_ptr<const DiskRoot::Folder>> DiskRoot::folder_of(std::string_view path) const {
  if (path.empty()) return fail(ErrorKind::refused, "an empty path names no file");
  if (!stays_inside(path)) return fail(leads_outside(path));
  const auto slash = path.rfind('/');
  const auto above = path.substr(0, slash == std::string_view::npos ? 0 : slash);
  {
    const std::scoped_lock guard(lock_);
    if (last_ && last_->path == above) return last_;
  }
  auto folder = opened();
  if (!folder) return folder;
  if (!above.empty()) {
    auto below = std::make_shared<const Folder>(
        Folder{open_below((*folder)->open.get(), std::string(above), kFolder), std::string(above)});
    if (!below->open) return fail(cannot("open", path, errno));
    folder = std::move(below);
  }
  const std::scoped_lock guard(lock_);
  return last_ = *folder;
}

Result<DiskEntry> DiskRoot::look_at(std::string_view path) const {
  const auto folder = folder_of(path);
  if (!folder) return fail(folder.error());
  return look_in((*folder)->open.get(), path);
}

Result<std::string> DiskRoot::read(std::string_view path, std::uint64_t max_bytes) const {
  const auto above = folder_of(path);
  if (!above) return fail(above.error());
  const int folder = (*above)->open.get();
  const Descriptor file(
      ::openat(folder, name_of(path).c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
  if (!file) {
    const int number = errno;
    const auto entry = look_in(folder, path);  // a link, or what says better why
    if (!entry) return fail(entry.error());
    return entry->mode == kModeLink ? read_link(folder, path) : fail(cannot("read", path, number));
  }
  struct ::stat status {};
  if (::fstat(file.get(), &status) != 0) return fail(cannot("read", path, errno));
  const auto entry = entry_of(status, path);
  if (!entry) return fail(entry.error());
  if (entry->mode == kModeFolder)
    return fail(ErrorKind::refused, fmt::format("{} is a folder", visible(path, false)));
  if (entry->size > max_bytes) {
    return fail(ErrorKind::refused,
                fmt::format("{} has {} bytes, over the limit of {}", visible(path, false),
                            with_commas(entry->size), with_commas(max_bytes)));
  }
  return read_all(file.get(), path, entry->size, max_bytes);
}

Result<std::vector<NamedEntry>> DiskRoot::list(std::string_view path) const {
  const auto root = opened();
  if (!root) return fail(root.error());
  if (!path.empty() && !stays_inside(path)) return fail(leads_outside(path));
  const int from = (*root)->open.get();
  Descriptor folder = path.empty() ? Descriptor(::openat(from, ".", kListed))
                                   : open_below(from, std::string(path), kListed);
  if (!folder) return fail(cannot("list", path.empty() ? path_.native() : path, errno));
  const std::unique_ptr<::DIR, int (*)(::DIR*)> open(::fdopendir(folder.get()), &::closedir);
  if (!open) return fail(cannot("list", path, errno));
  const int at = folder.release();  // it is closed with `open`
  std::vector<NamedEntry> entries;
  while (const auto* next = next_in(open.get()))
    entries.push_back({next->d_name, next->d_type == DT_DIR
                                         ? Result<DiskEntry>(DiskEntry{kModeFolder, 0})
                                         : look_in(at, next->d_name)});
  if (errno != 0) return fail(cannot("list", path, errno));
  return entries;
}

Result<DiskEntry> look_at(const std::filesystem::path& root, std::string_view path) {
  return DiskRoot(root).look_at(path);
}

Result<std::string> read_from_disk(const std::filesystem::path& root, std::string_view path,
                                   std::uint64_t max_bytes) {
  return DiskRoot(root).read(path, max_bytes);
}

}  // namespace peer
