#include "analyzers/checks/slow_regex/automaton.hpp"

#include <algorithm>
#include <map>

namespace peer::slow_regex {
namespace {

constexpr std::size_t kMostStates = 600;
constexpr std::size_t kMostEdges = 60'000;
constexpr std::uint32_t kMostCopies = 9;

/// Where a part of the expression may be entered and left.
struct Ends {
  bool may_be_empty = true;
  std::vector<std::uint32_t> first;
  std::vector<std::uint32_t> last;
};

class Builder {
 public:
  std::optional<Automaton> build(const Part& expression, bool to_the_end) {
    Ends start = state_of({});
    Ends ends = joined(std::move(start), ends_of(expression));
    if (to_the_end) ends = joined(std::move(ends), state_of(CharSet(CharSet::kEnd)));
    if (is_too_large()) return std::nullopt;
    for (const auto last : ends.last)
      states_[last].accepts = true;
    for (const auto& [ways, count] : edges_)
      states_[ways.first].edges.push_back({ways.second, count > 1});
    return std::move(states_);
  }

 private:
  [[nodiscard]] bool is_too_large() const {
    return states_.size() > kMostStates || edges_.size() > kMostEdges;
  }

  Ends state_of(const CharSet& chars) {
    const auto number = static_cast<std::uint32_t>(states_.size());
    states_.push_back({chars, {}, false});
    return {false, {number}, {number}};
  }

  void connect(const std::vector<std::uint32_t>& from, const std::vector<std::uint32_t>& to) {
    for (const auto a : from)
      for (const auto b : to) {
        if (is_too_large()) return;
        ++edges_[{a, b}];
      }
  }

  Ends joined(Ends a, Ends b) {
    connect(a.last, b.first);
    if (a.may_be_empty) a.first.insert(a.first.end(), b.first.begin(), b.first.end());
    if (b.may_be_empty) b.last.insert(b.last.end(), a.last.begin(), a.last.end());
    return {a.may_be_empty && b.may_be_empty, std::move(a.first), std::move(b.last)};
  }

  Ends ends_of(const Part& part) {  // NOLINT(misc-no-recursion): the reader bounds the depth
    if (is_too_large()) return {};
    switch (part.kind) {
      case Part::Kind::chars:
        return state_of(part.chars);
      case Part::Kind::repeat:
        return repeated(part);
      case Part::Kind::choice:
        return of_choice(part);
      case Part::Kind::sequence:
        break;
    }
    Ends out;
    for (const Part& one : part.parts)
      out = joined(std::move(out), ends_of(one));
    return out;
  }

  Ends of_choice(const Part& part) {  // NOLINT(misc-no-recursion)
    Ends out{false, {}, {}};
    for (const Part& one : part.parts) {
      const Ends ends = ends_of(one);
      out.may_be_empty |= ends.may_be_empty;
      out.first.insert(out.first.end(), ends.first.begin(), ends.first.end());
      out.last.insert(out.last.end(), ends.last.begin(), ends.last.end());
    }
    return out;
  }

  /// `x{2,4}` as `xx(x(x)?)?`, `x{2,}` as `xx+`: each way to repeat is one way through the copies.
  Ends repeated(const Part& part) {  // NOLINT(misc-no-recursion)
    const Part& what = part.parts.front();
    const bool is_loop = part.most > kMostCopies;
    const std::uint32_t certain = std::min(part.least, kMostCopies);
    Ends rest;
    if (is_loop) {
      rest = ends_of(what);
      connect(rest.last, rest.first);
      rest.may_be_empty |= certain == 0;
    } else {
      for (std::uint32_t i = certain; i < part.most && !is_too_large(); ++i) {
        rest = joined(ends_of(what), std::move(rest));
        rest.may_be_empty = true;
      }
    }
    Ends out;
    for (std::uint32_t i = is_loop ? 1 : 0; i < certain && !is_too_large(); ++i)
      out = joined(std::move(out), ends_of(what));
    return joined(std::move(out), std::move(rest));
  }

  Automaton states_;
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint32_t> edges_;
};

}  // namespace

std::size_t size_of(const Automaton& automaton) {
  std::size_t out = automaton.size();
  for (const State& state : automaton)
    out += state.edges.size();
  return out;
}

std::optional<Automaton> automaton_of(const Part& expression, bool to_the_end) {
  return Builder().build(expression, to_the_end);
}

}  // namespace peer::slow_regex
