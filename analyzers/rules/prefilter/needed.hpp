// What a rule needs of a text, with numbers in the place of literals: whether a file may match, and
// where in it. Immutable.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "analyzers/rules/prefilter/literals.hpp"

namespace peer::rules {

/// Gives each literal a number.
class LiteralNumbers {
 public:
  std::uint32_t of(const Literal& literal);
  [[nodiscard]] const std::vector<Literal>& literals() const { return literals_; }

 private:
  std::map<Literal, std::uint32_t> known_;
  std::vector<Literal> literals_;
};

/// Where literals stand in a text, by their numbers.
struct LiteralPlaces {
  std::vector<std::vector<std::uint32_t>> places;
  [[nodiscard]] bool has(std::uint32_t literal) const { return !places[literal].empty(); }
};

class Needed {
 public:
  Needed() = default;
  Needed(const Requirement& requirement, LiteralNumbers& numbers);

  /// The text may match. `stands(literal)` says whether one stands in it.
  template <class Stands>
  [[nodiscard]] bool holds(const Stands& stands) const;
  /// Places of which any match holds one, the fewest that can be told, sorted; nothing where none
  /// can.
  [[nodiscard]] std::optional<std::vector<std::uint32_t>> nearest(
      const LiteralPlaces& places) const;

 private:
  struct Clause {
    std::vector<std::uint32_t> literals;  // one must stand
    bool inside;                          // within the match
  };
  struct Choice {
    std::vector<Needed> ways;  // one must hold
    bool inside;
  };
  /// How many places there are for the best clause or choice; nothing where there is none within
  /// the match.
  [[nodiscard]] std::optional<std::size_t> count(const LiteralPlaces& places) const;
  static std::size_t count(const Clause& clause, const LiteralPlaces& places);
  static std::optional<std::size_t> count(const Choice& choice, const LiteralPlaces& places);
  void gather(const LiteralPlaces& places, std::vector<std::uint32_t>& out) const;

  std::vector<Clause> clauses_;
  std::vector<Choice> choices_;
};

// As deep as the rule. A loop, as the check takes the library's algorithms for part of the
// recursion.
// NOLINTBEGIN(misc-no-recursion,readability-use-anyofallof)
template <class Stands>
bool Needed::holds(const Stands& stands) const {
  for (const Clause& clause : clauses_) {
    bool has_one = false;
    for (const auto literal : clause.literals)
      has_one = has_one || stands(literal);
    if (!has_one) return false;
  }
  for (const Choice& choice : choices_) {
    bool has_one = false;
    for (const Needed& way : choice.ways)
      has_one = has_one || way.holds(stands);
    if (!has_one) return false;
  }
  return true;
}
// NOLINTEND(misc-no-recursion,readability-use-anyofallof)

}  // namespace peer::rules
