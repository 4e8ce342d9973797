// docs/rules/: the built-in YAML rules as Markdown, made from the pack. Pure.
#pragma once

#include <map>
#include <string>

namespace peer {

/// Pages by file name: one per language, and README.md with the list of languages and what the
/// rules of each are about.
[[nodiscard]] std::map<std::string, std::string> rule_pages();

/// A Markdown table: how many rules there are of each topic for each language.
[[nodiscard]] std::string topic_matrix();

}  // namespace peer
