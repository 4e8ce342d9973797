#include "llm/ask/budget.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace peer {

bool Budget::reserve(double most_usd) {
  const std::lock_guard guard(lock_);
  if (limits_.max_calls && before_.calls + spent_.calls >= *limits_.max_calls)
    why_ = fmt::format("the limit of {} calls is reached", *limits_.max_calls);
  else if (limits_.max_cost_usd &&
           before_.cost_usd + spent_.cost_usd + reserved_ + most_usd > *limits_.max_cost_usd)
    why_ = fmt::format("the call could cost up to ${:.4f}, over what is left of ${:.4f}", most_usd,
                       *limits_.max_cost_usd);
  else if (auto why = day_.reserve ? day_.reserve(most_usd) : std::string(); !why.empty())
    why_ = std::move(why);
  else {
    ++spent_.calls;
    reserved_ += most_usd;
    return true;
  }
  ++spent_.refused;
  return false;
}

void Budget::settle(double reserved_usd, double actual_usd) {
  const std::lock_guard guard(lock_);
  reserved_ = std::max(0.0, reserved_ - reserved_usd);
  spent_.cost_usd += std::max(0.0, actual_usd);
  if (day_.settle) day_.settle(reserved_usd, std::max(0.0, actual_usd));
}

Spent Budget::spent() const {
  const std::lock_guard guard(lock_);
  return spent_;
}

std::string Budget::why() const {
  const std::lock_guard guard(lock_);
  return why_;
}

}  // namespace peer
