// The edits that delete an import: a whole statement with its line, or one entry of a list with its
// comma. Line ends and the comments of others stay as they are. Pure; thread-safe.
#pragma once

#include <string_view>
#include <vector>

#include "analyzers/checks/imports/imports.hpp"
#include "analyzers/fix/fix.hpp"

namespace peer::imports {

/// Deletes the statement at `span`; where it has its lines to itself, with them and a comment
/// behind it.
[[nodiscard]] Edit remove_statement(std::string_view text, Span span, const ImportSyntax& syntax);

/// Deletes the entry at `span` of a comma-separated list that has other entries, with one comma;
/// where it has its lines to itself, with them and a comment behind it. Nothing where no comma can
/// be told to be the entry's own.
[[nodiscard]] std::vector<Edit> remove_entry(std::string_view text, Span span,
                                             const ImportSyntax& syntax);

}  // namespace peer::imports
