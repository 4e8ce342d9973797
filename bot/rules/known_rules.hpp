// Holds the rule ids that people write against the rules there are: a switch with a slip in it
// switches nothing. One thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analyzers/rules/rule_book.hpp"
#include "base/result.hpp"
#include "bot/cli.hpp"
#include "bot/config.hpp"

namespace peer {

/// What is wrong with `id`, with the nearest id; nullopt for a rule of a check, of the pack, of
/// `book`, of a model, of another tool ("eslint/eqeqeq"), and for "*".
[[nodiscard]] std::optional<std::string> unknown_rule_id(std::string_view id,
                                                         const rules::RuleBook& book);

/// Fails with invalid_input where a flag names a rule that there is not.
[[nodiscard]] Result<void> check_rule_flags(const Invocation& invocation,
                                            const rules::RuleBook& book);

/// One sentence for each rule that the configuration names (`rules_off`, `per_file_ignores`) and
/// that there is not: it may be one of another version of Peer.
[[nodiscard]] std::vector<std::string> unknown_rules_of(const Config& config,
                                                        const rules::RuleBook& book);

}  // namespace peer
