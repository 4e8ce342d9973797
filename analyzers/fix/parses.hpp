// Whether an edit broke the syntax of a file: not by whether there are errors (macros and new
// syntax give some in files that compile) but by whether any is new. Pure; thread-safe.
#pragma once

#include <optional>
#include <string>

#include "analyzers/fix/draft.hpp"
#include "analyzers/fix/edit_map.hpp"

namespace peer {

/// What is worse in `after` than in `before`, as half a sentence; nullopt when nothing is: there
/// are no more errors, none stands where the edits wrote and was not there before, and those there
/// are cover no more text.
[[nodiscard]] std::optional<std::string> broken_syntax(const Draft& before, const Draft& after,
                                                       const EditMap& edits);

}  // namespace peer
