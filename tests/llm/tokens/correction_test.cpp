#include "llm/tokens/correction.hpp"

#include <gtest/gtest.h>

namespace peer {
namespace {

const TokenMeter kClaude{Vocabulary::o200k_base, 1.35};

TEST(TokenCorrection, LeavesTheFamilysFactorUntilAProviderReports) {
  EXPECT_EQ(TokenCorrection().corrected(kClaude), kClaude);
}

TEST(TokenCorrection, RisesAtOnceAndSinksOnlyAfterSomeCalls) {
  TokenCorrection correction;
  correction.saw(1000, 1500);
  EXPECT_NEAR(correction.corrected(kClaude).factor, 1.575, 1e-9);
  TokenCorrection lower;
  lower.saw(1000, 1100);
  EXPECT_EQ(lower.corrected(kClaude), kClaude);
  for (int i = 0; i < 10; ++i)
    lower.saw(1000, 1100);
  EXPECT_NEAR(lower.corrected(kClaude).factor, 1.155, 1e-9);
}

TEST(TokenCorrection, KeepsToTheMostThatWasLatelySeen) {
  TokenCorrection correction;
  correction.saw(1000, 2000);
  for (int i = 0; i < 49; ++i)
    correction.saw(1000, 1200);
  EXPECT_NEAR(correction.corrected(kClaude).factor, 2.1, 1e-9);
  correction.saw(1000, 1200);
  EXPECT_NEAR(correction.corrected(kClaude).factor, 1.26, 1e-9);
}

TEST(TokenCorrection, PassesOverWhatSaysNothing) {
  TokenCorrection correction;
  correction.saw(10, 400);
  correction.saw(1000, 0);
  correction.saw(1000, 1'000'000);
  EXPECT_EQ(correction.seen(), 0U);
}

TEST(TokenCorrection, LeavesAnExactVocabularyExact) {
  TokenCorrection correction;
  for (int i = 0; i < 20; ++i)
    correction.saw(1000, 1010);
  EXPECT_EQ(correction.corrected({}), TokenMeter{});
}

}  // namespace
}  // namespace peer
