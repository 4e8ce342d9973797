// What Peer asks of GitHub and GitLab, held against their own descriptions and examples.
#include <cstdio>
#include <cstdlib>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "base/http_engine.hpp"
#include "reporters/forges/fields.hpp"
#include "reporters/forges/github_queries.hpp"
#include "reporters/targets/issue.hpp"
#include "reporters/targets/publish.hpp"
#include "tests/fakes/child.hpp"
#include "tests/fakes/github_fake.hpp"
#include "tests/fakes/gitlab_fake.hpp"
#include "tests/fakes/loopback.hpp"
#include "tests/reporters/forges/app_keys.hpp"
#include "tests/reporters/forges/commanded.hpp"
#include "tests/reporters/forges/small_report.hpp"
#include "tests/reporters/outside.hpp"

namespace peer {
namespace {

using ::testing::IsEmpty;

/// Sends what is REST by way of a validating proxy and keeps what the proxy found wrong.
class ByProxy : public HttpTransport {
 public:
  ByProxy(HttpTransport& http, std::string forge, std::string proxy)
      : http_(http), forge_(std::move(forge)), proxy_(std::move(proxy)) {}

  HttpOutcome send(const HttpRequest& request, const std::stop_token& stop) override {
    if (request.url.ends_with("/graphql")) return http_.send(request, stop);
    auto other = request;
    other.url = proxy_ + request.url.substr(forge_.size());
    other.credential->origin = parse_url(proxy_)->origin;
    auto outcome = http_.send(other, stop);
    const auto target = request.url.substr(forge_.size());
    asked.insert(request.method + " " + target.substr(0, target.find('?')));
    const auto found = parse_json(outcome.header("sl-violations").value_or("[]"));
    EXPECT_TRUE(found.has_value());
    for (const auto& each : found.value_or(Json::array()))
      if (each.at("message") == "Selected route not found")
        unknown.insert(request.method + " " + target.substr(0, target.find('?')));
      else if (each.at("location").at(0) == "request")
        wrong.push_back(request.method + " " + target + ": " + dump_json(each));
    return outcome;
  }

  std::set<std::string> asked, unknown;  // unknown: not in the description
  std::vector<std::string> wrong;

 private:
  HttpTransport& http_;
  std::string forge_, proxy_;
};

/// An issue about audits that is opened, kept, closed and opened again.
void keep_an_issue(const ForgePlace& place, const ForgeWorld& world) {
  char head = '1';
  for (const auto& lines : std::vector<std::vector<int>>{{10}, {10, 20}, {}, {30}}) {
    auto report = test::report_with(lines, std::string(40, head++));
    report.change.whole_files = true;
    const auto out = publish_issue(report, place, {}, world);
    ASSERT_TRUE(out.has_value()) << out.error().message;
    EXPECT_TRUE(out->done) << out->failure;
  }
}

class Contract : public ::testing::Test {
 protected:
  fakes::GitHubFake forge;
  int port = fakes::free_port();
  std::string proxy = "http://127.0.0.1:" + std::to_string(port);
  fakes::Child prism{{"node", std::string(PEER_SOURCE_DIR) + "/tests/tools/prism_github.mjs",
                      forge.url(), std::to_string(port)}};
  HttpOptions http;
  Clock clock;

  void SetUp() override {
    // it says where it listens once it does
    for (auto line = prism.line(); line.find("listening") == std::string::npos; line = prism.line())
      ASSERT_FALSE(line.empty()) << "prism does not start: ci/setup --tests installs it";
    http.allowed = {{parse_url(forge.url())->origin, true}, {parse_url(proxy)->origin, true}};
  }
  void TearDown() override { prism.end(SIGTERM); }
};

TEST_F(Contract, EveryRequestIsOneThatGitHubDescribes) {
  HttpEngine engine(http);
  ByProxy judged(engine, forge.url(), proxy);
  ForgeWorld world{judged, clock, [](std::chrono::milliseconds) { return true; }};
  world.spacing = std::chrono::milliseconds(0);
  ForgePlace place;
  place.api = forge.url();
  place.graphql = forge.url() + "/graphql";
  place.project = forge.repository;
  place.number = forge.number;
  place.token = "writer";
  PublishOptions options;
  options.labels = options.code_scanning = true;
  forge.diff = {{"src/a.py", {{}, {{1, 200}}}}};
  forge.labels = {"peer: clean"};
  const auto run = [&](const std::vector<int>& lines, char head) {
    auto report = test::report_with(lines, std::string(40, head));
    if (!lines.empty())
      test::add_fix(report, 0, report.findings[0].at.start.line,
                    report.findings[0].at.start.line + 1, "better\n");
    forge.head = report.change.head;
    const auto out = publish(report, place, options, world);
    ASSERT_TRUE(out.has_value()) << out.error().message;
    EXPECT_TRUE(out->done) << out->failure;
  };
  std::vector<int> many;
  for (int i = 1; i <= 60; ++i)
    many.push_back(i);
  run(many, 'a');
  run({20}, 'b');
  // doubled by a run at the same time
  forge.comments.push_back({forge.person("peer-bot", "").id, "peer-bot", forge.comments[0].body});
  forge.talks.push_back(forge.talks[0]);
  forge.talks.back().comments[0].id = forge.person("", "").id;
  forge.talks.back().resolved = false;
  run({1}, 'c');
  forge.tokens["Bearer writer"].may.erase("checks");
  run({}, 'd');
  keep_an_issue(place, world);
  EXPECT_EQ(forge.issues.size(), 1U);
  // commands: on the branch itself, and where it is protected on one of Peer's own
  CommandJob job;
  job.to = "comment-1";
  job.comment = "1";
  job.user = job.login = "mona";
  job.text = read_command("/peer fix");
  forge.permissions["mona"] = "write";
  for (const bool is_protected : {false, true}) {
    forge.branches.set("o/r", "topic", forge.head).is_protected = is_protected;
    const auto report = test::report_to_commit(forge.head);
    const CommandPlace where{
        place, options, world, {}, [](std::string_view) { return std::optional<std::string>(); }};
    ASSERT_TRUE(begin_command_at(job, where)->review);
    EXPECT_EQ(finish_command_at(job, &report, where)->failure, "");
    job.to = "comment-2";
  }
  EXPECT_EQ(forge.opened.size(), 1U);
  EXPECT_THAT(judged.wrong, IsEmpty());
  EXPECT_THAT(judged.unknown, IsEmpty());
  std::set<std::string> kinds;
  for (const auto& each : judged.asked)
    kinds.insert(each.substr(0, each.find_first_of("0123456789")));
  EXPECT_GE(kinds.size(), 18U) << "all that the client knows was asked: "
                               << ::testing::PrintToString(kinds);
}

TEST_F(Contract, AnAppsRequestsAndTheSearchForAChangeAreDescribed) {
  HttpEngine engine(http);
  ByProxy judged(engine, forge.url(), proxy);
  ForgeWorld world{judged, clock, [](std::chrono::milliseconds) { return true; }};
  world.spacing = std::chrono::milliseconds(0);
  const auto report = test::report_with({10}, std::string(40, 'a'));
  forge.head = report.change.head;
  forge.diff = {{"src/a.py", {{}, {{1, 200}}}}};
  forge.tokens["Bearer ghs_minted"] = forge.tokens["Bearer writer"];
  using Fault = fakes::ForgeFake::Fault;
  forge.fault = [&](const fakes::ServedRequest& request) {
    if (request.target.ends_with("/installation"))
      return Fault{Fault::answer, 200, "{\"id\":99}", {}};
    if (request.target.ends_with("/installations/99/access_tokens"))
      return Fault{Fault::answer, 201, "{\"token\":\"ghs_minted\"}", {}};
    if (request.target.find("/pulls?") == std::string::npos) return Fault{};
    return Fault{
        Fault::answer, 200, "[{\"number\":7,\"head\":{\"sha\":\"" + forge.head + "\"}}]", {}};
  };
  ForgePlace place;
  place.api = forge.url();
  place.graphql = forge.url() + "/graphql";
  place.project = forge.repository;
  place.branch = "mona:a topic";
  place.head = forge.head;
  place.app_id = "12345";
  place.app_key = test::app_keys().pkcs8;
  const auto out = publish(report, place, {}, world);
  ASSERT_TRUE(out.has_value()) << out.error().message;
  EXPECT_TRUE(out->done) << out->failure;
  EXPECT_EQ(forge.talks.size(), 1U);
  for (const auto* each : {"GET /repos/o/r/installation",
                           "POST /app/installations/99/access_tokens", "GET /repos/o/r/pulls"})
    EXPECT_TRUE(judged.asked.contains(each)) << each;
  EXPECT_THAT(judged.wrong, IsEmpty());
  EXPECT_THAT(judged.unknown, IsEmpty());
}

TEST(GraphQl, EveryDocumentFitsGitHubsSchema) {
  const test::Folder folder;
  Json documents = Json::array();
  for (const auto document : kGraphQlDocuments)
    documents.push_back(std::string(document));
  auto ran = test::run(test::tool("validate_graphql.mjs") + " < " +
                       folder.write("d.json", dump_json(documents)));
  EXPECT_EQ(ran.code, 0) << ran.output;
  ran = test::run(test::tool("validate_graphql.mjs") + " < " +
                  folder.write("d.json", "[\"query{viewer{nonsense}}\"]"));
  EXPECT_EQ(ran.code, 1) << "else nothing is held against anything";
}

TEST(Events, GitHubsOwnExamplesAreUnderstood) {
  const test::Folder folder;
  std::ifstream in(
      std::string(PEER_SOURCE_DIR) +
      "/tests/tools/node_modules/@octokit/webhooks-examples/api.github.com/index.json");
  const std::string text((std::istreambuf_iterator<char>(in)), {});
  const auto all = parse_json(text);
  ASSERT_TRUE(all.has_value()) << "ci/setup --tests installs the examples";
  std::size_t numbered = 0, others = 0;
  for (const auto& event : *all) {
    for (const auto& payload : event.at("examples")) {
      const auto repository = forge::text(payload, "repository/full_name");
      const auto path = folder.write("event.json", dump_json(payload));
      const auto variable = [&](std::string_view name) -> std::optional<std::string> {
        if (name == "GITHUB_EVENT_PATH") return path;
        if (name == "GITHUB_REPOSITORY") return repository.empty() ? "o/r" : repository;
        return std::nullopt;
      };
      const auto place = find_place(
          ForgeKind::github, variable,
          [&](const std::string&) { return Result<std::string>(dump_json(payload)); }, 0);
      ASSERT_TRUE(place.has_value()) << event.at("name") << ": " << place.error().message;
      const auto name = event.at("name").get<std::string>();
      if (name != "pull_request" && name != "pull_request_review" &&
          name != "pull_request_review_comment") {
        others += *place ? 0U : 1U;
        continue;
      }
      ASSERT_TRUE(place->has_value()) << name;
      EXPECT_EQ((*place)->number, forge::number(payload, "pull_request/number"));
      EXPECT_EQ((*place)->head, forge::text(payload, "pull_request/head/sha"));
      ++numbered;
    }
  }
  EXPECT_GT(numbered, 20U);
  EXPECT_GT(others, 100U) << "what is about no change is taken for none";
}

/// Where openapi_v2.yaml, made from types that name only the first of several, differs from what
/// GitLab documents (docs.gitlab.com/api) and from its openapi_v3.yaml; nullptr for every other
/// complaint.
const char* known_mistake(std::string_view complaint) {
  struct Mistake {
    const char *route, *says, *really;
  };
  static constexpr Mistake kMistakes[] = {
      {"/repository/branches/", "path parameter branch must be integer",
       "a branch is known by its name"},
      {"/award_emoji", "path parameter id must be integer", "a project may be named by its path"},
      {"/repository/commits", "must have required property 'previous_path'",
       "needed to move a file"},
      {"/repository/commits", "must have required property 'execute_filemode'",
       "needed to change a mode"}};
  for (const auto& [route, says, really] : kMistakes)
    if (complaint.find(route) != std::string_view::npos &&
        complaint.find(says) != std::string_view::npos)
      return really;
  return nullptr;
}

/// GitLab's description is not ours to keep: ci/contract gives it as a file.
TEST(GitLabContract, DISABLED_EveryRequestIsOneThatGitLabDescribes) {
  const auto* description = std::getenv("PEER_GITLAB_OPENAPI");
  ASSERT_NE(description, nullptr) << "run ci/contract";
  fakes::GitLabFake forge;
  const auto port = fakes::free_port();
  const auto proxy = "http://127.0.0.1:" + std::to_string(port);
  fakes::Child prism{{"node", std::string(PEER_SOURCE_DIR) + "/tests/tools/node_modules/.bin/prism",
                      "proxy", "-p", std::to_string(port), description, forge.url()}};
  for (auto line = prism.line(); line.find("listening") == std::string::npos; line = prism.line())
    ASSERT_FALSE(line.empty()) << "prism does not start";
  HttpOptions http;
  http.allowed = {{parse_url(forge.url())->origin, true}, {parse_url(proxy)->origin, true}};
  HttpEngine engine(http);
  ByProxy judged(engine, forge.url(), proxy + "/api/v4");
  Clock clock;
  ForgeWorld world{judged, clock, [](std::chrono::milliseconds) { return true; }};
  world.spacing = std::chrono::milliseconds(0);
  ForgePlace place;
  place.kind = ForgeKind::gitlab;
  place.api = forge.url();
  place.project = "g/p";
  place.number = 7;
  place.token = "writer";
  for (std::uint64_t line = 1; line <= 200; ++line)
    forge.diff["src/a.py"].push_back({std::min<std::uint64_t>(line, 50), line, line < 50, true});
  PublishOptions options;
  options.labels = true;
  for (const auto& [lines, head] :
       {std::pair<std::vector<int>, char>{{60, 70, 80}, 'a'}, {{60}, 'b'}, {{60, 70}, 'c'}}) {
    auto report = test::report_with(lines, std::string(40, head));
    test::add_fix(report, 0, 60, 62, "better\n");
    forge.head = report.change.head;
    const auto out = publish(report, place, options, world);
    ASSERT_TRUE(out.has_value()) << out.error().message;
    EXPECT_TRUE(out->done) << out->failure;
  }
  EXPECT_EQ(forge.threads().size(), 3U);
  keep_an_issue(place, world);
  EXPECT_EQ(forge.issues.size(), 1U);
  CommandJob job;
  job.to = "run-1";
  job.comment = "1";
  job.user = "42";
  job.text = read_command("/peer fix");
  forge.members[42] = 30;
  for (const bool is_protected : {false, true}) {
    forge.branches.set("1", "topic", forge.head).is_protected = is_protected;
    const auto report = test::report_to_commit(forge.head);
    const CommandPlace where{
        place, options, world, {}, [](std::string_view) { return std::optional<std::string>(); }};
    EXPECT_TRUE(begin_command_at(job, where)->review);
    EXPECT_EQ(finish_command_at(job, &report, where)->failure, "");
    job.to = "run-2";
  }
  EXPECT_EQ(forge.opened.size(), 1U);
  std::set<std::string> mistaken;
  for (const auto& each : judged.wrong)
    if (const auto* really = known_mistake(each))
      mistaken.insert(each.substr(0, each.find(':')) + ": " + really);
    else
      ADD_FAILURE() << each;
  for (const auto& each : mistaken)
    std::printf("described otherwise than documented: %s\n", each.c_str());
  for (const auto& each : judged.unknown)
    std::printf("not described: %s\n", each.c_str());
  EXPECT_LT(judged.unknown.size(), judged.asked.size()) << "this is no description of GitLab";
}

}  // namespace
}  // namespace peer
