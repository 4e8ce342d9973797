#include "cache/store/folder.hpp"

#include <cerrno>
#include <cstring>
#include <fmt/format.h>
#include <sys/stat.h>

namespace peer {

Result<void> make_private_folder(const std::filesystem::path& folder) {
  constexpr mode_t kOwnerOnly = 0700;
  std::filesystem::path below;
  for (const auto& part : folder) {
    below /= part;
    // most often all but the last exist; that another process was first is just as good
    if (mkdir(below.c_str(), kOwnerOnly) == 0 || errno == EEXIST) continue;
    // mkdir may be refused before existence is looked at, on a read-only file system for one
    const int reason = errno;
    struct stat info {};
    if (stat(below.c_str(), &info) == 0 && S_ISDIR(info.st_mode)) continue;
    return fail(
        ErrorKind::unavailable,
        fmt::format("the folder {} can't be made: {}", below.string(), std::strerror(reason)),
        "PEER-E162");
  }
  return {};
}

}  // namespace peer
