// Conditions that ask whether a value has a pattern: `x is "a" or "b"`, `x is not null`. Pure;
// thread-safe.
#pragma once

#include "analyzers/parse/tree.hpp"

namespace peer::taint {

/// The value, the pattern, and whether it must not have it.
struct AskedPattern {
  Node value, pattern;
  bool is_negated = false;
};
/// Of a node that is no such condition: null nodes.
[[nodiscard]] AskedPattern asked_pattern(Node node);

/// To the grammar the pattern of `x is null || y` is `null || y`: that, which then is the whole
/// condition, with `null` in the place of `x is null`. Else the null node.
[[nodiscard]] Node condition_in_pattern(Node node);

/// Only literals have the pattern.
[[nodiscard]] bool lists_literals(Node pattern);

}  // namespace peer::taint
