// What either forge and the way to it do wrong: conflicts, things that are gone, an answer that
// never comes, rights that are taken away and changes that become drafts while Peer runs.
#include "tests/reporters/forges/on_github.hpp"
#include "tests/reporters/forges/on_gitlab.hpp"

namespace peer::test {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST_F(OnGitHub, AConflictIsLookedIntoAndNothingIsDoubled) {
  for (const auto& [method, part] : {std::pair<std::string, std::string>{"POST", "/reviews"},
                                     {"POST", "/issues/7/comments"},
                                     {"POST", "/check-runs"}}) {
    forge.talks.clear();
    forge.comments.clear();
    forge.checks.clear();
    fault_once(method, part, {Fault::answer, 409, "{\"message\":\"Conflict\"}"});
    EXPECT_TRUE(run({10, 20}).done) << part;
    EXPECT_EQ(forge.talks.size(), 2U) << part;
    EXPECT_EQ(forge.comments.size(), 1U) << part;
    EXPECT_EQ(forge.checks.size(), 1U) << part;
    forge.fault = nullptr;
    EXPECT_EQ(writes_of({10, 20}), 0U) << part;
  }
  forge.fault = [](const fakes::ServedRequest& request) {
    return request.method == "GET" || request.target == "/graphql"
               ? Fault{}
               : Fault{Fault::answer, 409, "{\"message\":\"Conflict\"}"};
  };
  const auto out = run({30}, 'b');
  EXPECT_FALSE(out.done);
  EXPECT_THAT(out.failure, HasSubstr("409 Conflict"));
}

TEST_F(OnGitHub, AChangeThatIsGoneIsSaidToBe) {
  fault_once("GET", "/pulls/7",
             {Fault::answer, 410, "{\"message\":\"This pull request was deleted\"}"});
  const auto out = run({10});
  EXPECT_FALSE(out.done);
  EXPECT_THAT(out.failure, HasSubstr("410 This pull request was deleted"));
  EXPECT_EQ(forge.writes(), 0U);
}

TEST_F(OnGitHub, ACommentThatGoesWhileItIsEditedIsNotMissed) {
  (void)run({10, 20});
  forge.before = [this, gone = false](const fakes::ServedRequest& request) mutable {
    if (gone || request.method != "PATCH" ||
        request.target.find("/pulls/comments/") == std::string::npos)
      return;
    forge.talks.erase(forge.talks.begin());
    gone = true;
  };
  fault_once("PATCH", "/pulls/comments/", {Fault::answer, 410, "{\"message\":\"Gone\"}"});
  EXPECT_TRUE(run({20}, 'b').done);
  EXPECT_EQ(forge.talks.size(), 1U);
  EXPECT_EQ(writes_of({20}, 'b'), 0U);
}

TEST_F(OnGitHub, AForgeThatHangsIsNotWaitedForAndNothingIsDoubled) {
  in_a_hurry = true;
  expect_nothing_doubled(
      {{"POST", "/reviews"}, {"POST", "/issues/7/comments"}, {"GET", "/pulls/7"}},
      {{Fault::hang_before}, {Fault::hang_after}});
}

TEST_F(OnGitHub, AForgeThatOnlyHangsEndsTheRun) {
  in_a_hurry = true;
  forge.fault = [](const fakes::ServedRequest&) { return Fault{Fault::hang_before}; };
  const auto out = run({10});
  EXPECT_FALSE(out.done);
  EXPECT_THAT(out.failure, HasSubstr("the forge cannot be asked"));
}

/// A transport on a machine without an HTTP library, and one whose rules forbid the address.
class Never : public HttpTransport {
 public:
  explicit Never(HttpFailure failure) : failure_(failure) {}
  HttpOutcome send(const HttpRequest&, const std::stop_token&) override {
    HttpOutcome outcome;
    outcome.failure = failure_;
    outcome.detail = "never";
    return outcome;
  }

 private:
  HttpFailure failure_;
};

TEST_F(OnGitHub, WhatNoWaitingMendsIsNotWaitedFor) {
  for (const auto failure : {HttpFailure::unavailable, HttpFailure::refused}) {
    Never transport(failure);
    ForgeWorld world{transport, clock, [this](milliseconds time) {
                       slept.push_back(time);
                       return true;
                     }};
    const auto out = peer::publish(report_with({10}, std::string(40, 'a')), place, options, world);
    EXPECT_THAT(out ? out->failure : out.error().message, HasSubstr("never"));
    EXPECT_THAT(slept, IsEmpty());
  }
}

TEST_F(OnGitHub, AChangeThatBecomesADraftIsReviewedAllTheSame) {
  forge.before = [this](const fakes::ServedRequest& request) {
    if (request.target.ends_with("/reviews")) forge.draft = true;
  };
  EXPECT_TRUE(run({10, 20}).done);
  EXPECT_EQ(forge.talks.size(), 2U);
  EXPECT_EQ(forge.comments.size(), 1U);
  EXPECT_EQ(writes_of({10, 20}), 0U);
}

TEST_F(OnGitHub, ATokenThatLosesItsRightsOnTheWayIsSaidAndTheNextRunFinishes) {
  forge.before = [this](const fakes::ServedRequest& request) {
    if (request.target.ends_with("/issues/7/comments"))
      forge.tokens["Bearer writer"].may.erase("comment");
  };
  const auto out = run({10, 20});
  EXPECT_TRUE(out.done);
  EXPECT_THAT(out.degraded, Contains(HasSubstr("may not comment on the change")));
  EXPECT_EQ(forge.talks.size(), 2U);
  EXPECT_THAT(forge.comments, IsEmpty());
  EXPECT_EQ(forge.checks.size(), 1U) << "what it still may is done";
  forge.before = nullptr;
  forge.tokens["Bearer writer"].may.insert("comment");
  EXPECT_EQ(writes_of({10, 20}), 1U);
  EXPECT_EQ(forge.talks.size(), 2U);
  EXPECT_EQ(forge.comments.size(), 1U);
}

TEST_F(OnGitHub, ATokenThatIsTakenAwayOnTheWayIsSaidAndTheNextRunFinishes) {
  forge.before = [this](const fakes::ServedRequest& request) {
    if (request.target.ends_with("/issues/7/comments")) forge.tokens.clear();
  };
  const auto all = forge.tokens;
  const auto out = run({10, 20});
  EXPECT_FALSE(out.done && out.degraded.empty());
  forge.before = nullptr;
  forge.tokens = all;
  EXPECT_TRUE(run({10, 20}).done);
  EXPECT_EQ(forge.talks.size(), 2U);
  EXPECT_EQ(forge.comments.size(), 1U);
  EXPECT_EQ(writes_of({10, 20}), 0U);
}

TEST_F(OnGitHub, ACredentialInTheWordsOfTheForgeIsNotRepeated) {
  place.token = "ghs_abcdefghijklmnopqrstuvwxyz012345";
  fault_once("GET", "/pulls/7",
             {Fault::answer, 403, "{\"message\":\"no such token: " + place.token + "\"}"});
  const auto out = run({10});
  EXPECT_FALSE(out.done);
  EXPECT_THAT(out.failure, HasSubstr("the forge says 403, in words that hold a credential"));
}

TEST_F(OnGitLab, AConflictIsLookedIntoAndNothingIsDoubled) {
  for (const auto* part : {"/draft_notes", "/bulk_publish", "/notes"}) {
    forge.discussions.clear();
    forge.drafts.clear();
    fault_once("POST", part, {Fault::answer, 409, "{\"message\":\"409 Conflict\"}"});
    EXPECT_TRUE(run({10, 60}).done) << part;
    forge.fault = nullptr;
    EXPECT_EQ(forge.threads().size(), 2U) << part;
    EXPECT_EQ(forge.notes().size(), 1U) << part;
    EXPECT_EQ(writes_of({10, 60}), 0U) << part;
  }
}

TEST_F(OnGitLab, AChangeThatIsGoneIsSaidToBe) {
  fault_once("GET", "/merge_requests/7", {Fault::answer, 410, "{\"message\":\"410 Gone\"}"});
  const auto out = run({10});
  EXPECT_FALSE(out.done);
  EXPECT_THAT(out.failure, HasSubstr("410 Gone"));
  EXPECT_EQ(forge.writes(), 0U);
}

TEST_F(OnGitLab, AForgeThatHangsIsNotWaitedForAndNothingIsDoubled) {
  in_a_hurry = true;
  expect_nothing_doubled({{"POST", "/draft_notes"},
                          {"POST", "/bulk_publish"},
                          {"POST", "/notes"},
                          {"GET", "/discussions"}},
                         {{Fault::hang_before}, {Fault::hang_after}});
}

TEST_F(OnGitLab, AChangeThatBecomesADraftIsReviewedAllTheSame) {
  forge.before = [this](const fakes::ServedRequest& request) {
    if (request.target.find("/draft_notes") != std::string::npos) forge.draft = true;
  };
  EXPECT_TRUE(run({10, 60}).done);
  EXPECT_EQ(forge.threads().size(), 2U);
  EXPECT_EQ(writes_of({10, 60}), 0U);
}

TEST_F(OnGitLab, ATokenThatLosesItsRightsOnTheWayIsSaidAndTheNextRunFinishes) {
  forge.before = [this, posts = 0](const fakes::ServedRequest& request) mutable {
    if (request.method == "POST" && ++posts == 2) forge.may_write.clear();
  };
  const auto out = run({10, 60});
  EXPECT_TRUE(out.done);
  EXPECT_THAT(out.degraded, Contains(HasSubstr("may not comment on the change")));
  EXPECT_EQ(forge.drafts.size(), 1U);
  forge.before = nullptr;
  forge.may_write = {"writer"};
  EXPECT_TRUE(run({10, 60}).done);
  EXPECT_EQ(forge.threads().size(), 2U);
  EXPECT_EQ(forge.notes().size(), 1U);
  EXPECT_THAT(forge.drafts, IsEmpty());
  EXPECT_EQ(writes_of({10, 60}), 0U);
}

/// A finding on a removed line of src/a.py, whose hunk replaces its lines 13 and 14.
Report on_a_removed_line() {
  auto report = report_with({13}, std::string(40, 'a'));
  auto& hunk = report.change.files[0].hunks[0];
  hunk = {{10, 12}, {20, 13}, {{13, 2}, {16, 1}}, {{23, 3}, {29, 1}}};
  report.coverage.files[0].hunks = {{hunk, true}};
  report.findings[0].side = Side::old_side;
  return report;
}

TEST_F(OnGitHub, ARemovedLineIsSpokenOfOnTheLeft) {
  const auto report = on_a_removed_line();
  forge.head = report.change.head;
  forge.diff = {{"src/a.py", {{{10, 21}}, {{20, 32}}}}};
  const auto out = publish(report);
  ASSERT_TRUE(out && out->done);
  ASSERT_EQ(forge.talks.size(), 1U);
  EXPECT_EQ(forge.talks[0].side, "LEFT");
  EXPECT_EQ(forge.talks[0].line, 13U);
  const auto writes = forge.writes();
  ASSERT_TRUE(publish(report).has_value());
  EXPECT_EQ(forge.writes(), writes);
}

TEST_F(OnGitLab, ARemovedLineIsSpokenOfOnTheOldSide) {
  const auto report = on_a_removed_line();
  forge.head = report.change.head;
  forge.diff["src/a.py"] = counted(10, 20, "   --+++ -  +   ");
  const auto out = publish(report);
  ASSERT_TRUE(out && out->done);
  ASSERT_EQ(forge.threads().size(), 1U);
  EXPECT_EQ(forge.threads()[0].position.at("old_line"), 13);
  EXPECT_FALSE(forge.threads()[0].position.contains("new_line"));
}

/// Requests that make something that people are told of.
std::size_t created(const fakes::GitHubFake& forge) {
  std::size_t n = 0;
  for (const auto& each : forge.requests())
    n += each.method == "POST" &&
                 (each.target.ends_with("/reviews") || each.target.ends_with("/comments"))
             ? 1U
             : 0U;
  return n;
}

TEST_F(OnGitHub, ARunCreatesASummaryOnceAndAtMostOneReview) {
  (void)run({10, 20, 30}, 'a');
  EXPECT_EQ(created(forge), 2U) << "all comments in one review, and the summary";
  (void)run({10, 20, 30}, 'b');
  EXPECT_EQ(created(forge), 2U) << "the summary is edited";
  (void)run({10, 20, 40, 50}, 'c');
  EXPECT_EQ(created(forge), 3U) << "one review of what is new";
}

TEST_F(OnGitHub, ARunWithoutCommentsOnLinesCreatesOneThing) {
  (void)run({}, 'a');
  EXPECT_EQ(created(forge), 1U);
  (void)run({}, 'b');
  EXPECT_EQ(created(forge), 1U);
}

}  // namespace
}  // namespace peer::test
