// The only place that reads the time, so that tests can give their own.
#pragma once

#include <chrono>
#include <cstdint>
#include <ctime>

namespace peer {

/// What the calling thread has used of the processor: for budgets that a busy machine must not cut
/// short.
[[nodiscard]] inline std::chrono::nanoseconds thread_cpu_time() {
  timespec used{};
  if (clock_gettime(CLOCK_THREAD_CPUTIME_ID, &used) != 0)
    return std::chrono::steady_clock::now().time_since_epoch();
  return std::chrono::seconds(used.tv_sec) + std::chrono::nanoseconds(used.tv_nsec);
}

/// The same of another process; zero if that cannot be told.
[[nodiscard]] inline std::chrono::nanoseconds process_cpu_time(int pid) {
  clockid_t clock{};
  timespec used{};
  if (clock_getcpuclockid(pid, &clock) != 0 || clock_gettime(clock, &used) != 0) return {};
  return std::chrono::seconds(used.tv_sec) + std::chrono::nanoseconds(used.tv_nsec);
}

class Clock {
 public:
  virtual ~Clock() = default;
  /// Never goes back: for budgets and durations.
  [[nodiscard]] virtual std::chrono::steady_clock::time_point steady() const {
    return std::chrono::steady_clock::now();
  }
  /// Seconds since 1970, UTC: for what is stored and shown.
  [[nodiscard]] virtual std::int64_t unix_seconds() const {
    return std::chrono::duration_cast<std::chrono::seconds>(
               std::chrono::system_clock::now().time_since_epoch())
        .count();
  }
};

}  // namespace peer
