// peer rules list, peer rules show: the rules in force and what they mean.
#include <array>

#include <fmt/format.h>

#include "analyzers/checks/check.hpp"
#include "base/text.hpp"
#include "bot/cli.hpp"
#include "bot/commands/rule_text.hpp"
#include "bot/session.hpp"

namespace peer {
namespace {

int list(const Invocation& /*invocation*/, Session& session) {
  std::string text;
  for (const auto& check : all_checks())
    for (const auto& rule : check.rules())
      text += fmt::format("{:<8} {:<30} {}\n", to_string(rule.severity), rule.id, rule.title);
  session.out(text);
  return kExitClean;
}

int show(const Invocation& invocation, Session& session) {
  if (invocation.args.empty()) {
    session.complain("name a rule: peer rules show RULE; `peer rules list` prints them");
    return kExitUsage;
  }
  for (const auto& id : invocation.args) {
    const auto* rule = find_rule(id);
    if (rule == nullptr) {
      session.complain(unknown_rule(id));
      return kExitUsage;
    }
    session.out(rule_text(*rule));
  }
  return kExitClean;
}

}  // namespace

std::span<const Command> commands_rules() {
  static const std::array kCommands{
      Command{.name = "rules list", .alias = {}, .arguments = {}, .summary = "List the rules in force.", .details = {}, .flags = {}, .run = list},
      Command{.name = "rules show", .alias = {}, .arguments = "RULE..", .summary = "Print what a rule finds, why, and how to fix it.", .details = {}, .flags = {}, .run = show},
  };
  return kCommands;
}

}  // namespace peer
