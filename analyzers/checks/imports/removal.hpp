// The edits that delete an import: a whole statement with its line, or one entry of a list with its
// comma. Line ends and the comments of others stay as they are. Pure; thread-safe.
#pragma once

#include <optional>
#include <string_view>

#include "analyzers/checks/imports/imports.hpp"
#include "analyzers/fix/fix.hpp"

namespace peer::imports {

/// Deletes the statement at `span`; where it has its lines to itself, with them and a comment
/// behind it.
[[nodiscard]] Edit remove_statement(std::string_view text, Span span, const ImportSyntax& syntax);

/// Deletes the entry at `span` of a comma-separated list that has other entries, with one comma;
/// where it has its lines to itself, with them and a comment behind it. `brackets`: the list may
/// end in a comma. Nothing where comments stand so that no comma can be told to be the entry's own.
[[nodiscard]] std::optional<Edit> remove_entry(std::string_view text, Span span, bool brackets,
                                               const ImportSyntax& syntax);

}  // namespace peer::imports
