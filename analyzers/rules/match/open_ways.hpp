// Which operands of a rule's `any` may match in a file, and where: a way that asks for a text
// within its node is not tried at nodes without it. Of forty ways of a rule a file speaks of two,
// and a node of one. One walk, one thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace peer::rules {

/// Sorted places in a text.
class Places {
 public:
  Places() = default;
  explicit Places(std::vector<std::uint32_t> sorted) : places_(std::move(sorted)) {}

  /// True where one stands in [begin, end). Cheapest where `begin` rises from call to call.
  [[nodiscard]] bool any_in(std::uint32_t begin, std::uint32_t end);

 private:
  std::vector<std::uint32_t> places_;
  std::size_t next_ = 0;  // the first that was not before the last `begin`
};

class OpenWays {
 public:
  OpenWays() = default;
  /// Of a program of so many ops: all are open, everywhere.
  explicit OpenWays(std::size_t ops) : state_(ops, kOpen) {}

  /// `op` matches nothing in this file.
  void close(std::uint32_t op) { state_[op] = kClosed; }
  /// Any node that `op` matches holds one of `places`, unless it is a name that stands for
  /// something else.
  void limit(std::uint32_t op, Places places) {
    state_[op] = kFirst + static_cast<std::uint32_t>(places_.size());
    places_.push_back(std::move(places));
  }

  /// Nothing is known.
  [[nodiscard]] bool empty() const { return state_.empty(); }
  [[nodiscard]] bool is_closed(std::uint32_t op) const { return state_[op] == kClosed; }
  /// False where `op` cannot match a node of this span.
  [[nodiscard]] bool may_match(std::uint32_t op, std::uint32_t begin, std::uint32_t end) {
    const auto state = state_[op];
    return state < kFirst ? state == kOpen : places_[state - kFirst].any_in(begin, end);
  }

 private:
  static constexpr std::uint32_t kOpen = 0;
  static constexpr std::uint32_t kClosed = 1;
  static constexpr std::uint32_t kFirst = 2;

  std::vector<std::uint32_t> state_;  // by op; kFirst + an index of places_
  std::vector<Places> places_;
};

}  // namespace peer::rules
