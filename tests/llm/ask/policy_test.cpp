// Every row of the policy table, with a fake clock and transport.
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "base/json.hpp"
#include "tests/llm/ask/policy_fixture.hpp"

namespace peer {
namespace {

using fakes::AskBench;
using fakes::broken;
using fakes::says;
using fakes::status;
using fakes::target;
using std::chrono::milliseconds;
using Waits = std::vector<milliseconds>;
using test::in_turn;
using test::inquiry;
using test::outcome_of;
using test::path_of;

TEST(Policy, RetriesWhatMayPassAndThenAsksSomebodyElse) {
  const std::vector<HttpOutcome> passing{
      broken(HttpFailure::name),
      broken(HttpFailure::connect),
      broken(HttpFailure::tls),
      broken(HttpFailure::reset),
      broken(HttpFailure::connect_timeout),
      broken(HttpFailure::first_byte_timeout),
      broken(HttpFailure::idle_timeout),
      broken(HttpFailure::protocol),
      status(408),
      status(409),
      status(425),
      status(500),
      status(502),
      status(503),
      status(504),
      status(520),
      status(524),
      status(529),
      status(498),
      status(200, R"({"error":{"code":503,"message":"m"}})"),
      status(200, R"({"error":{"type":"overloaded_error","message":"m"}})"),
      status(200, "<html>maintenance</html>")};
  for (const auto& failure : passing) {
    SCOPED_TRACE(std::to_string(failure.status) + " " + std::string(to_string(failure.failure)) +
                 failure.body);
    AskBench once(in_turn({failure, says("ok")}));
    EXPECT_EQ(outcome_of(once.asker.ask(inquiry({target("a"), target("b")}), {})), "ok by a/m");
    EXPECT_EQ(once.waits, Waits{milliseconds(1000)});
    // with nobody else, three tries, a second and then two
    AskBench alone(in_turn({failure}));
    EXPECT_EQ(outcome_of(alone.asker.ask(inquiry({target("a")}), {})), "transient");
    const bool repeated_500 = failure.status == 500;
    EXPECT_EQ(path_of(alone), repeated_500 ? "a0 a0" : "a0 a0 a0");
    EXPECT_EQ(alone.waits, repeated_500 ? Waits{milliseconds(1000)}
                                        : (Waits{milliseconds(1000), milliseconds(2000)}));
    AskBench chain([&](const HttpRequest& request) {
      return request.credential->origin.host == "a.example" ? failure : says("ok");
    });
    EXPECT_EQ(outcome_of(chain.asker.ask(inquiry({target("a"), target("b")}), {})), "ok by b/m");
  }
}

TEST(Policy, WaitsAsLongAsTheServerWantsButNotLongerThanThereIsTime) {
  AskBench waits(in_turn({status(429, "{}", {{"retry-after", "4"}}), says("ok")}));
  EXPECT_EQ(outcome_of(waits.asker.ask(inquiry({target("a")}), {})), "ok by a/m");
  EXPECT_EQ(waits.waits, Waits{milliseconds(4000)});
  AskBench too_long(in_turn({status(429, "{}", {{"retry-after", "40"}})}));
  EXPECT_EQ(outcome_of(too_long.asker.ask(inquiry({target("a")}), {})), "rate limited");
  EXPECT_TRUE(too_long.waits.empty());
  EXPECT_EQ(path_of(too_long), "a0");
}

TEST(Policy, GoesToAnotherKeyOrModelAtOnceWhenARateIsReached) {
  const auto by_key = [](const HttpRequest& request) {
    return request.credential->value.ends_with("-0") ? status(429, "{}", {{"retry-after", "30"}})
                                                     : says("ok");
  };
  AskBench keys(by_key);
  EXPECT_EQ(outcome_of(keys.asker.ask(inquiry({target("a", "m", 2), target("b")}), {})),
            "ok by a/m");
  EXPECT_EQ(path_of(keys), "a0 a1");
  EXPECT_TRUE(keys.waits.empty());
  // the key is left alone until its time is over
  EXPECT_EQ(outcome_of(keys.asker.ask(inquiry({target("a", "m", 2)}, "another"), {})), "ok by a/m");
  EXPECT_EQ(path_of(keys), "a0 a1 a1");
  AskBench models([](const HttpRequest& request) {
    return request.credential->origin.host == "a.example"
               ? status(429, R"({"error":{"message":"Please try again in 7.5s"}})")
               : says("ok");
  });
  EXPECT_EQ(outcome_of(models.asker.ask(inquiry({target("a"), target("b")}), {})), "ok by b/m");
  EXPECT_TRUE(models.waits.empty());
  // a short wait is cheaper than another model
  AskBench brief(in_turn({status(429, "{}", {{"retry-after-ms", "700"}}), says("ok")}));
  EXPECT_EQ(outcome_of(brief.asker.ask(inquiry({target("a"), target("b")}), {})), "ok by a/m");
  EXPECT_EQ(brief.waits, Waits{milliseconds(700)});
}

TEST(Policy, NeverUsesAKeyAgainThatHasNoCreditOrIsNotAccepted) {
  for (const auto& [failure, kind] : std::vector<std::pair<HttpOutcome, std::string>>{
           {status(401), "key not accepted"},
           {status(403), "key not accepted"},
           {status(402), "no credit"},
           {status(429, R"({"error":{"code":"insufficient_quota","message":"m"}})"),
            "no credit"}}) {
    SCOPED_TRACE(kind);
    AskBench keys([&failure = failure](const HttpRequest& request) {
      return request.credential->value.ends_with("-0") ? failure : says("ok");
    });
    EXPECT_EQ(outcome_of(keys.asker.ask(inquiry({target("a", "m", 2)}), {})), "ok by a/m");
    EXPECT_EQ(outcome_of(keys.asker.ask(inquiry({target("a", "m", 2)}, "another"), {})),
              "ok by a/m");
    EXPECT_EQ(path_of(keys), "a0 a1 a1");
    EXPECT_TRUE(keys.waits.empty());
    AskBench alone(in_turn({failure}));
    EXPECT_EQ(outcome_of(alone.asker.ask(inquiry({target("a")}), {})), kind);
    EXPECT_EQ(outcome_of(alone.asker.ask(inquiry({target("a")}, "another"), {})), "transient");
    EXPECT_EQ(path_of(alone), "a0");
  }
}

TEST(Policy, AsksAnotherModelWhereOneIsGone) {
  AskBench bench([](const HttpRequest& request) {
    return request.body.find("\"m1\"") != std::string::npos ? status(404) : says("ok");
  });
  EXPECT_EQ(outcome_of(bench.asker.ask(inquiry({target("a", "m1"), target("a", "m2")}), {})),
            "ok by a/m2");
  EXPECT_EQ(
      outcome_of(bench.asker.ask(inquiry({target("a", "m1"), target("a", "m2")}, "another"), {})),
      "ok by a/m2");
  EXPECT_EQ(bench.http.sent().size(), 3U) << "the model that is gone is not asked again";
  EXPECT_TRUE(bench.waits.empty());
}

TEST(Policy, LeavesOutOnceWhatAServerDoesNotKnow) {
  const auto handler = [](const HttpRequest& request) {
    const auto body = *parse_json(request.body);
    if (body.contains("response_format") && body["response_format"]["type"] == "json_schema")
      return status(
          400,
          R"({"error":{"message":"This model does not support response format `json_schema`"}})");
    if (body.contains("temperature"))
      return status(400, R"({"error":{"message":"Unsupported value","param":"temperature"}})");
    return says("ok");
  };
  AskBench bench(handler);
  auto shaped = inquiry({target("a")});
  shaped.question.shape = AnswerShape{"s", R"({"type":"object"})"};
  EXPECT_EQ(outcome_of(bench.asker.ask(shaped, {})), "ok by a/m");
  EXPECT_EQ(bench.http.sent().size(), 3U);
  EXPECT_NE(bench.http.sent()[2].body.find("follows this JSON Schema"), std::string::npos);
  shaped.question.messages[0].text = "another";
  EXPECT_EQ(outcome_of(bench.asker.ask(shaped, {})), "ok by a/m");
  EXPECT_EQ(bench.http.sent().size(), 4U) << "it is remembered";
  EXPECT_TRUE(bench.waits.empty());
  // one that complains for ever is left
  AskBench stubborn([](const HttpRequest& request) {
    return request.credential->origin.host == "a.example"
               ? status(400, R"({"error":{"message":"unknown json_schema"}})")
               : says("ok");
  });
  EXPECT_EQ(outcome_of(stubborn.asker.ask(inquiry({target("a"), target("b")}), {})), "ok by b/m");
  EXPECT_LE(stubborn.http.sent().size(), 5U);
}

TEST(Policy, TakesARefusalToAnotherModelOnly) {
  for (const auto& refusal : {status(400, R"({"error":{"code":"content_filter","message":"m"}})"),
                              says("half", "content_filter"),
                              status(403, R"({"error":{"message":"flagged by moderation"}})")}) {
    AskBench alone(in_turn({refusal}));
    EXPECT_EQ(outcome_of(alone.asker.ask(inquiry({target("a", "m", 2)}), {})),
              "refused by a filter");
    EXPECT_EQ(path_of(alone), "a0");
    AskBench other([&](const HttpRequest& request) {
      return request.credential->origin.host == "a.example" ? refusal : says("ok");
    });
    EXPECT_EQ(outcome_of(other.asker.ask(inquiry({target("a"), target("b")}), {})), "ok by b/m");
    EXPECT_EQ(path_of(other), "a0 b0");
  }
}

TEST(Policy, GivesUpWhereTheRequestIsWrong) {
  for (const int code : {400, 405, 422, 302}) {
    AskBench bench(in_turn({status(code)}));
    EXPECT_EQ(outcome_of(bench.asker.ask(inquiry({target("a"), target("b")}), {})), "bad request")
        << code;
    EXPECT_EQ(path_of(bench), "a0");
  }
}

TEST(Policy, FollowsTheServersWishAboutRetrying) {
  AskBench again(in_turn({status(400, "{}", {{"x-should-retry", "true"}}), says("ok")}));
  EXPECT_EQ(outcome_of(again.asker.ask(inquiry({target("a")}), {})), "ok by a/m");
  AskBench never(in_turn({status(503, "{}", {{"x-should-retry", "false"}})}));
  EXPECT_EQ(outcome_of(never.asker.ask(inquiry({target("a")}), {})), "transient");
  EXPECT_EQ(path_of(never), "a0");
}

TEST(Policy, HasABadAnswerRepairedThenAsksForLessThenSomebodyElse) {
  const std::vector<HttpOutcome> bad{status(200, ""),
                                     status(200, "{}"),
                                     status(200, "{\"choices\":["),
                                     says(""),
                                     says("half", "length"),
                                     status(200, R"({"choices":[]})"),
                                     status(200, R"({"choices":[{"message":{"content":null}}]})"),
                                     broken(HttpFailure::too_large)};
  for (const auto& outcome : bad) {
    SCOPED_TRACE(outcome.body);
    AskBench repaired(in_turn({outcome, says("ok")}));
    EXPECT_EQ(outcome_of(repaired.asker.ask(inquiry({target("a"), target("b")}), {})), "ok by a/m");
    EXPECT_NE(repaired.http.sent()[1].body.find("could not be used"), std::string::npos);
    AskBench worse([&](const HttpRequest& request) {
      return request.credential->origin.host == "a.example" ? outcome : says("ok");
    });
    auto with_less = inquiry({target("a"), target("b")});
    with_less.smaller = [] {
      Question less;
      less.messages = {{Message::Role::user, "short"}};
      return std::optional(less);
    };
    EXPECT_EQ(outcome_of(worse.asker.ask(with_less, {})), "ok by b/m");
    EXPECT_EQ(path_of(worse), "a0 a0 a0 a0 b0") << "as it is, repaired, smaller, repaired, next";
    EXPECT_TRUE(worse.waits.empty());
  }
}

TEST(Policy, TreatsACutStreamAsAFailureThatMayPass) {
  const std::string cut = "data: {\"choices\":[{\"delta\":{\"content\":\"half\"}}]}\n\n";
  const std::string end =
      "data: {\"choices\":[{\"delta\":{\"content\":\" whole\"},\"finish_reason\":\"stop\"}]}\n\n";
  const std::string in_band =
      cut + "data: {\"error\":{\"code\":529,\"message\":\"Overloaded\"}}\n\n";
  auto cut_and_reset = status(200, cut);
  cut_and_reset.failure = HttpFailure::reset;
  auto whole_and_reset = status(200, cut + end);
  whole_and_reset.failure = HttpFailure::reset;
  for (const auto& outcome : {status(200, cut), status(200, in_band),
                              status(200, cut + "data: {bro\n\n"), cut_and_reset}) {
    AskBench bench(in_turn({outcome, status(200, cut + end + "data: [DONE]\n\n")}));
    auto streamed = inquiry({target("a")});
    std::vector<std::string> heard;
    streamed.on_text = [&](std::string_view piece) { heard.emplace_back(piece); };
    EXPECT_EQ(outcome_of(bench.asker.ask(streamed, {})), "half whole by a/m");
    EXPECT_EQ(heard, (std::vector<std::string>{"", "half", "", "half", " whole"}));
    EXPECT_EQ(bench.waits, Waits{milliseconds(1000)});
  }
  AskBench late(in_turn({whole_and_reset}));
  auto streamed = inquiry({target("a")});
  streamed.on_text = [](std::string_view) {};
  EXPECT_EQ(outcome_of(late.asker.ask(streamed, {})), "half whole by a/m")
      << "all of the text had come";
}

TEST(Policy, EndsWithItsTime) {
  AskBench* world = nullptr;
  AskBench bench([&](const HttpRequest& request) {
    world->clock.pass(request.deadlines.total);
    return broken(HttpFailure::total_timeout);
  });
  world = &bench;
  const auto begun = bench.clock.steady();
  EXPECT_EQ(outcome_of(bench.asker.ask(inquiry({target("a"), target("b"), target("c"), target("d"),
                                                target("e"), target("f"), target("g")}),
                                       {})),
            "transient");
  EXPECT_LE(bench.clock.steady() - begun, milliseconds(60'000));
  EXPECT_EQ(path_of(bench), "a0 b0 c0 d0 e0");
  EXPECT_EQ(bench.http.sent()[0].deadlines.total, milliseconds(12'000));
}

TEST(Policy, GivesAModelOnThisMachineTimeToBeLoaded) {
  AskBench bench([](const HttpRequest&) { return says("ok"); });
  auto local = target("a");
  Source source = *local.source;
  source.provider.base_url = "http://127.0.0.1:11434";
  source.provider.origin = {"http", "127.0.0.1", 11434};
  local.source = std::make_shared<const Source>(source);
  EXPECT_TRUE(bench.asker.ask(inquiry({local}), {}).answer.has_value());
  EXPECT_EQ(bench.http.sent()[0].deadlines.total, milliseconds(120'000));
}

TEST(Policy, ShowsNoKeyThatAServerSaysBack) {
  AskBench bench([](const HttpRequest& request) {
    return status(401, R"({"error":{"message":"Incorrect API key provided: )" +
                           request.credential->value.substr(7) + R"("}})");
  });
  const auto reply = bench.asker.ask(inquiry({target("a")}), {});
  EXPECT_EQ(reply.answer.error().message, "Incorrect API key provided: (key)");
  EXPECT_EQ(reply.calls.at(0).failure->message.find("secret"), std::string::npos);
}

TEST(BackOff, IsARandomPartOfADoublingRange) {
  const RetryLimits limits;
  EXPECT_EQ(back_off(1, limits, [] { return 1.0; }), milliseconds(1000));
  EXPECT_EQ(back_off(2, limits, [] { return 1.0; }), milliseconds(2000));
  EXPECT_EQ(back_off(3, limits, [] { return 0.5; }), milliseconds(2000));
  EXPECT_EQ(back_off(60, limits, [] { return 1.0; }), milliseconds(8000));
  EXPECT_EQ(back_off(1, limits, [] { return 0.0; }), milliseconds(0));
}

}  // namespace
}  // namespace peer
