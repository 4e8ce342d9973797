// A circuit breaker: after failures in a row a server is left alone for a while, then one call may
// try it. For one (provider, key, model). Not thread-safe: its owner locks.
#pragma once

#include <chrono>
#include <string_view>

namespace peer {

class Breaker {
 public:
  using Time = std::chrono::steady_clock::time_point;
  enum class State { closed, open, half_open };

  /// Whether a call may be made now. In the half-open state only the first to ask may; it must
  /// report what came of it.
  [[nodiscard]] bool allow(Time now);
  /// The same without taking the one try.
  [[nodiscard]] bool would_allow(Time now) const;
  void success();
  void failure(Time now);
  /// The call that was allowed ended without telling anything about the server.
  void no_news();
  [[nodiscard]] State state(Time now) const;

  /// More than the tries of one question: a smaller prompt may still help it.
  static constexpr int kFailuresToOpen = 5;
  static constexpr std::chrono::seconds kFirstPause{5};
  static constexpr std::chrono::seconds kLongestPause{60};

 private:
  int failures_ = 0;
  bool open_ = false;
  bool trying_ = false;
  Time until_{};
  std::chrono::seconds pause_ = kFirstPause;
};

[[nodiscard]] std::string_view to_string(Breaker::State state);

}  // namespace peer
