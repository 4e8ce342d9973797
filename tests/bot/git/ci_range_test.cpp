#include "bot/git/ci_range.hpp"

#include <map>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace peer {
namespace {

using testing::HasSubstr;
using Kind = RangeSpec::Kind;

const std::string kA(40, 'a'), kB(40, 'b'), kZero(40, '0');

using Variables = std::map<std::string, std::string, std::less<>>;

Result<std::optional<RangeSpec>> range_in(const Variables& variables,
                                          const std::string& event = "{}") {
  return ci_range(
      [&](std::string_view name) -> std::optional<std::string> {
        const auto found = variables.find(name);
        return found == variables.end() ? std::nullopt : std::optional(found->second);
      },
      [&](const std::string& path) -> Result<std::string> {
        if (path != "event.json") return fail(ErrorKind::not_found, "no " + path);
        return event;
      });
}

Variables github(const std::string& event) {
  return {{"GITHUB_ACTIONS", "true"},
          {"GITHUB_EVENT_NAME", event},
          {"GITHUB_EVENT_PATH", "event.json"},
          {"GITHUB_SHA", std::string(40, 'c')}};
}

void expect_range(const Result<std::optional<RangeSpec>>& range, Kind kind, const std::string& from,
                  const std::string& to) {
  ASSERT_TRUE(range) << range.error().message;
  ASSERT_TRUE(*range);
  EXPECT_EQ((*range)->kind, kind);
  EXPECT_EQ((*range)->from, from);
  EXPECT_EQ((*range)->to, to);
  EXPECT_TRUE((*range)->fall_back);
}

TEST(CiRange, IsNothingOutsideCi) { EXPECT_FALSE(range_in({}).value()); }

TEST(CiRange, OfAPullRequestComesFromTheEventAndNotFromTheMergeCommit) {
  const auto event =
      R"({"pull_request":{"base":{"sha":")" + kA + R"("},"head":{"sha":")" + kB + R"("}}})";
  for (const auto* name : {"pull_request", "pull_request_target", "pull_request_review"})
    expect_range(range_in(github(name), event), Kind::three_dots, kA, kB);
}

TEST(CiRange, OfAPushIsBeforeToAfter) {
  const auto event = R"({"ref":"refs/heads/x","before":")" + kA + R"(","after":")" + kB + R"("})";
  expect_range(range_in(github("push"), event), Kind::three_dots, kA, kB);
}

TEST(CiRange, OfANewBranchStartsAtTheDefaultBranch) {
  const auto event = R"({"ref":"refs/heads/x","before":")" + kZero + R"(","after":")" + kB +
                     R"(","repository":{"default_branch":"trunk"}})";
  expect_range(range_in(github("push"), event), Kind::three_dots, "origin/trunk", kB);
}

TEST(CiRange, OfANewDefaultBranchOrTagIsItsLastCommit) {
  for (const auto* ref : {"refs/heads/trunk", "refs/tags/v1"}) {
    const auto event = R"({"ref":")" + std::string(ref) + R"(","before":")" + kZero +
                       R"(","after":")" + kB + R"(","repository":{"default_branch":"trunk"}})";
    expect_range(range_in(github("push"), event), Kind::commit, kB, "");
  }
}

TEST(CiRange, OfADeletedBranchAndOfOtherEventsIsNothing) {
  const auto deleted =
      R"({"ref":"refs/heads/x","before":")" + kA + R"(","after":")" + kZero + R"("})";
  EXPECT_FALSE(range_in(github("push"), deleted).value());
  for (const auto* name : {"schedule", "workflow_dispatch", "issue_comment", "workflow_run"})
    EXPECT_FALSE(range_in(github(name)).value());
}

TEST(CiRange, OfAMergeGroup) {
  const auto event = R"({"merge_group":{"base_sha":")" + kA + R"(","head_sha":")" + kB + R"("}})";
  expect_range(range_in(github("merge_group"), event), Kind::three_dots, kA, kB);
}

TEST(CiRange, SaysWhatIsWrongWithABadEvent) {
  for (const auto* event :
       {"{}", R"({"pull_request":null})", R"({"pull_request":{"base":{"sha":"--x"}}})"}) {
    const auto range = range_in(github("pull_request"), event);
    ASSERT_FALSE(range);
    EXPECT_EQ(range.error().code, "PEER-E131");
    EXPECT_THAT(range.error().message, HasSubstr("--base and --head"));
  }
  EXPECT_THAT(range_in(github("push"), "{\"a\":").error().message, HasSubstr("GITHUB_EVENT_PATH"));
  auto variables = github("push");
  variables["GITHUB_EVENT_PATH"] = "elsewhere.json";
  EXPECT_THAT(range_in(variables).error().message, HasSubstr("no elsewhere.json"));
}

TEST(CiRange, OfAMergeRequestIsItsDiffBaseToTheSourceBranch) {
  Variables variables = {{"GITLAB_CI", "true"},
                         {"CI_PIPELINE_SOURCE", "merge_request_event"},
                         {"CI_COMMIT_SHA", kB},
                         {"CI_MERGE_REQUEST_DIFF_BASE_SHA", kA},
                         {"CI_MERGE_REQUEST_SOURCE_BRANCH_SHA", ""}};
  expect_range(range_in(variables), Kind::two_dots, kA, kB);
  const std::string source(40, 'd');
  variables["CI_MERGE_REQUEST_SOURCE_BRANCH_SHA"] = source;  // a merged-results pipeline
  expect_range(range_in(variables), Kind::two_dots, kA, source);
  variables.erase("CI_MERGE_REQUEST_DIFF_BASE_SHA");
  EXPECT_EQ(range_in(variables).error().code, "PEER-E131");
  variables["CI_MERGE_REQUEST_TARGET_BRANCH_NAME"] = "main";
  expect_range(range_in(variables), Kind::three_dots, "origin/main", source);
}

TEST(CiRange, OfAGitlabPush) {
  Variables variables = {{"GITLAB_CI", "true"},     {"CI_PIPELINE_SOURCE", "push"},
                         {"CI_COMMIT_SHA", kB},     {"CI_COMMIT_BEFORE_SHA", kA},
                         {"CI_COMMIT_BRANCH", "x"}, {"CI_DEFAULT_BRANCH", "main"}};
  expect_range(range_in(variables), Kind::three_dots, kA, kB);
  variables["CI_COMMIT_BEFORE_SHA"] = kZero;
  expect_range(range_in(variables), Kind::three_dots, "origin/main", kB);
  variables["CI_COMMIT_BRANCH"] = "main";
  expect_range(range_in(variables), Kind::commit, kB, "");
  variables["CI_PIPELINE_SOURCE"] = "schedule";
  EXPECT_FALSE(range_in(variables).value());
}

}  // namespace
}  // namespace peer
