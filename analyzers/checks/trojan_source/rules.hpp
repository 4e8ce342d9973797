// The rules about misleading characters. Constants; thread-safe.
#pragma once

#include <cstddef>
#include <span>

#include "analyzers/checks/check.hpp"

namespace peer::trojan {

enum Rule : std::size_t { kBidi, kTag, kInvisible, kHomoglyph, kControl };
inline constexpr std::size_t kRules = 5;

[[nodiscard]] std::span<const RuleInfo> rules();

}  // namespace peer::trojan
