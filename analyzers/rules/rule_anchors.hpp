// Anchors of a rule file, for who puts rules into the program. Thread-safe.
#pragma once

#include <string>
#include <vector>

#include "analyzers/rules/rule_set.hpp"

namespace peer::rules {

/// anchors_of() the one rule in `text`, for each of its languages in their order; of a rule that is
/// broken or not alone "". What is wrong with it goes to `problems`.
[[nodiscard]] std::vector<std::string> rule_anchors(const RuleText& text,
                                                    std::vector<Problem>& problems);

}  // namespace peer::rules
