// What is said to who asked in a comment on GitHub, and what people set aside.
#include "tests/reporters/forges/github_commanded.hpp"

namespace peer {
namespace {

using test::GitHubCommanded;
using test::kHead;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

TEST_F(GitHubCommanded, IgnoreIsRecordedAndOutlivesTheNextPush) {
  auto report = test::report_with({3, 5}, kHead);
  ASSERT_TRUE(publish(report)->done);
  ASSERT_EQ(forge.talks.size(), 2U);
  const auto key = key_of(report.findings[0].fingerprint);
  ask("/peer ignore " + key + " tested by @everyone <b> #1");
  EXPECT_EQ(all(report).failure, "");
  const auto said = answer();
  EXPECT_THAT(said, AllOf(HasSubstr("Set aside as `mona` asked"), Not(HasSubstr("@everyone")),
                          Not(HasSubstr("<b>"))));
  EXPECT_TRUE(forge.talks[0].resolved);
  EXPECT_THAT(forge.talks[0].comments[0].body, HasSubstr("Silenced in"));
  EXPECT_FALSE(forge.talks[1].resolved);
  EXPECT_THAT(forge.comments[0].body,
              AllOf(HasSubstr("**Peer: 1 error**"), HasSubstr("1 suppressed")));
  // the next push: another commit, other lines
  report = test::report_with({3, 5}, std::string(40, 'b'));
  forge.head = report.change.head;
  ASSERT_TRUE(publish(report)->done);
  EXPECT_EQ(forge.talks.size(), 2U);
  EXPECT_TRUE(forge.talks[0].resolved);
  const auto writes = forge.writes();
  ASSERT_TRUE(publish(report)->done);
  EXPECT_EQ(forge.writes(), writes) << "a second run writes nothing";
  // even where the summary was deleted
  std::erase_if(forge.comments,
                [](const auto& each) { return each.body.starts_with("<!-- peer:summary"); });
  ASSERT_TRUE(publish(report)->done);
  EXPECT_THAT(forge.comments.back().body, HasSubstr("**Peer: 1 error**"));
  // the record of someone else counts for nothing
  for (auto& each : forge.comments)
    if (each.body.starts_with("<!-- peer:answer")) each.login = "mallory";
  ASSERT_TRUE(publish(report)->done);
  EXPECT_FALSE(forge.talks[0].resolved) << "reopened";
}

TEST_F(GitHubCommanded, WhatWasSetAsideIsFixedOnlyByItsName) {
  const auto report = test::report_to_commit(kHead);
  const auto key = key_of(report.findings[0].fingerprint);
  ask("/peer ignore " + key + " kept");
  EXPECT_EQ(all(report).failure, "");
  EXPECT_THAT(forge.comments.back().body, HasSubstr("**Peer: clean.**"));
  EXPECT_THAT(forge.comments.back().body, HasSubstr("1 suppressed."));
  job.to = "comment-56";
  ask("/peer fix");
  EXPECT_EQ(all(report).failure, "");
  EXPECT_THAT(forge.comments.back().body,
              HasSubstr("`src/a.py` holds a finding that was set aside"));
  EXPECT_EQ(forge.branches.commits, 0U);
  ask("/peer fix " + key);
  EXPECT_EQ(all(report).failure, "");
  EXPECT_EQ(forge.branches.commits, 1U);
}

TEST_F(GitHubCommanded, IgnoreOfWhatIsNotThereIsSaid) {
  for (const std::string id : {"ffffffff", "000000000000"}) {  // the second begins several keys
    ask("/peer ignore " + id + " because");
    EXPECT_EQ(all(test::report_with({3, 5}, kHead)).failure, "");
    EXPECT_THAT(answer(), HasSubstr("There is no finding"));
  }
}

TEST_F(GitHubCommanded, ExplainKnowsRulesAndFindings) {
  ask("/peer explain known-rule");
  auto ended = begin();
  EXPECT_FALSE(ended.review) << "no review is needed for it";
  EXPECT_THAT(answer(), HasSubstr("````text\nknown-rule: why\n```\n@x\n````"));
  auto report = test::report_with({3}, kHead);
  report.findings[0].message = "![x](http://evil) closes #1";
  ask("/peer explain " + key_of(report.findings[0].fingerprint).substr(0, 16));
  EXPECT_EQ(all(report).failure, "");
  EXPECT_THAT(answer(), AllOf(HasSubstr("`src/a.py:3`"), Not(HasSubstr("![x](http"))));
  ask("/peer explain no-such-thing");
  EXPECT_EQ(all(report).failure, "");
  EXPECT_THAT(answer(), HasSubstr("There is no finding `no-such-thing`"));
}

TEST_F(GitHubCommanded, ReviewPublishesAndSaysSoInOneAnswer) {
  ask("/peer review");
  const auto report = test::report_with({3}, kHead);
  EXPECT_EQ(all(report).failure, "");
  EXPECT_EQ(forge.talks.size(), 1U);
  EXPECT_THAT(answer(), HasSubstr("was reviewed: findings"));
  const auto writes = forge.writes();
  EXPECT_EQ(all(report).failure, "");
  EXPECT_EQ(forge.writes(), writes) << "run again it says nothing new";
}

TEST_F(GitHubCommanded, HowToAskIsSaidOnce) {
  ask("/peer nonsense");
  EXPECT_FALSE(begin().review);
  EXPECT_THAT(answer(),
              AllOf(HasSubstr("there is no such command"), HasSubstr("- `/peer fix [ID..]`")));
  job.to = "comment-56";
  job.comment = "56";
  EXPECT_EQ(begin().failure, "");
  EXPECT_EQ(forge.comments.size(), 1U);
  EXPECT_THAT(forge.reactions["56"], ElementsAre("confused"));
}

TEST_F(GitHubCommanded, NoAnswerBeginsALineLikeACommand) {
  for (const std::string text : {"/peer help", "/peer nope", "/peer explain known-rule",
                                 "/peer ignore ffffffff /peer fix", "/peer fix", "/peer review"}) {
    ask(text);
    forge.head = kHead;
    job.to = "comment-" + std::to_string(text.size());
    (void)all(test::report_to_commit(kHead));
  }
  ASSERT_GE(forge.comments.size(), 5U);
  for (const auto& comment : forge.comments)
    for (const auto line : split_lines(comment.body))
      EXPECT_FALSE(trim(line).starts_with("/")) << comment.body;
}

TEST_F(GitHubCommanded, AReviewThatDidNotFinishIsSaid) {
  ASSERT_TRUE(begin().review);
  EXPECT_EQ(finish(nullptr).failure, "");
  EXPECT_THAT(answer(), HasSubstr("The review did not finish"));
}

}  // namespace
}  // namespace peer
