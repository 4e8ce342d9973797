// Commands in comments on a GitHub that enforces its rules: who may, what is committed where, and
// that nothing happens twice.
#include "tests/fakes/github_fake.hpp"
#include "tests/reporters/forges/commanded.hpp"

namespace peer {
namespace {

using fakes::GitHubFake;
using Fault = GitHubFake::Fault;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

const std::string kHead(40, 'a');

class GitHubCommanded : public ::testing::Test, public test::Commanding {
 protected:
  GitHubFake forge;

  void SetUp() override {
    place.api = forge.url();
    place.graphql = forge.url() + "/graphql";
    place.project = forge.repository;
    place.number = forge.number;
    place.token = "writer";
    job.comment = "55";
    forge.permissions = {
        {"mona", "write"}, {"reader", "read"}, {"boss", "admin"}, {"triager", "triage"}};
    forge.diff = {{"src/a.py", {{}, {{1, 200}}}}};
  }
  void TearDown() override { EXPECT_THAT(forge.problems, IsEmpty()); }

  /// The one answer of Peer's.
  std::string answer() {
    std::string found;
    for (const auto& each : forge.comments)
      if (each.body.starts_with("<!-- peer:answer:v1")) {
        EXPECT_EQ(found, "") << "a second answer";
        found = each.body;
      }
    return found;
  }
  void fault_once(const std::string& part, Fault what, int nth = 1) {
    forge.fault = [=, left = nth](const fakes::ServedRequest& request) mutable {
      const bool it = request.method == "POST" &&
                      (request.target + request.body).find(part) != std::string::npos;
      return it && --left == 0 ? what : Fault{};
    };
  }
};

TEST_F(GitHubCommanded, FixCommitsWhatIsProvedOnTheHeadThatWasReviewed) {
  const auto begun = begin();
  ASSERT_TRUE(begun.review);
  EXPECT_EQ(begun.review->head, kHead);
  EXPECT_EQ(begun.review->base, forge.base);
  const auto report = test::report_to_commit(kHead);
  const auto ended = finish(&report);
  EXPECT_EQ(ended.failure, "");
  const auto* branch = forge.branches.find("o/r", "topic");
  ASSERT_NE(branch, nullptr);
  EXPECT_EQ(forge.branches.commits, 1U);
  EXPECT_EQ(branch->parent, kHead);
  EXPECT_EQ(branch->written, (std::map<std::string, std::string>{{"src/a.py", "one\nbetter\n"}}));
  EXPECT_EQ(branch->message,
            "Fix 1 finding in 1 file\n\n- src/a.py:3 rule-3\n\nPeer-Command: comment-55");
  EXPECT_THAT(answer(),
              AllOf(HasSubstr("1 fix committed on the branch"), HasSubstr("`src/a.py:3 rule-3`")));
  EXPECT_THAT(forge.reactions["55"], ElementsAre("eyes", "+1"));
  // run again: it is done and said
  const auto writes = forge.writes();
  EXPECT_FALSE(begin().review);
  EXPECT_EQ(forge.writes(), writes);
}

TEST_F(GitHubCommanded, NothingIsWrittenForSomeoneWhoMayNot) {
  for (const std::string who : {"reader", "triager", "stranger", "x/../y", "a?b", ""}) {
    job.user = job.login = who;
    for (const std::string text :
         {"/peer review", "/peer fix", "/peer explain known-rule", "/peer ignore 1a2b3c4d because",
          "/peer help", "/peer nonsense"}) {
      ask(text);
      const auto ended = begin();
      EXPECT_TRUE(ended.refused) << who << " " << text;
      EXPECT_FALSE(ended.review);
      const auto report = test::report_to_commit(kHead);
      EXPECT_TRUE(finish(&report).refused) << "asked again before anything is done";
    }
  }
  EXPECT_EQ(forge.writes(), 0U);
  EXPECT_THAT(forge.reactions, IsEmpty());
  job.user = "boss";
  ask("/peer help");
  EXPECT_FALSE(begin().refused);
}

TEST_F(GitHubCommanded, WhoCannotBeAskedAboutMayNot) {
  forge.fault = [](const fakes::ServedRequest& request) {
    return request.target.find("/collaborators/") == std::string::npos
               ? Fault{}
               : Fault{Fault::answer, 403, "{\"message\":\"Resource not accessible\"}"};
  };
  const auto ended = begin();
  EXPECT_FALSE(ended.review);
  EXPECT_THAT(ended.failure, HasSubstr("could not be asked"));
  EXPECT_EQ(forge.writes(), 0U);
}

TEST_F(GitHubCommanded, AHeadThatMovedIsNotCommittedTo) {
  const auto report = test::report_to_commit(kHead);
  forge.head = std::string(40, 'b');
  EXPECT_EQ(all(report).failure, "");
  EXPECT_THAT(answer(), HasSubstr("a new head since it was reviewed"));
  // between the last look and the write
  forge.head = kHead;
  forge.before = [&](const fakes::ServedRequest& request) {
    if (request.body.find("createCommitOnBranch") != std::string::npos)
      forge.head = std::string(40, 'c');
  };
  EXPECT_EQ(all(report).failure, "");
  EXPECT_THAT(answer(), HasSubstr("Nothing was committed"));
  EXPECT_EQ(forge.branches.commits, 0U);
  EXPECT_EQ(forge.reactions["55"].back(), "confused");
}

TEST_F(GitHubCommanded, ALostReplyIsLookedAfterInsteadOfCommittingTwice) {
  const auto report = test::report_to_commit(kHead);
  fault_once("createCommitOnBranch", {Fault::drop_after});
  EXPECT_EQ(all(report).failure, "");
  EXPECT_EQ(forge.branches.commits, 1U);
  EXPECT_THAT(answer(), HasSubstr("1 fix committed"));
}

TEST_F(GitHubCommanded, AMishapOfTheForgeIsTriedAgain) {
  const auto report = test::report_to_commit(kHead);
  fault_once("createCommitOnBranch", {Fault::answer, 502});
  EXPECT_EQ(all(report).failure, "");
  EXPECT_EQ(forge.branches.commits, 1U);
  fault_once("createCommitOnBranch",
             {Fault::answer, 200,
              R"({"errors":[{"message":"Something went wrong while executing your query."}]})"});
  forge.head = kHead;
  EXPECT_EQ(all(report).failure, "");
  EXPECT_EQ(forge.branches.commits, 2U);
}

TEST_F(GitHubCommanded, ARunThatWasKilledAfterItsCommitIsFinishedByTheNext) {
  const auto report = test::report_to_commit(kHead);
  keep_waiting = false;
  forge.fault = [&](const fakes::ServedRequest& request) {
    const bool comment = request.target.ends_with("/issues/7/comments");
    return comment ? Fault{Fault::drop_before} : Fault{};
  };
  EXPECT_NE(all(report).failure, "");
  forge.settle();
  EXPECT_EQ(forge.branches.commits, 1U);
  forge.fault = nullptr;
  keep_waiting = true;
  const auto again = begin();
  EXPECT_FALSE(again.review) << "it is done";
  EXPECT_THAT(answer(), HasSubstr("The fixes are committed on the branch"));
  EXPECT_EQ(forge.branches.commits, 1U);
}

TEST_F(GitHubCommanded, AProtectedBranchGetsAPullRequestOfItsOwnAndOnlyOne) {
  const auto report = test::report_to_commit(kHead);
  forge.branches.set("o/r", "topic", kHead).is_protected = true;
  EXPECT_EQ(all(report).failure, "");
  ASSERT_EQ(forge.opened.size(), 1U);
  EXPECT_EQ(forge.opened[0].at("head"), "peer/fix-aaaaaaaaaa");
  EXPECT_EQ(forge.opened[0].at("base"), "topic");
  EXPECT_THAT(forge.opened[0].at("body").get<std::string>(), HasSubstr("- `src/a.py:3 rule-3`"));
  EXPECT_EQ(forge.branches.find("o/r", "peer/fix-aaaaaaaaaa")->parent, kHead);
  EXPECT_THAT(answer(), HasSubstr("https://github.example/o/r/pull/100"));
  // run again, and with lost replies at every step
  EXPECT_EQ(all(report).failure, "");
  EXPECT_EQ(forge.opened.size(), 1U);
  EXPECT_EQ(forge.branches.commits, 1U);
  struct Lost {
    std::string part;
    int nth;
    char head;
  };
  for (const auto& [part, nth, head] :
       {Lost{"/git/refs", 1, 'b'}, Lost{"createCommitOnBranch", 2, 'c'}, Lost{"/pulls", 1, 'd'}}) {
    forge.opened.clear();
    forge.head = std::string(40, head);
    forge.branches.set("o/r", "topic", forge.head).is_protected = true;
    const auto commits = forge.branches.commits;
    fault_once(part, {Fault::drop_after}, nth);
    EXPECT_EQ(all(test::report_to_commit(forge.head)).failure, "") << part;
    EXPECT_EQ(forge.opened.size(), 1U) << part;
    EXPECT_EQ(forge.branches.commits, commits + 1) << part;
  }
}

TEST_F(GitHubCommanded, WhereNoPullRequestMayBeOpenedTheBranchIsNamed) {
  forge.branches.set("o/r", "topic", kHead).is_protected = true;
  forge.fault = [](const fakes::ServedRequest& request) {
    const bool open = request.method == "POST" && request.target.ends_with("/pulls");
    return open ? Fault{Fault::answer, 403,
                        "{\"message\":\"GitHub Actions is not permitted to create or approve pull "
                        "requests.\"}"}
                : Fault{};
  };
  EXPECT_EQ(all(test::report_to_commit(kHead)).failure, "");
  EXPECT_THAT(answer(), AllOf(HasSubstr("`peer/fix-aaaaaaaaaa`"), HasSubstr("by hand")));
}

TEST_F(GitHubCommanded, AForkIsCommittedToOnlyWhereItsOwnerAllowsIt) {
  const auto report = test::report_to_commit(kHead);
  forge.head_repository = "f/r";
  EXPECT_EQ(all(report).failure, "");
  EXPECT_EQ(forge.branches.commits, 0U);
  EXPECT_THAT(answer(), AllOf(HasSubstr("fork whose owner has not allowed edits"),
                              HasSubstr("peer fix-all")));
  EXPECT_EQ(forge.branches.find("o/r", "peer/fix-aaaaaaaaaa"), nullptr)
      << "a stranger's commits get no branch here";
  forge.maintainer_can_modify = true;
  EXPECT_EQ(all(report).failure, "");
  EXPECT_EQ(forge.branches.commits, 1U);
  ASSERT_NE(forge.branches.find("f/r", "topic"), nullptr);
  EXPECT_THAT(answer(), HasSubstr("1 fix committed"));
}

TEST_F(GitHubCommanded, ATokenThatMayNotPushSaysWhatCanBeDone) {
  forge.tokens["Bearer writer"].may.erase("contents");
  EXPECT_EQ(all(test::report_to_commit(kHead)).failure, "");
  EXPECT_THAT(answer(),
              AllOf(HasSubstr("Nothing was committed"), HasSubstr("Resource not accessible")));
  EXPECT_EQ(forge.branches.commits, 0U);
}

TEST_F(GitHubCommanded, OnlyWhatIsProvedSafeAndNotProtectedIsCommitted) {
  const auto refused = [&](const std::function<void(Report&)>& change) {
    auto report = test::report_to_commit(kHead);
    change(report);
    forge.head = kHead;
    EXPECT_EQ(all(report).failure, "");
    EXPECT_THAT(answer(),
                HasSubstr("Nothing was committed: there is no fix that is both safe and proved"));
  };
  const auto move_to = [](Report& report, const std::string& path) {
    report.change.files[0].path = report.findings[0].path = report.fixes[0].path =
        (*report.fixed)[0].path = path;
  };
  refused([](Report& r) { r.fixes[0].decision = Decision::offer; });
  refused([](Report& r) { r.fixes[0].proof.entries[3].result = StepResult::failed; });
  refused([](Report& r) { r.fixes[0].fix.origin = "model:x"; });
  refused([](Report& r) { r.fixes.clear(); });
  refused([](Report& r) { r.fixed.reset(); });
  refused([](Report& r) { r.change.files.clear(); });
  refused([](Report& r) { r.change.files[0].after->mode = 0120000; });
  refused([](Report& r) { r.change.files[0].after->mode = 0100755; });
  for (const std::string path :
       {".github/workflows/ci.yml", ".gitlab-ci.yml", "package-lock.json", ".peer.yml",
        "CODEOWNERS", ".gitattributes", "x/.git/config", "Cargo.lock"})
    refused([&](Report& r) { move_to(r, path); });
  EXPECT_EQ(forge.branches.commits, 0U);
}

TEST_F(GitHubCommanded, AMessageCarriesNothingThatAForgeWouldActOn) {
  auto report = test::report_to_commit(kHead);
  const std::string path = "src/closes #1 @mona\nCo-authored-by: x <x@y>.py";
  report.change.files[0].path = report.findings[0].path = report.fixes[0].path =
      (*report.fixed)[0].path = path;
  report.fixes[0].rule = "fixes #12";
  EXPECT_EQ(all(report).failure, "");
  const auto message = forge.branches.find("o/r", "topic")->message;
  EXPECT_THAT(message, Not(HasSubstr("#")));
  EXPECT_THAT(message, Not(HasSubstr("@")));
  EXPECT_EQ(std::count(message.begin(), message.end(), '\n'), 4);
  EXPECT_THAT(answer(), Not(HasSubstr("@mona\n")));
}

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

TEST_F(GitHubCommanded, AClosedOrLockedChangeIsLeftAlone) {
  forge.state = "closed";
  EXPECT_THAT(begin().words, HasSubstr("closed"));
  forge.state = "open";
  forge.locked = true;
  EXPECT_THAT(begin().words, HasSubstr("locked"));
  EXPECT_EQ(forge.writes(), 0U);
}

}  // namespace
}  // namespace peer
