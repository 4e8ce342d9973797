// The An+B of `nthChild`, as CSS writes it. Pure; thread-safe.
#pragma once

#include <optional>
#include <string_view>

#include "analyzers/rules/match/program.hpp"

namespace peer::rules {

/// "3", "2n+1", "-n + 3", "n"; nothing where it is none of these.
[[nodiscard]] std::optional<ChildPosition> read_child_position(std::string_view written);

/// True for the 1-based `index`.
[[nodiscard]] bool is_at(const ChildPosition& position, std::uint32_t index);

}  // namespace peer::rules
