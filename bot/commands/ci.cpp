// peer ci: review the change of a GitHub or GitLab job, leave the reports where the forge picks them up.
#include <array>

#include "bot/cli.hpp"
#include "bot/commands/ci_files.hpp"
#include "bot/commands/run_review.hpp"
#include "bot/session.hpp"
#include "reporters/render/render.hpp"

namespace peer {
namespace {

constexpr std::string_view kFolder = "peer-report";

int ci(const Invocation& invocation, Session& session) {
  const auto reviewed = run_review(invocation, session, {.command = "review", .models = true});
  if (!reviewed) return complain(reviewed.error(), session);
  const auto& report = reviewed->report;
  const auto named = invocation.value("report-dir");
  const auto folder = session.folder / (named.empty() ? std::string(kFolder) : named);
  int code = exit_code(report);
  if (const auto written = write_job_files(report, folder); !written) {
    session.complain(written.error());
    code = worst_exit_code({code, kExitPublish});
  }
  const bool github = forge_of(session) == Forge::github;
  if (github) {
    if (const auto written = write_github_files(report, folder, session); !written) {
      session.complain(written.error());
      code = worst_exit_code({code, kExitPublish});
    }
    if (!invocation.has("format")) session.out(find_renderer("github-log")->render(report, {}));
  }
  return worst_exit_code({code, write_reports(report, reviewed->config, invocation, session, reviewed->input.root)});
}

constexpr auto kFlags = std::to_array<std::string_view>(
    {"base", "head", "trust-owner", "filter", "exclude", "generated", "vendored", "off", "error", "warning", "info", "hint",
     "rules", "only-rules", "min-severity", "min-confidence", "baseline", "no-baseline", "format", "fail-on", "no-cache",
     "jobs", "isolate", "offline", "report-dir"});

constexpr std::string_view kDetails =
    "The change comes from the event of the job: the pull or merge request, or the\n"
    "push. In the report folder are then report.json, report.html, peer.sarif,\n"
    "gl-code-quality-report.json and junit.xml. On GitHub the summary of the step and\n"
    "its outputs are written too: verdict, complete, findings, errors, warnings,\n"
    "fixes-applied, coverage, cost-usd, report-json, report-html, sarif-file.\n"
    "\n"
    "  peer ci\n"
    "  peer ci --fail-on never --report-dir out";

}  // namespace

std::span<const Command> commands_ci() {
  static const std::array kCommands{
      Command{.name = "ci", .alias = {}, .arguments = "",
              .summary = "In a GitHub or GitLab job: review its change and leave the reports for the forge.",
              .details = kDetails, .flags = kFlags, .run = ci},
  };
  return kCommands;
}

}  // namespace peer
