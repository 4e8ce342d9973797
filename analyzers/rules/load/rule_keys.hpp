// The keys of a rule object and of what stands in it. Constants; thread-safe.
#pragma once

#include <span>
#include <string_view>

namespace peer::rules {

/// `pattern`, `kind`, ... in the order in which the reference evaluates them, whatever the order in
/// the file.
[[nodiscard]] std::span<const std::string_view> rule_keys();
/// `inside`, `has`, `precedes`, `follows`.
[[nodiscard]] bool is_relation_key(std::string_view key);

}  // namespace peer::rules
