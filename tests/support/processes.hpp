// What /proc tells of other processes, for tests that watch the program at work. Thread-safe.
#pragma once

#include <filesystem>
#include <fmt/format.h>
#include <fstream>
#include <sstream>
#include <string>
#include <string_view>
#include <sys/types.h>
#include <vector>

namespace peer::testing {

/// "" where the process, or the right to read, is gone.
inline std::string read_proc(pid_t pid, std::string_view file) {
  std::ifstream in(fmt::format("/proc/{}/{}", pid, file), std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();  // a process that ends while it is read is an error of the file, which an
                       // iterator would throw
  return text.str();
}

/// The worker processes that `parent` has started.
inline std::vector<pid_t> workers_of(pid_t parent) {
  std::vector<pid_t> found;
  std::error_code error;
  const auto line = fmt::format("\nPPid:\t{}\n", parent);
  for (const auto& entry : std::filesystem::directory_iterator("/proc", error)) {
    const auto name = entry.path().filename().string();
    if (name.find_first_not_of("0123456789") != std::string::npos) continue;
    const auto pid = static_cast<pid_t>(std::stol(name));
    const bool is_child = read_proc(pid, "status").find(line) != std::string::npos;
    if (is_child && read_proc(pid, "cmdline").find("__worker") != std::string::npos)
      found.push_back(pid);
  }
  return found;
}

}  // namespace peer::testing
