#include "bot/fixing/write.hpp"

#include <atomic>
#include <cerrno>
#include <cstdio>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <utility>

#include "analyzers/fix/protected.hpp"
#include "base/text.hpp"
#include "bot/interrupt.hpp"

namespace peer {
namespace {

Error refusal(std::string_view path, std::string_view why) {
  return {ErrorKind::refused, fmt::format("{} {}", visible(path, false), why), {}};
}

constexpr std::string_view kChanged =
    "was changed since it was examined; it is left as it is: run peer again";

bool same_file(const struct stat& a, const struct stat& b) {
  return a.st_dev == b.st_dev && a.st_ino == b.st_ino && a.st_size == b.st_size &&
         a.st_mtim.tv_sec == b.st_mtim.tv_sec && a.st_mtim.tv_nsec == b.st_mtim.tv_nsec;
}

/// Looks at the file as it is now; fails unless it holds the bytes that were read.
Result<struct stat> check_unchanged(const Place& place, const FileWrite& file) {
  const Descriptor now(::openat(place.folder.get(), place.name.c_str(),
                                O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
  if (!now && errno == ELOOP)
    return fail(refusal(file.path, "is a symbolic link, which is never followed"));
  if (!now) return fail(system_error("open", file.path, errno));
  struct stat info {};
  if (::fstat(now.get(), &info) != 0) return fail(system_error("look at", file.path, errno));
  if (!S_ISREG(info.st_mode)) return fail(refusal(file.path, "is no regular file"));
  const auto bytes = read_all(now, file.path);
  if (!bytes) return fail(bytes.error());
  if (*bytes != file.expected) return fail(refusal(file.path, kChanged));
  return info;
}

/// A new file in a folder that is gone again unless it was kept.
class Temporary {
 public:
  static Result<Temporary> make(const Place& place, TreeLock& lock, const std::string& path) {
    static std::atomic<unsigned> count{0};
    const auto name = fmt::format("{}{}-{}", kTemporaryPrefix, ::getpid(), count++);
    const auto slash = path.rfind('/');
    const auto folder = slash == std::string::npos ? "" : path.substr(0, slash + 1);
    if (auto noted = lock.remember(folder + name); !noted) return fail(noted.error());
    Descriptor file(::openat(place.folder.get(), name.c_str(),
                             O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
    if (!file) return fail(system_error("make a temporary file beside", path, errno));
    return Temporary(place, name, std::move(file));
  }
  Temporary(Temporary&& other) noexcept
      : place_(other.place_),
        name_(std::exchange(other.name_, {})),
        file_(std::move(other.file_)) {}
  Temporary& operator=(Temporary&&) = delete;
  ~Temporary() {
    if (!name_.empty()) ::unlinkat(place_->folder.get(), name_.c_str(), 0);
  }

  [[nodiscard]] Result<void> fill(const FileWrite& file, const struct stat& original) {
    if (auto written = write_all(file_, file.bytes, file.path); !written) return written;
    // only root may give files away; for anyone else the owner is right already, or cannot be kept
    if (::fchown(file_.get(), original.st_uid, original.st_gid) != 0 && errno != EPERM)
      return fail(system_error("keep the owner of", file.path, errno));
    if (::fchmod(file_.get(), original.st_mode & 07777U) != 0)
      return fail(system_error("keep the mode of", file.path, errno));
    if (::fsync(file_.get()) != 0) return fail(system_error("write", file.path, errno));
    return {};
  }

  [[nodiscard]] Result<void> replace(const FileWrite& file) {
    const int folder = place_->folder.get();
    if (::renameat(folder, name_.c_str(), folder, place_->name.c_str()) != 0)
      return fail(system_error("replace", file.path, errno));
    name_.clear();
    // some file systems cannot sync a folder; the rename stands nevertheless
    if (::fsync(folder) != 0 && errno != EINVAL)
      return fail(system_error("sync the folder of", file.path, errno));
    return {};
  }

 private:
  Temporary(const Place& place, std::string name, Descriptor file)
      : place_(&place), name_(std::move(name)), file_(std::move(file)) {}
  const Place* place_;
  std::string name_;
  Descriptor file_;
};

}  // namespace

Result<void> write_file(TreeLock& lock, const FileWrite& file) {
  if (const auto reason = protected_path(file.path)) return fail(refusal(file.path, *reason));
  const auto place = open_place(lock.root(), file.path);
  if (!place) return fail(place.error());
  const auto original = check_unchanged(*place, file);
  if (!original) return fail(original.error());
  if (file.bytes == file.expected) return {};
  const HoldInterrupt hold;
  auto temporary = Temporary::make(*place, lock, file.path);
  if (!temporary) return fail(temporary.error());
  if (auto filled = temporary->fill(file, *original); !filled) return filled;
  struct stat now {};
  if (::fstatat(place->folder.get(), place->name.c_str(), &now, AT_SYMLINK_NOFOLLOW) != 0 ||
      !same_file(*original, now))
    return fail(refusal(file.path, kChanged));
  return temporary->replace(file);
}

}  // namespace peer
