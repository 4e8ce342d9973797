// Rules on small files, for the tests of the rule engine.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "analyzers/parse/parse.hpp"
#include "analyzers/rules/rule_set.hpp"

namespace peer::rules {

inline SourceFile file_of(std::string path, std::string_view text) {
  return parse(std::move(path), std::string(text));
}

inline RuleSet::Loaded load(std::string_view yaml) {
  const RuleText text{.name = "rule.yml", .text = yaml};
  return RuleSet::load(std::span(&text, 1));
}

/// "id: text of the match", in the order of the scan. Problems come first, as "! message
/// [nearest]".
inline std::vector<std::string> scan(std::string_view yaml, std::string path,
                                     std::string_view text) {
  const auto loaded = load(yaml);
  std::vector<std::string> out;
  for (const auto& problem : loaded.problems)
    out.push_back("! " + problem.message + " [" + problem.nearest + "]");
  const auto file = file_of(std::move(path), text);
  const auto result = loaded.set.scan(file);
  for (const auto& match : result.matches)
    out.push_back(match.rule->id + ": " + std::string(match.node.text(text)));
  return out;
}

/// The texts that a rule object (YAML, flow style) matches.
inline std::vector<std::string> matches(std::string_view language, std::string_view rule,
                                        std::string path, std::string_view text) {
  const auto yaml =
      "id: r\nlanguage: " + std::string(language) + "\nrule: " + std::string(rule) + "\n";
  auto out = scan(yaml, std::move(path), text);
  for (auto& line : out)
    if (line.starts_with("r: ")) line.erase(0, 3);
  return out;
}

}  // namespace peer::rules
