// Rows of the policy table about how much a model can be asked, with a fake clock and transport.
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/llm/ask/policy_fixture.hpp"

namespace peer {
namespace {

using fakes::AskBench;
using fakes::says;
using fakes::status;
using fakes::target;
using std::chrono::milliseconds;
using test::in_turn;
using test::inquiry;
using test::outcome_of;
using test::path_of;

TEST(Policy, NeverSendsTheSameAgainWhereItIsTooLarge) {
  for (const auto& failure :
       {status(413), status(400, R"({"error":{"code":"context_length_exceeded","message":"m"}})"),
        status(413,
               R"({"error":{"code":"rate_limit_exceeded","message":"Request too large TPM"}})")}) {
    AskBench alone(in_turn({failure}));
    EXPECT_FALSE(alone.asker.ask(inquiry({target("a")}), {}).answer.has_value());
    EXPECT_EQ(path_of(alone), "a0");
    AskBench smaller([&](const HttpRequest& request) {
      return request.body.find("short") != std::string::npos ? says("ok") : failure;
    });
    auto with_less = inquiry({target("a")}, "long question");
    with_less.smaller = [] {
      Question less;
      less.messages = {{Message::Role::user, "short"}};
      return std::optional(less);
    };
    const auto reply = smaller.asker.ask(with_less, {});
    EXPECT_EQ(outcome_of(reply), "ok by a/m");
    EXPECT_TRUE(reply.answer->smaller);
    EXPECT_EQ(path_of(smaller), "a0 a0");
    EXPECT_TRUE(smaller.waits.empty());
  }
}

TEST(Policy, CountsTokensAsTheProviderReportsThem) {
  std::string words;
  for (int i = 0; i < 1'000; ++i)
    words += "word ";
  // 1,000 tokens of ours; the provider says that it took 3,000
  AskBench bench([](const HttpRequest&) {
    return status(200, R"({"choices":[{"message":{"content":"ok"},"finish_reason":"stop"}],)"
                       R"("usage":{"prompt_tokens":3000,"completion_tokens":1}})");
  });
  auto asked = inquiry({target("a")}, words);
  asked.question.max_output_tokens = 10;
  asked.chain[0].model.window = 2'500;
  const auto first = bench.asker.ask(asked, {});
  EXPECT_EQ(outcome_of(first), "ok by a/m");
  ASSERT_TRUE(first.calls[0].token_ratio);
  EXPECT_NEAR(*first.calls[0].token_ratio, 3.0, 0.15);
  const auto second = bench.asker.ask(asked, {});
  ASSERT_FALSE(second.answer);
  EXPECT_EQ(second.answer.error().kind, FailureClass::prompt_too_large);
  AskBench other([](const HttpRequest&) { return says("ok"); });
  other.asker.remember_tokens("a/m", 3.0);
  EXPECT_FALSE(other.asker.ask(asked, {}).answer) << "as an earlier run learnt it";
}

TEST(Policy, PassesOverModelsWhoseWindowIsTooSmall) {
  AskBench bench([](const HttpRequest&) { return says("ok"); });
  const auto reply = bench.asker.ask(
      inquiry({target("a", "m", 1, 2048), target("b")}, std::string(20'000, 'x')), {});
  EXPECT_EQ(outcome_of(reply), "ok by b/m");
  EXPECT_EQ(path_of(bench), "b0");
  ASSERT_EQ(reply.calls.size(), 2U);
  EXPECT_FALSE(reply.calls[0].sent);
  EXPECT_EQ(reply.calls[0].failure->kind, FailureClass::prompt_too_large);
  // a window that the server found too small rules out others that are no larger
  AskBench found([](const HttpRequest& request) {
    return request.credential->origin.host == "a.example"
               ? status(400, R"({"error":{"code":"context_length_exceeded","message":"m"}})")
               : says("ok");
  });
  EXPECT_EQ(
      outcome_of(found.asker.ask(inquiry({target("a", "m", 1, 50'000), target("b", "m", 1, 40'000),
                                          target("c", "m", 1, 60'000)}),
                                 {})),
      "ok by c/m");
  EXPECT_EQ(path_of(found), "a0 c0");
}

TEST(Policy, TriesASmallerPromptWhenAllFailed) {
  AskBench bench([](const HttpRequest& request) {
    return request.body.find("short") != std::string::npos ? says("ok") : status(503);
  });
  auto with_less = inquiry({target("a"), target("b")});
  with_less.smaller = [] {
    Question less;
    less.messages = {{Message::Role::user, "short"}};
    return std::optional(less);
  };
  const auto reply = bench.asker.ask(with_less, {});
  EXPECT_EQ(outcome_of(reply), "ok by a/m");
  EXPECT_EQ(path_of(bench), "a0 a0 a0 b0 b0 b0 a0");
  EXPECT_TRUE(reply.answer->smaller);
}

}  // namespace
}  // namespace peer
