// peer ci: review the change of a GitHub or GitLab job, leave the reports where the forge picks
// them up, publish them.
#include <algorithm>
#include <array>

#include "bot/cli.hpp"
#include "bot/commands/ci_files.hpp"
#include "bot/commands/ci_fixes.hpp"
#include "bot/commands/run_review.hpp"
#include "bot/publishing/commanded.hpp"
#include "bot/publishing/halves.hpp"
#include "bot/publishing/writer.hpp"
#include "bot/session.hpp"
#include "reporters/commands/command.hpp"
#include "reporters/forges/secret_scan.hpp"
#include "reporters/forges/userinfo.hpp"
#include "reporters/render/render.hpp"

namespace peer {
namespace {

constexpr std::string_view kFolder = "peer-report";
constexpr std::size_t kMostSaid = 4096;  // of what the writer tells this process
constexpr auto kPublishFlags =
    std::to_array<std::string_view>({"publish", "change", "command", "dry-run", "max-comments",
                                     "labels", "code-scanning", "publish-name"});

std::filesystem::path report_folder(const Invocation& invocation, const Session& session) {
  const auto named = invocation.value("report-dir");
  return session.folder / (named.empty() ? std::string(kFolder) : named);
}

/// What the report says must hold nothing that was entrusted to this process.
bool holds_secret(const Report& report, const Config& config, const Session& session) {
  constexpr std::size_t kLeast = 16;
  SecretScan secrets(
      secret_values(session.variables ? session.variables() : std::vector<std::string>{}, kLeast));
  for (const auto& password : passwords_in("redis_url", config.ai.redis_url, kLeast))
    secrets.know(password);
  return !secrets.empty() && secrets.found_in_json(find_renderer("json")->render(report, {}));
}

/// In a GitHub job the log gets annotations, and the report between marks within which the runner
/// reads no commands, unless another format goes to standard output.
Invocation with_log(Invocation invocation) {
  auto& formats = invocation.flags["format"];
  const bool is_free = std::all_of(formats.begin(), formats.end(), [](const std::string& format) {
    return format.find('=') != std::string::npos && !format.ends_with("=-");
  });
  if (is_free) formats.emplace_back("github-log");
  return invocation;
}

/// The reading half: the whole review, in a process without the token of the forge.
int read_and_report(const Invocation& invocation, Session& session) {
  auto reviewed = run_review(invocation, session, {.command = "review", .models = true});
  if (!reviewed) return complain(reviewed.error(), session);
  const auto command = read_typed_command(invocation.value("command")).command;
  const bool to_commit = command.verb == Verb::fix;
  prove_fixes(*reviewed, session,
              {to_commit, to_commit ? command.ids : std::vector<std::string>{}});
  const auto& report = reviewed->report;
  if (holds_secret(report, reviewed->config, session)) {
    session.complain("the report holds a secret of this job's environment: nothing is written");
    return kExitPublish;
  }
  const auto folder = report_folder(invocation, session);
  int code = exit_code(report);
  if (const auto written = write_job_files(report, folder); !written) {
    session.complain(written.error());
    code = worst_exit_code({code, kExitPublish});
  }
  const bool github = forge_of(session) == Forge::github;
  if (github) {
    // fixes are proved here and applied nowhere
    if (const auto written = write_github_files(
            report, 0, report_paths(invocation, session, job_paths(folder)), session);
        !written) {
      session.complain(written.error());
      code = worst_exit_code({code, kExitPublish});
    }
  }
  const auto asked = github ? with_log(invocation) : invocation;
  return worst_exit_code({code, write_reports(*reviewed, asked, session)});
}

/// The words of this command for one of its halves: flags that only the other knows are left out.
std::vector<std::string> words_for(std::string_view command, const Invocation& invocation,
                                   bool writer) {
  std::vector<std::string> words{std::string(command)};
  for (const auto& [name, values] : invocation.flags) {
    const bool published =
        std::find(kPublishFlags.begin(), kPublishFlags.end(), name) != kPublishFlags.end();
    const auto* flag = find_flag(name);
    if (flag == nullptr || published != writer || name == "publish") continue;
    for (const auto& value : values)
      words.push_back("--" + name + (flag->value.empty() ? "" : "=" + value));
  }
  return words;
}

/// Keeps the beginning of what a half prints.
void listen(std::string& said, std::string_view text) {
  said.append(text.substr(0, kMostSaid - std::min(kMostSaid, said.size())));
}

/// Reader, then writer: this process itself neither opens the repository nor talks to anyone, and
/// the token that it passes on can no longer be read out of it.
int read_then_write(const Invocation& invocation, Session& session, Forge forge) {
  hide_this_process();
  const auto all = session.variables();
  session.wipe(is_forge_secret);
  const auto report = std::filesystem::absolute(report_folder(invocation, session) / "report.json");
  std::error_code error;
  std::filesystem::remove(report, error);  // never one of an earlier run
  auto words = words_for("ci", invocation, false);
  words.emplace_back("--publish=none");
  const auto read = run_half(words, reader_environment(all), session.folder, session);
  if (!read) return complain(read.error(), session);
  if (!std::filesystem::exists(report, error)) return *read;
  words = words_for("publish", invocation, true);
  words.emplace_back(forge == Forge::github ? "--publish=github" : "--publish=gitlab");
  words.push_back(report.string());
  std::string said;
  Session listening = session;
  listening.out = [&](std::string_view text) {
    session.out(text);
    listen(said, text);
  };
  const auto written = run_half(words, writer_environment(all), "/", listening);
  if (!written) return complain(written.error(), session);
  return worst_exit_code(
      {invocation.has("dry-run") ? *read : exit_code_after(*read, said), *written});
}

/// A command first asks whether it may be, then has the change reviewed as it stands now, and is
/// then carried out.
int carry_out(const Invocation& invocation, Session& session, Forge forge) {
  if (invocation.has("dry-run")) {
    session.complain("a command cannot be tried: leave --dry-run out");
    return kExitUsage;
  }
  hide_this_process();
  const auto all = session.variables();
  session.wipe(is_forge_secret);
  auto write = words_for("publish", invocation, true);
  if (!invocation.has("command"))
    write.push_back("--command=" + session.environment("PEER_COMMAND").value_or("event"));
  write.emplace_back(forge == Forge::github ? "--publish=github" : "--publish=gitlab");
  std::string said;
  Session listening = session;
  listening.out = [&said](std::string_view text) { listen(said, text); };
  const auto begun = run_half(write, writer_environment(all), "/", listening);
  if (!begun) return complain(begun.error(), session);
  const auto request = read_review_request(said);
  if (!request) return *begun;
  const auto report = std::filesystem::absolute(report_folder(invocation, session) / "report.json");
  std::error_code error;
  std::filesystem::remove(report, error);  // never one of an earlier run
  auto read = words_for("ci", invocation, false);
  read.insert(read.end(), {"--publish=none", "--base=" + request->base, "--head=" + request->head,
                           "--command=" + request->words});
  if (read_command(request->words).command.full) read.emplace_back("--full");
  const auto reviewed = run_half(read, reader_environment(all), session.folder, session);
  if (!reviewed) return complain(reviewed.error(), session);
  const bool finished = std::filesystem::exists(report, error);
  write.push_back(report.string());
  said.clear();
  const auto written = run_half(write, writer_environment(all), "/", listening);
  if (!written) return complain(written.error(), session);
  const auto told = forge == Forge::github
                        ? tell_github_of_fixes(read_committed_fixes(said), session)
                        : Result<void>();
  if (!told) session.complain(told.error());
  const int ended = told ? *written : worst_exit_code({*written, kExitPublish});
  // what was found is the answer of a review, and none of the other commands' business
  const bool counts = !finished || read_command(request->words).command.verb == Verb::review;
  return counts ? worst_exit_code({*reviewed, ended}) : ended;
}

/// Whether the job is there for a command.
bool is_commanded(Forge forge, const Invocation& invocation, const Session& session) {
  if (forge == Forge::none) return false;
  if (invocation.has("command")) return true;
  if (forge == Forge::github)
    return session.environment("GITHUB_EVENT_NAME").value_or("") == "issue_comment";
  return !session.environment("PEER_COMMAND").value_or("").empty();
}

/// Whether this job is about a change and was given what it takes to speak on it.
bool can_publish(Forge forge, const Session& session) {
  const auto is_set = [&](std::string_view name) {
    const auto value = session.environment(name);
    return value && !value->empty();
  };
  if (forge == Forge::github)
    return (is_set("PEER_GITHUB_TOKEN") || is_set("GITHUB_TOKEN") || is_set("GH_TOKEN") ||
            is_set("PEER_GITHUB_APP_ID")) &&
           session.environment("GITHUB_EVENT_NAME").value_or("").starts_with("pull_request");
  return forge == Forge::gitlab && is_set("CI_MERGE_REQUEST_IID") &&
         (is_set("PEER_GITLAB_TOKEN") || is_set("GITLAB_TOKEN"));
}

/// The review alone, where nothing is published: in a process of its own where this one was given
/// tokens of a forge.
int read_only(const Invocation& invocation, Session& session) {
  const auto all = session.variables ? session.variables() : std::vector<std::string>{};
  const auto kept = reader_environment(all);
  if (kept.size() == all.size()) return read_and_report(invocation, session);
  hide_this_process();
  session.wipe(is_forge_secret);
  auto words = words_for("ci", invocation, false);
  words.emplace_back("--publish=none");
  const auto read = run_half(words, kept, session.folder, session);
  return read ? *read : complain(read.error(), session);
}

int ci(const Invocation& invocation, Session& session) {
  const auto forge = chosen_forge(invocation, session);
  if (!forge) return complain(forge.error(), session);
  const bool asked =
      *forge != Forge::none && (invocation.has("publish") || invocation.has("dry-run"));
  if (is_commanded(*forge, invocation, session)) return carry_out(invocation, session, *forge);
  if (asked || can_publish(*forge, session)) return read_then_write(invocation, session, *forge);
  if (*forge == Forge::gitlab && !session.environment("CI_MERGE_REQUEST_IID").value_or("").empty())
    session.complain(
        "not published: CI_JOB_TOKEN cannot comment on a merge request; set PEER_GITLAB_TOKEN to a "
        "project access "
        "token with the scope api. The reports are in the artifacts of the job");
  return read_only(invocation, session);
}

constexpr auto kFlags = std::to_array<std::string_view>({"base",
                                                         "head",
                                                         "trust-owner",
                                                         "filter",
                                                         "exclude",
                                                         "generated",
                                                         "vendored",
                                                         "off",
                                                         "error",
                                                         "warning",
                                                         "info",
                                                         "hint",
                                                         "rules",
                                                         "only-rules",
                                                         "min-severity",
                                                         "min-confidence",
                                                         "baseline",
                                                         "no-baseline",
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
                                                         "offline",
                                                         "report-dir",
                                                         "publish",
                                                         "change",
                                                         "command",
                                                         "dry-run",
                                                         "max-comments",
                                                         "labels",
                                                         "code-scanning",
                                                         "publish-name"});

constexpr std::string_view kDetails =
    "The change comes from the event of the job: the pull or merge request, or the\n"
    "push. In the report folder are then report.json, report.html, peer.sarif,\n"
    "gl-code-quality-report.json and junit.xml. On GitHub the summary of the step and\n"
    "its outputs are written too: verdict, complete, findings, errors, warnings,\n"
    "fixes-applied, coverage, cost-usd, report-json, report-html, sarif-file.\n"
    "\n"
    "With a token of the forge (GITHUB_TOKEN, PEER_GITLAB_TOKEN) the report is published\n"
    "on the change: one half of Peer reads the repository and never sees the token, the\n"
    "other holds the token and never sees the repository.\n"
    "\n"
    "On GitHub's event issue_comment, and with --command or PEER_COMMAND, it carries out a\n"
    "command: /peer review, fix, explain ID, ignore ID reason, help (docs/github.md).\n"
    "\n"
    "  peer ci\n"
    "  peer ci --ai --max-cost 0.20\n"
    "  peer ci --publish github --dry-run\n"
    "  peer ci --command fix --change 12\n"
    "  peer ci --fail-on never --report-dir out";

}  // namespace

std::span<const Command> commands_ci() {
  static const std::array kCommands{
      Command{
          .name = "ci",
          .alias = {},
          .arguments = "",
          .summary = "In a GitHub or GitLab job: review its change, leave the reports, publish.",
          .details = kDetails,
          .flags = kFlags,
          .run = ci},
  };
  return kCommands;
}

}  // namespace peer
