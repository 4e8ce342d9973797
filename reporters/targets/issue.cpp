#include "reporters/targets/issue.hpp"

#include <algorithm>
#include <memory>

#include "base/text.hpp"
#include "reporters/forges/issues.hpp"
#include "reporters/targets/github.hpp"
#include "reporters/targets/target.hpp"

namespace peer {
namespace {

constexpr int kMostRounds = 5;

/// The tracker with all that it needs to live.
struct OpenTracker {
  std::unique_ptr<ForgeAuth> auth;
  std::unique_ptr<ForgeHttp> http;
  std::unique_ptr<IssueTracker> issues;
};

Result<OpenTracker> open_tracker(const ForgePlace& place, const std::string& name,
                                 const ForgeWorld& world, std::vector<std::string> secrets) {
  for (const auto& url : {place.api, place.graphql.empty() ? place.api : place.graphql})
    if (auto good = check_address(url); !good) return fail(good.error());
  const auto origin = parse_url(place.api)->origin;
  secrets.push_back(place.token);
  secrets.push_back(place.app_key);
  OpenTracker open;
  ForgeHttp::Headers headers{{"Accept", "application/json"}, {"User-Agent", "peer/" PEER_VERSION}};
  if (place.kind == ForgeKind::github) {
    if (!(parse_url(place.graphql)->origin == origin))
      return fail(ErrorKind::refused,
                  "GITHUB_GRAPHQL_URL is on another server than GITHUB_API_URL");
    auto auth = github_auth(place, world);
    if (!auth) return fail(auth.error());
    open.auth = std::move(*auth);
    headers = github_headers();
  } else {
    if (place.token.empty() || place.job_token)
      return fail(
          ErrorKind::refused,
          "CI_JOB_TOKEN cannot write issues: set PEER_GITLAB_TOKEN to a token with the scope api");
    open.auth = std::make_unique<FixedAuth>(HttpCredential{origin, "PRIVATE-TOKEN", place.token});
  }
  open.http = std::make_unique<ForgeHttp>(world, place.api, std::move(headers), *open.auth,
                                          SecretScan(secrets));
  if (place.kind == ForgeKind::github)
    open.issues = std::make_unique<GitHubIssues>(place.graphql, place.project, name, *open.http);
  else
    open.issues = std::make_unique<GitLabIssues>(place.project, name, *open.http);
  return open;
}

Result<Wanted> wanted_of(const Report& report, PublishOptions options) {
  if (!report.change.whole_files || report.change.head.empty())
    return fail(
        ErrorKind::invalid_input,
        "an issue is opened about an audit of everything; this report is of something else");
  options.check = options.labels = options.code_scanning = options.suggestions = false;
  return wanted_from(report, options);
}

std::string words_for(const std::vector<IssueWrite>& writes, const Wanted& wanted, bool there) {
  if (writes.empty()) return there ? "as it was" : "none is needed";
  if (std::holds_alternative<OpenIssue>(writes.front())) return "opened";
  return wanted.findings.empty() && wanted.complete ? "closed" : "updated";
}

/// Why a write that ended so is the last one; "" to look and go on.
std::string last_word(const WriteEnd& end) {
  if (end.kind == WriteEnd::Kind::done || end.kind == WriteEnd::Kind::unsure) return {};
  if (end.kind == WriteEnd::Kind::forbidden)
    return "this token may not write issues here, or the repository has none (" + end.detail + ")";
  return end.detail;
}

/// Whether a forge that cannot be read for this may be read a moment later.
bool passes(ErrorKind kind) { return kind == ErrorKind::unavailable || kind == ErrorKind::timeout; }

/// Writes in order up to the first that did not surely happen, and says how that one ended.
WriteEnd write_all(IssueTracker& issues, const std::vector<IssueWrite>& writes) {
  WriteEnd end;
  for (const auto& write : writes) {
    end = issues.write(write);
    if (end.kind != WriteEnd::Kind::done) break;
  }
  return end;
}

}  // namespace

Result<IssueOutcome> publish_issue(const Report& report, const ForgePlace& place,
                                   const PublishOptions& options, const ForgeWorld& world,
                                   std::vector<std::string> secrets) {
  const auto wanted = wanted_of(report, options);
  if (!wanted) return fail(wanted.error());
  auto tracker = open_tracker(place, wanted->name, world, std::move(secrets));
  if (!tracker) return fail(tracker.error());
  IssueOutcome out;
  for (int round = 0; round < kMostRounds; ++round) {
    if (round > 0 && !world.sleep(std::chrono::seconds(1 << round))) break;
    const auto there = tracker->issues->read();
    if (!there) {
      out.failure = there.error().message;
      if (passes(there.error().kind)) continue;
      return out;
    }
    const auto writes = plan_issue(*wanted, *there);
    if (out.words.empty() || !writes.empty())
      out.words = words_for(writes, *wanted, !there->empty());
    const auto end = write_all(*tracker->issues, writes);
    out.done = end.kind == WriteEnd::Kind::done;
    out.failure = last_word(end);
    if (out.done || !out.failure.empty()) return out;
    out.failure = end.detail;
  }
  if (out.failure.empty()) out.failure = "stopped";
  return out;
}

Result<std::string> rehearse_issue(const Report& report, const PublishOptions& options) {
  const auto wanted = wanted_of(report, options);
  if (!wanted) return fail(wanted.error());
  const auto writes = plan_issue(*wanted, {});
  if (writes.empty()) return std::string("no issue is needed; one that is open would be closed\n");
  const auto& open = std::get<OpenIssue>(writes.front());
  std::string text = "issue: " + visible(open.title, false) + "\n";
  for (const auto line : split_lines(open.body))
    text += "    " + visible(line, false) + "\n";
  return text;
}

}  // namespace peer
