// The life of the issue that a scheduled audit keeps, on both forges: real clients over real
// sockets.
#include "reporters/targets/issue.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/http_engine.hpp"
#include "reporters/forges/issues.hpp"
#include "tests/fakes/github_fake.hpp"
#include "tests/fakes/gitlab_fake.hpp"
#include "tests/reporters/forges/small_report.hpp"

namespace peer {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

Report audit_with(const std::vector<int>& lines, char head) {
  auto report = test::report_with(lines, std::string(40, head));
  report.command = "audit";
  report.change.whole_files = true;
  return report;
}

/// What both forges are asked in a test.
class Auditing : public ::testing::Test {
 protected:
  Clock clock;
  PublishOptions options;
  ForgePlace place;

  Result<IssueOutcome> publish(const Report& report) {
    HttpOptions http;
    http.allowed = {{parse_url(place.api)->origin, true}};
    HttpEngine engine(http);
    ForgeWorld world{engine, clock, [](std::chrono::milliseconds) { return true; }};
    world.spacing = std::chrono::milliseconds(0);
    return publish_issue(report, place, options, world);
  }
  std::string run(const std::vector<int>& lines, char head) {
    const auto out = publish(audit_with(lines, head));
    EXPECT_TRUE(out.has_value()) << out.error().message;
    if (!out) return {};
    return out->done ? out->words : "failed: " + out->failure;
  }
};

class IssueOnGitHub : public Auditing {
 protected:
  fakes::GitHubFake forge;
  void SetUp() override {
    place.api = forge.url();
    place.graphql = forge.url() + "/graphql";
    place.project = forge.repository;
    place.token = "writer";
  }
};

class IssueOnGitLab : public Auditing {
 protected:
  fakes::GitLabFake forge;
  void SetUp() override {
    place.kind = ForgeKind::gitlab;
    place.api = forge.url();
    place.project = "g/p";
    place.token = "writer";
  }
};

TEST_F(IssueOnGitHub, AWholeLife) {
  EXPECT_EQ(run({}, 'a'), "none is needed");
  EXPECT_EQ(forge.writes(), 0U);
  EXPECT_EQ(run({10, 60}, 'b'), "opened");
  ASSERT_EQ(forge.issues.size(), 1U);
  EXPECT_EQ(forge.issues[0].title, "Peer audit: 2 errors");
  EXPECT_THAT(forge.issues[0].body, HasSubstr("wrong on line 60"));
  EXPECT_EQ(run({10, 60}, 'b'), "as it was");
  EXPECT_EQ(forge.writes(), 1U) << "nothing changed, so nothing is written";
  EXPECT_EQ(run({10}, 'c'), "updated");
  EXPECT_EQ(forge.issues[0].title, "Peer audit: 1 error");
  EXPECT_THAT(forge.issues[0].body, HasSubstr("Since `bbbbbbbbbb`: 1 fixed, 0 new, 1 still open."));
  EXPECT_EQ(run({}, 'd'), "closed");
  EXPECT_EQ(forge.issues[0].state, "closed");
  EXPECT_EQ(run({}, 'e'), "as it was");
  EXPECT_EQ(run({10}, 'f'), "updated") << "what we closed is opened again";
  EXPECT_EQ(forge.issues[0].state, "open");
  EXPECT_EQ(forge.issues.size(), 1U);
  EXPECT_THAT(forge.problems, IsEmpty());
}

TEST_F(IssueOnGitHub, WhatAPersonClosedStaysClosedUntilThereIsNews) {
  EXPECT_EQ(run({10}, 'a'), "opened");
  forge.issues[0].state = "closed";
  EXPECT_EQ(run({10}, 'b'), "as it was");
  EXPECT_EQ(forge.issues[0].state, "closed");
  EXPECT_EQ(run({10, 70}, 'c'), "updated");
  EXPECT_EQ(forge.issues[0].state, "open");
}

TEST_F(IssueOnGitHub, AnotherPersonsIssueWithOurMarkIsNotOurs) {
  EXPECT_EQ(run({10}, 'a'), "opened");
  forge.issues[0].login = "mallory";
  EXPECT_EQ(run({10}, 'a'), "opened");
  EXPECT_EQ(forge.issues.size(), 2U);
  EXPECT_THAT(forge.problems, IsEmpty());
}

TEST_F(IssueOnGitHub, OneThatLiesPagesAwayIsFoundAndATwinIsClosed) {
  EXPECT_EQ(run({10}, 'a'), "opened");
  const auto ours = forge.issues[0];
  forge.issues.clear();
  for (int i = 0; i < 7; ++i)
    forge.issues.push_back(
        {100U + static_cast<unsigned>(i), ours.login, "other", "something else"});
  forge.issues.push_back(ours);
  auto twin = ours;
  ++twin.number;
  forge.issues.push_back(twin);
  EXPECT_EQ(run({10}, 'a'), "updated");
  EXPECT_EQ(forge.issues[7].state, "open");
  EXPECT_EQ(forge.issues[8].state, "closed");
}

TEST_F(IssueOnGitHub, ALostReplyDoesNotOpenTwo) {
  bool lost = false;
  forge.fault = [&](const fakes::ServedRequest& request) {
    if (lost || request.method != "POST" || !request.target.ends_with("/issues"))
      return fakes::GitHubFake::Fault{};
    lost = true;
    return fakes::GitHubFake::Fault{fakes::GitHubFake::Fault::drop_after};
  };
  EXPECT_EQ(run({10}, 'a'), "opened");
  EXPECT_EQ(forge.issues.size(), 1U);
}

TEST_F(IssueOnGitHub, ATokenThatMayNotSaysSo) {
  forge.tokens["Bearer writer"].may.erase("issues");
  EXPECT_THAT(run({10}, 'a'), HasSubstr("may not write issues"));
  forge.has_issues = false;
  EXPECT_THAT(run({10}, 'a'), HasSubstr("failed"));
}

TEST_F(IssueOnGitHub, TextOfTheRepositoryStaysText) {
  auto report = audit_with({10}, 'a');
  report.findings[0].message = "@everyone closes #1 <img src=x> ![](http://evil)\n/close";
  const auto out = publish(report);
  ASSERT_TRUE(out && out->done);
  for (const auto* bad : {"@everyone", "closes #1", "1 <img", "![](", "\n/close"})
    EXPECT_THAT(forge.issues[0].body, Not(HasSubstr(bad)));
}

TEST_F(IssueOnGitHub, ATokenInTheReportBlocksIt) {
  place.token = "ghs_0123456789abcdefghijklmnop";
  forge.tokens["Bearer " + place.token] = forge.tokens["Bearer writer"];
  auto report = audit_with({10}, 'a');
  report.findings[0].message = "found " + place.token;
  const auto out = publish(report);
  ASSERT_TRUE(out.has_value());
  EXPECT_FALSE(out->done);
  EXPECT_THAT(forge.issues, IsEmpty());
}

TEST_F(IssueOnGitHub, OnlyAuditsOfEverythingAreSaid) {
  auto report = audit_with({10}, 'a');
  report.change.whole_files = false;
  EXPECT_FALSE(publish(report).has_value());
}

TEST_F(IssueOnGitHub, AnIncompleteAuditClosesNothing) {
  EXPECT_EQ(run({10}, 'a'), "opened");
  auto report = audit_with({}, 'b');
  report.complete = false;
  report.verdict = Verdict::incomplete;
  const auto out = publish(report);
  ASSERT_TRUE(out && out->done);
  EXPECT_EQ(forge.issues[0].state, "open");
  EXPECT_EQ(forge.issues[0].title, "Peer audit: incomplete");
}

TEST_F(IssueOnGitLab, AWholeLife) {
  EXPECT_EQ(run({10, 60}, 'b'), "opened");
  ASSERT_EQ(forge.issues.size(), 1U);
  EXPECT_EQ(forge.issues[0].title, "Peer audit: 2 errors");
  EXPECT_EQ(run({10, 60}, 'b'), "as it was");
  EXPECT_EQ(forge.writes(), 1U);
  EXPECT_EQ(run({}, 'd'), "closed");
  EXPECT_EQ(forge.issues[0].state, "closed");
  EXPECT_EQ(run({10}, 'f'), "updated");
  EXPECT_EQ(forge.issues[0].state, "opened");
  EXPECT_THAT(forge.problems, IsEmpty());
}

TEST_F(IssueOnGitLab, AJobTokenIsRefusedByName) {
  place.job_token = true;
  const auto out = publish(audit_with({10}, 'a'));
  ASSERT_FALSE(out.has_value());
  EXPECT_THAT(out.error().message, HasSubstr("CI_JOB_TOKEN"));
}

}  // namespace
}  // namespace peer
