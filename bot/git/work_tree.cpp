#include "bot/git/work_tree.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <fmt/format.h>
#include <linux/openat2.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>
#include <utility>

#include "base/text.hpp"

namespace peer {
namespace {

class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(number_, other.number_);
    return *this;
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  [[nodiscard]] int get() const { return number_; }

 private:
  int number_;
};

Error cannot(std::string_view what, std::string_view path, int number) {
  const bool missing = number == ENOENT || number == ENOTDIR || number == ELOOP;
  return {missing ? ErrorKind::not_found : ErrorKind::unavailable,
          fmt::format("cannot {} {}: {}", what, visible(path, false), std::strerror(number)),
          {}};
}

/// The folder that holds the last part of a path, open, and that part.
struct Parent {
  Descriptor folder;
  std::string name;
};

constexpr int kFolder = O_PATH | O_DIRECTORY | O_CLOEXEC;

bool stays_inside(std::string_view path) {
  const auto leads_on = [](std::string_view part) { return !part.empty() && part != "." && part != ".."; };
  const auto parts = split(path, '/');
  return path.find('\0') == std::string_view::npos && std::all_of(parts.begin(), parts.end(), leads_on);
}

/// The folder `path` below `root`, with no link on the way; in one call where the system has it (Linux 5.6) and whoever
/// confines this process lets it through, else part by part. errno tells of failure.
Descriptor open_below(Descriptor root, const std::string& path) {
  ::open_how how{};
  how.flags = kFolder;
  how.resolve = RESOLVE_NO_SYMLINKS | RESOLVE_BENEATH;
  Descriptor found(static_cast<int>(::syscall(SYS_openat2, root.get(), path.c_str(), &how, sizeof how)));
  if (found.get() >= 0 || (errno != ENOSYS && errno != EPERM)) return found;
  for (const auto part : split(path, '/')) {
    root = Descriptor(::openat(root.get(), std::string(part).c_str(), kFolder | O_NOFOLLOW));
    if (root.get() < 0) break;
  }
  return root;
}

Result<Parent> open_parent(const std::filesystem::path& root, std::string_view path) {
  if (path.empty()) return fail(ErrorKind::refused, "an empty path names no file");
  if (!stays_inside(path))
    return fail(ErrorKind::refused, fmt::format("{} is not a path inside the work tree", visible(path, false)));
  Descriptor folder(::open(root.c_str(), kFolder));
  if (folder.get() < 0) return fail(cannot("open", root.native(), errno));
  const auto slash = path.rfind('/');
  if (slash == std::string_view::npos) return Parent{std::move(folder), std::string(path)};
  folder = open_below(std::move(folder), std::string(path.substr(0, slash)));
  if (folder.get() < 0) return fail(cannot("open", path, errno));
  return Parent{std::move(folder), std::string(path.substr(slash + 1))};
}

Result<DiskEntry> entry_of(const struct ::stat& status, std::string_view path) {
  const auto size = static_cast<std::uint64_t>(status.st_size);
  if (S_ISREG(status.st_mode))
    return DiskEntry{(status.st_mode & 0100U) != 0 ? 0100755U : 0100644U, size};
  if (S_ISLNK(status.st_mode)) return DiskEntry{0120000U, size};
  if (S_ISDIR(status.st_mode)) return DiskEntry{0040000U, 0};
  return fail(ErrorKind::refused,
              fmt::format("{} is a device, pipe or socket, not a file", visible(path, false)));
}

Result<DiskEntry> look_in(const Parent& parent, std::string_view path) {
  struct ::stat status {};
  if (::fstatat(parent.folder.get(), parent.name.c_str(), &status, AT_SYMLINK_NOFOLLOW) != 0)
    return fail(cannot("read", path, errno));
  return entry_of(status, path);
}

Result<std::string> read_link(const Parent& parent, std::string_view path) {
  std::string target(4096, '\0');
  const auto length =
      ::readlinkat(parent.folder.get(), parent.name.c_str(), target.data(), target.size());
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

Result<DiskEntry> look_at(const std::filesystem::path& root, std::string_view path) {
  const auto parent = open_parent(root, path);
  if (!parent) return fail(parent.error());
  return look_in(*parent, path);
}

Result<std::string> read_from_disk(const std::filesystem::path& root, std::string_view path,
                                   std::uint64_t max_bytes) {
  const auto parent = open_parent(root, path);
  if (!parent) return fail(parent.error());
  const auto entry = look_in(*parent, path);
  if (!entry) return fail(entry.error());
  if (entry->mode == 0120000U) return read_link(*parent, path);
  if (entry->mode == 0040000U)
    return fail(ErrorKind::refused, fmt::format("{} is a folder", visible(path, false)));
  if (entry->size > max_bytes) {
    return fail(ErrorKind::refused,
                fmt::format("{} has {} bytes, over the limit of {}", visible(path, false),
                            with_commas(entry->size), with_commas(max_bytes)));
  }
  const Descriptor file(::openat(parent->folder.get(), parent->name.c_str(),
                                 O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
  if (file.get() < 0) return fail(cannot("read", path, errno));
  struct ::stat status {};
  if (::fstat(file.get(), &status) != 0) return fail(cannot("read", path, errno));
  if (!S_ISREG(status.st_mode))  // exchanged since it was looked at
    return fail(ErrorKind::refused, fmt::format("{} is not a file", visible(path, false)));
  return read_all(file.get(), path, entry->size, max_bytes);
}

}  // namespace peer
