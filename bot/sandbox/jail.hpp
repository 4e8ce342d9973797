// The step between Peer and a command of the user's that runs on code which may be hostile: `peer
// __jail ...` starts as a process of its own, gives up rights, and becomes the command.
// Single-threaded; used once per process.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace peer {

/// The first word of the command line that makes `peer` a jail. Not for people.
inline constexpr std::string_view kJailWord = "__jail";

/// A copy-on-write view of a folder: what is written lands in `upper`.
struct Overlay {
  std::filesystem::path lower;   ///< the folder itself, only read
  std::filesystem::path upper;   ///< what differs; may hold files already
  std::filesystem::path work;    ///< empty, on the file system of `upper`
  std::filesystem::path merged;  ///< where the view appears, for the command only
};

/// Words for `peer` that mount `overlay` in namespaces of its own and then become `command`.
[[nodiscard]] std::vector<std::string> overlay_jail(const Overlay& overlay,
                                                    const std::vector<std::string>& command);

/// Words for `peer` that leave reading, writing below `writable` and local sockets (Landlock and
/// seccomp), and then become `command`.
[[nodiscard]] std::vector<std::string> landlock_jail(
    const std::vector<std::filesystem::path>& writable, const std::vector<std::string>& command);

/// Carries out such words (from kJailWord on); returns an exit code only when it could not: 125.
[[nodiscard]] int enter_jail(const std::vector<std::string>& words);

}  // namespace peer
