// The same commands on a GitLab that enforces its rules.
#include "tests/fakes/gitlab_fake.hpp"
#include "tests/reporters/forges/commanded.hpp"

namespace peer {
namespace {

using fakes::GitLabFake;
using Fault = GitLabFake::Fault;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

const std::string kHead(40, 'a');

class GitLabCommanded : public ::testing::Test, public test::Commanding {
 protected:
  GitLabFake forge;

  void SetUp() override {
    place.kind = ForgeKind::gitlab;
    place.api = forge.url();
    place.project = "g/p";
    place.number = 7;
    place.token = "writer";
    job.to = "run-9-abc";
    job.user = "42";
    forge.members = {{42, 30}, {43, 20}, {44, 50}};
    forge.last_commits["src/a.py"] = std::string(40, '9');
    for (std::uint64_t line = 1; line <= 200; ++line)
      forge.diff["src/a.py"].push_back({std::min<std::uint64_t>(line, 50), line, line < 50, true});
  }
  void TearDown() override { EXPECT_THAT(forge.problems, IsEmpty()); }

  std::string answer() {
    std::string found;
    for (const auto& each : forge.notes())
      if (each.notes[0].body.starts_with("<!-- peer:answer:v1")) {
        EXPECT_EQ(found, "") << "a second answer";
        found = each.notes[0].body;
      }
    return found;
  }
};

TEST_F(GitLabCommanded, FixCommitsWhatIsProvedOnTheHeadThatWasReviewed) {
  EXPECT_EQ(all(test::report_to_commit(kHead)).failure, "");
  const auto* branch = forge.branches.find("1", "topic");
  ASSERT_NE(branch, nullptr);
  EXPECT_EQ(branch->written, (std::map<std::string, std::string>{{"src/a.py", "one\nbetter\n"}}));
  EXPECT_EQ(branch->parent, kHead);
  EXPECT_THAT(branch->message,
              AllOf(HasSubstr("- src/a.py:3 rule-3"), HasSubstr("Peer-Command: run-9-abc")));
  EXPECT_THAT(answer(), HasSubstr("1 fix committed"));
}

TEST_F(GitLabCommanded, NothingIsWrittenForSomeoneWhoMayNot) {
  for (const std::string who : {"43", "99", "", "x", "42/../44", "-1"}) {
    job.user = who;
    EXPECT_TRUE(begin().refused) << who;
    const auto report = test::report_to_commit(kHead);
    EXPECT_TRUE(finish(&report).refused) << who;
  }
  EXPECT_EQ(forge.writes(), 0U);
  job.user = "44";
  EXPECT_FALSE(begin().refused);
}

TEST_F(GitLabCommanded, AHeadThatMovedIsNotCommittedTo) {
  const auto report = test::report_to_commit(kHead);
  forge.head = std::string(40, 'b');
  EXPECT_EQ(all(report).failure, "");
  EXPECT_THAT(answer(), HasSubstr("a new head"));
  forge.head = kHead;
  // the file changes between the last look and the write
  forge.before = [&](const fakes::ServedRequest& request) {
    if (request.target.ends_with("/repository/commits"))
      forge.last_commits["src/a.py"] = std::string(40, '8');
  };
  EXPECT_EQ(all(report).failure, "");
  EXPECT_THAT(answer(), HasSubstr("Nothing was committed: the change has a new head"));
  EXPECT_EQ(forge.branches.commits, 0U);
}

TEST_F(GitLabCommanded, ALostReplyIsLookedAfterInsteadOfCommittingTwice) {
  forge.fault = [lost = false](const fakes::ServedRequest& request) mutable {
    if (lost || !request.target.ends_with("/repository/commits")) return Fault{};
    lost = true;
    return Fault{Fault::drop_after};
  };
  EXPECT_EQ(all(test::report_to_commit(kHead)).failure, "");
  EXPECT_EQ(forge.branches.commits, 1U);
  EXPECT_THAT(answer(), HasSubstr("1 fix committed"));
}

TEST_F(GitLabCommanded, AProtectedBranchGetsAMergeRequestOfItsOwnAndOnlyOne) {
  forge.branches.set("1", "topic", kHead).is_protected = true;
  for (int i = 0; i < 2; ++i)
    EXPECT_EQ(all(test::report_to_commit(kHead)).failure, "");
  ASSERT_EQ(forge.opened.size(), 1U);
  EXPECT_EQ(forge.opened[0].at("source_branch"), "peer/fix-aaaaaaaaaa");
  EXPECT_EQ(forge.opened[0].at("target_branch"), "topic");
  EXPECT_EQ(forge.branches.commits, 1U);
  EXPECT_THAT(answer(), HasSubstr("https://gitlab.example/g/p/-/merge_requests/100"));
}

TEST_F(GitLabCommanded, AForkIsCommittedToOnlyWhereItsOwnerAllowsIt) {
  const auto report = test::report_to_commit(kHead);
  forge.source_project = 2;
  EXPECT_EQ(all(report).failure, "");
  EXPECT_EQ(forge.branches.commits, 0U);
  EXPECT_THAT(answer(), HasSubstr("fork whose owner has not allowed"));
  forge.allow_collaboration = true;
  forge.may_push = false;
  EXPECT_EQ(all(report).failure, "");
  EXPECT_THAT(answer(), HasSubstr("Nothing was committed: the forge says 403"));
  forge.may_push = true;
  EXPECT_EQ(all(report).failure, "");
  ASSERT_NE(forge.branches.find("2", "topic"), nullptr);
  EXPECT_EQ(forge.branches.commits, 1U);
}

TEST_F(GitLabCommanded, IgnoreIsRecordedAndOutlivesTheNextPush) {
  auto report = test::report_with({60, 70}, kHead);
  ASSERT_TRUE(publish(report)->done);
  ASSERT_EQ(forge.threads().size(), 2U);
  ask("/peer ignore " + key_of(report.findings[0].fingerprint) + " the caller checks it");
  EXPECT_EQ(all(report).failure, "");
  EXPECT_THAT(answer(), HasSubstr("Reason: the caller checks it"));
  EXPECT_TRUE(forge.threads()[0].resolved);
  report = test::report_with({60, 70}, std::string(40, 'b'));
  forge.head = report.change.head;
  ASSERT_TRUE(publish(report)->done);
  EXPECT_EQ(forge.threads().size(), 2U);
  EXPECT_TRUE(forge.threads()[0].resolved);
  EXPECT_FALSE(forge.threads()[1].resolved);
  const auto writes = forge.writes();
  ASSERT_TRUE(publish(report)->done);
  EXPECT_EQ(forge.writes(), writes);
}

}  // namespace
}  // namespace peer
