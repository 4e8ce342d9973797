#include "cache/model_db.hpp"

#include <atomic>
#include <thread>

#include <gtest/gtest.h>

#include "cache/state_db.hpp"
#include "tests/cache/temporary.hpp"

namespace peer {
namespace {

constexpr double kWeek = 7 * 86'400.0;

class ModelDbTest : public ::testing::Test {
 protected:
  ModelDb open() { return ModelDb::open(folder_ / "state.db", clock_).value(); }

  TemporaryFolder folder_;
  ToldClock clock_;
};

CallMetric call(const std::string& model, bool cached, std::optional<bool> verified = {}) {
  CallMetric out;
  out.model = model;
  out.task = "fix";
  out.rule = "r";
  out.milliseconds = 100;
  out.tokens_in = 10;
  out.cost_usd = 0.5;
  out.cached = cached;
  out.success = true;
  out.verified = verified;
  return out;
}

TEST_F(ModelDbTest, SumsCallsByModelRuleTaskAndDay) {
  auto db = open();
  ASSERT_TRUE(db.add_calls({call("a", false, true), call("a", true, false), call("b", false)}));
  clock_.now += 86'400;
  ASSERT_TRUE(db.add_calls({call("b", false)}));
  const auto models = db.totals(CallsBy::model, 0).value();
  ASSERT_EQ(models.size(), 2U);
  EXPECT_EQ(models[0], (CallTotals{"a", 2, 1, 0, 1, 1, 100, 20, 0, 1.0}));
  EXPECT_EQ(models[1].calls, 2U);
  EXPECT_EQ(db.totals(CallsBy::day, 0).value().size(), 2U);
  EXPECT_EQ(db.totals(CallsBy::day, clock_.now - 10).value().size(), 1U);
  EXPECT_EQ(db.totals(CallsBy::rule, 0).value()[0].calls, 4U);
  clock_.now += 91 * 86'400;
  ASSERT_TRUE(db.add_calls({call("c", false)}));
  EXPECT_EQ(db.totals(CallsBy::model, 0).value().size(), 1U) << "old calls go";
}

TEST_F(ModelDbTest, NeverReservesMoreThanADayMayCostFromManyConnections) {
  std::atomic<int> granted{0};
  std::vector<std::jthread> threads;
  for (int t = 0; t < 4; ++t)
    threads.emplace_back([&] {
      auto db = open();
      for (int i = 0; i < 20; ++i) {
        std::string ticket;
        const auto reserved = db.reserve(0.1, 1.0, {}, ticket);
        EXPECT_TRUE(reserved) << reserved.error().message;
        if (reserved && *reserved) ++granted;
      }
    });
  threads.clear();
  EXPECT_EQ(granted, 10);
  auto db = open();
  EXPECT_NEAR(db.spent_today().value().cost_usd, 1.0, 1e-9);
  clock_.now += 86'400;
  std::string ticket;
  EXPECT_TRUE(db.reserve(0.1, 1.0, {}, ticket).value()) << "another day";
}

TEST_F(ModelDbTest, CountsWhatIsSettledAndForgetsWhatDied) {
  auto db = open();
  std::string first, second;
  ASSERT_TRUE(db.reserve(0.9, 1.0, {}, first).value());
  EXPECT_FALSE(db.reserve(0.2, 1.0, {}, second).value());
  ASSERT_TRUE(db.settle(first, 0.1));
  ASSERT_TRUE(db.reserve(0.9, 1.0, {}, second).value());
  clock_.now += 601;  // whoever reserved it is gone
  EXPECT_NEAR(db.spent_today().value().cost_usd, 0.1, 1e-9);
  EXPECT_FALSE(db.reserve(0.1, {}, 1, second).value()) << "one call a day";
}

TEST_F(ModelDbTest, LetsOutcomesDecay) {
  auto db = open();
  for (int i = 0; i < 10; ++i)
    ASSERT_TRUE(db.add_outcome("fix/go/small", "a", {1, 100, 0.01}, kWeek));
  clock_.now += static_cast<std::int64_t>(kWeek);
  ASSERT_TRUE(db.add_outcome("fix/go/small", "a", {0, 700, 0.01}, kWeek));
  const auto score = db.scores().value().at(0);
  EXPECT_NEAR(score.good, 5, 0.01);
  EXPECT_NEAR(score.bad, 1, 0.01);
  EXPECT_NEAR(score.milliseconds, 200, 1);
  for (int i = 0; i < 500; ++i)
    ASSERT_TRUE(db.add_outcome("fix/go/small", "a", {1, 1, 0}, kWeek));
  EXPECT_LE(db.scores().value().at(0).good, 200);
}

TEST_F(ModelDbTest, KeepsScoresAndLookups) {
  auto db = open();
  ASSERT_TRUE(db.add_score("a", "security", 9, true));
  ASSERT_TRUE(db.add_score("a", "security", 9, false));
  EXPECT_EQ(db.score_outcomes().value(), (std::vector<ScoreOutcome>{{"a", "security", 9, 1, 1}}));
  ASSERT_TRUE(db.add_lookups("digest", 8, 2));
  ASSERT_TRUE(db.add_lookups("digest", 1, 0));
  EXPECT_EQ(db.lookups(0).value().at(0).hits, 9U);
}

TEST_F(ModelDbTest, SharesItsFileWithStateDb) {
  auto state = StateDb::open(folder_ / "state.db", clock_).value();
  ASSERT_TRUE(state.save_report("r", "{}"));
  auto db = open();
  ASSERT_TRUE(db.add_calls({call("a", false)}));
  EXPECT_TRUE(state.last_report("r").value().has_value());
}

TEST_F(ModelDbTest, KeepsTheLastTokenRatiosOfEachModel) {
  {
    auto db = open();
    std::vector<ModelDb::TokenRatio> ratios{{"b", 1.5}};
    for (int i = 0; i < 60; ++i)
      ratios.push_back({"a", 1 + i * 0.01});
    ASSERT_TRUE(db.add_token_ratios(ratios));
  }
  const auto kept = open().token_ratios();
  ASSERT_TRUE(kept);
  ASSERT_EQ(kept->size(), 51U);
  EXPECT_EQ(kept->front(), (ModelDb::TokenRatio{"b", 1.5}));
  EXPECT_DOUBLE_EQ((*kept)[1].ratio, 1.10) << "the oldest went";
  EXPECT_DOUBLE_EQ(kept->back().ratio, 1.59);
}

}  // namespace
}  // namespace peer
