// What is wrong with a peer-ignore or ast-grep-ignore comment itself. Inside analyzers/rules only.
// Pure; thread-safe.
#pragma once

#include <vector>

#include "analyzers/rules/ast_grep_ignore.hpp"
#include "analyzers/rules/directive.hpp"
#include "analyzers/rules/suppression.hpp"

namespace peer {

/// A peer-ignore-file that stands too far down to count.
[[nodiscard]] Finding remark_late(const SourceFile& file, const Directive& directive);

/// An ast-grep-ignore that silenced nothing; its fix takes the comment alone, as ast-grep's does.
[[nodiscard]] Finding remark_unused(const SourceFile& file, const AstGrepIgnore& ignore);

/// What is to be said about `directive`: names of no rule, and rules that it silenced nothing of
/// (`used` by id; one entry where it has none), with a fix that takes them or the whole comment
/// away.
[[nodiscard]] std::vector<Finding> remark_unused(const SourceFile& file, const Directive& directive,
                                                 const std::vector<bool>& used,
                                                 const SuppressionScope& scope, bool all_ran);

}  // namespace peer
