#include "bot/fixing/lock.hpp"

#include <cerrno>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <thread>

#include "base/text.hpp"

namespace peer {
namespace {

constexpr std::string_view kLockName = "peer-fix.lock";
constexpr auto kPause = std::chrono::milliseconds(25);

/// Removes the temporary files that `journal` names: "PID\0path\0path\0...". Only names that are
/// ours, and never through a link.
void remove_leftovers(const std::filesystem::path& root, std::string_view journal) {
  const auto entries = split(journal, '\0');
  for (std::size_t i = 1; i < entries.size(); ++i) {
    const auto name = entries[i].substr(entries[i].rfind('/') + 1);
    if (!name.starts_with(kTemporaryPrefix)) continue;
    if (const auto place = open_place(root, entries[i]))
      ::unlinkat(place->folder.get(), place->name.c_str(), 0);
  }
}

Error busy(std::string_view journal) {
  const auto holder = split(journal, '\0')[0];
  return {ErrorKind::unavailable,
          fmt::format("another peer{} is fixing this work tree; wait until it has finished",
                      holder.empty() ? "" : fmt::format(" (process {})", visible(holder, false))),
          {}};
}

Result<std::string> journal_of(const Descriptor& file, std::string_view path) {
  if (::lseek(file.get(), 0, SEEK_SET) < 0) return fail(system_error("read", path, errno));
  return read_all(file, path);
}

}  // namespace

Result<TreeLock> TreeLock::take(const std::filesystem::path& git_dir,
                                const std::filesystem::path& root,
                                std::chrono::milliseconds patience) {
  const auto path = git_dir / kLockName;
  Descriptor file(::open(path.c_str(), O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0666));
  if (!file) return fail(system_error("open the lock", path.native(), errno));
  auto left = patience;
  while (::flock(file.get(), LOCK_EX | LOCK_NB) != 0) {
    if (errno != EWOULDBLOCK && errno != EINTR)
      return fail(system_error("lock", path.native(), errno));
    if (left.count() <= 0) return fail(busy(journal_of(file, path.native()).value_or("")));
    std::this_thread::sleep_for(kPause);
    left -= kPause;
  }
  const auto journal = journal_of(file, path.native());
  if (!journal) return fail(journal.error());
  remove_leftovers(root, *journal);
  if (::ftruncate(file.get(), 0) != 0 || ::lseek(file.get(), 0, SEEK_SET) < 0)
    return fail(system_error("write", path.native(), errno));
  if (auto written = write_all(file, fmt::format("{}", ::getpid()) + '\0', path.native()); !written)
    return fail(written.error());
  return TreeLock(std::move(file), root);
}

TreeLock::~TreeLock() {
  // best effort: a journal that stays only names files that are gone
  if (file_ && ::ftruncate(file_.get(), 0) != 0) return;
}

Result<void> TreeLock::remember(std::string_view path) {
  std::string entry(path);
  return write_all(file_, entry + '\0', kLockName);
}

}  // namespace peer
