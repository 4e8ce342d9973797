// In a GitHub or GitLab job the range comes from the event by itself.
#include <nlohmann/json.hpp>

#include "tests/e2e/story_fixture.hpp"

namespace peer::testing {
namespace {

using ::testing::HasSubstr;

class Job : public Story {
 protected:
  std::string base, head, main_tip;

  /// main goes on after topic left it; a.py is topic's, m.py is main's.
  void SetUp() override {
    repo.write("x.txt", "x\n");
    base = repo.commit("base");
    repo.git({"checkout", "-q", "-b", "topic"});
    repo.write("a.py", kUnused);
    head = repo.commit("topic");
    repo.git({"checkout", "-q", "main"});
    repo.write("m.py", kUnused);
    main_tip = repo.commit("main");
    repo.git({"checkout", "-q", "--detach", head});
  }

  RunOptions github(const std::string& event, const Json& payload) const {
    repo.write(".git/event.json", dump_json(payload));
    RunOptions options;
    options.environment = {"CI=true", "GITHUB_ACTIONS=true", "GITHUB_EVENT_NAME=" + event,
                           "GITHUB_EVENT_PATH=" + (repo.folder() / ".git/event.json").string()};
    return options;
  }
};

const Strings kTopic{"unused-import a.py:1"};

TEST_F(Job, AGitHubPullRequestIsComparedFromItsMergeBase) {
  Json event;
  event["pull_request"]["base"]["sha"] = main_tip;
  event["pull_request"]["head"]["sha"] = head;
  const auto seen = report({"review"}, github("pull_request", event));
  EXPECT_EQ(found_in(seen), kTopic);
  EXPECT_EQ(seen.at("change").at("files").size(), 1U);
  EXPECT_EQ(seen.at("complete"), true);
}

TEST_F(Job, CiLeavesReportsOutputsAndASummary) {
  Json event;
  event["pull_request"]["base"]["sha"] = main_tip;
  event["pull_request"]["head"]["sha"] = head;
  auto options = github("pull_request", event);
  const auto outputs = home.path() / "outputs", summary = home.path() / "summary";
  options.environment.push_back("GITHUB_OUTPUT=" + outputs.string());
  options.environment.push_back("GITHUB_STEP_SUMMARY=" + summary.string());
  const auto ran = peer({"ci", "--report-dir", ".git/out", "--fail-on", "warning"}, options);
  EXPECT_EQ(ran.exit_code, 1) << ran.out;
  EXPECT_THAT(ran.out, HasSubstr("::warning file=a.py,line=1"));
  for (const auto* name : {"report.json", "report.html", "peer.sarif", "gl-code-quality-report.json", "junit.xml"})
    EXPECT_TRUE(std::filesystem::exists(repo.folder() / ".git/out" / name)) << name;
  EXPECT_EQ(found_in(*parse_json(read(".git/out/report.json"))), kTopic);
  EXPECT_THAT(slurp(outputs), HasSubstr("verdict=findings\ncomplete=true\nfindings=1\nerrors=0\nwarnings=1\n"));
  EXPECT_THAT(slurp(outputs), HasSubstr("coverage=100\ncost-usd=0.0000\n"));
  EXPECT_THAT(slurp(summary), HasSubstr("1 warning"));
}

TEST_F(Job, CiThatCannotWriteItsReportsSaysSoInItsExitCode) {
  repo.write(".git/out", "a file");
  const auto ran = peer({"ci", "--report-dir", ".git/out"}, {});
  EXPECT_EQ(ran.exit_code, 4) << ran.out;
  EXPECT_THAT(ran.out, HasSubstr("cannot be made"));
}

TEST_F(Job, AGitHubPushGoesFromBeforeToAfter) {
  Json event;
  event["before"] = base;
  event["after"] = head;
  event["ref"] = "refs/heads/topic";
  EXPECT_EQ(found({"review"}, github("push", event)), kTopic);
}

TEST_F(Job, WhatIsTypedWinsOverTheEvent) {
  Json event;
  event["before"] = base;
  event["after"] = head;
  EXPECT_EQ(found({"review", "main~1..main"}, github("push", event)), Strings{"unused-import m.py:1"});
}

TEST_F(Job, AnEventThatNamesNoCommitsIsAnErrorWithTheWayOut) {
  for (const auto& payload : {Json::object(), Json::array(), Json("text")}) {
    const auto ran = peer({"review"}, github("pull_request", payload));
    EXPECT_EQ(ran.exit_code, 2);
    EXPECT_THAT(ran.out, HasSubstr("--base and --head"));
  }
  auto options = github("pull_request", Json::object());
  repo.write(".git/event.json", "{\"pull_request\": ");
  const auto ran = peer({"review"}, options);
  EXPECT_EQ(ran.exit_code, 2);
  EXPECT_THAT(ran.out, HasSubstr("GITHUB_EVENT_PATH"));
}

TEST_F(Job, AGitLabMergeRequestIsComparedWithItsDiffBase) {
  RunOptions job;
  job.environment = {"CI=true", "GITLAB_CI=true", "CI_PIPELINE_SOURCE=merge_request_event",
                     "CI_MERGE_REQUEST_DIFF_BASE_SHA=" + base, "CI_COMMIT_SHA=" + head};
  EXPECT_EQ(found({"review"}, job), kTopic);
}

TEST_F(Job, AGitLabPushGoesFromBeforeToAfter) {
  RunOptions job;
  job.environment = {"CI=true", "GITLAB_CI=true", "CI_PIPELINE_SOURCE=push", "CI_COMMIT_BEFORE_SHA=" + base,
                     "CI_COMMIT_SHA=" + head};
  EXPECT_EQ(found({"review"}, job), kTopic);
}

TEST_F(Job, AShallowCloneWithoutMergeBaseSaysWhichDepthHelpsAndIsNeverClean) {
  repo.git({"checkout", "-q", "topic"});
  RunOptions job = [&] {
    Json event;
    event["pull_request"]["base"]["sha"] = main_tip;
    event["pull_request"]["head"]["sha"] = head;
    return github("pull_request", event);
  }();
  job.folder = repo.clone({"--depth=1", "--branch=topic"});
  const auto seen = report({"review"}, job);
  EXPECT_EQ(seen.at("complete"), false);
  EXPECT_NE(seen.at("verdict"), "clean");
  EXPECT_THAT(dump_json(seen.at("degraded")), HasSubstr("fetch-depth"));
  const auto ran = peer({"review"}, job);
  EXPECT_EQ(ran.exit_code, 3) << ran.out;
}

}  // namespace
}  // namespace peer::testing
