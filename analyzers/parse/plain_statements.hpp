// Statements that need not be entered to count complexity: most of a C file are assignments and
// calls, in which nothing branches. Pure; thread-safe.
#pragma once

#include "analyzers/languages/language.hpp"
#include "analyzers/parse/tree.hpp"

namespace peer {

/// Whether something may branch below `statement`, one of the language's plain_statements: a
/// conditional, a logical operator of `language`, a block, a directive.
[[nodiscard]] bool may_branch(Node statement, std::string_view text, const Language& language);

}  // namespace peer
