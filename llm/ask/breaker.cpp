#include "llm/ask/breaker.hpp"

#include <algorithm>

namespace peer {

Breaker::State Breaker::state(Time now) const {
  if (!open_) return State::closed;
  return now >= until_ ? State::half_open : State::open;
}

bool Breaker::would_allow(Time now) const {
  const auto is = state(now);
  return is == State::closed || (is == State::half_open && !trying_);
}

bool Breaker::allow(Time now) {
  if (!would_allow(now)) return false;
  trying_ = open_;
  return true;
}

void Breaker::success() { *this = Breaker{}; }

void Breaker::no_news() { trying_ = false; }

void Breaker::failure(Time now) {
  const bool tried = trying_;
  trying_ = false;
  if (open_ && !tried) return;  // a call that began before it opened
  if (!open_ && ++failures_ < kFailuresToOpen) return;
  if (tried) pause_ = std::min(pause_ * 2, kLongestPause);
  open_ = true;
  until_ = now + pause_;
}

std::string_view to_string(Breaker::State state) {
  constexpr std::string_view kWords[] = {"closed", "open", "half open"};
  return kWords[static_cast<int>(state)];
}

}  // namespace peer
