#include "bot/publishing/writer.hpp"

#include <fmt/format.h>

#include "base/http_engine.hpp"
#include "base/text.hpp"
#include "bot/publishing/halves.hpp"
#include "bot/publishing/writing.hpp"
#include "reporters/report_json.hpp"
#include "reporters/targets/issue.hpp"

namespace peer {
namespace {

int tell(const SyncOutcome& outcome, Session& session) {
  for (const auto& sentence : outcome.degraded)
    session.complain(sentence);
  if (!outcome.stopped.empty()) session.complain("nothing more is published: " + outcome.stopped);
  if (!outcome.done) {
    session.complain("could not publish: " + outcome.failure);
    return kExitPublish;
  }
  if (outcome.stopped.empty())
    session.complain(outcome.writes == 0
                         ? "published: all of it stood there already"
                         : fmt::format("published: {} on lines, {} resolved, {}",
                                       count_of(outcome.comments, "comment"), outcome.fixed,
                                       count_of(outcome.writes, "write")));
  return kExitClean;
}

ForgeKind kind_of(Forge forge) {
  return forge == Forge::github ? ForgeKind::github : ForgeKind::gitlab;
}

struct Job {
  Report report;
  ForgePlace place;
  PublishOptions options;
};

Result<Job> job_of(const std::string& path, Forge forge, const Invocation& invocation,
                   const Session& session) {
  auto options = options_of(invocation);
  if (!options) return fail(options.error());
  const auto text = read_whole(session.folder / path, kMostReport);
  if (!text) return fail(text.error());
  auto report = read_report(*text);
  if (!report) return fail(report.error().with_context(path));
  auto place = place_of_job(forge, invocation, session);
  if (!place) return fail(place.error());
  return Job{std::move(*report), std::move(*place), std::move(*options)};
}

int tell_issue(const IssueOutcome& outcome, const Session& session) {
  session.complain(outcome.done ? "issue: " + outcome.words
                                : "could not publish: " + outcome.failure);
  return outcome.done ? kExitClean : kExitPublish;
}

constexpr std::string_view kWithoutSetAside = "without what was set aside: exit code ";

}  // namespace

int publish_issue_file(const std::string& path, Forge forge, const Invocation& invocation,
                       Session& session) {
  hide_this_process();
  const auto options = options_of(invocation);
  if (!options) return publishing_failed(options.error(), session);
  const auto text = read_whole(session.folder / path, kMostReport);
  if (!text) return publishing_failed(text.error(), session);
  const auto report = read_report(*text);
  if (!report) return publishing_failed(report.error().with_context(path), session);
  if (invocation.has("dry-run")) {
    const auto words = rehearse_issue(*report, *options);
    if (!words) return publishing_failed(words.error(), session);
    session.out(*words);
    return kExitClean;
  }
  const auto place = find_project(kind_of(forge), session.environment);
  if (!place) return publishing_failed(place.error(), session);
  const auto secrets = session.variables ? secret_values(session.variables(), kLeastSecret)
                                         : std::vector<std::string>{};
  give_up_files(*place, session);
  HttpEngine http(http_options(*place, session));
  const ForgeWorld world{http, *session.clock, sleeper(session), session.stop};
  const auto outcome = publish_issue(*report, *place, *options, world, secrets);
  return outcome ? tell_issue(*outcome, session) : publishing_failed(outcome.error(), session);
}

int exit_code_after(int reviewed, std::string_view printed) {
  if (reviewed != kExitFindings || !printed.starts_with(kWithoutSetAside)) return reviewed;
  const auto code = trim(printed.substr(kWithoutSetAside.size()).substr(0, 2));
  if (code == "0") return kExitClean;
  return code == "3" ? kExitIncomplete : reviewed;
}

Result<Forge> chosen_forge(const Invocation& invocation, const Session& session) {
  const auto word = invocation.value("publish");
  if (word.empty()) return forge_of(session);
  if (word == "none") return Forge::none;
  if (word == "github") return Forge::github;
  if (word == "gitlab") return Forge::gitlab;
  return fail(ErrorKind::invalid_input,
              fmt::format("--publish {}: there are github, gitlab and none", visible(word, false)));
}

int publish_file(const std::string& path, Forge forge, const Invocation& invocation,
                 Session& session) {
  hide_this_process();
  auto job = job_of(path, forge, invocation, session);
  if (!job) return publishing_failed(job.error(), session);
  const auto secrets = session.variables ? secret_values(session.variables(), kLeastSecret)
                                         : std::vector<std::string>{};
  give_up_files(job->place, session);
  HttpEngine http(http_options(job->place, session));
  const ForgeWorld world{http, *session.clock, sleeper(session), session.stop};
  if (invocation.has("dry-run")) {
    const auto words = rehearse(job->report, job->place, job->options, world);
    if (!words) return publishing_failed(words.error(), session);
    session.out(*words);
    return kExitClean;
  }
  const auto outcome = publish(job->report, job->place, job->options, world, secrets);
  if (outcome && !outcome->aside.empty())
    session.out(
        fmt::format("{}{}\n", kWithoutSetAside, exit_code(without(job->report, outcome->aside))));
  return outcome ? tell(*outcome, session) : publishing_failed(outcome.error(), session);
}

}  // namespace peer
