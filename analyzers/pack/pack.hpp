// The built-in rules: analyzers/pack/<language>/<id>.yml, checked and put into the program when it
// is built. Constants; thread-safe.
#pragma once

#include <span>
#include <string_view>

#include "analyzers/rules/rule_set.hpp"

namespace peer {

/// Every built-in rule, by id. Their texts live as long as the program.
[[nodiscard]] std::span<const rules::RuleText> built_in_rules();

/// The whole text of a built-in rule's file, examples included.
struct RulePage {
  std::string_view id;
  std::string_view text;
};
/// By id.
[[nodiscard]] std::span<const RulePage> built_in_pages();

/// The sets of sources and sanitizers that rules of a language may name (`sets.yml`).
struct NamedSets {
  std::string_view folder;  ///< "python"
  std::string_view text;
};
[[nodiscard]] std::span<const NamedSets> built_in_sets();

}  // namespace peer
