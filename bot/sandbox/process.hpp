// Starting a process: the only place in Peer that does. Nothing goes through a shell unless the
// caller names one. A Process is move-only and used by one thread at a time; starting one is safe
// from any thread.
#pragma once

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <sys/types.h>
#include <vector>

#include "base/result.hpp"

namespace peer {

struct ProcessOptions {
  /// Program (absolute, or found on PATH of `environment`) and its arguments.
  std::vector<std::string> command;
  std::vector<std::string> environment;  ///< KEY=VALUE, and nothing else is there
  std::filesystem::path folder;          ///< where it runs; empty: where we are
  bool take_errors = true;  ///< its standard error comes with its output; false: it is ours
};

/// How a process ended.
struct ProcessEnd {
  int exit_code = -1;  ///< 0 to 255; -1 when a signal ended it
  int signal = 0;
};

class Process {
 public:
  /// Starts `options.command` with pipes at its standard input and output, as the leader of a
  /// process group of its own.
  [[nodiscard]] static Result<Process> start(const ProcessOptions& options);
  Process(Process&& other) noexcept;
  Process& operator=(Process&& other) noexcept;
  /// Kills what still runs, with its whole group.
  ~Process();

  /// Writes all of `bytes`; false when the process no longer reads or the deadline passes.
  [[nodiscard]] bool write(std::string_view bytes,
                           std::chrono::steady_clock::time_point deadline) const;
  /// Appends up to `most` bytes to `out`, waiting for at least one; 0 at the end of output, nullopt
  /// at the deadline.
  [[nodiscard]] std::optional<std::size_t> read(
      std::string& out, std::size_t most, std::chrono::steady_clock::time_point deadline) const;
  void close_input();
  /// Waits for the end; nullopt at the deadline.
  [[nodiscard]] std::optional<ProcessEnd> wait(std::chrono::steady_clock::time_point deadline);
  void kill() const;
  [[nodiscard]] pid_t pid() const { return pid_; }

 private:
  Process(pid_t pid, int input, int output) : pid_(pid), input_(input), output_(output) {}
  void reset();
  pid_t pid_ = -1;
  int input_ = -1;
  int output_ = -1;
};

/// Replaces this process by `command`; returns only to say why it could not.
[[nodiscard]] Error become(const std::vector<std::string>& command,
                           const std::vector<std::string>& environment);

/// The file this program runs from, for starting itself again.
[[nodiscard]] Result<std::filesystem::path> own_program();

}  // namespace peer
