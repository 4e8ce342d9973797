#include "bot/commands/rule_text.hpp"

#include <vector>

#include <fmt/format.h>

#include "base/text.hpp"

namespace peer {
namespace {

std::string indented(std::string_view code) {
  std::string out;
  for (const auto line : split_lines(code)) out += line.empty() ? "\n" : fmt::format("    {}\n", visible(line));
  return out;
}

std::string example(std::string_view title, const std::vector<Example>& examples) {
  if (examples.empty() || examples[0].code.empty()) return {};
  return fmt::format("\n{} ({}):\n{}", title, examples[0].path, indented(examples[0].code));
}

}  // namespace

std::string rule_text(const RuleInfo& rule) {
  std::string text = fmt::format("{}: {}\n{}, {}, right in about {:.0f} of 100 cases", rule.id, rule.title,
                                 to_string(rule.severity), rule.category, rule.confidence * 100);
  for (const int cwe : rule.cwe) text += fmt::format(", CWE-{}", cwe);
  text += fmt::format("\n\nWhy: {}\nFix: {}\n", rule.why, rule.help);
  text += example("Reported", rule.bad) + example("Not reported", rule.good);
  for (const auto reference : rule.references) text += fmt::format("\nSee {}\n", reference);
  return text;
}

std::string unknown_rule(std::string_view id) {
  std::vector<std::string_view> ids;
  for (const auto& check : all_checks())
    for (const auto& rule : check.rules()) ids.push_back(rule.id);
  const auto near = nearest(id, ids);
  return near.empty() ? fmt::format("no rule is called {}; `peer rules list` prints them", visible(id, false))
                      : fmt::format("no rule is called {}; did you mean {}?", visible(id, false), near);
}

}  // namespace peer
