// Which change a job is about: from its environment and event, never from a report.
#include "reporters/forges/place.hpp"

#include <map>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace peer {
namespace {

struct Job {
  std::map<std::string, std::string, std::less<>> variables;
  std::string event;

  [[nodiscard]] Result<std::optional<ForgePlace>> place(ForgeKind kind,
                                                        std::uint64_t number = 0) const {
    return find_place(
        kind,
        [this](std::string_view name) -> std::optional<std::string> {
          const auto it = variables.find(name);
          return it == variables.end() ? std::nullopt : std::optional(it->second);
        },
        [this](const std::string&) { return Result<std::string>(event); }, number);
  }
};

Job github(const std::string& event) {
  return {
      {{"GITHUB_REPOSITORY", "o/r"}, {"GITHUB_EVENT_PATH", "event.json"}, {"GITHUB_TOKEN", "t"}},
      event};
}

TEST(Place, APullRequestIsNumberedByItsEvent) {
  const auto place =
      github(
          R"({"pull_request":{"number":7,"head":{"sha":"abc","repo":{"full_name":"o/r","fork":false}},
                               "base":{"ref":"main","repo":{"full_name":"o/r"}}}})")
          .place(ForgeKind::github);
  ASSERT_TRUE(place && *place);
  EXPECT_EQ((*place)->number, 7U);
  EXPECT_EQ((*place)->head, "abc");
  EXPECT_EQ((*place)->target, "main");
  EXPECT_FALSE((*place)->foreign);
  EXPECT_EQ((*place)->api, "https://api.github.com");
  EXPECT_EQ((*place)->graphql, "https://api.github.com/graphql");
}

TEST(Place, AWorkflowRunOfAForkNamesBranchAndCommitAndIsForeign) {
  const auto job =
      github(R"({"workflow_run":{"event":"pull_request","head_sha":"abc","head_branch":"topic",
                             "head_repository":{"full_name":"mallory/r","owner":{"login":"mallory"}}}})");
  const auto place = job.place(ForgeKind::github);
  ASSERT_TRUE(place && *place);
  EXPECT_EQ((*place)->number, 0U);
  EXPECT_EQ((*place)->branch, "mallory:topic");
  EXPECT_EQ((*place)->head, "abc");
  EXPECT_TRUE((*place)->foreign);
}

TEST(Place, WhatIsAboutNoChangeIsNoPlace) {
  for (const auto* event :
       {"{}", "[]", "null", R"({"issue":{"number":3}})", R"({"before":"a","after":"b"})",
        R"({"workflow_run":{"event":"push","head_sha":"abc","head_branch":"main"}})"}) {
    const auto place = github(event).place(ForgeKind::github);
    ASSERT_TRUE(place.has_value()) << event;
    EXPECT_FALSE(place->has_value()) << event;
  }
  EXPECT_FALSE(github("{").place(ForgeKind::github).has_value());
}

TEST(Place, ANumberThatIsNotTheJobsIsRefused) {
  const auto job = github(R"({"pull_request":{"number":7}})");
  EXPECT_FALSE(job.place(ForgeKind::github, 8).has_value());
  EXPECT_TRUE(job.place(ForgeKind::github, 7).has_value());
}

TEST(Place, ARepositoryIsANameAndNothingElse) {
  for (const auto* name : {"", "o", "o/r/x", "/r", "o/", "o/..", "o/r?x", "o/r#x", "o /r"}) {
    auto job = github("{}");
    job.variables["GITHUB_REPOSITORY"] = name;
    EXPECT_FALSE(job.place(ForgeKind::github, 7).has_value()) << name;
  }
}

TEST(Place, AnEnterpriseServerHasItsGraphQlBeside) {
  auto job = github("{}");
  job.variables["GITHUB_API_URL"] = "https://git.example.com/api/v3/";
  EXPECT_EQ((*job.place(ForgeKind::github, 7))->graphql, "https://git.example.com/api/graphql");
}

TEST(Place, AGitLabJobSaysItByVariables) {
  Job job{{{"CI_API_V4_URL", "https://git.example.com/api/v4"},
           {"CI_PROJECT_ID", "12"},
           {"CI_MERGE_REQUEST_IID", "34"},
           {"CI_MERGE_REQUEST_TARGET_BRANCH_NAME", "main"},
           {"CI_JOB_TOKEN", "j"}},
          ""};
  auto place = job.place(ForgeKind::gitlab);
  ASSERT_TRUE(place && *place);
  EXPECT_EQ((*place)->project, "12");
  EXPECT_EQ((*place)->number, 34U);
  EXPECT_TRUE((*place)->job_token);
  job.variables["PEER_GITLAB_TOKEN"] = "t";
  place = job.place(ForgeKind::gitlab);
  EXPECT_FALSE((*place)->job_token);
  EXPECT_EQ((*place)->token, "t");
  job.variables.erase("CI_MERGE_REQUEST_IID");
  EXPECT_FALSE(job.place(ForgeKind::gitlab)->has_value());
  job.variables.erase("CI_PROJECT_ID");
  EXPECT_FALSE(job.place(ForgeKind::gitlab).has_value());
}

}  // namespace
}  // namespace peer
