// What to do about a failed call: the policy table as a pure function. Thread-safe.
#pragma once

#include <chrono>
#include <functional>

#include "llm/completion.hpp"

namespace peer {

enum class NextStep {
  again,            ///< the same call, after `wait`
  next_key,         ///< the same model with another key, at once
  next_target,      ///< another model, at once
  smaller,          ///< the same model with a smaller prompt
  repair,           ///< the same model, told what was wrong with its answer
  without_feature,  ///< the same call without what the server does not know
  give_up,          ///< nobody can answer this
};

struct RetryLimits {
  int tries = 3;  ///< of one model with one prompt
  std::chrono::milliseconds base{1000};
  std::chrono::milliseconds cap{8000};
  /// A wait over this is not worth it where somebody else can be asked.
  std::chrono::milliseconds patience{2000};
};

/// Where a call stands when it fails.
struct Situation {
  int tries = 1;       ///< made at this model with this prompt, the failed one included
  int same_error = 1;  ///< of them in a row with this very error
  bool other_key = false;
  bool other_target = false;
  bool can_shrink = false;
  bool repaired = false;              ///< the model was already told what was wrong
  bool feature_dropped = false;       ///< what it does not know was already left out
  std::chrono::milliseconds left{0};  ///< of the call's time
};

struct Step {
  NextStep next = NextStep::give_up;
  std::chrono::milliseconds wait{0};
  friend bool operator==(const Step&, const Step&) = default;
};

/// Exponential back-off with full jitter: a random part of min(cap, base * 2^(tries - 1)). `random`
/// gives 0.0 to 1.0.
[[nodiscard]] std::chrono::milliseconds back_off(int tries, const RetryLimits& limits,
                                                 const std::function<double()>& random);

[[nodiscard]] Step next_step(const CallFailure& failure, const Situation& now,
                             const RetryLimits& limits, const std::function<double()>& random);

/// The failure is the key's: it is not used again in this run.
[[nodiscard]] bool kills_key(const CallFailure& failure);
/// The failure says that something is wrong over there, rather than with what was asked.
[[nodiscard]] bool counts_against_server(const CallFailure& failure);

}  // namespace peer
