#include "cache/store/set_aside.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <fmt/format.h>
#include <string>
#include <sys/stat.h>
#include <vector>

#include "cache/store/file_lock.hpp"

namespace peer {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kCopiesKept = 3;
constexpr std::string_view kMark = ".corrupt-";
// the journal goes along, so that people can still look into the copy; the index of the journal is
// rebuilt from it
constexpr std::array<std::string_view, 3> kParts{"", "-wal", "-shm"};

fs::path with(const fs::path& path, std::string_view suffix) {
  auto out = path;
  out += suffix;
  return out;
}

/// The time in the name of a copy of `base`; nothing for other names and for a copy's journal.
std::optional<std::int64_t> time_in(std::string_view name, std::string_view base) {
  if (!name.starts_with(base)) return std::nullopt;
  name.remove_prefix(base.size());
  if (!name.starts_with(kMark)) return std::nullopt;
  name.remove_prefix(kMark.size());
  std::int64_t time = 0;
  const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), time);
  if (error != std::errc{} || end != name.data() + name.size()) return std::nullopt;
  return time;
}

fs::path free_name(const fs::path& path, std::int64_t now) {
  for (;; ++now) {
    auto name = with(path, fmt::format("{}{}", kMark, now));
    std::error_code ignored;
    if (!fs::exists(fs::symlink_status(name, ignored))) return name;
  }
}

}  // namespace

FileIdentity identity_of(const fs::path& path) {
  struct stat info {};
  if (stat(path.c_str(), &info) != 0) return {};
  return {info.st_dev, info.st_ino};
}

Result<std::optional<fs::path>> set_aside(const fs::path& path, FileIdentity damaged,
                                          std::int64_t now, std::chrono::milliseconds patience) {
  const auto lock = FileLock::exclusive(with(path, ".lock"), patience);
  if (!lock) return fail(lock.error());
  if (identity_of(path) != damaged) return std::nullopt;
  const auto target = free_name(path, now);
  for (const auto part : kParts) {
    std::error_code failed;
    fs::rename(with(path, part), with(target, part), failed);
    if (failed && part.empty())
      return fail(
          ErrorKind::unavailable,
          fmt::format("{} is damaged and can't be renamed: {}", path.string(), failed.message()),
          "PEER-E162");
  }
  remove_set_aside(path, kCopiesKept);
  return target;
}

void remove_set_aside(const fs::path& path, std::size_t keep_newest) {
  const auto base = path.filename().string();
  std::vector<std::int64_t> times;
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(path.parent_path(), ignored))
    if (const auto time = time_in(entry.path().filename().string(), base)) times.push_back(*time);
  std::sort(times.rbegin(), times.rend());
  for (std::size_t i = keep_newest; i < times.size(); ++i)
    for (const auto part : kParts)
      fs::remove(with(path, fmt::format("{}{}{}", kMark, times[i], part)), ignored);
}

}  // namespace peer
