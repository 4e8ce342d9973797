// Giving up rights for good: what the current process does before it touches hostile input. Each
// function works on the calling process and all it starts later; none can be taken back. Call them
// while there is one thread.
#pragma once

#include <cstdint>
#include <filesystem>
#include <vector>

#include "base/result.hpp"

namespace peer {

/// What the Landlock of this kernel offers: 0 for none, else its ABI version.
[[nodiscard]] int landlock_version();

struct FileRights {
  std::vector<std::filesystem::path> read;   ///< and execute, with everything below
  std::vector<std::filesystem::path> write;  ///< read, write and make, with everything below
};

/// Leaves only `rights` on files (Landlock). `unavailable` where the kernel has none.
[[nodiscard]] Result<void> confine_files(const FileRights& rights);

/// No new sockets but local ones that stay inside (seccomp): every call that could reach a network
/// fails with EPERM.
[[nodiscard]] Result<void> confine_network();

/// Only what computing needs: memory, time, reading and writing open descriptors, ending.
/// Everything else fails with EPERM (seccomp).
[[nodiscard]] Result<void> confine_to_computing();

struct ResourceLimits {
  std::uint64_t memory_bytes = 0;  ///< address space; 0: as it is
  std::uint64_t cpu_seconds = 0;   ///< 0: as it is
  std::uint64_t file_bytes = 0;    ///< largest file written; 0: as it is
};
void limit_resources(const ResourceLimits& limits);

}  // namespace peer
