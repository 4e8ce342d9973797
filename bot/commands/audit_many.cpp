#include "bot/commands/audit_many.hpp"

#include <array>
#include <charconv>
#include <fmt/format.h>
#include <fstream>
#include <limits>
#include <sstream>
#include <thread>

#include "base/text.hpp"
#include "bot/audits/apart.hpp"
#include "bot/audits/clone_apart.hpp"
#include "bot/audits/fleet.hpp"
#include "bot/audits/words.hpp"
#include "bot/commands/ci_files.hpp"
#include "bot/commands/run_review.hpp"
#include "bot/publishing/halves.hpp"
#include "bot/publishing/writer.hpp"
#include "bot/settings.hpp"
#include "reporters/render/overview.hpp"

namespace peer {
namespace {

constexpr std::size_t kMostList = std::size_t{4} << 20U;

/// What the process of each audit must not be told.
constexpr auto kOurs = std::to_array<std::string_view>(
    {"repos", "format", "jobs", "time-limit", "report-dir", "top", "quiet", "verbose", "color",
     "known-as", "open-issue", "publish", "dry-run", "publish-name"});

Result<std::uint32_t> number_of(const Invocation& invocation, std::string_view flag,
                                std::uint32_t otherwise) {
  const auto text = invocation.value(flag);
  if (text.empty()) return otherwise;
  std::uint32_t value = 0;
  const auto* end = text.data() + text.size();
  const auto parsed = std::from_chars(text.data(), end, value);
  if (parsed.ec != std::errc() || parsed.ptr != end || value == 0)
    return fail(ErrorKind::invalid_input,
                fmt::format("--{} {}: a number from 1 on", flag, visible(text, false)));
  return value;
}

Result<AuditList> list_of(const Invocation& invocation, const Session& session) {
  const auto file = invocation.value("repos");
  std::string text;
  if (file == "-") {
    text = session.read_in(kMostList);
  } else {
    std::ifstream in(session.folder / file, std::ios::binary);
    std::ostringstream all;
    all << in.rdbuf();
    if (!in)
      return fail(ErrorKind::not_found,
                  fmt::format("--repos: {} cannot be read", visible(file, false)));
    text = all.str();
  }
  if (text.size() > kMostList)
    return fail(ErrorKind::invalid_input, fmt::format("{}: over {} MB", file, kMostList >> 20U));
  auto list = read_audit_list(text);
  if (!list) return fail(list.error().with_context(file));
  if (list->targets.empty())
    return fail(ErrorKind::invalid_input,
                fmt::format("{} names no repository", visible(file, false)));
  return list;
}

struct Output {
  std::string format, file;
};

/// Checked before hours of work go by.
Result<std::vector<Output>> outputs_of(const Invocation& invocation) {
  auto wanted = invocation.values("format");
  if (wanted.empty()) wanted = {"terminal"};
  std::vector<Output> outputs;
  for (const auto& each : wanted) {
    const auto equals = each.find('=');
    outputs.push_back(
        {each.substr(0, equals), equals == std::string::npos ? "" : each.substr(equals + 1)});
    if (const auto known = render_overview({}, outputs.back().format); !known)
      return fail(known.error());
  }
  return outputs;
}

int write_overview(const AuditOverview& overview, const std::vector<Output>& outputs,
                   Session& session) {
  for (const auto& output : outputs) {
    const auto text = render_overview(overview, output.format);
    if (!text) return complain(text.error(), session);
    if (output.file.empty() || output.file == "-") {
      session.out(*text);
      continue;
    }
    std::ofstream out(session.folder / output.file, std::ios::binary | std::ios::trunc);
    out << *text;
    if (!out.flush()) {
      session.complain(fmt::format("{} cannot be written", output.file));
      return kExitUsage;
    }
  }
  return exit_code_of(overview.repositories);
}

Result<FleetPlan> plan_of(const Invocation& invocation, AuditList& list, const Session& session) {
  const auto cores = std::max(1U, std::thread::hardware_concurrency());
  const auto at_once = number_of(invocation, "jobs", cores);
  const auto longest = number_of(invocation, "time-limit", 3600);
  for (const auto* number : {&at_once, &longest})
    if (!*number) return fail(number->error());
  FleetPlan plan;
  plan.targets = std::move(list.targets);
  plan.words = audit_words(invocation, kOurs, session.folder);
  plan.at_once = *at_once;
  plan.threads = std::max(1U, cores / *at_once);
  plan.longest = std::chrono::seconds(*longest);
  plan.offline = invocation.has("offline");
  plan.with_trend = !invocation.has("since");
  if (invocation.has("report-dir")) plan.reports = session.folder / invocation.value("report-dir");
  return plan;
}

/// The forge on which issues are kept; Forge::none where none are asked for.
Result<Forge> issue_forge(const Invocation& invocation, const Session& session) {
  if (!invocation.has("open-issue")) return Forge::none;
  auto forge = chosen_forge(invocation, session);
  if (forge && *forge == Forge::none)
    return fail(ErrorKind::invalid_input,
                "--open-issue: this is no GitHub or GitLab job; say --publish github or gitlab");
  return forge;
}

std::vector<std::string> issue_words(const Invocation& invocation, Forge forge,
                                     const std::filesystem::path& report) {
  std::vector<std::string> words{"publish", report.string(), "--open-issue",
                                 forge == Forge::github ? "--publish=github" : "--publish=gitlab"};
  if (invocation.has("dry-run")) words.emplace_back("--dry-run");
  if (invocation.has("publish-name"))
    words.push_back("--publish-name=" + invocation.value("publish-name"));
  return words;
}

/// "owner/name" of an address on the forge; "" for any other.
std::string project_on(Forge forge, const std::string& place, const Session& session) {
  const auto server =
      session.environment(forge == Forge::github ? "GITHUB_SERVER_URL" : "CI_SERVER_URL")
          .value_or(forge == Forge::github ? "https://github.com" : "https://gitlab.com");
  const auto plain = without_credentials(place);
  const auto begin = server + (server.ends_with('/') ? "" : "/");
  if (!plain.starts_with(begin)) return {};
  auto project = plain.substr(begin.size());
  while (project.ends_with('/'))
    project.pop_back();
  if (project.ends_with(".git")) project.resize(project.size() - 4);
  return project;
}

/// The writer's environment, about another project than the job's own.
std::vector<std::string> about(const std::string& project, std::vector<std::string> environment) {
  std::erase_if(environment, [](const std::string& entry) {
    return entry.starts_with("GITHUB_REPOSITORY=") || entry.starts_with("CI_PROJECT_") ||
           entry.starts_with("CI_MERGE_REQUEST_");
  });
  environment.push_back("GITHUB_REPOSITORY=" + project);
  environment.push_back("CI_PROJECT_PATH=" + project);
  return environment;
}

/// Keeps an issue in each of many repositories.
class IssueKeeper {
 public:
  /// With Forge::none it keeps none.
  IssueKeeper(const Invocation& invocation, Forge forge, Session& session)
      : invocation_(invocation), forge_(forge), session_(session) {}

  /// Puts `report` into the issue of `target`, and what came of it into `row`.
  void keep(const AuditTarget& target, AuditedRepository& row,
            const std::filesystem::path& report) const {
    if (forge_ == Forge::none || report.empty()) return;
    const auto project = project_on(forge_, target.place, session_);
    if (project.empty()) {
      row.issue = "no issue: this is no address on the forge";
      return;
    }
    ApartJob job;
    job.words = issue_words(invocation_, forge_, report);
    job.environment = about(project, writer_environment(session_.variables()));
    job.folder = "/";
    job.longest = std::chrono::seconds(900);
    const auto ended = run_apart(job, session_.stop);
    if (invocation_.has("dry-run") && ended.exit_code == 0)
      session_.out(ended.said);
    else
      row.issue = ended.trouble.empty() ? last_complaint(ended.said) : ended.trouble;
    row.exit_code =
        worst_exit_code({row.exit_code, ended.exit_code < 0 ? kExitPublish : ended.exit_code});
  }

 private:
  const Invocation& invocation_;
  Forge forge_;
  Session& session_;
};

}  // namespace

int audit_many(const Invocation& invocation, Session& session) {
  if (!invocation.args.empty() || invocation.has("known-as")) {
    session.complain("--repos takes neither a folder nor --known-as");
    return kExitUsage;
  }
  const auto outputs = outputs_of(invocation);
  if (!outputs) return complain(outputs.error(), session);
  auto list = list_of(invocation, session);
  if (!list) return complain(list.error(), session);
  const auto config = load_config(invocation, session, nullptr);
  if (!config) return complain(config.error(), session);
  auto plan = plan_of(invocation, *list, session);
  if (!plan) return complain(plan.error(), session);
  const auto forge = issue_forge(invocation, session);
  if (!forge) return complain(forge.error(), session);
  take_secrets(session);
  const IssueKeeper issues(invocation, *forge, session);
  std::size_t finished = 0;
  plan->done = [&](const AuditTarget& target, AuditedRepository& row,
                   const std::filesystem::path& report) {
    ++finished;
    issues.keep(target, row, report);
    if (session.err_is_terminal)
      session.err(fmt::format("{}/{} {}: {}\n", finished, plan->targets.size(),
                              visible(row.name, false), outcome_words(row)));
  };
  AuditOverview overview{PEER_VERSION, audit_all(*plan, *config, session), std::move(list->notes)};
  if (forge_of(session) == Forge::github) {
    const auto markdown = render_overview(overview, "markdown");
    if (const auto told =
            markdown ? add_step_summary(*markdown, session) : Result<void>(fail(markdown.error()));
        !told)
      session.complain(told.error());
  }
  return write_overview(overview, *outputs, session);
}

int audit_with_issue(const Invocation& invocation, Session& session) {
  // the issue would stand in the repository of the job, which is another
  if (!invocation.args.empty() && is_repository_url(invocation.args[0])) {
    session.complain(
        "--open-issue: an address goes into a file for --repos, so that the issue is opened there");
    return kExitUsage;
  }
  const auto forge = issue_forge(invocation, session);
  if (!forge) return complain(forge.error(), session);
  const auto all = take_secrets(session);
  const auto scratch = PrivateFolder::make();
  if (!scratch) return complain(scratch.error(), session);
  const auto report = (*scratch)->path() / "report.json";
  std::vector<std::string> words{"audit"};
  words.insert(words.end(), invocation.args.begin(), invocation.args.end());
  const auto flags = audit_words(invocation, kIssueFlags, session.folder);
  words.insert(words.end(), flags.begin(), flags.end());
  if (!invocation.has("format")) words.emplace_back("--format=terminal");
  words.push_back("--format=json=" + report.string());
  const auto read = run_half(words, reader_environment(all), session.folder, session);
  if (!read) return complain(read.error(), session);
  std::error_code error;
  if (!std::filesystem::exists(report, error)) return *read;
  if (report_paths(invocation, session).json.empty()) take_back_report_json(session);
  const auto written =
      run_half(issue_words(invocation, *forge, report), writer_environment(all), "/", session);
  if (!written) return complain(written.error(), session);
  return worst_exit_code({*read, *written});
}

int audit_address(const Invocation& invocation, Session& session) {
  take_secrets(session);
  const AuditTarget target{invocation.args[0], true};
  const auto longest = number_of(invocation, "time-limit", 3600);
  if (!longest) return complain(longest.error(), session);
  if (invocation.has("offline") && !target.place.starts_with("file://")) {
    session.complain(visible(target.name(), false) + ": not cloned: --offline");
    return kExitUsage;
  }
  const auto scratch = PrivateFolder::make();
  if (!scratch) return complain(scratch.error(), session);
  const auto folder = (*scratch)->path() / "repository.git";
  if (auto done = clone_apart(target.place, folder, session, std::chrono::seconds(*longest)); !done)
    return complain(done.error(), session);
  constexpr auto kDone = std::to_array<std::string_view>({"time-limit"});
  std::vector<std::string> words{"audit", folder.string()};
  const auto flags = audit_words(invocation, kDone, session.folder);
  words.insert(words.end(), flags.begin(), flags.end());
  if (!invocation.has("known-as")) words.push_back("--known-as=" + target.name());
  const auto code =
      run_half(words, reader_environment(session.variables()), session.folder, session);
  return code ? *code : complain(code.error(), session);
}

}  // namespace peer
