#include "llm/judge/judge.hpp"

#include <random>
#include <string>

#include <gtest/gtest.h>

namespace peer {
namespace {

Proof proof(StepResult last = StepResult::passed) {
  Proof out;
  for (const auto step : {ProofStep::applies, ProofStep::in_scope, ProofStep::parses,
                          ProofStep::clears, ProofStep::nothing_new, ProofStep::idempotent})
    out.entries.push_back({step, StepResult::passed, ""});
  out.entries.back().result = last;
  return out;
}

Evidence evidence(double score, std::uint32_t labels = 100) {
  Evidence out;
  out.own_score = score;
  out.calibrated = {score, labels, labels >= kLeastLabels ? "model" : "own"};
  out.proof = proof();
  return out;
}

TEST(Judge, AppliesWhatIsSureAndProved) {
  EXPECT_EQ(judge(evidence(0.8)).decision, Decision::apply);
  EXPECT_EQ(judge(evidence(0.7)).decision, Decision::offer);
  EXPECT_EQ(judge(evidence(0.5)).decision, Decision::offer);
  EXPECT_FALSE(judge(evidence(0.5)).ask_next);
  EXPECT_EQ(judge(evidence(0.4)).decision, Decision::offer);
  EXPECT_TRUE(judge(evidence(0.4)).ask_next);
}

TEST(Judge, NeverAppliesWhatFailedOrWasNotShown) {
  for (const double score : {0.0, 0.5, 0.8, 1.0}) {
    for (int i = 0; i < 6; ++i) {
      auto failed = evidence(score);
      failed.proof.entries[static_cast<std::size_t>(i)].result = StepResult::failed;
      EXPECT_EQ(judge(failed).decision, Decision::reject);
      failed.proof.entries[static_cast<std::size_t>(i)].result = StepResult::not_run;
      EXPECT_NE(judge(failed).decision, Decision::apply);
    }
    auto nothing = evidence(score);
    nothing.proof = {};
    EXPECT_NE(judge(nothing).decision, Decision::apply);
  }
}

TEST(Judge, AppliesNothingWithoutAValidScore) {
  auto silent = evidence(1);
  silent.own_score.reset();
  EXPECT_EQ(judge(silent).decision, Decision::offer);
  EXPECT_EQ(judge(silent).confidence, 0);
}

TEST(Judge, BelievesAModelLittleOfWhichLittleIsKnown) {
  EXPECT_EQ(judge(evidence(0.9, 5)).decision, Decision::apply) << "all evidence there can be holds";
  auto weak = evidence(1, 5);
  weak.match = MatchTier::indentation;
  EXPECT_LE(judge(weak).confidence, kUnknownModelCap);
  EXPECT_EQ(judge(weak).decision, Decision::offer);
  auto near = evidence(1, 5);
  near.chosen_by_distance = true;
  EXPECT_EQ(judge(near).decision, Decision::offer);
}

TEST(Judge, OffersAtBestWhatOnlyAModelSaw) {
  auto seen = evidence(1);
  seen.only_model_saw = true;
  EXPECT_EQ(judge(seen).decision, Decision::offer);
  seen.user_check = true;
  EXPECT_EQ(judge(seen).decision, Decision::apply);
  auto new_model = evidence(0.9, 0);
  new_model.only_model_saw = true;
  new_model.user_check = true;
  EXPECT_EQ(judge(new_model).decision, Decision::apply) << "all evidence there can be holds";
  seen.user_check = false;
  EXPECT_EQ(judge(seen).decision, Decision::reject);
}

TEST(Judge, HasNothingCommittedWithoutTheUsersCheck) {
  EXPECT_FALSE(judge(evidence(1)).committable);
  auto checked = evidence(1);
  checked.user_check = true;
  EXPECT_TRUE(judge(checked).committable);
  checked.own_score = 0.1;
  checked.calibrated.value = 0.1;
  EXPECT_FALSE(judge(checked).committable);
}

TEST(Judge, HeedsASecondOpinion) {
  auto doubted = evidence(1);
  doubted.second_opinion = false;
  EXPECT_EQ(judge(doubted).decision, Decision::offer);
}

TEST(Calibration, LearnsThatAModelIsTooSure) {
  Calibration calibration;
  EXPECT_DOUBLE_EQ(calibration.worth("m", "f", 0.9).value, 0.9);
  for (int i = 0; i < 30; ++i)
    calibration.add("m", "f", 0.9, i % 3 == 0);
  const auto worth = calibration.worth("m", "f", 0.9);
  EXPECT_EQ(worth.source, "rule family");
  EXPECT_NEAR(worth.value, 1.0 / 3, 0.1);
  EXPECT_EQ(calibration.worth("m", "other", 0.9).source, "model");
  EXPECT_EQ(calibration.worth("n", "f", 0.9).source, "own");
}

TEST(Calibration, NeverFallsWithTheScore) {
  std::mt19937 random(3);
  for (int round = 0; round < 200; ++round) {
    ScoreHistory history;
    for (auto n = random() % 300; n > 0; --n)
      history.add(static_cast<double>(random() % 11) / 10, random() % 2 == 0);
    const auto map = isotonic(history);
    for (std::size_t i = 0; i < map.size(); ++i) {
      EXPECT_TRUE(map[i] >= 0 && map[i] <= 1);
      EXPECT_TRUE(i == 0 || map[i] >= map[i - 1]);
    }
  }
}

TEST(Calibration, ComesNearerToTheTruthWithLabels) {
  // a reporter that is right half as often as it says
  std::mt19937 random(11);
  const auto error = [&](int labels) {
    ScoreHistory history;
    for (int i = 0; i < labels; ++i) {
      const double score = static_cast<double>(5 + random() % 6) / 10;
      history.add(score, static_cast<double>(random() % 1000) / 1000 < score / 2);
    }
    const auto map = isotonic(history);
    double sum = 0;
    for (std::size_t i = 5; i <= 10; ++i)
      sum += std::abs(map[i] - static_cast<double>(i) / 20);
    return sum / 6;
  };
  EXPECT_LT(error(300), 0.08);
  EXPECT_LT(error(5000), 0.04);
}

}  // namespace
}  // namespace peer
