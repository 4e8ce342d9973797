#include "llm/ask/asker.hpp"

#include <atomic>
#include <future>
#include <latch>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "base/http_engine.hpp"
#include "llm/ask/adapt.hpp"
#include "llm/ask/breaker.hpp"
#include "llm/ask/keys.hpp"
#include "tests/fakes/ask_world.hpp"
#include "tests/fakes/http_server.hpp"

namespace peer {
namespace {

using fakes::AskBench;
using fakes::says;
using fakes::status;
using fakes::target;
using std::chrono::milliseconds;

Inquiry inquiry(std::vector<Target> chain, std::string text = "question") {
  Inquiry out;
  out.question.messages = {{Message::Role::user, std::move(text)}};
  out.chain = std::move(chain);
  return out;
}

TEST(Breaker, OpensAfterFailuresInARowAndLetsOneTry) {
  Breaker breaker;
  const auto start = Breaker::Time{} + std::chrono::hours(1);
  for (int i = 0; i < Breaker::kFailuresToOpen; ++i) {
    EXPECT_EQ(breaker.state(start), Breaker::State::closed);
    EXPECT_TRUE(breaker.allow(start));
    breaker.failure(start);
  }
  EXPECT_EQ(breaker.state(start), Breaker::State::open);
  EXPECT_FALSE(breaker.allow(start));
  const auto later = start + Breaker::kFirstPause;
  EXPECT_EQ(breaker.state(later), Breaker::State::half_open);
  EXPECT_TRUE(breaker.allow(later));
  EXPECT_FALSE(breaker.allow(later)) << "only one tries";
  breaker.failure(later);
  EXPECT_EQ(breaker.state(later + Breaker::kFirstPause), Breaker::State::open)
      << "the pause doubles";
  const auto much_later = later + 2 * Breaker::kFirstPause;
  EXPECT_TRUE(breaker.allow(much_later));
  breaker.success();
  EXPECT_EQ(breaker.state(much_later), Breaker::State::closed);
}

TEST(Breaker, IsNotHeldByATryThatToldNothing) {
  Breaker breaker;
  const auto start = Breaker::Time{} + std::chrono::hours(1);
  for (int i = 0; i < Breaker::kFailuresToOpen; ++i)
    breaker.failure(start);
  const auto later = start + Breaker::kFirstPause;
  EXPECT_TRUE(breaker.allow(later));
  breaker.no_news();
  EXPECT_TRUE(breaker.allow(later));
}

TEST(Breaker, CountsOnlyFailuresInARow) {
  Breaker breaker;
  const auto start = Breaker::Time{} + std::chrono::hours(1);
  for (int i = 0; i < 10; ++i) {
    breaker.failure(start);
    breaker.failure(start);
    breaker.success();
  }
  EXPECT_EQ(breaker.state(start), Breaker::State::closed);
}

TEST(Asker, LeavesAServerAloneThatKeepsFailing) {
  AskBench bench([](const HttpRequest& request) {
    return request.credential->origin.host == "a.example" ? status(503) : says("ok");
  });
  for (int i = 0; i < 5; ++i)
    EXPECT_TRUE(bench.asker.ask(inquiry({target("a"), target("b")}, std::to_string(i)), {})
                    .answer.has_value());
  std::size_t to_a = 0;
  for (const auto& request : bench.http.sent())
    to_a += request.credential->origin.host == "a.example" ? 1 : 0;
  EXPECT_EQ(to_a, std::size_t{Breaker::kFailuresToOpen});
  bench.clock.pass(Breaker::kFirstPause);
  EXPECT_TRUE(bench.asker.ask(inquiry({target("a"), target("b")}, "later"), {}).answer.has_value());
  EXPECT_EQ(bench.http.sent().size(), Breaker::kFailuresToOpen + 5 + 2U) << "one more try";
}

TEST(KeyRing, WaitsForTheLimitsThatHeadersTell) {
  fakes::FakeClock clock;
  KeyRing keys;
  const auto one = target("a");
  const auto first = keys.choose(one, 100, clock.steady(), milliseconds(10'000));
  ASSERT_TRUE(first.has_value());
  keys.note_success(
      one, 0,
      status(200, "{}",
             {{"x-ratelimit-remaining-tokens", "500"}, {"x-ratelimit-reset-tokens", "6s"}}),
      clock.steady(), clock.unix_seconds());
  EXPECT_EQ(keys.choose(one, 400, clock.steady(), milliseconds(10'000))->wait, milliseconds(0));
  keys.note_nothing(one, 0);
  EXPECT_EQ(keys.choose(one, 400, clock.steady(), milliseconds(10'000))->wait, milliseconds(6000))
      << "100 are left";
  keys.note_nothing(one, 0);
  EXPECT_FALSE(keys.choose(one, 400, clock.steady(), milliseconds(5000)).has_value());
  clock.pass(milliseconds(6000));
  EXPECT_EQ(keys.choose(one, 400, clock.steady(), milliseconds(5000))->wait, milliseconds(0));
}

TEST(KeyRing, TakesKeysInTurn) {
  fakes::FakeClock clock;
  KeyRing keys;
  const auto three = target("a", "m", 3);
  std::vector<std::size_t> used;
  for (int i = 0; i < 6; ++i)
    used.push_back(keys.choose(three, 1, clock.steady(), milliseconds(1000))->key);
  EXPECT_EQ(used, (std::vector<std::size_t>{0, 1, 2, 0, 1, 2}));
}

TEST(Asker, AsksTheSameOnlyOnceAtATime) {
  std::latch both(1);
  std::atomic<int> calls = 0;
  AskBench bench([&](const HttpRequest&) {
    ++calls;
    both.wait();
    return says("ok");
  });
  std::vector<std::future<Reply>> replies;
  for (int i = 0; i < 8; ++i)
    replies.push_back(std::async(std::launch::async,
                                 [&] { return bench.asker.ask(inquiry({target("a")}), {}); }));
  while (calls == 0)
    std::this_thread::yield();
  std::this_thread::sleep_for(
      milliseconds(30));  // the others come to wait; those who are late ask for themselves
  both.count_down();
  double cost = 0;
  std::size_t records = 0;
  for (auto& reply : replies) {
    const auto got = reply.get();
    ASSERT_TRUE(got.answer.has_value());
    EXPECT_EQ(got.answer->completion.text, "ok");
    cost += got.answer->cost_usd;
    records += got.calls.size();
  }
  EXPECT_LT(calls, 8);
  EXPECT_EQ(records, static_cast<std::size_t>(calls));
  EXPECT_NEAR(cost, 0.002 * calls, 1e-9) << "each call is paid once";
}

TEST(Asker, DoesNotPassOnThatSomebodyElseWasCancelled) {
  std::stop_source first;
  std::atomic<int> calls = 0;
  AskBench bench([&](const HttpRequest&) {
    if (++calls > 1) return says("ok");
    while (!first.stop_requested())
      std::this_thread::yield();
    return fakes::broken(HttpFailure::cancelled);
  });
  auto leader = std::async(std::launch::async, [&] {
    return bench.asker.ask(inquiry({target("a")}), first.get_token());
  });
  while (calls == 0)
    std::this_thread::yield();
  auto other =
      std::async(std::launch::async, [&] { return bench.asker.ask(inquiry({target("a")}), {}); });
  std::this_thread::sleep_for(milliseconds(10));
  first.request_stop();
  EXPECT_EQ(leader.get().answer.error().kind, FailureClass::cancelled);
  EXPECT_EQ(other.get().answer.value().completion.text, "ok");
}

TEST(Asker, AnswersInTheOrderOfTheQuestionsAndNotTooManyAtOnce) {
  std::atomic<int> now = 0, most = 0;
  AskBench bench([&](const HttpRequest& request) {
    const int here = ++now;
    for (int seen = most; here > seen && !most.compare_exchange_weak(seen, here);) {
    }
    std::this_thread::sleep_for(milliseconds(2));
    --now;
    const auto at = request.body.find("number ");
    return says(request.body.substr(at + 7, request.body.find('"', at) - at - 7));
  });
  std::vector<Inquiry> inquiries;
  for (int i = 0; i < 40; ++i)
    inquiries.push_back(inquiry({target("a")}, "number " + std::to_string(i)));
  const auto replies = bench.asker.ask_all(inquiries, {});
  for (int i = 0; i < 40; ++i)
    EXPECT_EQ(replies[static_cast<std::size_t>(i)].answer.value().completion.text,
              std::to_string(i));
  EXPECT_EQ(most, 3);
}

TEST(Asker, StopsWhenAskedTo) {
  std::stop_source stop;
  AskBench bench([&](const HttpRequest&) {
    stop.request_stop();
    return status(503);
  });
  EXPECT_EQ(
      bench.asker.ask(inquiry({target("a"), target("b")}), stop.get_token()).answer.error().kind,
      FailureClass::cancelled);
  EXPECT_EQ(bench.http.sent().size(), 1U);
}

TEST(Asker, SpendsNoMoreThanItMay) {
  Budget budget({.max_cost_usd = 0.1, .max_calls = {}});
  // 10 and 100 tokens at $1 and $10 a million: $0.00101 each, a little under what is reserved
  const auto answer =
      status(200, R"({"choices":[{"message":{"content":"ok"},"finish_reason":"stop"}],)"
                  R"("usage":{"prompt_tokens":10,"completion_tokens":100}})");
  AskBench bench([&](const HttpRequest&) { return answer; }, {.concurrency = 8}, &budget);
  std::vector<Inquiry> inquiries;
  for (int i = 0; i < 120; ++i) {
    inquiries.push_back(inquiry({target("a"), target("b")}, std::to_string(i)));
    inquiries.back().question.max_output_tokens = 100;
  }
  const auto replies = bench.asker.ask_all(inquiries, {});
  EXPECT_LE(budget.spent().cost_usd, 0.1);
  EXPECT_GT(budget.spent().cost_usd, 0.09);
  std::size_t refused = 0;
  for (const auto& reply : replies)
    refused += !reply.answer && reply.answer.error().kind == FailureClass::refused ? 1 : 0;
  EXPECT_EQ(refused, budget.spent().refused);
  EXPECT_EQ(refused + budget.spent().calls, 120U);

  Budget few({.max_cost_usd = {}, .max_calls = 3});
  AskBench counted([](const HttpRequest&) { return status(503); }, {}, &few);
  EXPECT_EQ(counted.asker.ask(inquiry({target("a"), target("b")}), {}).answer.error().code,
            "budget");
  EXPECT_EQ(few.spent().calls, 3U);
}

TEST(Asker, LetsItsGuardRefuseARequest) {
  AskBench bench([](const HttpRequest&) { return says("ok"); });
  bench.asker.set_guard([](std::string_view body, const Provider& to) -> Result<void> {
    if (to.id == "a" && body.find("AKIA") != body.npos)
      return fail(ErrorKind::refused, "it holds a secret");
    return {};
  });
  const auto reply = bench.asker.ask(inquiry({target("a")}, "AKIA"), {});
  EXPECT_EQ(reply.answer.error().kind, FailureClass::refused);
  EXPECT_EQ(reply.answer.error().message, "it holds a secret");
  EXPECT_TRUE(bench.http.sent().empty());
}

TEST(Asker, TalksToARealServer) {
  fakes::HttpServer server([](const fakes::ServedRequest& request, fakes::Connection& out) {
    if (request.body.find("\"stream\":true") == std::string::npos)
      return out.reply(200,
                       R"({"choices":[{"message":{"content":"whole"},"finish_reason":"stop"}]})");
    out.begin_chunks("text/event-stream");
    out.chunk("data: {\"choices\":[{\"delta\":{\"content\":\"str\"}}]}\n\nda");
    out.chunk(
        "ta: {\"choices\":[{\"delta\":{\"content\":\"eam\"},\"finish_reason\":\"stop\"}]}\n\ndata: "
        "[DONE]\n\n");
    out.end_chunks();
  });
  HttpOptions options;
  auto real = target("a");
  Source source = *real.source;
  source.provider.base_url = server.url("/v1");
  source.provider.origin = parse_url(server.url())->origin;
  real.source = std::make_shared<const Source>(source);
  options.allowed = {{source.provider.origin, false}};
  HttpEngine engine(options);
  const Clock clock;
  Asker asker(real_world(engine, clock), {}, nullptr);
  EXPECT_EQ(asker.ask(inquiry({real}), {}).answer.value().completion.text, "whole");
  auto streamed = inquiry({real});
  std::string heard;
  streamed.on_text = [&](std::string_view piece) { heard += piece; };
  EXPECT_EQ(asker.ask(streamed, {}).answer.value().completion.text, "stream");
  EXPECT_EQ(heard, "stream");
  const auto requests = server.requests();
  EXPECT_EQ(requests.at(0).target, "/v1/chat/completions");
  EXPECT_EQ(requests.at(0).header("authorization"), "Bearer secret-a-0");
  EXPECT_EQ(server.connections(), 1U);
}

TEST(Adapt, DropsEachFeatureOnce) {
  Abilities all{.json = JsonAbility::schema,
                .seed = true,
                .repeat_penalty = true,
                .cache_control = true,
                .max_completion_tokens = true};
  for (const char* feature : {"temperature", "top_p", "stop", "seed", "repeat_penalty",
                              "stream_usage", "cache_control", "max_completion_tokens"}) {
    EXPECT_TRUE(drop_feature(all, feature)) << feature;
    EXPECT_FALSE(drop_feature(all, feature)) << feature;
  }
  EXPECT_TRUE(drop_feature(all, "json_schema"));
  EXPECT_EQ(all.json, JsonAbility::object);
  EXPECT_TRUE(drop_feature(all, "json_object"));
  EXPECT_FALSE(drop_feature(all, "json_schema"));
  EXPECT_TRUE(drop_feature(all, "max_tokens"));
  EXPECT_TRUE(all.max_completion_tokens);
  EXPECT_FALSE(drop_feature(all, "wings"));
}

}  // namespace
}  // namespace peer
