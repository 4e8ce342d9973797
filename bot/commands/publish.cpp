// peer publish: say a report made earlier on a forge.
#include <array>

#include "bot/cli.hpp"
#include "bot/publishing/commanded.hpp"
#include "bot/publishing/writer.hpp"
#include "bot/session.hpp"

namespace peer {
namespace {

int publish(const Invocation& invocation, Session& session) {
  const bool command = invocation.has("command");
  if (invocation.args.size() > 1 || (invocation.args.empty() && !command)) {
    session.complain("peer publish takes one report: the JSON that peer ci or --format json wrote");
    return kExitUsage;
  }
  const auto forge = chosen_forge(invocation, session);
  if (!forge || *forge == Forge::none) {
    session.complain(forge ? "this is no GitHub or GitLab job: say --publish github or gitlab"
                           : forge.error().message);
    return kExitUsage;
  }
  if (invocation.has("open-issue") && !invocation.args.empty())
    return publish_issue_file(invocation.args[0], *forge, invocation, session);
  if (!command) return publish_file(invocation.args[0], *forge, invocation, session);
  return invocation.args.empty()
             ? begin_commanded(*forge, invocation, session)
             : finish_commanded(invocation.args[0], *forge, invocation, session);
}

constexpr auto kFlags =
    std::to_array<std::string_view>({"publish", "change", "command", "dry-run", "max-comments",
                                     "labels", "code-scanning", "publish-name", "open-issue"});

constexpr std::string_view kDetails =
    "The report may come from anyone: it is read as hostile, and it must be about the\n"
    "commit that the job and the forge name. Nothing else of the repository is opened.\n"
    "A second run on the same state writes nothing.\n"
    "\n"
    "With --command it is the writing half of `peer ci --command`: without a report it asks\n"
    "whether the command may be carried out and prints what is to be reviewed, with one it\n"
    "carries it out.\n"
    "\n"
    "The token: GITHUB_TOKEN or PEER_GITHUB_TOKEN with pull-requests: write and\n"
    "checks: write; PEER_GITLAB_TOKEN with the scope api.\n"
    "\n"
    "  peer publish peer-report/report.json\n"
    "  peer publish report.json --publish github --change 12 --dry-run\n"
    "  peer publish audit.json --open-issue     an audit, in one issue that is kept up to date";

}  // namespace

std::span<const Command> commands_publish() {
  static const std::array kCommands{
      Command{.name = "publish",
              .alias = {},
              .arguments = "[REPORT]",
              .summary = "Say a report on its pull or merge request: comments, summary, check.",
              .details = kDetails,
              .flags = kFlags,
              .run = publish},
  };
  return kCommands;
}

}  // namespace peer
