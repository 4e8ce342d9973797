// peer rules list, show, check: the rules in force, what they mean, and whether they are written
// well.
#include <algorithm>
#include <array>
#include <fmt/format.h>

#include "base/text.hpp"
#include "bot/cli.hpp"
#include "bot/commands/rule_text.hpp"
#include "bot/commands/run_review.hpp"
#include "bot/rules/find_rules.hpp"
#include "bot/rules/rule_library.hpp"
#include "bot/rules/test_rules.hpp"
#include "bot/session.hpp"
#include "bot/trusted.hpp"

namespace peer {
namespace {

struct Library {
  RuleLibrary library;
  std::vector<std::string> notes;
  std::vector<rules::Problem> problems;
  std::size_t files = 0;
};

/// The rules of a command that works on the folder people are in.
Result<Library> open_library(const Invocation& invocation, const Session& session) {
  auto found = find_rules(invocation, session, read_work_tree(session.folder),
                          list_work_tree(session.folder));
  if (!found) return fail(found.error());
  auto loaded = load_rules(found->sources);
  return Library{RuleLibrary(std::move(loaded.book)), std::move(found->notes),
                 std::move(loaded.problems), found->sources.files.size()};
}

int list(const Invocation& invocation, Session& session) {
  const auto opened = open_library(invocation, session);
  if (!opened) return complain(opened.error(), session);
  std::string text;
  for (const auto& rule : opened->library.list())
    if (rule.source != "check" || !invocation.has("only-rules"))
      text += fmt::format("{:<8} {:<40} {:<12} {:<9} {}\n", to_string(rule.severity),
                          visible(rule.id, false), visible(rule.source, false),
                          visible(rule.owasp, false), visible(rule.title, false));
  session.out(text);
  for (const auto& problem : opened->problems)
    session.complain(sentence_of(problem));
  return kExitClean;
}

int show(const Invocation& invocation, Session& session) {
  if (invocation.args.empty()) {
    session.complain("name a rule: peer rules show RULE; `peer rules list` prints them");
    return kExitUsage;
  }
  const auto opened = open_library(invocation, session);
  if (!opened) return complain(opened.error(), session);
  for (const auto& id : invocation.args) {
    const auto text = opened->library.text(id, shown_width(session.width));
    if (!text) {
      session.complain(opened->library.unknown(id));
      return kExitUsage;
    }
    session.out(*text);
  }
  return kExitClean;
}

int check(const Invocation& invocation, Session& session) {
  Invocation asked = invocation;
  auto& given = asked.flags["rules"];
  given.insert(given.end(), invocation.args.begin(), invocation.args.end());
  std::error_code error;
  if (given.empty() && std::filesystem::exists(session.folder / kProjectFile, error))
    given.emplace_back(kProjectFile);
  asked.flags["only-rules"] = {""};
  const auto opened = open_library(asked, session);
  if (!opened) return complain(opened.error(), session);
  for (const auto& note : opened->notes)
    session.out(note + "\n");
  for (const auto& problem : opened->problems)
    session.out(sentence_of(problem) + "\n");
  if (opened->files == 0) {
    session.complain(
        "there are no rules to check: name a file or folder, or put rules into .peer/rules/");
    return kExitUsage;
  }
  const auto errors =
      std::count_if(opened->problems.begin(), opened->problems.end(),
                    [](const auto& p) { return p.level == rules::Problem::Level::error; });
  const auto notes =
      opened->notes.size() + opened->problems.size() - static_cast<std::size_t>(errors);
  auto verdict = errors == 0 ? std::string("no mistake")
                             : count_of(static_cast<std::size_t>(errors), "mistake");
  if (notes > 0) verdict += ", " + count_of(notes, "note");
  if (errors == 0 && notes == 0) verdict = "nothing is wrong";
  session.out(fmt::format("{} in {}: {}\n", count_of(opened->library.yaml_rules(), "rule"),
                          count_of(opened->files, "file"), verdict));
  return errors == 0 && opened->notes.empty() ? kExitClean : kExitUsage;
}

constexpr auto kFlags = std::to_array<std::string_view>({"rules", "only-rules"});
constexpr auto kTestFlags = std::to_array<std::string_view>(
    {"update", "rule", "skip-snapshot-tests", "include-off", "test-dir", "snapshot-dir"});
constexpr auto kCheckFlags = std::to_array<std::string_view>({"rules"});

}  // namespace

std::span<const Command> commands_rules() {
  static const std::array kCommands{
      Command{.name = "rules list",
              .alias = {},
              .arguments = {},
              .summary = "List the rules in force.",
              .details = "A comment silences a rule on its line or, alone, on the line below:\n"
                         "\n  # peer-ignore: RULE, RULE -- reason\n"
                         "\nIn the first ten lines of a file, for the whole file:\n"
                         "\n  # peer-ignore-file: RULE -- reason\n"
                         "\nrules_off and per_file_ignores in .peer.yml silence more, --off RULE "
                         "does for one run.",
              .flags = kFlags,
              .run = list},
      Command{.name = "rules show",
              .alias = {},
              .arguments = "RULE..",
              .summary = "Print what a rule finds, why, and how to fix it.",
              .details = {},
              .flags = kFlags,
              .run = show},
      Command{.name = "rules check",
              .alias = {},
              .arguments = "[PATH..]",
              .summary = "Say what is wrong with YAML rules; 2 when something is.",
              .details = "Without a path: the rules in .peer/rules/, and those of sgconfig.yml "
                         "where there is one.\n"
                         "\n  peer rules check\n  peer rules check my-rule.yml rules/ sgconfig.yml",
              .flags = kCheckFlags,
              .run = check},
      Command{.name = "rules test",
              .alias = {},
              .arguments = "[PROJECT]",
              .summary = "Run the tests of YAML rules as `ast-grep test` does.",
              .details = "PROJECT is an sgconfig.yml, or a folder at or below one; default: the "
                         "folder you are in. Exit codes are\n"
                         "those of ast-grep: 0 when all passed, 4 when one failed, 3 without a "
                         "project, 6 when a folder or file\n"
                         "cannot be read, 8 when a rule, test or project file is not valid.",
              .flags = kTestFlags,
              .run = test_rules},
  };
  return kCommands;
}

}  // namespace peer
