// The way of one fix from finding to verdict, as a step function: what happened goes in, what to do
// next comes out. All it knows is in the Attempt, which can be written down and taken up again, by
// a command line today and by a saved graph of steps later. It asks nobody and touches nothing.
// Pure; thread-safe.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/result.hpp"

namespace peer {

struct Attempt {
  enum class State { asking, verifying, done };
  State state = State::asking;
  std::string finding;       ///< fingerprint
  std::uint32_t models = 1;  ///< how many there are to ask, best first
  std::uint32_t model = 0;   ///< index of the one that is asked
  std::uint32_t tries = 0;   ///< of this model
  std::string reason;        ///< why its last proposal was turned down: for the next question
  std::string best;          ///< the best proposal so far, as the model wrote it; "" none
  double best_confidence = 0;
  std::string proposal;  ///< being verified
  friend bool operator==(const Attempt&, const Attempt&) = default;
};

// What happened.
struct Answered {
  std::string proposal;
};  ///< a model proposed this
struct CallFailed {
  std::string reason;
};  ///< no answer from this model
struct NotUsable {
  std::string reason;
};  ///< the proposal cannot be read or applied
struct Judged {
  double confidence = 0;
  bool rejected = false;
  bool ask_next = false;
  std::string reason;
};
struct Began {};
using AttemptEvent = std::variant<Began, Answered, CallFailed, NotUsable, Judged>;

// What to do next.
struct AskModel {
  std::uint32_t model = 0;
  std::string reason;
};  ///< ask it; `reason`: what was wrong the last time
struct Verify {
  std::string proposal;
};  ///< apply it on a copy, prove it, judge it
struct Accept {
  std::string proposal;
  double confidence = 0;
};  ///< it stands as it was judged
struct OfferUnverified {
  std::string proposal;
};  ///< as text, never committable
struct GiveUp {
  std::string reason;
};  ///< the deterministic result stands
using AttemptAction = std::variant<AskModel, Verify, Accept, OfferUnverified, GiveUp>;

struct AttemptStep {
  Attempt next;
  AttemptAction action;
};

/// Each model is asked at most twice: as it is, and once more with the reason. Always ends: after
/// at most 2 * models + 1 questions. An event that cannot happen in a state ends the attempt.
[[nodiscard]] AttemptStep step(Attempt attempt, const AttemptEvent& event);

/// An attempt as JSON text, and back. Fails with invalid_input on what is none.
[[nodiscard]] std::string to_json(const Attempt& attempt);
[[nodiscard]] Result<Attempt> parse_attempt(std::string_view json);

}  // namespace peer
