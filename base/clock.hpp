// The only place that reads the time, so that tests can give their own.
#pragma once

#include <chrono>
#include <cstdint>

namespace peer {

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
