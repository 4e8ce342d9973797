#include "bot/rules/rule_library.hpp"

#include <algorithm>

#include "analyzers/checks/check.hpp"
#include "analyzers/languages/language.hpp"
#include "analyzers/pack/pack.hpp"
#include "bot/commands/rule_text.hpp"

namespace peer {
namespace {

std::vector<Example> as_examples(const std::vector<rules::RuleExample>& owned) {
  std::vector<Example> examples;
  examples.reserve(owned.size());
  for (const auto& each : owned)
    examples.push_back(
        {.path = each.path, .code = each.code, .lines = each.lines, .fixed = each.fixed});
  return examples;
}

}  // namespace

rules::RuleExamples examples_of(const rules::Rule& rule) {
  const auto path = rules::example_path(rule);
  if (rule.origin == rules::Origin::user) return rules::examples_of(rule.document, path);
  for (const auto& page : built_in_pages()) {
    if (page.id != rule.id) continue;
    const auto document = load_yaml(page.text);
    return document ? rules::examples_of(*document, path) : rules::RuleExamples{};
  }
  return {};
}

std::string rule_text(const rules::RuleFacts& facts, const rules::RuleExamples& examples,
                      std::size_t width) {
  RuleInfo info;
  info.id = facts.id;
  info.category = facts.category;
  info.severity = facts.severity;
  info.confidence = facts.confidence;
  info.title = facts.title;
  info.why = facts.why;
  info.help = facts.help;
  info.cwe = facts.cwe;
  info.references = {facts.references.begin(), facts.references.end()};
  info.bad = as_examples(examples.bad);
  info.good = as_examples(examples.good);
  return rule_text(info, facts.owasp, width);
}

std::vector<ListedRule> RuleLibrary::list() const {
  std::vector<ListedRule> all;
  for (const auto& check : all_checks())
    for (const auto& rule : check.rules())
      all.push_back({std::string(rule.id), std::string(rule.title), rule.severity, "check", ""});
  const auto checks = static_cast<std::ptrdiff_t>(all.size());
  for (const auto* rule : book_->set().rules()) {
    const auto facts = rules::facts_of(*rule);
    const bool own = rule->origin == rules::Origin::user;
    all.push_back(
        {facts.id, facts.title, facts.severity,
         own || rule->languages.empty() ? rule->file : std::string(rule->languages.front()->name),
         facts.owasp});
  }
  std::sort(all.begin() + checks, all.end(),
            [](const ListedRule& a, const ListedRule& b) { return a.id < b.id; });
  return all;
}

std::optional<std::string> RuleLibrary::text(std::string_view id, std::size_t width) const {
  if (const auto* rule = find_rule(id)) return rule_text(*rule, {}, width);
  const auto* rule = book_->set().find(id);
  if (rule == nullptr) return std::nullopt;
  return rule_text(rules::facts_of(*rule), examples_of(*rule), width);
}

std::optional<RuleLibrary::Reasons> RuleLibrary::reasons(std::string_view id) const {
  if (const auto* rule = find_rule(id))
    return Reasons{std::string(rule->id), std::string(rule->why), std::string(rule->help)};
  const auto* rule = book_->set().find(id);
  if (rule == nullptr) return std::nullopt;
  auto facts = rules::facts_of(*rule);
  return Reasons{std::move(facts.id), std::move(facts.why), std::move(facts.help)};
}

std::string RuleLibrary::unknown(std::string_view id) const {
  return unknown_rule(id, book_->ids());
}

}  // namespace peer
