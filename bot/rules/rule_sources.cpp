#include "bot/rules/rule_sources.hpp"

#include <fmt/format.h>

#include "analyzers/pack/pack.hpp"
#include "analyzers/rules/rule_book.hpp"
#include "base/text.hpp"

namespace peer {

LoadedRules load_rules(const RuleSources& sources) {
  std::vector<rules::RuleText> texts;
  if (sources.built_in) {
    const auto pack = built_in_rules();
    texts.assign(pack.begin(), pack.end());
  }
  for (const auto& file : sources.files)
    texts.push_back({.name = file.name,
                     .text = file.text,
                     .is_utility = file.is_utility,
                     .globs_below = file.globs_below,
                     .globs_above = file.globs_above});
  rules::LoadOptions options;
  for (const auto& each : sources.severities)
    options.severities.emplace_back(each.rule,
                                    each.off ? std::nullopt : std::optional(each.severity));
  std::vector<rules::SetsText> sets;
  for (const auto& [folder, text] : built_in_sets())
    sets.push_back({folder, text});
  auto loaded = rules::RuleBook::load(texts, options, sets);
  return {std::move(loaded.book), std::move(loaded.problems)};
}

std::string sentence_of(const rules::Problem& problem) {
  auto text = fmt::format("{}:{}: ", visible(problem.file, false), problem.line);
  if (!problem.rule_id.empty()) text += fmt::format("rule {}: ", visible(problem.rule_id, false));
  text += visible(problem.message, false);
  if (!problem.nearest.empty())
    text += fmt::format("; did you mean {}?", visible(problem.nearest, false));
  if (problem.level == rules::Problem::Level::error)
    text += problem.rule_id.empty() ? " (the file is left out) [PEER-E145]"
                                    : " (the rule is switched off) [PEER-E145]";
  return text;
}

}  // namespace peer
