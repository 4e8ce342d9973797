#include "bot/publishing/writer.hpp"

#include <charconv>
#include <condition_variable>
#include <fmt/format.h>
#include <fstream>
#include <mutex>

#include "base/http_engine.hpp"
#include "base/text.hpp"
#include "bot/publishing/halves.hpp"
#include "bot/sandbox/confine.hpp"
#include "reporters/report_json.hpp"
#include "reporters/targets/issue.hpp"
#include "reporters/targets/publish.hpp"

namespace peer {
namespace {

constexpr std::size_t kMostReport = std::size_t{64} << 20U;
constexpr std::size_t kMostEvent = std::size_t{32} << 20U;
constexpr std::size_t kLeastSecret = 16;  // of variables that only look secret

Result<std::string> read_whole(const std::filesystem::path& path, std::size_t most) {
  std::error_code error;
  const bool regular = std::filesystem::is_regular_file(path, error);
  if (!regular) return fail(ErrorKind::not_found, fmt::format("{}: no such file", path.string()));
  std::ifstream in(path, std::ios::binary);
  std::string text;
  std::string piece(std::size_t{1} << 16U, '\0');
  while (in.read(piece.data(), static_cast<std::streamsize>(piece.size())) || in.gcount() > 0) {
    text.append(piece, 0, static_cast<std::size_t>(in.gcount()));
    if (text.size() > most)
      return fail(ErrorKind::invalid_input,
                  fmt::format("{} is over {} MB", path.string(), most >> 20U));
  }
  return text;
}

std::string set(const Session& session, std::string_view upper, std::string_view lower = {}) {
  for (const auto name : {upper, lower})
    if (auto value = session.environment(name); !name.empty() && value && !value->empty())
      return *std::move(value);
  return {};
}

Result<std::uint64_t> count_from(const Invocation& invocation, std::string_view flag,
                                 std::uint64_t otherwise) {
  const auto text = invocation.value(flag);
  if (text.empty()) return otherwise;
  std::uint64_t value = 0;
  const auto end = text.data() + text.size();
  const auto parsed = std::from_chars(text.data(), end, value);
  if (parsed.ec != std::errc() || parsed.ptr != end)
    return fail(ErrorKind::invalid_input,
                fmt::format("--{} {}: not a number", flag, visible(text, false)));
  return value;
}

Result<PublishOptions> options_of(const Invocation& invocation) {
  PublishOptions options;
  if (invocation.has("publish-name")) options.name = invocation.value("publish-name");
  if (mark_name(options.name) != options.name)
    return fail(ErrorKind::invalid_input,
                "--publish-name takes letters, digits, '-', '_' and '.', at most 40");
  const auto most = count_from(invocation, "max-comments", options.max_comments);
  if (!most) return fail(most.error());
  options.max_comments = static_cast<std::size_t>(*most);
  options.labels = invocation.has("labels");
  options.code_scanning = invocation.has("code-scanning");
  return options;
}

HttpOptions http_options(const ForgePlace& place, const Session& session) {
  HttpOptions options;
  if (const auto api = parse_url(place.api)) {
    // where a forge of one's own lives inside a network is its owner's decision
    const bool known = api->origin.host == "api.github.com" || api->origin.host == "gitlab.com";
    options.allowed.push_back({api->origin, !known});
  }
  options.proxy = set(session, "HTTPS_PROXY", "https_proxy");
  const auto spared = set(session, "NO_PROXY", "no_proxy");
  for (const auto host : split(spared, ','))
    options.no_proxy.emplace_back(trim(host));
  options.ca_file = place.ca_file;
  return options;
}

/// From here on the process opens no file of the repository, nor writes one: it needs libraries,
/// certificates and the names of hosts.
void give_up_files(const ForgePlace& place, const Session& session) {
  FileRights rights;
  rights.read = {"/usr", "/lib",       "/lib64",      "/etc", "/run/systemd/resolve",
                 "/opt", "/nix/store", "/dev/urandom"};
  for (const auto& certificates :
       {place.ca_file, set(session, "SSL_CERT_FILE"), set(session, "SSL_CERT_DIR")})
    if (!certificates.empty()) rights.read.emplace_back(certificates);
  std::erase_if(rights.read, [](const auto& path) {
    std::error_code error;
    return !std::filesystem::exists(path, error);
  });
  (void)confine_files(rights);  // a kernel without Landlock leaves the other walls
}

std::function<bool(std::chrono::milliseconds)> sleeper(const Session& session) {
  return [&session](std::chrono::milliseconds time) {
    std::mutex lock;
    std::condition_variable_any wake;
    std::unique_lock guard(lock);
    wake.wait_for(guard, session.stop, time, [] { return false; });
    return !session.stop.stop_requested();
  };
}

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

int fail_with(const Error& error, const Session& session) {
  session.complain(error);
  return error.kind == ErrorKind::invalid_input || error.kind == ErrorKind::not_found
             ? kExitUsage
             : kExitPublish;
}

ForgeKind kind_of(Forge forge) { return forge == Forge::github ? ForgeKind::github : ForgeKind::gitlab; }

struct Job {
  Report report;
  ForgePlace place;
  PublishOptions options;
};

Result<Job> job_of(const std::string& path, Forge forge, const Invocation& invocation,
                   const Session& session) {
  auto options = options_of(invocation);
  if (!options) return fail(options.error());
  const auto number = count_from(invocation, "change", 0);
  if (!number) return fail(number.error());
  const auto text = read_whole(session.folder / path, kMostReport);
  if (!text) return fail(text.error());
  auto report = read_report(*text);
  if (!report) return fail(report.error().with_context(path));
  auto place = find_place(
      kind_of(forge), session.environment,
      [](const std::string& file) { return read_whole(file, kMostEvent); }, *number);
  if (!place) return fail(place.error());
  if (!*place)
    return fail(ErrorKind::invalid_input,
                "this job is about no change; give its number with --change");
  return Job{std::move(*report), std::move(**place), std::move(*options)};
}

int tell_issue(const IssueOutcome& outcome, const Session& session) {
  session.complain(outcome.done ? "issue: " + outcome.words : "could not publish: " + outcome.failure);
  return outcome.done ? kExitClean : kExitPublish;
}

}  // namespace

int publish_issue_file(const std::string& path, Forge forge, const Invocation& invocation, Session& session) {
  hide_this_process();
  const auto options = options_of(invocation);
  if (!options) return fail_with(options.error(), session);
  const auto text = read_whole(session.folder / path, kMostReport);
  if (!text) return fail_with(text.error(), session);
  const auto report = read_report(*text);
  if (!report) return fail_with(report.error().with_context(path), session);
  if (invocation.has("dry-run")) {
    const auto words = rehearse_issue(*report, *options);
    if (!words) return fail_with(words.error(), session);
    session.out(*words);
    return kExitClean;
  }
  const auto place = find_project(kind_of(forge), session.environment);
  if (!place) return fail_with(place.error(), session);
  const auto secrets = session.variables ? secret_values(session.variables(), kLeastSecret) : std::vector<std::string>{};
  give_up_files(*place, session);
  HttpEngine http(http_options(*place, session));
  const ForgeWorld world{http, *session.clock, sleeper(session), session.stop};
  const auto outcome = publish_issue(*report, *place, *options, world, secrets);
  return outcome ? tell_issue(*outcome, session) : fail_with(outcome.error(), session);
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
  if (!job) return fail_with(job.error(), session);
  const auto secrets = session.variables ? secret_values(session.variables(), kLeastSecret)
                                         : std::vector<std::string>{};
  give_up_files(job->place, session);
  HttpEngine http(http_options(job->place, session));
  const ForgeWorld world{http, *session.clock, sleeper(session), session.stop};
  if (invocation.has("dry-run")) {
    const auto words = rehearse(job->report, job->place, job->options, world);
    if (!words) return fail_with(words.error(), session);
    session.out(*words);
    return kExitClean;
  }
  const auto outcome = publish(job->report, job->place, job->options, world, secrets);
  return outcome ? tell(*outcome, session) : fail_with(outcome.error(), session);
}

}  // namespace peer
