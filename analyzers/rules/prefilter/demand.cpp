#include "analyzers/rules/prefilter/demand.hpp"

#include <algorithm>
#include <utility>

#include "analyzers/rules/prefilter/literals.hpp"

// All of it goes as deep as the rule.
// NOLINTBEGIN(misc-no-recursion)
namespace peer::rules {
namespace {

using Numbers = std::vector<std::uint32_t>;

std::uint32_t header(std::size_t count, bool inside) {
  return static_cast<std::uint32_t>(2 * count + (inside ? 1 : 0));
}

void append_needed(const Requirement& required, LiteralNumbers& literals, Numbers& out);

/// With its size before it.
void append_sized(const Requirement& required, LiteralNumbers& literals, Numbers& out) {
  const auto size = out.size();
  out.push_back(0);
  append_needed(required, literals, out);
  out[size] = static_cast<std::uint32_t>(out.size() - size - 1);
}

void append_needed(const Requirement& required, LiteralNumbers& literals, Numbers& out) {
  out.push_back(static_cast<std::uint32_t>(required.clauses.size()));
  out.push_back(static_cast<std::uint32_t>(required.choices.size()));
  // what says most is asked first: few texts, none of which stands in every file
  std::vector<const Clause*> clauses;
  for (const auto& clause : required.clauses)
    clauses.push_back(&clause);
  std::stable_sort(clauses.begin(), clauses.end(), [](const Clause* left, const Clause* right) {
    return std::pair(left->is_common, left->literals.size()) <
           std::pair(right->is_common, right->literals.size());
  });
  for (const auto* clause : clauses) {
    out.push_back(header(clause->literals.size(), clause->inside));
    for (const auto& literal : clause->literals)
      out.push_back(literals.of(literal));
  }
  for (const auto& choice : required.choices) {
    out.push_back(header(choice.ways->size(), choice.inside));
    for (const auto& way : *choice.ways)
      append_sized(way, literals, out);
  }
}

/// Takes `count` needs with their sizes from the front of `numbers`.
std::span<const std::uint32_t> take_ways(std::span<const std::uint32_t> numbers,
                                         std::size_t count) {
  std::size_t size = 0;
  for (; count > 0; --count)
    size += 1 + numbers[size];
  return numbers.first(size);
}

}  // namespace

void append_demand(const Program& program, LiteralNumbers& literals, Numbers& out) {
  append_sized(required_literals(program), literals, out);
  const auto ways = ways_of(program);
  out.push_back(static_cast<std::uint32_t>(ways.size()));
  for (const auto& way : ways) {
    out.push_back(way.op);
    append_sized(way.required, literals, out);
  }
}

WayList::WayList(Demand demand, std::size_t ops) {
  demand.each_way([&](std::uint32_t op, Needed needed) {
    if (number_of_.empty()) number_of_.resize(ops, kNone);
    if (op >= ops) return;
    number_of_[op] = static_cast<std::uint32_t>(needed_.size());
    needed_.push_back(needed);
  });
}

template <class OnClause, class OnChoice>
bool Needed::each(OnClause&& on_clause, OnChoice&& on_choice) const {
  std::size_t at = 2;
  for (auto left = numbers_[0]; left > 0; --left) {
    const auto count = numbers_[at] / 2;
    if (!on_clause(Clause{numbers_.subspan(at + 1, count), numbers_[at] % 2 != 0})) return false;
    at += std::size_t{1} + count;
  }
  for (auto left = numbers_[1]; left > 0; --left) {
    const auto ways = take_ways(numbers_.subspan(at + 1), numbers_[at] / 2);
    if (!on_choice(Choice{ways, numbers_[at] % 2 != 0})) return false;
    at += 1 + ways.size();
  }
  return true;
}

template <class Visit>
bool Needed::Choice::each_way(Visit&& visit) const {
  for (auto rest = ways; !rest.empty(); rest = rest.subspan(std::size_t{1} + rest[0]))
    if (!visit(Needed(rest.subspan(1, rest[0])))) return false;
  return true;
}

bool Needed::Clause::holds(LiteralPlaces& places) const {
  return std::any_of(literals.begin(), literals.end(),
                     [&](std::uint32_t literal) { return places.has(literal); });
}

bool Needed::Choice::holds(LiteralPlaces& places) const {
  return !each_way([&](Needed way) { return !way.holds(places); });
}

bool Needed::holds(LiteralPlaces& places) const {
  const auto holds = [&](const auto& part) { return part.holds(places); };
  return each(holds, holds);
}

std::size_t Needed::Clause::count(LiteralPlaces& places) const {
  std::size_t out = 0;
  for (const auto literal : literals)
    out += places.of(literal).size();
  return out;
}

std::optional<std::size_t> Needed::Choice::count(LiteralPlaces& places) const {
  std::size_t out = 0;
  const bool is_known = each_way([&](Needed way) {
    if (!way.holds(places)) return true;
    const auto of_way = way.count(places);
    out += of_way.value_or(0);
    return of_way.has_value();
  });
  return is_known ? std::optional(out) : std::nullopt;
}

std::optional<std::size_t> Needed::count(LiteralPlaces& places) const {
  std::optional<std::size_t> least;
  const auto take = [&](const auto& part) {
    if (!part.inside) return true;
    const std::optional<std::size_t> one = part.count(places);
    if (one && (!least || *one < *least)) least = one;
    return true;
  };
  each(take, take);
  return least;
}

/// What count() counts.
void Needed::gather(LiteralPlaces& places, std::vector<std::uint32_t>& out) const {
  const auto least = count(places);
  const auto is_best = [&](const auto& part) { return part.inside && part.count(places) == least; };
  each(
      [&](const Clause& clause) {
        if (!is_best(clause)) return true;
        for (const auto literal : clause.literals) {
          const auto starts = places.of(literal);
          out.insert(out.end(), starts.begin(), starts.end());
        }
        return false;
      },
      [&](const Choice& choice) {
        if (!is_best(choice)) return true;
        choice.each_way([&](Needed way) {
          if (way.holds(places)) way.gather(places, out);
          return true;
        });
        return false;
      });
}

std::optional<std::vector<std::uint32_t>> Needed::nearest(LiteralPlaces& places) const {
  const auto least = count(places);
  if (!least) return std::nullopt;
  std::vector<std::uint32_t> out;
  out.reserve(*least);
  gather(places, out);
  std::sort(out.begin(), out.end());
  return out;
}

}  // namespace peer::rules
// NOLINTEND(misc-no-recursion)
