#include "analyzers/rules/match/open_ways.hpp"

#include <algorithm>

namespace peer::rules {

bool Places::any_in(std::uint32_t begin, std::uint32_t end) {
  constexpr std::size_t kSteps = 8;  // to go on from the last place, before it is searched for
  const auto size = places_.size();
  bool is_found = next_ == 0 || places_[next_ - 1] < begin;
  if (is_found) {
    const auto last = std::min(size, next_ + kSteps);
    while (next_ < last && places_[next_] < begin)
      ++next_;
    is_found = next_ == size || places_[next_] >= begin;
  }
  if (!is_found)
    next_ = static_cast<std::size_t>(std::lower_bound(places_.begin(), places_.end(), begin) -
                                     places_.begin());
  return next_ < size && places_[next_] < end;
}

std::uint32_t OpenWays::learn(std::uint32_t number) {
  auto limit = ask_(number);
  auto& state = state_[number];
  state = limit.is_closed ? kClosed : kOpen;
  if (!limit.is_closed && limit.places) {
    state = kFirst + static_cast<std::uint32_t>(places_.size());
    places_.emplace_back(*std::move(limit.places));
  }
  return state;
}

}  // namespace peer::rules
