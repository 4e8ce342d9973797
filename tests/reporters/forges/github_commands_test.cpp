// Commands in comments on a GitHub that enforces its rules: who may, what is committed where, and
// that nothing happens twice.
#include "tests/reporters/forges/github_commanded.hpp"

namespace peer {
namespace {

using test::GitHubCommanded;
using test::kHead;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

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
