#include "analyzers/rules/prefilter/needed.hpp"

#include <algorithm>

namespace peer::rules {

std::uint32_t LiteralNumbers::of(const Literal& literal) {
  const auto [found, is_new] =
      known_.try_emplace(literal, static_cast<std::uint32_t>(literals_.size()));
  if (is_new) literals_.push_back(literal);
  return found->second;
}

// As deep as the rule.
// NOLINTBEGIN(misc-no-recursion)
Needed::Needed(const Requirement& requirement, LiteralNumbers& numbers) {
  for (const auto& clause : requirement.clauses) {
    auto& own = clauses_.emplace_back(Clause{{}, clause.inside});
    for (const auto& literal : clause.literals)
      own.literals.push_back(numbers.of(literal));
  }
  for (const auto& choice : requirement.choices) {
    auto& own = choices_.emplace_back(Choice{{}, choice.inside});
    for (const auto& way : *choice.ways)
      own.ways.emplace_back(way, numbers);
  }
}

std::size_t Needed::count(const Clause& clause, const LiteralPlaces& places) {
  std::size_t out = 0;
  for (const auto literal : clause.literals)
    out += places.places[literal].size();
  return out;
}

std::optional<std::size_t> Needed::count(const Choice& choice, const LiteralPlaces& places) {
  std::size_t out = 0;
  for (const Needed& way : choice.ways) {
    if (!way.holds([&](std::uint32_t literal) { return places.has(literal); })) continue;
    const auto of_way = way.count(places);
    if (!of_way) return std::nullopt;
    out += *of_way;
  }
  return out;
}

std::optional<std::size_t> Needed::count(const LiteralPlaces& places) const {
  std::optional<std::size_t> least;
  const auto take = [&](std::optional<std::size_t> one) {
    if (one && (!least || *one < *least)) least = one;
  };
  for (const Clause& clause : clauses_)
    if (clause.inside) take(count(clause, places));
  for (const Choice& choice : choices_)
    if (choice.inside) take(count(choice, places));
  return least;
}

/// What count() counts.
void Needed::gather(const LiteralPlaces& places, std::vector<std::uint32_t>& out) const {
  const auto least = count(places);
  for (const Clause& clause : clauses_) {
    if (!clause.inside || count(clause, places) != least) continue;
    for (const auto literal : clause.literals)
      out.insert(out.end(), places.places[literal].begin(), places.places[literal].end());
    return;
  }
  for (const Choice& choice : choices_) {
    if (!choice.inside || count(choice, places) != least) continue;
    for (const Needed& way : choice.ways)
      if (way.holds([&](std::uint32_t literal) { return places.has(literal); }))
        way.gather(places, out);
    return;
  }
}
// NOLINTEND(misc-no-recursion)

std::optional<std::vector<std::uint32_t>> Needed::nearest(const LiteralPlaces& places) const {
  const auto least = count(places);
  if (!least) return std::nullopt;
  std::vector<std::uint32_t> out;
  out.reserve(*least);
  gather(places, out);
  std::sort(out.begin(), out.end());
  return out;
}

}  // namespace peer::rules
