// The automaton of positions of an expression (Glushkov 1961): a state per place where a character
// is written, an edge for each way to come from one to the next.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "analyzers/checks/slow_regex/expression.hpp"

namespace peer::slow_regex {

struct Edge {
  std::uint32_t to;
  bool is_twofold;  ///< there is more than one way, as from `a` to `a` in `(a+)+`: a turn of the
                    ///< inner loop or one of the outer
};

struct State {
  CharSet chars;            ///< what is read when it is entered
  std::vector<Edge> edges;  ///< in order of `to`
  bool accepts = false;     ///< the expression may end behind it
};

/// The first state is where reading begins; nothing leads back to it.
using Automaton = std::vector<State>;

/// States and edges.
[[nodiscard]] std::size_t size_of(const Automaton& automaton);

/// `to_the_end`: the expression must match the whole text. A repetition of more than 9 times counts
/// as one without a limit. None where there would be more than 600 states or 60,000 edges.
[[nodiscard]] std::optional<Automaton> automaton_of(const Part& expression, bool to_the_end);

}  // namespace peer::slow_regex
