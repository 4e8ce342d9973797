// peer ci on comments: the whole way from the event to the commit, with the built program.
#include <nlohmann/json.hpp>

#include "reporters/comment_sync/mark.hpp"
#include "tests/e2e/story_fixture.hpp"
#include "tests/fakes/github_fake.hpp"
#include "tests/fakes/gitlab_fake.hpp"

namespace peer::testing {
namespace {

using fakes::GitHubFake;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

constexpr std::string_view kToken = "ghs_tokenOfTheForge0123456789abcdef";

class Commands : public Story {
 protected:
  GitHubFake forge;
  std::string base, head;
  bool pull_request = false;  // the event that comes is one of it
  Json event;

  void SetUp() override {
    const auto topic = make_topic();
    base = topic.base;
    head = topic.head;
    forge.head = head;
    forge.base = base;
    forge.diff = {{"a.py", {{{1, 1}}, {{1, 3}}}}};
    forge.tokens["Bearer " + std::string(kToken)] = forge.tokens["Bearer writer"];
    forge.permissions = {{"mona", "write"}, {"guest", "read"}};
    event["action"] = "created";
    event["issue"] = {{"number", 7}, {"pull_request", {{"url", "x"}}}};
    event["sender"] = {{"login", "mona"}, {"type", "User"}};
    event["comment"] = {{"id", 55},
                        {"body", "/peer fix"},
                        {"user", event["sender"]},
                        {"author_association", "NONE"}};
  }
  Ran comment(const std::string& body, const Strings& more = {}) {
    event["comment"]["body"] = body;
    repo.write(".git/event.json", dump_json(event));
    RunOptions options;
    options.environment = {
        "CI=true",
        "GITHUB_ACTIONS=true",
        pull_request ? "GITHUB_EVENT_NAME=pull_request" : "GITHUB_EVENT_NAME=issue_comment",
        "GITHUB_EVENT_PATH=" + (repo.folder() / ".git/event.json").string(),
        "GITHUB_REPOSITORY=o/r",
        "GITHUB_API_URL=" + forge.url(),
        "GITHUB_TOKEN=" + std::string(kToken),
        "GITHUB_OUTPUT=" + (repo.folder() / ".git/outputs").string()};
    Strings words{"ci", "--report-dir", ".git/out"};
    words.insert(words.end(), more.begin(), more.end());
    return peer(words, options);
  }
  std::string last_answer() const {
    return forge.comments.empty() ? "" : forge.comments.back().body;
  }
};

TEST_F(Commands, FixCommitsOnTheForgeAndLeavesTheRepositoryAlone) {
  const auto before = repo.git({"rev-parse", "HEAD"});
  const auto ran = comment("/peer fix\n\nthanks");
  EXPECT_EQ(ran.exit_code, 0) << ran.out;
  const auto* branch = forge.branches.find("o/r", "topic");
  ASSERT_NE(branch, nullptr) << ran.out;
  EXPECT_EQ(branch->written, (std::map<std::string, std::string>{{"a.py", "\nprint(1)\n"}}))
      << ran.out;
  EXPECT_THAT(branch->message, HasSubstr("Fix 1 finding in 1 file\n\n- a.py:1 unused-import\n"));
  EXPECT_THAT(last_answer(), HasSubstr("1 fix committed"));
  EXPECT_THAT(read(".git/outputs"), ::testing::EndsWith("\nfixes-applied=1\n"));
  EXPECT_EQ(repo.git({"rev-parse", "HEAD"}), before);
  EXPECT_EQ(read("a.py"), kUnused);
  EXPECT_THAT(forge.problems, IsEmpty());
}

TEST_F(Commands, WhatAsksNothingOfPeerAsksNothingOfTheForge) {
  for (const std::string body :
       {"I would say /peer fix here", "> /peer fix", "```\n/peer fix\n```", "LGTM"})
    EXPECT_EQ(comment(body).exit_code, 0);
  event["sender"]["type"] = event["comment"]["user"]["type"] = "Bot";
  EXPECT_EQ(comment("/peer fix").exit_code, 0);
  event["sender"]["type"] = event["comment"]["user"]["type"] = "User";
  event["action"] = "edited";
  EXPECT_EQ(comment("/peer fix").exit_code, 0);
  EXPECT_THAT(forge.requests(), IsEmpty());
}

TEST_F(Commands, AGuestStartsNoReviewAndGetsNoAnswer) {
  event["sender"]["login"] = event["comment"]["user"]["login"] = "guest";
  event["comment"]["author_association"] = "OWNER";  // what the event says of them does not matter
  const auto ran = comment("/peer fix");
  EXPECT_EQ(ran.exit_code, 0) << ran.out;
  EXPECT_THAT(ran.out, HasSubstr("guest may not write to this project"));
  EXPECT_EQ(forge.writes(), 0U);
  EXPECT_FALSE(std::filesystem::exists(repo.folder() / ".git/out/report.json"))
      << "nothing was reviewed";
}

TEST_F(Commands, IgnoreReviewAndExplainWorkTogether) {
  ASSERT_EQ(comment("/peer review").exit_code, 0);
  ASSERT_EQ(forge.talks.size(), 1U);
  const auto mark = read_mark(forge.talks[0].comments[0].body);
  ASSERT_TRUE(mark);
  const auto id = mark->keys[0].substr(0, 8);
  EXPECT_THAT(forge.talks[0].comments[0].body, HasSubstr("finding `" + id + "`"))
      << "people see what to name";
  event["comment"]["id"] = 56;
  ASSERT_EQ(comment("/peer explain " + id).exit_code, 0);
  EXPECT_THAT(last_answer(), HasSubstr("Why: "));
  event["comment"]["id"] = 57;
  auto ran = comment("/peer ignore " + id + " kept for its side effects");
  ASSERT_EQ(ran.exit_code, 0) << ran.out;
  EXPECT_THAT(last_answer(), HasSubstr("Reason: kept for its side effects"));
  EXPECT_TRUE(forge.talks[0].resolved);
  EXPECT_EQ(forge.checks.back().conclusion, "success");
  event["comment"]["id"] = 58;
  ASSERT_EQ(comment("/peer review").exit_code, 0);
  EXPECT_EQ(forge.talks.size(), 1U);
  EXPECT_TRUE(forge.talks[0].resolved);
  // the job of the next push does not fail of it either
  event["pull_request"] = {
      {"number", 7}, {"head", {{"sha", head}}}, {"base", {{"sha", base}, {"ref", "main"}}}};
  pull_request = true;
  ran = comment("", {"--fail-on", "warning"});
  EXPECT_EQ(ran.exit_code, 0) << ran.out;
  std::erase_if(forge.comments,
                [](const auto& each) { return each.body.starts_with("<!-- peer:answer"); });
  ran = comment("", {"--fail-on", "warning"});
  EXPECT_EQ(ran.exit_code, 1) << "the record was deleted: " << ran.out;
}

TEST_F(Commands, RulesAreExplainedWithoutAReview) {
  const auto ran = comment("/peer explain unused-import");
  EXPECT_EQ(ran.exit_code, 0) << ran.out;
  EXPECT_THAT(last_answer(), HasSubstr("unused-import"));
  EXPECT_FALSE(std::filesystem::exists(repo.folder() / ".git/out/report.json"));
}

TEST_F(Commands, ACommitThatIsNotThereIsSaidInTheAnswer) {
  forge.head = std::string(40, 'd');
  const auto ran = comment("/peer fix");
  EXPECT_NE(ran.exit_code, 0) << ran.out;
  EXPECT_THAT(last_answer(), HasSubstr("The review did not finish"));
  EXPECT_EQ(forge.branches.commits, 0U);
}

TEST_F(Commands, AGitLabPipelineStartedByHandDoesTheSame) {
  fakes::GitLabFake gitlab;
  gitlab.head = head;
  gitlab.base = base;
  gitlab.members[42] = 40;
  gitlab.last_commits["a.py"] = head;
  gitlab.diff["a.py"] = {{1, 1, false, true}, {1, 2, false, true}, {1, 3, true, true}};
  RunOptions options;
  options.environment = {"CI=true",
                         "GITLAB_CI=true",
                         "CI_PIPELINE_SOURCE=merge_request_event",
                         "CI_MERGE_REQUEST_IID=7",
                         "CI_MERGE_REQUEST_DIFF_BASE_SHA=" + base,
                         "CI_COMMIT_SHA=" + head,
                         "CI_PROJECT_PATH=g/p",
                         "CI_PIPELINE_ID=9",
                         "GITLAB_USER_ID=41",
                         "GITLAB_USER_LOGIN=guest",
                         "CI_API_V4_URL=" + gitlab.url(),
                         "PEER_GITLAB_TOKEN=writer",
                         "PEER_COMMAND=fix"};
  const Strings words{"ci", "--report-dir", ".git/out"};
  auto ran = peer(words, options);
  EXPECT_EQ(ran.exit_code, 0) << ran.out;
  EXPECT_THAT(ran.out, HasSubstr("guest may not write"));
  EXPECT_EQ(gitlab.writes(), 0U);
  options.environment.emplace_back("GITLAB_USER_ID=42");
  std::erase(options.environment, "GITLAB_USER_ID=41");
  ran = peer(words, options);
  EXPECT_EQ(ran.exit_code, 0) << ran.out;
  ASSERT_NE(gitlab.branches.find("1", "topic"), nullptr) << ran.out;
  EXPECT_EQ(gitlab.branches.find("1", "topic")->written.at("a.py"), "\nprint(1)\n");
  ASSERT_EQ(gitlab.notes().size(), 1U);
  EXPECT_THAT(gitlab.notes()[0].notes[0].body, HasSubstr("1 fix committed"));
  // by --command, and what is none
  std::erase(options.environment, "PEER_COMMAND=fix");
  EXPECT_EQ(peer({"ci", "--report-dir", ".git/out", "--command", "drop tables"}, options).exit_code,
            2);
  EXPECT_EQ(peer({"ci", "--report-dir", ".git/out", "--command", "help"}, options).exit_code, 0);
  EXPECT_EQ(gitlab.notes().size(), 2U);
}

}  // namespace
}  // namespace peer::testing
