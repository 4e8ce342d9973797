#include "bot/publishing/commanded.hpp"

#include <charconv>
#include <fmt/format.h>

#include "analyzers/pack/pack.hpp"
#include "base/http_engine.hpp"
#include "base/text.hpp"
#include "bot/publishing/halves.hpp"
#include "bot/publishing/writing.hpp"
#include "bot/rules/rule_library.hpp"
#include "reporters/forges/command_event.hpp"
#include "reporters/report_json.hpp"
#include "reporters/targets/command.hpp"

namespace peer {
namespace {

constexpr std::string_view kReview = "review ";
constexpr std::string_view kCommitted = "committed ";

bool is_commit(std::string_view text) {
  return (text.size() == 40 || text.size() == 64) &&
         text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

/// nullopt: there is nothing to carry out.
Result<std::optional<CommandJob>> command_of(Forge forge, const Invocation& invocation,
                                             const Session& session) {
  if (forge == Forge::github &&
      session.environment("GITHUB_EVENT_NAME").value_or("") == "issue_comment") {
    auto job = command_in_event(
        session.environment, [](const std::string& file) { return read_whole(file, kMostEvent); });
    if (job && *job && (*job)->text.kind == CommandText::Kind::none) return std::nullopt;
    return job;
  }
  auto job = command_in_words(invocation.value("command"),
                              forge == Forge::github ? ForgeKind::github : ForgeKind::gitlab,
                              session.environment);
  if (job.text.kind == CommandText::Kind::command) return job;
  const auto& why = job.text.problem;
  return fail(ErrorKind::invalid_input, "--command: " + (why.empty() ? "that is no command" : why));
}

std::optional<std::string> built_in_text(std::string_view id) {
  return RuleLibrary(rules::RuleBook::load(built_in_rules()).book).text(id);
}

int tell(const CommandEnded& ended, Session& session) {
  if (!ended.words.empty()) session.complain(ended.words);
  if (ended.failure.empty()) return kExitClean;
  session.complain("the command: " + ended.failure);
  return kExitPublish;
}

using Step = std::function<Result<CommandEnded>(const CommandJob&, const CommandPlace&)>;

/// What a step of a command ended with, and the exit code that says so.
struct StepEnd {
  int code = kExitClean;
  CommandEnded ended = {};
};

/// One step of the command with the forge at hand.
StepEnd with_forge(Forge forge, const Invocation& invocation, Session& session,
                   const CommandJob& job, const Step& step) {
  const auto options = options_of(invocation);
  if (!options) return {publishing_failed(options.error(), session)};
  const auto place = place_of_job(forge, invocation, session);
  if (!place) return {publishing_failed(place.error(), session)};
  const auto secrets = session.variables ? secret_values(session.variables(), kLeastSecret)
                                         : std::vector<std::string>{};
  give_up_files(*place, session);
  HttpEngine http(http_options(*place, session));
  const ForgeWorld world{http, *session.clock, sleeper(session), session.stop};
  auto done = step(job, {*place, *options, world, secrets, built_in_text});
  if (!done) return {publishing_failed(done.error(), session)};
  const int code = tell(*done, session);
  return {code, std::move(*done)};
}

}  // namespace

int begin_commanded(Forge forge, const Invocation& invocation, Session& session) {
  hide_this_process();
  const auto job = command_of(forge, invocation, session);
  if (!job) return publishing_failed(job.error(), session);
  if (!*job) {
    session.complain("this comment asks nothing of Peer");
    return kExitClean;
  }
  const auto [code, ended] = with_forge(forge, invocation, session, **job, begin_command_at);
  if (ended.review && is_commit(ended.review->base) && is_commit(ended.review->head))
    session.out(fmt::format("{}{} {} {}\n", kReview, ended.review->base, ended.review->head,
                            words_of((*job)->text.command)));
  return code;
}

int finish_commanded(const std::string& path, Forge forge, const Invocation& invocation,
                     Session& session) {
  hide_this_process();
  const auto job = command_of(forge, invocation, session);
  if (!job) return publishing_failed(job.error(), session);
  if (!*job) return kExitClean;
  std::optional<Report> report;
  if (const auto text = read_whole(session.folder / path, kMostReport)) {
    auto read = read_report(*text);
    if (!read) return publishing_failed(read.error().with_context(path), session);
    report = std::move(*read);
  }
  const Step step = [&report](const CommandJob& command, const CommandPlace& where) {
    return finish_command_at(command, report ? &*report : nullptr, where);
  };
  const auto [code, ended] = with_forge(forge, invocation, session, **job, step);
  if (ended.fixes > 0) session.out(fmt::format("{}{}\n", kCommitted, ended.fixes));
  return code;
}

std::size_t read_committed_fixes(std::string_view printed) {
  std::size_t count = 0;
  if (printed.starts_with(kCommitted)) {
    printed.remove_prefix(kCommitted.size());
    std::from_chars(printed.data(), printed.data() + printed.size(), count);
  }
  return count;
}

std::optional<ReviewRequest> read_review_request(std::string_view printed) {
  auto rest = printed.substr(0, printed.find('\n'));
  if (!rest.starts_with(kReview)) return std::nullopt;
  rest.remove_prefix(kReview.size());
  ReviewRequest request;
  for (auto* commit : {&request.base, &request.head}) {
    const auto blank = rest.find(' ');
    if (blank == std::string_view::npos || !is_commit(rest.substr(0, blank))) return std::nullopt;
    *commit = rest.substr(0, blank);
    rest.remove_prefix(blank + 1);
  }
  request.words = rest;
  return request;
}

}  // namespace peer
