// Which parts of a rule may match in a file, and where: a way of an `any` or a relation that asks
// for a text within its node is not tried at nodes without it. Of forty ways of a rule a file
// speaks of two, and a node of one. One walk, one thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
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
  /// Of an op in one file.
  struct Limit {
    bool is_closed = false;  ///< it matches nothing
    /// Any node that it matches holds one of these; nothing where they are not known.
    std::optional<std::vector<std::uint32_t>> places = {};
  };
  /// Of the way of this number.
  using Ask = std::function<Limit(std::uint32_t)>;

  /// All are open everywhere.
  OpenWays() = default;
  /// `number_of` gives ops their numbers, from 0 to `count`, and kNone to those of which nothing is
  /// known; it must outlive this. Of each way `ask` is called once, when the first node is looked
  /// at for it.
  OpenWays(std::span<const std::uint32_t> number_of, std::size_t count, Ask ask)
      : number_of_(number_of), state_(count, kUnknown), ask_(std::move(ask)) {}

  /// Nothing is known of any op.
  [[nodiscard]] bool empty() const { return state_.empty(); }
  /// `op` matches nothing in this file.
  [[nodiscard]] bool is_closed(std::uint32_t op) { return state_of(op) == kClosed; }
  /// False where `op` cannot match a node of this span, unless that is a name that stands for
  /// something else.
  [[nodiscard]] bool may_match(std::uint32_t op, std::uint32_t begin, std::uint32_t end) {
    const auto state = state_of(op);
    return state < kFirst ? state == kOpen : places_[state - kFirst].any_in(begin, end);
  }

 private:
  static constexpr std::uint32_t kUnknown = 0;
  static constexpr std::uint32_t kOpen = 1;
  static constexpr std::uint32_t kClosed = 2;
  static constexpr std::uint32_t kFirst = 3;

  [[nodiscard]] std::uint32_t state_of(std::uint32_t op) {
    const auto number = number_of_[op];
    if (number >= state_.size()) return kOpen;
    return state_[number] != kUnknown ? state_[number] : learn(number);
  }
  std::uint32_t learn(std::uint32_t number);

  std::span<const std::uint32_t> number_of_;  // by op
  std::vector<std::uint32_t> state_;          // by number; kFirst + an index of places_
  std::vector<Places> places_;
  Ask ask_;
};

}  // namespace peer::rules
