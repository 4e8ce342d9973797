#include "llm/ask/policy.hpp"

#include <algorithm>

namespace peer {
namespace {

using std::chrono::milliseconds;

/// Another target, else a smaller prompt, else nothing.
Step elsewhere(const Situation& now) {
  if (now.other_target) return {NextStep::next_target};
  return {now.can_shrink ? NextStep::smaller : NextStep::give_up};
}

Step try_again(const CallFailure& failure, const Situation& now, const RetryLimits& limits,
               const std::function<double()>& random) {
  auto wait = back_off(now.tries, limits, random);
  if (failure.wait) wait = std::max(*failure.wait, std::min(wait, milliseconds{100}));
  const bool worth_it = !now.other_target || wait <= limits.patience;
  const bool same_again =
      failure.status == 500 && now.same_error >= 2;  // our request is what it chokes on
  if (now.tries >= limits.tries || same_again || wait >= now.left || !worth_it) {
    if (now.other_target) return {NextStep::next_target};
    return {NextStep::give_up};
  }
  return {NextStep::again, wait};
}

Step answer_was_bad(const Situation& now) {
  if (!now.repaired) return {NextStep::repair};
  return {now.can_shrink     ? NextStep::smaller
          : now.other_target ? NextStep::next_target
                             : NextStep::give_up};
}

Step with_hint(bool retry, const CallFailure& failure, const Situation& now,
               const RetryLimits& limits, const std::function<double()>& random) {
  if (retry) return try_again(failure, now, limits, random);
  return {now.other_target ? NextStep::next_target : NextStep::give_up};
}

}  // namespace

milliseconds back_off(int tries, const RetryLimits& limits, const std::function<double()>& random) {
  const int doublings = std::clamp(tries - 1, 0, 20);
  const auto most = std::min(limits.cap, limits.base * (std::int64_t{1} << doublings));
  return milliseconds(static_cast<std::int64_t>(static_cast<double>(most.count()) *
                                                std::clamp(random(), 0.0, 1.0)));
}

Step next_step(const CallFailure& failure, const Situation& now, const RetryLimits& limits,
               const std::function<double()>& random) {
  const bool may_be_hinted =
      failure.kind == FailureClass::transient || failure.kind == FailureClass::bad_request;
  if (failure.retry_hint && may_be_hinted)
    return with_hint(*failure.retry_hint, failure, now, limits, random);
  switch (failure.kind) {
    case FailureClass::transient:
      return try_again(failure, now, limits, random);
    case FailureClass::rate:
      if (now.other_key) return {NextStep::next_key};
      return try_again(failure, now, limits, random);
    case FailureClass::quota:
    case FailureClass::auth:
      if (now.other_key) return {NextStep::next_key};
      return {now.other_target ? NextStep::next_target : NextStep::give_up};
    case FailureClass::context_window_exceeded:
    case FailureClass::model_capacity:
    case FailureClass::prompt_too_large:
      return elsewhere(now);
    case FailureClass::capability:
      if (!now.feature_dropped) return {NextStep::without_feature};
      return {now.other_target ? NextStep::next_target : NextStep::give_up};
    case FailureClass::gone:
    case FailureClass::content:
    case FailureClass::refused:
      return {now.other_target ? NextStep::next_target : NextStep::give_up};
    case FailureClass::bad_output:
      return answer_was_bad(now);
    case FailureClass::bad_request:
    case FailureClass::cancelled:
      return {NextStep::give_up};
  }
  return {NextStep::give_up};
}

bool kills_key(const CallFailure& failure) {
  return failure.kind == FailureClass::auth || failure.kind == FailureClass::quota;
}

bool counts_against_server(const CallFailure& failure) {
  return failure.kind == FailureClass::transient;
}

}  // namespace peer
