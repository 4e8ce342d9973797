#include "llm/ask/batch.hpp"

#include <atomic>
#include <mutex>
#include <set>

#include <gtest/gtest.h>

namespace peer {
namespace {

using Indices = std::vector<std::size_t>;

/// Answers every question with its number in `said`.
tl::expected<std::string, CallFailure> echo(std::span<const std::size_t> questions) {
  std::string out = "{\"results\":[";
  for (std::size_t i = 0; i < questions.size(); ++i)
    out += (i > 0 ? "," : "") + ("{\"idx\":" + std::to_string(i)) +
           ",\"said\":" + std::to_string(questions[i]) + "}";
  return out + "]}";
}

TEST(Batch, KeepsTheOrderOfTheQuestionsAndTheLimits) {
  const Indices sizes(50, 100);
  std::size_t calls = 0;
  std::mutex lock;
  std::set<std::size_t> asked;
  const auto out = ask_in_batches(sizes, {4, 350, 20, 3},
                                  [&](auto questions) {
                                    const std::lock_guard guard(lock);
                                    ++calls;
                                    EXPECT_LE(questions.size(), 3U) << "350 bytes hold three";
                                    asked.insert(questions.begin(), questions.end());
                                    return echo(questions);
                                  },
                                  {});
  EXPECT_EQ(calls, 17U);
  EXPECT_EQ(out.calls, 17U);
  EXPECT_EQ(asked.size(), 50U);
  for (std::size_t i = 0; i < sizes.size(); ++i)
    EXPECT_EQ(out.answers[i],
              "{\"idx\":" + std::to_string(i % 3) + ",\"said\":" + std::to_string(i) + "}");
}

TEST(Batch, AsksAgainAloneForWhatIsMissingOrStandsThereTwice) {
  std::vector<Indices> asked;
  const auto out = ask_in_batches(
      Indices(3, 10), {8, 1000, 20, 3},
      [&](auto questions) -> tl::expected<std::string, CallFailure> {
        asked.emplace_back(questions.begin(), questions.end());
        if (questions.size() == 3)
          return R"([{"idx":2,"said":2},{"idx":0,"said":0},{"idx":0,"said":9},{"idx":7}])";
        return R"({"said":"alone"})";
      },
      {});
  EXPECT_EQ(asked, (std::vector<Indices>{{0, 1, 2}, {0}, {1}}));
  EXPECT_EQ(out.answers[0], R"({"said":"alone"})");
  EXPECT_EQ(out.answers[1], R"({"said":"alone"})");
  EXPECT_EQ(out.answers[2], R"({"idx":2,"said":2})");
  EXPECT_EQ(out.extra, 2U);
  EXPECT_EQ(out.alone, 2U);
}

TEST(Batch, SaysWhatFailedAndGoesOn) {
  const auto out =
      ask_in_batches(Indices(4, 10), {2, 1000, 20, 3},
                     [&](auto questions) -> tl::expected<std::string, CallFailure> {
                       if (questions[0] == 0)
                         return tl::unexpected(CallFailure{FailureClass::quota, "no credit"});
                       return echo(questions);
                     },
                     {});
  EXPECT_FALSE(out.answers[0] || out.answers[1]);
  EXPECT_TRUE(out.answers[2] && out.answers[3]);
  ASSERT_EQ(out.failures.size(), 1U);
  EXPECT_EQ(out.failures[0].message, "no credit");
}

TEST(Batch, RunsSideBySideOnlyAboveItsLimit) {
  for (const std::size_t count : {20U, 21U}) {
    std::atomic<int> now{0}, most{0};
    std::atomic<int> waiting{0};
    (void)ask_in_batches(Indices(count, 10), {1, 1000, 20, 3},
                         [&](auto questions) {
                           most = std::max(most.load(), ++now);
                           if (count > 20 && waiting++ < 3)
                             while (waiting < 3)
                               std::this_thread::yield();  // the first three meet
                           --now;
                           return echo(questions);
                         },
                         {});
    EXPECT_EQ(most > 1, count > 20);
  }
}

}  // namespace
}  // namespace peer
