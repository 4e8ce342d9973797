// Expressions whose time grows exponentially with the text.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "analyzers/checks/slow_regex/automaton.hpp"

namespace peer::slow_regex {

struct SlowText {
  std::string before;    ///< leads to where it gets slow
  std::string repeated;  ///< can be read there in two ways
};

/// A text that the expression can read in two ways between one state and itself, so that n of it in
/// a row can be read in 2^n ways, all of which are tried when what follows does not match. UTF-8.
/// This is the criterion EDA of Weber and Seidl, "On the degree of ambiguity of finite automata"
/// (1991), as Weideman et al., "Analyzing matching time behavior of backtracking regular expression
/// matchers" (2016), use it. None where there is no such text, where the expression can end there
/// whatever follows, or where to find out takes more than `steps`, from which those taken are
/// subtracted.
[[nodiscard]] std::optional<SlowText> text_with_many_ways(const Automaton& automaton,
                                                          std::size_t& steps);

}  // namespace peer::slow_regex
