// The selectors that `kind` takes, a part of ESQuery: each says what a rule object could. Pure;
// thread-safe.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "analyzers/rules/load/op_builder.hpp"

namespace peer::rules {

struct SelectorProblem {
  std::string message;
  std::string nearest;  ///< the kind that is nearest to an unknown one
};

/// Appends the rule that `text` says: `call > identifier`, `a b`, `a + b`, `a ~ b`, `a, b`, `:has(>
/// a)`, `:not(a)`,
/// `:is(a, b)`, `:nth-child(2n+1 of a)`, `:nth-last-child(1)`. Gives kNone and says why in
/// `problem` where it is none.
[[nodiscard]] std::uint32_t add_selector(OpBuilder& builder, const Grammar& grammar,
                                         std::string_view text, SelectorProblem& problem);

}  // namespace peer::rules
