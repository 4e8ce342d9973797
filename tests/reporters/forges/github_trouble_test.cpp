// What GitHub and the way to it do wrong: limits, errors, lost replies, tokens that may not.
#include "tests/reporters/forges/on_github.hpp"

namespace peer::test {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST_F(OnGitHub, ATokenThatMayNotCommentLooksLike404AndIsSaid) {
  forge.tokens["Bearer writer"].may = {"statuses"};
  const auto out = run({10});
  EXPECT_TRUE(out.done);
  EXPECT_THAT(forge.talks, IsEmpty());
  ASSERT_EQ(forge.statuses.size(), 1U);
  EXPECT_EQ(forge.statuses[0].state, "failure");
  EXPECT_EQ(out.degraded.size(), 2U);
  EXPECT_THAT(out.degraded[0],
              HasSubstr("may not comment on the change (the forge says 404 Not Found)"));
  EXPECT_THAT(out.degraded[1], HasSubstr("may not write check runs"));
  const auto before = forge.writes();
  (void)run({10});
  EXPECT_EQ(forge.writes(), before) << "the status stands already";
}

TEST_F(OnGitHub, ATokenThatMayNotResolveSaysFixedInWords) {
  (void)run({10});
  forge.tokens["Bearer writer"].may.erase("resolve");
  (void)run({}, 'b');
  EXPECT_FALSE(forge.talks[0].resolved);
  EXPECT_THAT(forge.talks[0].comments[0].body, HasSubstr("Fixed in `bbbbbbbbbb`."));
  EXPECT_EQ(writes_of({}, 'b'), 0U);
}

TEST_F(OnGitHub, AWrongTokenIsNamed) {
  place.token = "wrong";
  auto report = report_with({10}, std::string(40, 'a'));
  forge.head = report.change.head;
  const auto out = publish(report);
  ASSERT_TRUE(out.has_value());
  EXPECT_FALSE(out->done);
  EXPECT_THAT(out->failure, HasSubstr("401 Bad credentials"));
}

TEST_F(OnGitHub, LostRepliesDoubleNothing) {
  expect_nothing_doubled(
      {{"POST", "/reviews"}, {"POST", "/issues/7/comments"}, {"POST", "/check-runs"}},
      {{Fault::drop_before}, {Fault::drop_after}});
}

TEST_F(OnGitHub, ServerErrorsPass) {
  for (const int status : {500, 502, 503, 504}) {
    forge.talks.clear();
    forge.comments.clear();
    fault_once("POST", "/reviews", {Fault::answer, status});
    EXPECT_TRUE(run({10}).done) << status;
    fault_once("GET", "/pulls/7", {Fault::answer, status}, 2);
    EXPECT_TRUE(run({10}, 'b').done) << status;
    EXPECT_EQ(forge.talks.size(), 1U);
  }
}

TEST_F(OnGitHub, LimitsAreKept) {
  fault_once("POST", "/reviews",
             {Fault::answer,
              403,
              "{\"message\":\"You have exceeded a secondary rate limit\"}",
              {{"Retry-After", "7"}}});
  EXPECT_TRUE(run({10}).done);
  EXPECT_THAT(slept, ::testing::Contains(milliseconds(7'000)));
  slept.clear();
  fault_once("POST", "/graphql", {Fault::answer, 429, "{}", {}});
  EXPECT_TRUE(run({10}, 'b').done);
  EXPECT_THAT(slept, ::testing::Contains(milliseconds(60'000))) << "a minute where nothing is said";
  slept.clear();
  const auto reset = std::to_string(clock.unix_seconds() + 30);
  fault_once("GET", "/pulls/7",
             {Fault::answer,
              403,
              "{\"message\":\"API rate limit exceeded\"}",
              {{"X-RateLimit-Remaining", "0"}, {"X-RateLimit-Reset", reset}}});
  EXPECT_TRUE(run({10}, 'c').done);
  ASSERT_FALSE(slept.empty());
  EXPECT_GE(slept[0], milliseconds(29'000));
  EXPECT_LE(slept[0], milliseconds(31'000));
  fault_once(
      "POST", "/reviews",
      {Fault::answer, 422, "{\"message\":\"was submitted too quickly\"}", {{"Retry-After", "1"}}});
  EXPECT_TRUE(run({10, 20}, 'd').done);
  EXPECT_EQ(forge.talks.size(), 2U);
}

TEST_F(OnGitHub, ALimitBeyondPatienceEndsTheRunAndTheNextOneFinishes) {
  forge.fault = [](const fakes::ServedRequest& request) {
    return request.target.find("/issues/") != std::string::npos
               ? Fault{Fault::answer, 429, "{}", {{"Retry-After", "3600"}}}
               : Fault{};
  };
  const auto out = run({10});
  EXPECT_FALSE(out.done);
  EXPECT_THAT(out.failure, HasSubstr("left alone for 3600 s"));
  forge.fault = nullptr;
  EXPECT_TRUE(run({10}).done);
  EXPECT_EQ(forge.talks.size(), 1U);
  EXPECT_EQ(forge.comments.size(), 1U);
}

TEST_F(OnGitHub, ARenamedRepositoryIsFollowedOnTheSameServerOnly) {
  forge.fault = [this](const fakes::ServedRequest& request) {
    if (request.target.find("/repos/old/name") == std::string::npos) return Fault{};
    const auto to = "/repos/o/r" + request.target.substr(15);
    return Fault{
        Fault::answer, request.method == "GET" ? 301 : 307, "{}", {{"Location", forge.url() + to}}};
  };
  place.project = "old/name";
  EXPECT_TRUE(run({10}).done);
  EXPECT_EQ(forge.talks.size(), 1U);
  forge.fault = [](const fakes::ServedRequest&) {
    return Fault{Fault::answer, 301, "{}", {{"Location", "http://127.0.0.1:9/repos/o/r"}}};
  };
  EXPECT_FALSE(run({10}).done);
}

TEST_F(OnGitHub, KilledBetweenAnyTwoRequestsTheNextRunEndsTheSame) {
  struct Killed {};
  for (int nth = 1; nth <= 14; ++nth) {
    forge.talks.clear();
    forge.comments.clear();
    forge.checks.clear();
    forge.fault = nullptr;
    (void)run({10, 20});
    // from request n on nothing comes through any more
    forge.fault = [left = nth](const fakes::ServedRequest&) mutable {
      return --left < 0  ? Fault{Fault::drop_before}
             : left == 0 ? Fault{Fault::drop_after}
                         : Fault{};
    };
    (void)run({20, 30}, 'b');
    forge.fault = nullptr;
    EXPECT_TRUE(run({20, 30}, 'b').done);
    ASSERT_EQ(forge.talks.size(), 3U) << nth;
    EXPECT_TRUE(forge.talks[0].resolved) << nth;
    EXPECT_THAT(forge.talks[0].comments[0].body, HasSubstr("Fixed in")) << nth;
    EXPECT_EQ(forge.comments.size(), 1U) << nth;
    EXPECT_EQ(writes_of({20, 30}, 'b'), 0U) << nth;
  }
}

}  // namespace
}  // namespace peer::test
