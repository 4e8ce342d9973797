// Arithmetic on constants: what decides a branch, or names an element. Pure; thread-safe.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "analyzers/taint/value.hpp"

namespace peer::taint {

/// The operators that give a truth value whatever they are given.
[[nodiscard]] bool is_comparison(std::string_view sign);
/// `a sign b`; nothing where it cannot be told.
[[nodiscard]] std::optional<Literal> fold(std::string_view sign, const Literal& a,
                                          const Literal& b);
/// `sign a`.
[[nodiscard]] std::optional<Literal> fold(std::string_view sign, const Literal& a);
/// The texts one after the other; nothing where that is long.
[[nodiscard]] std::optional<Literal> fold_concat(const std::vector<const Literal*>& parts);
/// The result of calling `name` on `receiver` (which may be null).
[[nodiscard]] std::optional<Literal> fold_call(std::string_view name, const Literal* receiver,
                                               const std::vector<const Literal*>& arguments);
/// Whether it counts as true in a condition, where all languages agree.
[[nodiscard]] std::optional<bool> truth(const Literal& literal);

}  // namespace peer::taint
