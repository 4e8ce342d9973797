// What a rule asks of a file's text, with numbers in the place of literals
// (prefilter/literal_table.hpp): whether the file may match, where in it, and which ways of the
// rule are open. Numbers in one row, so that those of built-in rules are constants of the program
// and nothing is made of them before they are read:
//
//     demand = size of needed, needed, count of ways, way..     way    = op, size of needed, needed
//     needed = count of clauses, count of choices, clause.., choice..
//     clause = 2 * count of literals + inside, literal..        choice = 2 * count of ways +
//     inside, (size of needed, needed)..
//
// Views; immutable.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "analyzers/rules/match/program.hpp"
#include "analyzers/rules/prefilter/literal_places.hpp"

namespace peer::rules {

/// A Requirement, of a file or of one way of a rule.
class Needed {
 public:
  explicit Needed(std::span<const std::uint32_t> numbers) : numbers_(numbers) {}

  /// The text may match.
  [[nodiscard]] bool holds(LiteralPlaces& places) const;
  /// Literals of which one must stand in the text: the fewest of which that is known at once; none
  /// where nothing is.
  [[nodiscard]] std::span<const std::uint32_t> first() const {
    return numbers_[0] == 0 ? std::span<const std::uint32_t>()
                            : numbers_.subspan(3, numbers_[2] / 2);
  }
  /// Places of which any match holds one, the fewest that can be told, sorted; nothing where none
  /// can.
  [[nodiscard]] std::optional<std::vector<std::uint32_t>> nearest(LiteralPlaces& places) const;

 private:
  struct Clause {
    std::span<const std::uint32_t> literals;  // one must stand
    bool inside;                              // within the match
    [[nodiscard]] bool holds(LiteralPlaces& places) const;
    [[nodiscard]] std::size_t count(LiteralPlaces& places) const;
  };
  struct Choice {
    std::span<const std::uint32_t> ways;  // one must hold
    bool inside;
    [[nodiscard]] bool holds(LiteralPlaces& places) const;
    /// See Needed::count.
    [[nodiscard]] std::optional<std::size_t> count(LiteralPlaces& places) const;
    template <class Visit>
    bool each_way(Visit&& visit) const;
  };
  /// Ends when `visit` returns false, and then is false itself.
  template <class OnClause, class OnChoice>
  bool each(OnClause&& on_clause, OnChoice&& on_choice) const;
  /// How many places there are for the best clause or choice; nothing where there is none within
  /// the match.
  [[nodiscard]] std::optional<std::size_t> count(LiteralPlaces& places) const;
  void gather(LiteralPlaces& places, std::vector<std::uint32_t>& out) const;

  std::span<const std::uint32_t> numbers_;
};

class Demand {
 public:
  /// `numbers` begin with it; more may follow.
  explicit Demand(std::span<const std::uint32_t> numbers) : numbers_(numbers) {}

  [[nodiscard]] Needed needed() const { return Needed(numbers_.subspan(1, numbers_[0])); }

  /// Calls `visit(op, needed)` for the ops of which something is known (see ways_of).
  template <class Visit>
  void each_way(Visit&& visit) const {
    auto at = std::size_t{1} + numbers_[0];
    for (auto left = numbers_[at++]; left > 0; --left) {
      const auto size = numbers_[at + 1];
      visit(numbers_[at], Needed(numbers_.subspan(at + 2, size)));
      at += std::size_t{2} + size;
    }
  }

 private:
  std::span<const std::uint32_t> numbers_;
};

/// The ways of a demand by number. Refers to its numbers.
class WayList {
 public:
  WayList() = default;
  WayList(Demand demand, std::size_t ops);

  /// By op: the number of its way, or kNone.
  [[nodiscard]] std::span<const std::uint32_t> number_of() const { return number_of_; }
  [[nodiscard]] std::size_t size() const { return needed_.size(); }
  [[nodiscard]] const Needed& operator[](std::uint32_t number) const { return needed_[number]; }

 private:
  std::vector<std::uint32_t> number_of_;
  std::vector<Needed> needed_;
};

/// Appends the demand of a rule.
void append_demand(const Program& program, LiteralNumbers& literals,
                   std::vector<std::uint32_t>& out);

}  // namespace peer::rules
