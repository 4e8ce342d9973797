#include "cache/shared_scores.hpp"

#include <gtest/gtest.h>

#include "base/hash.hpp"
#include "tests/cache/temporary.hpp"
#include "tests/fakes/redis_server.hpp"

namespace peer {
namespace {

using fakes::RedisServer;
constexpr double kWeek = 7 * 86'400.0;

TEST(SharedScores, OfOneMachineAreReadByAnother) {
  const RedisServer server;
  ToldClock clock;
  SharedScores ours(server.url(), clock), theirs(server.url(), clock);
  EXPECT_FALSE(theirs.find("fix/python/small", "a/m"));
  ours.add("fix/python/small", "a/m", {1, 100, 0.25}, kWeek);
  ours.add("fix/python/small", "a/m", {0, 300, 0.75}, kWeek);
  const auto score = theirs.find("fix/python/small", "a/m");
  ASSERT_TRUE(score);
  EXPECT_DOUBLE_EQ(score->good, 1);
  EXPECT_DOUBLE_EQ(score->bad, 1);
  EXPECT_DOUBLE_EQ(score->milliseconds, 200);
  EXPECT_DOUBLE_EQ(score->cost_usd, 0.5);
  EXPECT_EQ(score->time, clock.now);
  EXPECT_FALSE(theirs.find("fix/go/small", "a/m"));
  EXPECT_EQ(theirs.failure(), "");
}

TEST(SharedScores, DecayWithTime) {
  const RedisServer server;
  ToldClock clock;
  SharedScores scores(server.url(), clock);
  scores.add("c", "m", {1, 1, 0}, kWeek);
  clock.now += static_cast<std::int64_t>(kWeek);
  scores.add("c", "m", {0, 1, 0}, kWeek);
  EXPECT_NEAR(scores.find("c", "m")->good, 0.5, 1e-6);
}

TEST(SharedScores, BelieveNothingThatIsNoScore) {
  const RedisServer server;
  ToldClock clock;
  SharedScores scores(server.url(), clock);
  auto redis = RedisStore::connect(*parse_redis_url(server.url()));
  ASSERT_TRUE(redis);
  const auto key = "peer:route:1:" + sha256_of_parts({"c", "m"});
  for (const std::string bad :
       {"", "1 2 3 4", "nan 1 1 1 1", "-1 1 1 1 1", "1e300 1 1 1 1", "1 1 1 1 x", "inf 0 0 0 0"}) {
    ASSERT_TRUE(redis->put(key, bad, 60));
    EXPECT_FALSE(scores.find("c", "m")) << bad;
  }
  scores.add("c", "m", {1, 1, 0}, kWeek);
  EXPECT_TRUE(scores.find("c", "m"));
}

TEST(SharedScores, AskAServerThatIsGoneOnce) {
  ToldClock clock;
  SharedScores nowhere("redis://127.0.0.1:1", clock);
  EXPECT_FALSE(nowhere.find("c", "m"));
  EXPECT_NE(nowhere.failure(), "");
  RedisServer server;
  SharedScores frozen(server.url(), clock);
  frozen.add("c", "m", {1, 1, 0}, kWeek);
  server.freeze();
  const auto began = std::chrono::steady_clock::now();
  for (int i = 0; i < 20; ++i)
    EXPECT_FALSE(frozen.find("c", "m"));
  EXPECT_LT(std::chrono::steady_clock::now() - began, std::chrono::milliseconds(900));
  EXPECT_NE(frozen.failure(), "");
  server.thaw();
}

}  // namespace
}  // namespace peer
