// A rule file to the rules in it. Pure; thread-safe.
#pragma once

#include <vector>

#include "analyzers/rules/load/global_utils.hpp"
#include "analyzers/rules/rule_set.hpp"

namespace peer::rules {

/// Reads the documents of `text`; each good one becomes a Rule. Patterns, kinds and regular
/// expressions are not looked at.
void read_rule_file(const RuleText& text, std::vector<Rule>& rules, std::vector<Problem>& problems);

/// The same for a file of utilities.
void read_util_file(const RuleText& text, GlobalUtils& utils, std::vector<Problem>& problems);

}  // namespace peer::rules
