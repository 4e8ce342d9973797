// How what other tools say becomes our words: names of tools and rules, severities, categories, CWE
// numbers. Pure; thread-safe.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analyzers/import/imported.hpp"

namespace peer {

/// The tool called `name` as we name it: lower case, blanks as '-', a trailing version taken off.
[[nodiscard]] Tool make_tool(std::string_view name, std::string_view version);

/// "eslint 9.1", or "eslint".
[[nodiscard]] std::string tool_words(const Tool& tool);

/// What `rule` of `tool` is called here: our own rule where it says the very same, else
/// "tool/rule".
[[nodiscard]] std::string rule_name(const Tool& tool, std::string_view rule);

/// "error", "warning", "note", "refactor", "ERROR", "high" and the like; nullopt for other words.
[[nodiscard]] std::optional<Severity> severity_of_word(std::string_view word);

/// CWE numbers in a tag: "external/cwe/cwe-079", "CWE-79: Cross-site Scripting", "cwe:79".
[[nodiscard]] std::optional<int> cwe_of(std::string_view tag);

/// "security", "secrets", "correctness", ...: by tags, then by CWE, then by what the tool is for.
[[nodiscard]] std::string category_of(const Tool& tool, const std::vector<std::string>& tags,
                                      bool has_cwe);

/// A rule of which nothing but its name is known, with what our own says where it is one of ours.
[[nodiscard]] ToolRule make_tool_rule(const Tool& tool, std::string_view rule);

/// The words of a message in one piece: white space folded, cut to a bounded length, inert.
[[nodiscard]] std::string message_words(std::string_view text, std::size_t most = 2000);

}  // namespace peer
