// Brackets that do not pair: by the letters alone where a grammar cannot be trusted, by the leaves
// of the tree where it can. Pure; thread-safe.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analyzers/source_file.hpp"
#include "analyzers/span.hpp"

namespace peer {

/// A bracket without its partner, or a string without its end.
struct Mismatch {
  Span at;              ///< the bracket or quote that most likely is to blame
  std::string message;  ///< "'{' is never closed"
};

/// What a text holds besides brackets decides whether they can be counted by letters: strings,
/// comments and, in C, C++ and C#, the branches of `#if`, of which only the first counts.
[[nodiscard]] bool can_scan_brackets(std::string_view language);

/// The mismatch in the text of `file`, read by letters; nothing when all pair. can_scan_brackets()
/// must hold.
[[nodiscard]] std::optional<Mismatch> scan_brackets(const SourceFile& file);

/// Likewise by the bracket leaves of the tree of `file`, which must have one.
[[nodiscard]] std::optional<Mismatch> tree_brackets(const SourceFile& file);

}  // namespace peer
