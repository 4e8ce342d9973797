// Whether two nodes are the same code, as a variable that stands twice in a rule asks. Costs the
// smaller node.
#pragma once

#include "analyzers/rules/match/scratch.hpp"

namespace peer::rules {

/// True where the trees are equal in kinds and in the text of their leaves; nodes without named
/// children are compared by their text alone.
[[nodiscard]] bool same_code(Scratch& scratch, Node first, Node second);

}  // namespace peer::rules
