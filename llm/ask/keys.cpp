#include "llm/ask/keys.hpp"

#include <algorithm>
#include <charconv>

#include "base/text.hpp"
#include "llm/ask/policy.hpp"
#include "llm/wires/retry_after.hpp"

namespace peer {
namespace {

std::optional<std::uint64_t> number_in(const HttpOutcome& outcome, std::string_view name) {
  const auto value = outcome.header(name);
  if (!value) return std::nullopt;
  const auto text = trim(*value);
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return number;
}

/// The first of some headers that says how long until the limits begin anew.
std::optional<std::chrono::milliseconds> reset_in(const HttpOutcome& outcome,
                                                  std::int64_t now_unix) {
  for (const char* name :
       {"x-ratelimit-reset-tokens", "x-ratelimit-reset-requests",
        "anthropic-ratelimit-tokens-reset", "anthropic-ratelimit-requests-reset"}) {
    const auto value = outcome.header(name);
    if (!value) continue;
    if (const auto wait = parse_wait(*value)) return wait;
    if (const auto moment = parse_time(*value))
      return std::chrono::seconds(std::max<std::int64_t>(0, *moment - now_unix));
  }
  return std::nullopt;
}

std::chrono::milliseconds round_up(Breaker::Time::duration wait) {
  return std::max(std::chrono::milliseconds{0}, std::chrono::ceil<std::chrono::milliseconds>(wait));
}

}  // namespace

std::string KeyRing::name_of(const Target& target, std::size_t key) {
  return target.source->provider.id + "#" + std::to_string(key);
}

KeyRing::BreakerName KeyRing::breaker_of(const Target& target, std::size_t key) {
  return {name_of(target, key), target.model.name};
}

const Breaker& KeyRing::breaker_at(const Target& target, std::size_t key) const {
  static const Breaker kClosed;
  const auto it = breakers_.find(breaker_of(target, key));
  return it == breakers_.end() ? kClosed : it->second;
}

/// When a key may be used for so many tokens.
KeyRing::Time KeyRing::ready_at(const KeyState& state, std::uint64_t tokens, Time now) {
  auto ready = std::max(now, state.blocked_until);
  const bool too_few = (state.tokens_left && *state.tokens_left < tokens) ||
                       (state.requests_left && *state.requests_left == 0);
  if (too_few && state.reset > now) ready = std::max(ready, state.reset);
  return ready;
}

std::optional<KeyRing::Choice> KeyRing::choose(const Target& target, std::uint64_t tokens, Time now,
                                               std::chrono::milliseconds left) {
  const std::lock_guard guard(lock_);
  if (gone_.contains(full_name(target.model))) return std::nullopt;
  std::optional<std::size_t> best;
  Time best_ready{};
  for (std::size_t i = 0; i < target.source->keys.size(); ++i) {
    const auto& state = keys_[name_of(target, i)];
    if (state.dead || !breaker_at(target, i).would_allow(now)) continue;
    const auto ready = ready_at(state, tokens, now);
    const bool better = !best || ready < best_ready ||
                        (ready == best_ready && state.used < keys_[name_of(target, *best)].used);
    if (better) {
      best = i;
      best_ready = ready;
    }
  }
  if (!best || round_up(best_ready - now) >= left) return std::nullopt;
  auto& state = keys_[name_of(target, *best)];
  ++state.used;
  if (state.tokens_left) *state.tokens_left -= std::min(*state.tokens_left, tokens);
  if (state.requests_left) *state.requests_left -= std::min<std::uint64_t>(*state.requests_left, 1);
  if (!breakers_[breaker_of(target, *best)].allow(now)) return std::nullopt;
  return Choice{*best, round_up(best_ready - now)};
}

bool KeyRing::has_other(const Target& target, std::size_t key, Time now) const {
  const std::lock_guard guard(lock_);
  for (std::size_t i = 0; i < target.source->keys.size(); ++i) {
    if (i == key || !breaker_at(target, i).would_allow(now)) continue;
    const auto it = keys_.find(name_of(target, i));
    if (it == keys_.end() || (!it->second.dead && ready_at(it->second, 1, now) <= now)) return true;
  }
  return false;
}

bool KeyRing::usable(const Target& target, Time now) const {
  const std::lock_guard guard(lock_);
  if (gone_.contains(full_name(target.model))) return false;
  for (std::size_t i = 0; i < target.source->keys.size(); ++i) {
    const auto it = keys_.find(name_of(target, i));
    if ((it == keys_.end() || !it->second.dead) && breaker_at(target, i).would_allow(now))
      return true;
  }
  return false;
}

void KeyRing::note_success(const Target& target, std::size_t key, const HttpOutcome& outcome,
                           Time now, std::int64_t now_unix) {
  const std::lock_guard guard(lock_);
  breakers_[breaker_of(target, key)].success();
  auto& state = keys_[name_of(target, key)];
  auto tokens = number_in(outcome, "x-ratelimit-remaining-tokens");
  if (!tokens) tokens = number_in(outcome, "anthropic-ratelimit-tokens-remaining");
  auto requests = number_in(outcome, "x-ratelimit-remaining-requests");
  if (!requests) requests = number_in(outcome, "anthropic-ratelimit-requests-remaining");
  const auto reset = reset_in(outcome, now_unix);
  if (!reset) return;
  state.tokens_left = tokens;
  state.requests_left = requests;
  state.reset = now + *reset;
}

void KeyRing::note_failure(const Target& target, std::size_t key, const CallFailure& failure,
                           Time now) {
  const std::lock_guard guard(lock_);
  auto& breaker = breakers_[breaker_of(target, key)];
  if (counts_against_server(failure))
    breaker.failure(now);
  else
    breaker.no_news();
  auto& state = keys_[name_of(target, key)];
  if (kills_key(failure)) state.dead = true;
  if (failure.kind == FailureClass::gone) gone_[full_name(target.model)] = true;
  if (failure.kind == FailureClass::rate && failure.wait)
    state.blocked_until = std::max(state.blocked_until, now + *failure.wait);
}

void KeyRing::note_nothing(const Target& target, std::size_t key) {
  const std::lock_guard guard(lock_);
  breakers_[breaker_of(target, key)].no_news();
}

Breaker::State KeyRing::breaker(const Target& target, std::size_t key, Time now) const {
  const std::lock_guard guard(lock_);
  return breaker_at(target, key).state(now);
}

}  // namespace peer
