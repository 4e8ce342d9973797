// Moving a damaged database out of the way, while other processes may be using it.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>

#include "base/result.hpp"

namespace peer {

/// Which file stands at a path: survives neither removal nor replacement.
struct FileIdentity {
  std::uint64_t device = 0, inode = 0;  // 0, 0: none
  friend bool operator==(const FileIdentity&, const FileIdentity&) = default;
};
[[nodiscard]] FileIdentity identity_of(const std::filesystem::path& path);

/// Renames the database at `path` with its journal to "<path>.corrupt-<now>", if it is still
/// `damaged` and no process has it open; keeps the three newest such copies. Gives the new name, or
/// nullopt when somebody else was first. The caller must have closed it. Fails with timeout while
/// it stays in use longer than `patience`.
[[nodiscard]] Result<std::optional<std::filesystem::path>> set_aside(
    const std::filesystem::path& path, FileIdentity damaged, std::int64_t now,
    std::chrono::milliseconds patience);

/// Removes every copy that set_aside left beside `path`.
void remove_set_aside(const std::filesystem::path& path, std::size_t keep_newest = 0);

}  // namespace peer
