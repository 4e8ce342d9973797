// What a run may spend. The most that a call can cost is reserved before it and settled after, so
// that calls side by side cannot spend the same money. Thread-safe.
#pragma once

#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <string>

namespace peer {

struct BudgetLimits {
  std::optional<double> max_cost_usd = {};
  std::optional<std::uint64_t> max_calls = {};
};

struct Spent {
  double cost_usd = 0;
  std::uint64_t calls = 0;
  std::uint64_t refused = 0;  ///< calls that were not made
};

/// What all runs of a day may spend together, kept elsewhere. Must be safe to call from many
/// threads.
struct DayBudget {
  /// Why it cannot be spent, or "" when it was reserved.
  std::function<std::string(double most_usd)> reserve;
  std::function<void(double reserved_usd, double actual_usd)> settle;
};

class Budget {
 public:
  /// The day's limits count besides those of the run. Not to be changed while calls are under way.
  void set_day(DayBudget day) { day_ = std::move(day); }

  /// `before`: what was spent already and counts too, such as earlier today.
  explicit Budget(BudgetLimits limits = {}, Spent before = {}) : limits_(limits), before_(before) {}

  /// Takes `most_usd` and one call off what is left. False, with the reason in why(), when it is
  /// not there.
  [[nodiscard]] bool reserve(double most_usd);
  /// Gives back what was reserved and takes what it came to.
  void settle(double reserved_usd, double actual_usd);
  [[nodiscard]] Spent spent() const;
  /// Why the last call was refused, or "".
  [[nodiscard]] std::string why() const;

 private:
  BudgetLimits limits_;
  DayBudget day_;
  Spent before_;
  mutable std::mutex lock_;
  Spent spent_;
  double reserved_ = 0;
  std::string why_;
};

}  // namespace peer
