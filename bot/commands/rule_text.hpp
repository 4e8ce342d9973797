// A rule's documentation as people read it on a terminal. Pure; thread-safe.
#pragma once

#include <string>
#include <string_view>

#include "analyzers/checks/check.hpp"

namespace peer {

/// Title, severity, why, how to fix, CWE, OWASP category where one is given, a bad and a good example.
[[nodiscard]] std::string rule_text(const RuleInfo& rule, std::string_view owasp = {});

/// docs/rules.md: every rule, with what `peer rules show` prints of it in Markdown.
[[nodiscard]] std::string rules_document();

/// "no rule is called x; did you mean y?" `more`: ids besides those of the checks.
[[nodiscard]] std::string unknown_rule(std::string_view id, std::span<const std::string_view> more = {});

}  // namespace peer
