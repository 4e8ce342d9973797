// The outline and the branches that JavaScript, TypeScript and TSX share. Constants; thread-safe.
#pragma once

#include <span>
#include <string_view>

#include "analyzers/languages/language.hpp"

namespace peer {

/// The rows for JavaScript.
[[nodiscard]] std::span<const OutlineRule> ecmascript_outline();
/// Those and the rows for types, for TypeScript and TSX.
[[nodiscard]] std::span<const OutlineRule> typescript_outline();
/// Nodes below which nothing is defined.
[[nodiscard]] std::span<const std::string_view> ecmascript_outline_skips();
/// What branches, and the operators that do.
[[nodiscard]] std::span<const Branch> ecmascript_branches();
[[nodiscard]] std::span<const std::string_view> ecmascript_logical_operators();
/// Functions and classes get names from where they are put: constants, properties, members.
bool outline_ecmascript(const OutlineSite& site, Symbol& symbol);

}  // namespace peer
