#include "bot/rules/known_rules.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>

#include "analyzers/checks/check.hpp"
#include "analyzers/pack/pack.hpp"
#include "bot/commands/rule_text.hpp"
#include "llm/review/remarks.hpp"

namespace peer {
namespace {

constexpr auto kRuleFlags =
    std::to_array<std::string_view>({"off", "error", "warning", "info", "hint", "rule"});

bool is_built_in(std::string_view id) {
  const auto pages = built_in_pages();
  return std::any_of(pages.begin(), pages.end(),
                     [&](const RulePage& page) { return page.id == id; });
}

}  // namespace

std::optional<std::string> unknown_rule_id(std::string_view id, const rules::RuleBook& book) {
  const bool of_a_tool = id.find('/') != std::string_view::npos;
  if (id == "*" || id == kModelRule || of_a_tool || find_rule(id) != nullptr) return std::nullopt;
  const auto& ids = book.ids();
  // with --only-rules the book lacks the pack
  if (std::find(ids.begin(), ids.end(), id) != ids.end() || is_built_in(id)) return std::nullopt;
  return unknown_rule(id, ids);
}

Result<void> check_rule_flags(const Invocation& invocation, const rules::RuleBook& book) {
  for (const auto flag : kRuleFlags)
    for (const auto& id : invocation.values(flag))
      if (const auto unknown = unknown_rule_id(id, book))
        return fail(ErrorKind::invalid_input, fmt::format("--{}: {}", flag, *unknown));
  return {};
}

std::vector<std::string> unknown_rules_of(const Config& config, const rules::RuleBook& book) {
  std::vector<std::string> sentences;
  const auto look = [&](std::string_view key, const auto& ids) {
    for (const auto& id : ids)
      if (const auto unknown = unknown_rule_id(id, book))
        sentences.push_back(fmt::format("{}: {}", key, *unknown));
  };
  look("rules_off", config.examine.disabled_rules);
  for (const auto& ignore : config.per_file_ignores)
    look("per_file_ignores", ignore.rules);
  return sentences;
}

}  // namespace peer
