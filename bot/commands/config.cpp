// peer config show, peer config check, peer init: the configuration in force, and a first
// .peer.yml.
#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <fstream>

#include "base/text.hpp"
#include "bot/cli.hpp"
#include "bot/config/keys.hpp"
#include "bot/rules/find_rules.hpp"
#include "bot/rules/known_rules.hpp"
#include "bot/session.hpp"
#include "bot/settings.hpp"
#include "bot/trusted.hpp"

namespace peer {
namespace {

int show(const Invocation& invocation, Session& session) {
  const auto config = load_config(invocation, session, read_work_tree(session.folder));
  if (!config) {
    session.complain(config.error());
    return kExitUsage;
  }
  std::string text;
  for (const auto& key : config_keys()) {
    std::string origin = "default";
    for (const auto& [name, from] : config->origins)
      if (name == key.name) origin = from;
    text += fmt::format("{}: {}  # {}\n", key.name, key.get(*config), origin);
  }
  session.out(text);
  return kExitClean;
}

int check(const Invocation& invocation, Session& session) {
  const auto config = load_config(invocation, session, read_work_tree(session.folder));
  if (!config) {
    session.complain(config.error());
    return kExitUsage;
  }
  const auto found = find_rules(invocation, session, read_work_tree(session.folder),
                                list_work_tree(session.folder));
  if (!found) {
    session.complain(found.error());
    return kExitUsage;
  }
  const auto loaded = load_rules(found->sources);
  const auto unknown = unknown_rules_of(*config, *loaded.book);
  for (const auto& sentence : unknown)
    session.complain(sentence);
  for (const auto& note : found->notes)
    session.complain(note);
  for (const auto& problem : loaded.problems)
    session.complain(sentence_of(problem));
  const bool broken = std::any_of(
      loaded.problems.begin(), loaded.problems.end(),
      [](const auto& problem) { return problem.level == rules::Problem::Level::error; });
  if (broken || !unknown.empty() || !found->notes.empty()) return kExitUsage;
  session.out("the configuration is valid\n");
  return kExitClean;
}

int schema(const Invocation& /*invocation*/, Session& session) {
  session.out(config_schema());
  return kExitClean;
}

int init(const Invocation& invocation, Session& session) {
  const auto path = session.folder / kRepositoryConfig;
  if (std::filesystem::exists(path) && !invocation.has("force")) {
    session.complain(fmt::format("{} exists already; --force overwrites it", kRepositoryConfig));
    return kExitUsage;
  }
  std::ofstream out(path, std::ios::binary);
  out << config_template();
  if (!out.flush()) {
    session.complain(fmt::format("{} cannot be written", path.string()));
    return kExitUsage;
  }
  session.out(
      fmt::format("wrote {}: every key with its default, commented out\n", kRepositoryConfig));
  return kExitClean;
}

constexpr std::array<std::string_view, 1> kInitFlags{"force"};
constexpr std::array<std::string_view, 1> kCheckFlags{"rules"};

}  // namespace

std::span<const Command> commands_config() {
  static const std::array kCommands{
      Command{.name = "init",
              .alias = {},
              .arguments = {},
              .summary = "Write a commented .peer.yml into this folder.",
              .details = {},
              .flags = kInitFlags,
              .run = init},
      Command{.name = "config show",
              .alias = {},
              .arguments = {},
              .summary = "Print every setting and where it comes from.",
              .details = {},
              .flags = {},
              .run = show},
      Command{.name = "config check",
              .alias = {},
              .arguments = {},
              .summary = "Check the configuration files and one's own rules; exit 2 on a mistake.",
              .details = "The rules of .peer/rules/ and of --rules count too; `peer rules check` "
                         "says more about them.",
              .flags = kCheckFlags,
              .run = check},
      Command{.name = "config schema",
              .alias = {},
              .arguments = {},
              .summary = "Print the JSON schema of .peer.yml for editors.",
              .details = {},
              .flags = {},
              .run = schema},
  };
  return kCommands;
}

}  // namespace peer
