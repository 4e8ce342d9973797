#include "bot/commands/rule_text.hpp"

#include <vector>

#include <fmt/format.h>

#include "analyzers/checks/secrets/scan.hpp"
#include "base/text.hpp"

namespace peer {
namespace {

std::string indented(std::string_view code) {
  std::string out;
  const auto shown = secrets::redact_secrets(code);
  for (const auto line : split_lines(shown)) out += line.empty() ? "\n" : fmt::format("    {}\n", visible(line));
  return out;
}

std::string example(std::string_view title, const std::vector<Example>& examples) {
  if (examples.empty() || examples[0].code.empty()) return {};
  return fmt::format("\n{} ({}):\n{}", title, examples[0].path, indented(examples[0].code));
}

}  // namespace

std::string rule_text(const RuleInfo& rule, std::string_view owasp) {
  std::string text = fmt::format("{}: {}\n{}, {}, right in about {:.0f} of 100 cases", rule.id, rule.title,
                                 to_string(rule.severity), rule.category, rule.confidence * 100);
  for (const int cwe : rule.cwe) text += fmt::format(", CWE-{}", cwe);
  if (!owasp.empty()) text += fmt::format(", OWASP {}", owasp);
  text += "\n";
  if (!rule.why.empty()) text += fmt::format("\nWhy: {}", rule.why);
  if (!rule.help.empty()) text += fmt::format("\nFix: {}", rule.help);
  text += "\n";
  text += example("Reported", rule.bad) + example("Not reported", rule.good);
  for (const auto reference : rule.references) text += fmt::format("\nSee {}\n", reference);
  return text;
}

std::string rules_document() {
  std::string text =
      "# Rules\n\n"
      "Made from the code, which tests every rule on examples of its own: `peer rules show RULE` prints one with them.\n"
      "`peer-ignore: RULE -- reason` in a comment on a line, or alone on the line above it, silences a rule there;\n"
      "`rules_off` and `per_file_ignores` in `.peer.yml` silence more. Confidence says how often such a finding is right.\n";
  std::string_view check_name;
  for (const auto& check : all_checks()) {
    for (const auto& rule : check.rules()) {
      if (check.name != check_name) text += fmt::format("\n## {}\n\n| Rule | Severity | Confidence | Finds |\n| --- | --- | --- | --- |\n", replace_all(std::string(check.name), "_", " "));
      check_name = check.name;
      text += fmt::format("| `{}` | {} | {:.2f} | {} |\n", rule.id, to_string(rule.severity), rule.confidence, replace_all(std::string(rule.title), "|", "\\|"));
    }
  }
  return text;
}

std::string unknown_rule(std::string_view id, std::span<const std::string_view> more) {
  std::vector<std::string_view> ids(more.begin(), more.end());
  for (const auto& check : all_checks())
    for (const auto& rule : check.rules()) ids.push_back(rule.id);
  const auto near = nearest(id, ids);
  return near.empty() ? fmt::format("no rule is called {}; `peer rules list` prints them", visible(id, false))
                      : fmt::format("no rule is called {}; did you mean {}?", visible(id, false), near);
}

}  // namespace peer
