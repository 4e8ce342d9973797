// A rule's documentation as people read it on a terminal. Pure; thread-safe.
#pragma once

#include <string>
#include <string_view>

#include "analyzers/checks/check.hpp"

namespace peer {

/// Title, severity, why, how to fix, CWE, OWASP category where one is given, a bad and a good
/// example. Why and how to fix go on below themselves after `width` columns; 0: never.
[[nodiscard]] std::string rule_text(const RuleInfo& rule, std::string_view owasp = {},
                                    std::size_t width = 0);

/// `text` after `label`, in lines of at most `width` columns that begin below its first word; a
/// longer word stands alone. With 0 its own lines are kept. Ends with a line feed.
[[nodiscard]] std::string paragraph(std::string_view label, std::string_view text,
                                    std::size_t width);

/// The columns to wrap at on a terminal of `columns`: lines that are long are hard to read.
[[nodiscard]] std::size_t shown_width(int columns);

/// docs/rules.md: every rule, with what `peer rules show` prints of it in Markdown.
[[nodiscard]] std::string rules_document();

/// "no rule is called x; did you mean y?" `more`: ids besides those of the checks.
[[nodiscard]] std::string unknown_rule(std::string_view id,
                                       std::span<const std::string_view> more = {});

}  // namespace peer
