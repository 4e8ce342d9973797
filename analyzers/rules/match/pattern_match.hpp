// A pattern against a node. One thread.
#pragma once

#include <cstdint>

#include "analyzers/rules/match/program.hpp"
#include "analyzers/rules/match/scratch.hpp"

namespace peer::rules {

/// True where `pattern` matches `node`; binds into `scratch.bindings()`, or leaves them as they
/// were.
[[nodiscard]] bool match_pattern(const Program& program, const Pattern& pattern, Node node,
                                 Scratch& scratch);

/// Binds a single variable; false where it is bound to other code.
[[nodiscard]] bool bind_single(Scratch& scratch, std::uint32_t slot, Node node);

}  // namespace peer::rules
