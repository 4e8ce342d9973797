// Which key may be used now: keys that are dead for this run, keys that must wait (told by the
// server's headers), and the circuit breaker of each model behind each key. Thread-safe.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "base/http.hpp"
#include "llm/ask/breaker.hpp"
#include "llm/completion.hpp"
#include "llm/providers/roster.hpp"

namespace peer {

class KeyRing {
 public:
  using Time = Breaker::Time;

  /// The key to call `target` with now, and how long to wait first; nullopt when none can be used
  /// within `left`.
  struct Choice {
    std::size_t key = 0;  ///< index in target.source->keys
    std::chrono::milliseconds wait{0};
  };
  [[nodiscard]] std::optional<Choice> choose(const Target& target, std::uint64_t tokens, Time now,
                                             std::chrono::milliseconds left);
  /// Whether another key than `key` could be used at once.
  [[nodiscard]] bool has_other(const Target& target, std::size_t key, Time now) const;
  /// Whether any key of `target` is alive and its breaker lets a call through.
  [[nodiscard]] bool usable(const Target& target, Time now) const;

  /// What a call told about its key and server. Every choose() must be followed by one of these.
  void note_success(const Target& target, std::size_t key, const HttpOutcome& outcome, Time now,
                    std::int64_t now_unix);
  void note_failure(const Target& target, std::size_t key, const CallFailure& failure, Time now);
  void note_nothing(const Target& target, std::size_t key);

  /// The state of the breaker, for people and tests.
  [[nodiscard]] Breaker::State breaker(const Target& target, std::size_t key, Time now) const;

 private:
  struct KeyState {
    bool dead = false;
    Time blocked_until{};
    std::optional<std::uint64_t> tokens_left, requests_left;  // until `reset`
    Time reset{};
    std::uint64_t used = 0;  // calls, to take turns
  };
  using BreakerName = std::pair<std::string, std::string>;  // key, model
  [[nodiscard]] static std::string name_of(const Target& target, std::size_t key);
  [[nodiscard]] static BreakerName breaker_of(const Target& target, std::size_t key);
  [[nodiscard]] const Breaker& breaker_at(const Target& target, std::size_t key) const;
  [[nodiscard]] static Time ready_at(const KeyState& state, std::uint64_t tokens, Time now);

  mutable std::mutex lock_;
  std::map<std::string, KeyState> keys_;
  std::map<BreakerName, Breaker> breakers_;
  std::map<std::string, bool> gone_;  // models that do not exist
};

}  // namespace peer
