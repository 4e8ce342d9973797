// What people do with threads on both forges, seen through the real clients: it stands.
#include "tests/reporters/forges/on_github.hpp"
#include "tests/reporters/forges/on_gitlab.hpp"

namespace peer::test {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr std::uint64_t kPerson = 99;  // a user of GitLab's

TEST_F(OnGitHub, AThreadThatAPersonResolvedStaysAsItIs) {
  (void)run({10, 20});
  forge.talks[0].resolved = true;
  forge.talks[0].resolved_by = "alice";
  const auto body = forge.talks[0].comments[0].body;
  EXPECT_EQ(writes_of({10, 20}), 0U) << "the finding stays";
  (void)run({20}, 'b');      // it goes
  (void)run({10, 20}, 'c');  // it comes back
  EXPECT_EQ(forge.talks.size(), 2U) << "it is not raised again";
  EXPECT_TRUE(forge.talks[0].resolved);
  EXPECT_EQ(forge.talks[0].resolved_by, "alice");
  EXPECT_EQ(forge.talks[0].comments[0].body, body);
  EXPECT_EQ(writes_of({10, 20}, 'c'), 0U);
}

TEST_F(OnGitHub, AThreadThatAPersonReopenedAfterItWasFixedIsNotResolvedAgain) {
  (void)run({10, 20});
  (void)run({20}, 'b');
  EXPECT_TRUE(forge.talks[0].resolved);
  EXPECT_EQ(forge.talks[0].resolved_by, "peer-bot");
  forge.talks[0].resolved = false;
  forge.talks[0].resolved_by = "";
  EXPECT_EQ(writes_of({20}, 'b'), 0U);
  (void)run({20}, 'c');
  EXPECT_FALSE(forge.talks[0].resolved);
}

TEST_F(OnGitHub, AThreadThatAPersonHidIsNotTouched) {
  (void)run({10, 20});
  forge.talks[0].minimized = true;  // "off topic", "resolved": GitHub's way to dismiss a comment
  const auto body = forge.talks[0].comments[0].body;
  (void)run({20}, 'b');
  (void)run({10, 20}, 'c');
  EXPECT_EQ(forge.talks.size(), 2U);
  EXPECT_EQ(forge.talks[0].comments[0].body, body);
  EXPECT_FALSE(forge.talks[0].resolved);
}

TEST_F(OnGitHub, AThreadThatAPersonDeletedIsNotRaisedAgain) {
  (void)run({10, 20});
  forge.talks.erase(forge.talks.begin());
  EXPECT_EQ(writes_of({10, 20}), 0U);
  (void)run({20}, 'b');
  (void)run({10, 20}, 'c');
  ASSERT_EQ(forge.talks.size(), 1U);
  EXPECT_EQ(forge.talks[0].line, 20U);
  EXPECT_THAT(forge.comments[0].body, HasSubstr("src/a.py:10")) << "the summary still says it";
}

TEST_F(OnGitHub, ASummaryThatAPersonDeletedIsWrittenOnceMore) {
  (void)run({10});
  forge.comments.clear();
  EXPECT_EQ(writes_of({10}), 1U);
  EXPECT_EQ(forge.comments.size(), 1U);
  EXPECT_EQ(forge.talks.size(), 1U);
  EXPECT_EQ(writes_of({10}), 0U);
}

TEST_F(OnGitLab, AThreadThatAPersonResolvedStaysAsItIs) {
  (void)run({10, 60});
  forge.discussions[0].resolved = true;
  forge.discussions[0].resolved_by = kPerson;
  const auto body = forge.discussions[0].notes[0].body;
  EXPECT_EQ(writes_of({10, 60}), 0U) << "the finding stays";
  (void)run({60}, 'b');
  (void)run({10, 60}, 'c');
  ASSERT_EQ(forge.threads().size(), 2U) << "it is not raised again";
  EXPECT_EQ(forge.threads()[0].resolved_by, kPerson);
  EXPECT_EQ(forge.threads()[0].notes[0].body, body);
  EXPECT_EQ(writes_of({10, 60}, 'c'), 0U);
}

TEST_F(OnGitLab, AThreadThatAPersonReopenedAfterItWasFixedIsNotResolvedAgain) {
  (void)run({10, 60});
  (void)run({60}, 'b');
  EXPECT_EQ(forge.threads()[0].resolved_by, 11U) << "Peer's own user";
  forge.discussions[0].resolved = false;
  forge.discussions[0].resolved_by = 0;
  EXPECT_EQ(writes_of({60}, 'b'), 0U);
  (void)run({60}, 'c');
  EXPECT_FALSE(forge.threads()[0].resolved);
}

TEST_F(OnGitLab, AThreadThatAPersonDeletedIsNotRaisedAgain) {
  (void)run({10, 60});
  forge.discussions.erase(forge.discussions.begin());
  EXPECT_EQ(writes_of({10, 60}), 0U);
  (void)run({60}, 'b');
  (void)run({10, 60}, 'c');
  ASSERT_EQ(forge.threads().size(), 1U);
  EXPECT_THAT(forge.notes()[0].notes[0].body, HasSubstr("src/a.py:10"));
}

TEST_F(OnGitLab, ALockedChangeIsNotCommentedOn) {
  forge.locked = true;
  const auto out = run({10});
  EXPECT_THAT(out.degraded, ElementsAre(HasSubstr("locked")));
  EXPECT_EQ(forge.writes(), 0U);
  forge.locked = false;
  EXPECT_TRUE(run({10}).done);
  EXPECT_EQ(forge.threads().size(), 1U);
}

TEST_F(OnGitLab, ARetargetedChangeIsNotCommentedOn) {
  forge.target = "release";
  EXPECT_THAT(run({10}).stopped, HasSubstr("another branch"));
  EXPECT_EQ(forge.writes(), 0U);
}

TEST_F(OnGitLab, AHeadThatMovedBeforeTheRunIsLeftToItsOwn) {
  forge.before = [this](const fakes::ServedRequest& request) {
    if (request.target.find("/discussions") != std::string::npos) forge.head = std::string(40, 'f');
  };
  EXPECT_THAT(run({10}).stopped, HasSubstr("moved on to ffffffffff"));
  EXPECT_EQ(forge.writes(), 0U);
}

TEST_F(OnGitLab, AChangeThatIsClosedAndReopenedGoesOnWhereItStood) {
  (void)run({10, 60});
  forge.state = "closed";
  EXPECT_THAT(run({10, 60, 70}, 'b').stopped, HasSubstr("closed"));
  EXPECT_EQ(forge.threads().size(), 2U);
  forge.state = "opened";
  EXPECT_TRUE(run({10, 60, 70}, 'b').done);
  EXPECT_EQ(forge.threads().size(), 3U);
  EXPECT_EQ(forge.notes().size(), 1U);
  EXPECT_EQ(writes_of({10, 60, 70}, 'b'), 0U);
}

TEST_F(OnGitLab, AForcePushThatTakesACommitBackIsAPushLikeAny) {
  (void)run({10, 60}, 'a');
  (void)run({10, 60, 70}, 'b');
  (void)run({10, 60}, 'a');
  EXPECT_TRUE(forge.threads()[2].resolved);
  EXPECT_EQ(writes_of({10, 60}, 'a'), 0U);
}

TEST_F(OnGitHub, AForcePushThatTakesACommitBackIsAPushLikeAny) {
  (void)run({10, 20}, 'a');
  (void)run({10, 20, 30}, 'b');
  (void)run({10, 20}, 'a');
  EXPECT_TRUE(forge.talks[2].resolved);
  EXPECT_EQ(writes_of({10, 20}, 'a'), 0U);
}

}  // namespace
}  // namespace peer::test
