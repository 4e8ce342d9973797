#include "bot/rules/rule_pages.hpp"

#include <fmt/format.h>
#include <set>
#include <vector>

#include "analyzers/checks/secrets/scan.hpp"
#include "analyzers/languages/language.hpp"
#include "analyzers/pack/pack.hpp"
#include "analyzers/rules/facts.hpp"
#include "analyzers/rules/rule_book.hpp"
#include "base/text.hpp"
#include "bot/rules/rule_library.hpp"

namespace peer {
namespace {

constexpr std::string_view kMade =
    "Made from the rules in `analyzers/pack`, which tests hold to their examples: `peer rules show "
    "RULE` prints one of them.\n";

struct Page {
  const Language* language = nullptr;
  std::map<std::string, std::string> rules;   ///< text by id
  std::map<std::string, std::size_t> topics;  ///< how many rules of each
  std::size_t fixes = 0;
};

std::string fence(const std::string& code, const Language& language) {
  return fmt::format("```{}\n{}{}```\n", language.name, secrets::redact_secrets(code),
                     code.ends_with('\n') ? "" : "\n");
}

std::string section(const rules::RuleFacts& facts, const rules::RuleExamples& examples,
                    const Language& language) {
  auto text =
      fmt::format("## {}\n\n{}: {}, {}, right in about {:.0f} of 100 cases", facts.id, facts.title,
                  to_string(facts.severity), facts.category, facts.confidence * 100);
  for (const int cwe : facts.cwe)
    text += fmt::format(", CWE-{}", cwe);
  if (!facts.owasp.empty()) text += ", OWASP " + facts.owasp;
  text += fmt::format(".\n\n{}\n\n**How to fix it.** {}\n", facts.why, facts.help);
  if (!examples.bad.empty()) text += "\nReported:\n\n" + fence(examples.bad[0].code, language);
  if (!examples.good.empty())
    text += "\nNot reported:\n\n" + fence(examples.good[0].code, language);
  for (const auto& reference : facts.references)
    text += fmt::format("\n- <{}>", reference);
  return text + (facts.references.empty() ? "\n" : "\n\n");
}

std::map<std::string, Page> pages_by_language() {
  const auto book = rules::RuleBook::load(built_in_rules()).book;
  std::map<std::string, Page> pages;
  for (const auto* rule : book->set().rules()) {
    const auto& language = *rule->languages.front();
    auto& page = pages[std::string(language.name)];
    const auto facts = rules::facts_of(*rule);
    page.language = &language;
    page.rules[facts.id] = section(facts, examples_of(*rule), language);
    ++page.topics[facts.topic];
    if (rule->key("fix") != nullptr) ++page.fixes;
  }
  return pages;
}

/// Topics down, languages across: how many rules there are.
std::string matrix(const std::map<std::string, Page>& pages) {
  std::set<std::string> topics;
  std::string head = "| Topic |", line = "| --- |";
  for (const auto& [name, page] : pages) {
    head += fmt::format(" {} |", page.language->display_name);
    line += " --- |";
    for (const auto& [topic, count] : page.topics)
      topics.insert(topic);
  }
  std::string text = head + "\n" + line + "\n";
  for (const auto& topic : topics) {
    text += fmt::format("| {} |", topic);
    for (const auto& [name, page] : pages) {
      const auto it = page.topics.find(topic);
      text += it == page.topics.end() ? "  |" : fmt::format(" {} |", it->second);
    }
    text += "\n";
  }
  return text;
}

}  // namespace

std::string topic_matrix() { return matrix(pages_by_language()); }

std::map<std::string, std::string> rule_pages() {
  const auto pages = pages_by_language();
  std::map<std::string, std::string> files;
  std::string list;
  std::size_t all = 0, fixes = 0;
  for (const auto& [name, page] : pages) {
    std::string text = fmt::format("# Rules for {}\n\n{}\n", page.language->display_name, kMade);
    for (const auto& [id, rule] : page.rules)
      text += rule;
    while (text.ends_with("\n\n"))
      text.pop_back();
    files[name + ".md"] = std::move(text);
    list += fmt::format("| [{}]({}.md) | {} | {} |\n", page.language->display_name, name,
                        page.rules.size(), page.fixes);
    all += page.rules.size();
    fixes += page.fixes;
  }
  files["README.md"] = fmt::format(
      "# Built-in rules\n\n{}\n| Language | Rules | With a fix |\n| --- | --- | --- |\n{}| all | "
      "{} | {} |\n\n"
      "Rules for JavaScript hold for TypeScript and TSX too where they say so, rules for C for "
      "C++.\n\n## What they are about\n\n{}",
      kMade, list, all, fixes, matrix(pages));
  return files;
}

}  // namespace peer
