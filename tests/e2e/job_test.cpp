// In a GitHub or GitLab job the range comes from the event by itself.
#include <fstream>

#include <nlohmann/json.hpp>

#include "tests/e2e/story_fixture.hpp"
#include "tests/fakes/http_server.hpp"

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
  const auto shown = ran.out.find("1 can be fixed");
  EXPECT_LT(ran.out.find("::stop-commands::"), shown)
      << "the runner reads no commands in the report";
  EXPECT_EQ(ran.out.find("1 can be fixed", shown + 1), std::string::npos) << "once";
  for (const auto* name :
       {"report.json", "report.html", "peer.sarif", "gl-code-quality-report.json", "junit.xml"})
    EXPECT_TRUE(std::filesystem::exists(repo.folder() / ".git/out" / name)) << name;
  EXPECT_EQ(found_in(*parse_json(read(".git/out/report.json"))), kTopic);
  EXPECT_THAT(slurp(outputs),
              HasSubstr("verdict=findings\ncomplete=true\nfindings=1\nerrors=0\nwarnings=1\n"));
  EXPECT_THAT(slurp(outputs), HasSubstr("coverage=100\ncost-usd=0.0000\n"));
  EXPECT_THAT(slurp(summary), HasSubstr("1 warning"));
}

/// A GitHub job whose runner takes outputs and a summary, each time anew.
class Step : public Job {
 protected:
  Ran step(const Strings& words, const Strings& more = {}) const {
    Json event;
    event["pull_request"]["base"]["sha"] = main_tip;
    event["pull_request"]["head"]["sha"] = head;
    auto options = github("pull_request", event);
    std::filesystem::remove(home.path() / "outputs");
    std::filesystem::remove(home.path() / "summary");
    options.environment.insert(options.environment.end(), more.begin(),
                               more.end());  // the first of a name counts
    options.environment.push_back("GITHUB_OUTPUT=" + (home.path() / "outputs").string());
    options.environment.push_back("GITHUB_STEP_SUMMARY=" + (home.path() / "summary").string());
    return peer(words, options);
  }
  std::string outputs() const { return slurp(home.path() / "outputs"); }
  std::string summary() const { return slurp(home.path() / "summary"); }
  std::string path(const std::string& name) const { return (repo.folder() / name).string(); }
};

TEST_F(Step, EveryCommandOfTheActionLeavesOutputsAndASummary) {
  for (const auto* command : {"review", "check-security", "audit", "fix-all"}) {
    const bool finds = std::string_view(command) != "check-security";
    const auto ran = step({command, "--fail-on", "never", "--format", "terminal", "--format",
                           "json=.git/r.json", "--format", "sarif=.git/r.sarif"});
    EXPECT_EQ(ran.exit_code, 0) << command << ran.out;
    EXPECT_THAT(outputs(), HasSubstr(finds ? "verdict=findings\ncomplete=true\nfindings=1\n"
                                           : "verdict=clean\ncomplete=true\nfindings=0\n"));
    EXPECT_THAT(outputs(), HasSubstr("report-json=" + path(".git/r.json") +
                                     "\nreport-html=\nsarif-file=" + path(".git/r.sarif") + "\n"));
    EXPECT_THAT(summary(), HasSubstr(finds ? "1 warning" : "clean")) << command;
  }
}

TEST_F(Step, FixesThatWereAppliedAreCountedAndThoseOnlyShownAreNot) {
  (void)step({"fix-all", "--preview", "--fail-on", "never"});
  EXPECT_THAT(outputs(), HasSubstr("fixes-applied=0\n"));
  (void)step({"fix-all", "--patch", ".git/fixes.diff", "--fail-on", "never"});
  EXPECT_THAT(outputs(), HasSubstr("fixes-applied=0\n"));
  (void)step({"fix-all", "--fail-on", "never"});
  EXPECT_THAT(outputs(), HasSubstr("fixes-applied=1\n"));
  EXPECT_EQ(read("a.py").find("import"), std::string::npos);
}

TEST_F(Step, AJobWithoutAChangeIsTold) {
  repo.git({"checkout", "-q", "--detach", base});
  const auto ran = step({"review", "HEAD..HEAD"});
  EXPECT_EQ(ran.exit_code, 0) << ran.out;
  EXPECT_THAT(outputs(), HasSubstr("verdict=clean\n"));
}

TEST_F(Step, OutputsThatCannotBeWrittenAreInTheExitCode) {
  const auto ran = step({"review"}, {"GITHUB_OUTPUT=/dev/full"});
  EXPECT_EQ(ran.exit_code, 4) << ran.out;
  EXPECT_THAT(ran.out, HasSubstr("/dev/full cannot be written"));
}

TEST_F(Step, AnAuditOfManyTellsOneSummaryOfAll) {
  repo.write(".git/repositories.txt", repo.folder().string() + "\n");
  const auto ran = step({"audit", "--repos", ".git/repositories.txt", "--fail-on", "never"});
  EXPECT_EQ(ran.exit_code, 0) << ran.out;
  EXPECT_THAT(summary(), HasSubstr("1 repository"));
  EXPECT_EQ(summary().find("unused-import"), std::string::npos) << "that of one";
  EXPECT_EQ(outputs(), "");
}

TEST_F(Step, ModelsHelpCiWithinTheCostThatIsGiven) {
  fakes::HttpServer server([](const fakes::ServedRequest&, fakes::Connection& out) {
    out.reply(
        200,
        R"({"choices": [{"message": {"content": "{\"results\": [{\"idx\": 1, \"findings\": []}]}"}, "finish_reason": "stop"}],
                       "usage": {"prompt_tokens": 1000000, "completion_tokens": 20}})");
  });
  const auto folder = home.path() / ".config" / "peer";
  std::filesystem::create_directories(folder);
  std::ofstream(folder / "models.yml")
      << "providers:\n  mock:\n    wire: openai_chat\n    base_url: " << server.url()
      << "/v1\n    default: big\n    models:\n      big: {window: 131072, output: 4096, price: [1, "
         "2], json: schema}\n";
  auto ran = step({"ci", "--report-dir", ".git/out"});
  EXPECT_EQ(server.requests().size(), 0U) << "nobody consented";
  ran = step({"ci", "--report-dir", ".git/out", "--ai", "--max-cost", "0.000001"});
  EXPECT_EQ(server.requests().size(), 0U) << "it would cost more";
  EXPECT_EQ(ran.exit_code, 3) << ran.out;
  ran = step({"ci", "--report-dir", ".git/out", "--ai", "--max-cost", "5", "--max-calls", "1"});
  EXPECT_EQ(server.requests().size(), 1U) << ran.out;
  EXPECT_THAT(outputs(), HasSubstr("cost-usd=1.0000\n"));
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
  EXPECT_EQ(found({"review", "main~1..main"}, github("push", event)),
            Strings{"unused-import m.py:1"});
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
  job.environment = {"CI=true", "GITLAB_CI=true", "CI_PIPELINE_SOURCE=push",
                     "CI_COMMIT_BEFORE_SHA=" + base, "CI_COMMIT_SHA=" + head};
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
