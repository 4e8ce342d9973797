#include "bot/commands/rule_text.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <utility>
#include <vector>

#include "analyzers/checks/secrets/scan.hpp"
#include "base/text.hpp"

namespace peer {
namespace {

std::string indented(std::string_view code) {
  std::string out;
  const auto shown = secrets::redact_secrets(code);
  for (const auto line : split_lines(shown))
    out += line.empty() ? "\n" : fmt::format("    {}\n", visible(line));
  return out;
}

std::string example(std::string_view title, const std::vector<Example>& examples) {
  if (examples.empty() || examples[0].code.empty()) return {};
  return fmt::format("\n{} ({}):\n{}", title, examples[0].path, indented(examples[0].code));
}

/// Characters, which are columns in what rules are written in.
std::size_t columns_of(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
  }));
}

}  // namespace

std::string paragraph(std::string_view label, std::string_view text, std::size_t width) {
  std::string out(label);
  std::size_t column = label.size();
  const auto next_line = [&] {
    out += "\n" + std::string(label.size(), ' ');
    column = label.size();
  };
  bool first = true;
  for (const auto line : split_lines(text)) {
    if (!std::exchange(first, false)) next_line();
    const auto shown = visible(line);
    if (width == 0) {
      out += shown;
      continue;
    }
    for (const auto word : split(shown, ' ')) {
      if (word.empty()) continue;
      const auto size = columns_of(word);
      if (column > label.size() && column + 1 + size > width) next_line();
      if (column > label.size()) out += ' ', ++column;
      out += word;
      column += size;
    }
  }
  return out + "\n";
}

std::size_t shown_width(int columns) {
  constexpr int kLeast = 40;
  constexpr int kMost = 120;
  return static_cast<std::size_t>(std::clamp(columns, kLeast, kMost));
}

std::string rule_text(const RuleInfo& rule, std::string_view owasp, std::size_t width) {
  std::string text =
      fmt::format("{}: {}\n{}, {}, right in about {:.0f} of 100 cases", rule.id, rule.title,
                  to_string(rule.severity), rule.category, rule.confidence * 100);
  for (const int cwe : rule.cwe)
    text += fmt::format(", CWE-{}", cwe);
  if (!owasp.empty()) text += fmt::format(", OWASP {}", owasp);
  text += "\n";
  if (!rule.why.empty() || !rule.help.empty()) text += "\n";
  if (!rule.why.empty()) text += paragraph("Why: ", rule.why, width);
  if (!rule.help.empty()) text += paragraph("Fix: ", rule.help, width);
  text += example("Reported", rule.bad) + example("Not reported", rule.good);
  for (const auto reference : rule.references)
    text += fmt::format("\nSee {}\n", reference);
  return text;
}

std::string rules_document() {
  std::string text =
      "# Rules\n\n"
      "Made from the code, which tests every rule on examples of its own: `peer rules show RULE` "
      "prints one with them.\n"
      "`peer-ignore: RULE -- reason` in a comment on a line, or alone on the line above it, "
      "silences a rule there,\n"
      "`peer-ignore-file: RULE -- reason` in the first ten lines in the whole file "
      "([suppression](suppression.md));\n"
      "`rules_off` and `per_file_ignores` in `.peer.yml` silence more. Confidence says how often "
      "such a finding is right.\n";
  std::string_view check_name;
  for (const auto& check : all_checks()) {
    for (const auto& rule : check.rules()) {
      if (check.name != check_name)
        text += fmt::format(
            "\n## {}\n\n| Rule | Severity | Confidence | Finds |\n| --- | --- | --- | --- |\n",
            replace_all(std::string(check.name), "_", " "));
      check_name = check.name;
      text += fmt::format("| `{}` | {} | {:.2f} | {} |\n", rule.id, to_string(rule.severity),
                          rule.confidence, replace_all(std::string(rule.title), "|", "\\|"));
    }
  }
  return text;
}

std::string unknown_rule(std::string_view id, std::span<const std::string_view> more) {
  std::vector<std::string_view> ids(more.begin(), more.end());
  for (const auto& check : all_checks())
    for (const auto& rule : check.rules())
      ids.push_back(rule.id);
  const auto near = nearest(id, ids);
  return near.empty()
             ? fmt::format("no rule is called {}; `peer rules list` prints them",
                           visible(id, false))
             : fmt::format("no rule is called {}; did you mean {}?", visible(id, false), near);
}

}  // namespace peer
