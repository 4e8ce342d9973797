// What a rule's message, fix and labels ask for, against what its rule object binds. Pure;
// thread-safe.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "analyzers/rules/match/matcher.hpp"
#include "analyzers/rules/rule_set.hpp"

namespace peer::rules {

/// The variables a template names, `$A` and `$$$A` alike, without `$`, each once; `$_A` is none.
[[nodiscard]] std::vector<std::string> template_variables(std::string_view text);

/// Reports variables that `fix` and `labels` name and nothing binds (errors), those of `message`
/// (notes), and a rule that could match any node (an error). Positions are of the document; file
/// and id are the caller's to fill in.
void check_rule(const Rule& rule, const Matcher& matcher, std::vector<Problem>& problems);

}  // namespace peer::rules
