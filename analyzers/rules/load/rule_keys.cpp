#include "analyzers/rules/load/rule_keys.hpp"

#include <algorithm>
#include <array>

namespace peer::rules {
namespace {

constexpr std::array<std::string_view, 13> kRuleKeys{
    "pattern", "kind",    "regex",  "nthChild", "range",    "all",    "any",
    "not",     "matches", "inside", "has",      "precedes", "follows"};

}  // namespace

std::span<const std::string_view> rule_keys() { return kRuleKeys; }

bool is_relation_key(std::string_view key) {
  return std::find(kRuleKeys.end() - 4, kRuleKeys.end(), key) != kRuleKeys.end();
}

}  // namespace peer::rules
