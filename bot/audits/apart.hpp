// Running this program again for one piece of work that may go wrong in any way: it may crash, hang
// or be lied to, and loses only itself. Safe from many threads.
#pragma once

#include <chrono>
#include <filesystem>
#include <stop_token>
#include <string>
#include <vector>

namespace peer {

struct ApartJob {
  std::vector<std::string> words;        ///< the command line after the program's name
  std::vector<std::string> environment;  ///< NAME=VALUE, and nothing else is there
  std::filesystem::path folder;
  std::string input = {};              ///< its standard input
  std::chrono::seconds longest{3600};  ///< then it is ended
};

/// How it ended, and the end of what it said.
struct ApartEnd {
  int exit_code = -1;   ///< -1: see `trouble`
  std::string trouble;  ///< "it was ended by signal 11", "it took over 60 s"; "" when it came to
                        ///< its own end
  std::string said;     ///< the last 64 KB of its output
};

[[nodiscard]] ApartEnd run_apart(const ApartJob& job, const std::stop_token& stop);

/// What a process that failed said last: its last line that begins with "peer: ", without that; ""
/// when there is none.
[[nodiscard]] std::string last_complaint(const std::string& said);

}  // namespace peer
