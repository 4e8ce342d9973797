#include "bot/git/work_tree.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
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

Result<Parent> open_parent(const std::filesystem::path& root, std::string_view path) {
  Descriptor folder(::open(root.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
  if (folder.get() < 0) return fail(cannot("open", root.native(), errno));
  const auto parts = split(path, '/');
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const std::string part(parts[i]);
    if (part.empty() || part == "." || part == ".." || part.find('\0') != std::string::npos) {
      return fail(ErrorKind::refused,
                  fmt::format("{} is not a path inside the work tree", visible(path, false)));
    }
    if (i + 1 == parts.size()) return Parent{std::move(folder), part};
    Descriptor next(
        ::openat(folder.get(), part.c_str(), O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
    if (next.get() < 0) return fail(cannot("open", path, errno));
    folder = std::move(next);
  }
  return fail(ErrorKind::refused, "an empty path names no file");
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
