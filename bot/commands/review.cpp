// peer review, peer check-security: examine a change and report.
#include <array>
#include <fmt/format.h>

#include "bot/cli.hpp"
#include "bot/commands/ci_files.hpp"
#include "bot/commands/run_review.hpp"
#include "bot/session.hpp"

namespace peer {
namespace {

/// A change without files is worth more than "clean": say which range was empty and what to do.
std::string empty_change(const ChangeSet& change) {
  return fmt::format(
      "{}: nothing changed, so nothing was reviewed\n"
      "`peer review HEAD~1..` reviews the last commit, `peer audit` the whole repository\n",
      change.description);
}

int review_with(const Invocation& invocation, Session& session, const ReviewPlan& plan) {
  const auto reviewed = run_review(invocation, session, plan);
  if (!reviewed) return complain(reviewed.error(), session);
  const bool only_terminal = !invocation.has("format");
  if (reviewed->report.change.files.empty() && reviewed->report.complete && only_terminal) {
    session.out(empty_change(reviewed->report.change));
    return tell_github(kExitClean, reviewed->report, invocation, session);
  }
  const int code = write_reports(*reviewed, invocation, session);
  return tell_github(code, reviewed->report, invocation, session);
}

int review(const Invocation& invocation, Session& session) {
  return review_with(invocation, session, {.command = "review", .models = true});
}

int check_security(const Invocation& invocation, Session& session) {
  return review_with(invocation, session, {.command = "check-security", .security_only = true});
}

constexpr auto kReviewFlags = std::to_array<std::string_view>({"base",
                                                               "head",
                                                               "staged",
                                                               "diff-file",
                                                               "trust-owner",
                                                               "filter",
                                                               "exclude",
                                                               "generated",
                                                               "vendored",
                                                               "rules",
                                                               "only-rules",
                                                               "off",
                                                               "error",
                                                               "warning",
                                                               "info",
                                                               "hint",
                                                               "min-severity",
                                                               "min-confidence",
                                                               "baseline",
                                                               "no-baseline",
                                                               "import",
                                                               "format",
                                                               "fail-on",
                                                               "no-cache",
                                                               "full",
                                                               "jobs",
                                                               "isolate",
                                                               "ai",
                                                               "max-cost",
                                                               "max-calls",
                                                               "llm-concurrency",
                                                               "offline"});

constexpr auto kFlags = std::to_array<std::string_view>(
    {"base",     "head",        "staged",   "diff-file", "trust-owner",  "filter",
     "exclude",  "generated",   "vendored", "rules",     "only-rules",   "off",
     "error",    "warning",     "info",     "hint",      "min-severity", "min-confidence",
     "baseline", "no-baseline", "import",   "format",    "fail-on",      "no-cache",
     "full",     "jobs",        "isolate",  "offline"});

constexpr std::string_view kDetails =
    "Without arguments: from the merge base of HEAD and the default branch to the work tree, what "
    "you would\n"
    "push with what you have not committed yet. In a GitHub or GitLab job: the change of the "
    "event.\n"
    "\n"
    "  peer review                     your work\n"
    "  peer review HEAD~3..            the last three commits\n"
    "  peer review main...topic        what topic did since it left main\n"
    "  peer review a1b2c3d             one commit\n"
    "  peer review --staged            what you are about to commit\n"
    "  peer review src/ lib/x.c        whole files, changed or not\n"
    "  git diff | peer review --diff-file -\n"
    "  peer review --ai                with a model's review and summary beside the rules\n"
    "  peer review -f sarif=peer.sarif -f terminal";

}  // namespace

std::span<const Command> commands_review() {
  static const std::array kCommands{
      Command{.name = "review",
              .alias = "ai-review",
              .arguments = "[RANGE|PATH..]",
              .summary = "Examine a change, or whole files, and report what is wrong.",
              .details = kDetails,
              .flags = kReviewFlags,
              .run = review},
      Command{.name = "check-security",
              .alias = {},
              .arguments = "[RANGE|PATH..]",
              .summary = "Examine for security flaws and secrets only.",
              .details = kDetails,
              .flags = kFlags,
              .run = check_security},
  };
  return kCommands;
}

}  // namespace peer
