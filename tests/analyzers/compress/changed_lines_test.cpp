#include "analyzers/compress/changed_lines.hpp"

#include <gtest/gtest.h>

namespace peer {
namespace {

using Lines = std::vector<LineRange>;

TEST(ChangedLines, AreThoseThatWereAdded) {
  EXPECT_EQ(changed_lines({{{5, 6}, {5, 8}, {}, {{8, 2}}}}), (Lines{{8, 2}}));
}

TEST(ChangedLines, SayWhereLinesAreGone) {
  // old 5..10 without 8 and 9: what stood before 10 is at 8 now
  EXPECT_EQ(changed_lines({{{5, 6}, {5, 4}, {{8, 2}}, {}}}), (Lines{{8, 0}}));
  // an earlier hunk added ten lines
  EXPECT_EQ(changed_lines({{{5, 6}, {15, 4}, {{8, 2}}, {}}}), (Lines{{18, 0}}));
}

TEST(ChangedLines, OfAReplacementAreTheNewOnes) {
  EXPECT_EQ(changed_lines({{{5, 7}, {5, 8}, {{8, 1}}, {{8, 2}}}}), (Lines{{8, 0}, {8, 2}}));
}

TEST(ChangedLines, OfTwoPlacesInOneHunkCountWhatStandsBetween) {
  // one line more at 6, then old line 9 is gone: it stood before new line 10
  EXPECT_EQ(changed_lines({{{5, 8}, {5, 8}, {{9, 1}}, {{6, 1}}}}), (Lines{{6, 1}, {10, 0}}));
}

TEST(ChangedLines, OfAFileThatLostEverythingBeginAtItsFirst) {
  EXPECT_EQ(changed_lines({{{1, 3}, {0, 0}, {{1, 3}}, {}}}), (Lines{{1, 0}}));
}

}  // namespace
}  // namespace peer
