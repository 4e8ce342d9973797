#include "reporters/report.hpp"

#include <gtest/gtest.h>

#include "reporters/receipt.hpp"
#include "tests/reporters/sample_report.hpp"

namespace peer {
namespace {

/// A report on one file of each status in `statuses` (bits), with or without a finding, and so on.
Report built(unsigned statuses, bool finding, bool change_incomplete) {
  Report report;
  for (unsigned i = 0; i < 4; ++i)
    if ((statuses >> i & 1U) != 0)
      test::add_file(report, "f" + std::to_string(i), static_cast<CoverageStatus>(i), 1);
  report.change.incomplete = change_incomplete;
  if (finding) report.findings.push_back(test::import_finding());
  decide(report);
  return report;
}

TEST(Verdict, FollowsFromFindingsAndCoverageInEveryCombination) {
  for (unsigned statuses = 0; statuses < 16; ++statuses) {
    const bool looked = (statuses & 3U) != 0;  // examined, text_only
    const bool skipped = (statuses & 8U) != 0;
    for (const bool finding : {false, true}) {
      for (const bool change_incomplete : {false, true}) {
        const auto report = built(statuses, finding, change_incomplete);
        const bool complete = !skipped && !change_incomplete;
        const auto expected = finding    ? Verdict::findings
                              : complete ? Verdict::clean
                              : looked   ? Verdict::incomplete
                                         : Verdict::not_reviewed;
        EXPECT_EQ(report.complete, complete) << statuses;
        EXPECT_EQ(report.verdict, expected) << statuses << finding << change_incomplete;
      }
    }
  }
}

TEST(Verdict, IsNeverCleanWhenAHunkOrPartOfAFileWasLeftOut) {
  auto report = test::clean_report();
  report.coverage.files[0].hunks[2].examined = false;
  decide(report);
  EXPECT_EQ(report.verdict, Verdict::incomplete);
  report = test::clean_report();
  report.coverage.files[0].complete = false;
  report.coverage.files[0].status = CoverageStatus::text_only;
  decide(report);
  EXPECT_EQ(report.verdict, Verdict::incomplete);
  EXPECT_FALSE(report.complete);
}

TEST(Verdict, ErrorStaysAnError) {
  auto report = test::clean_report();
  report.verdict = Verdict::error;
  decide(report);
  EXPECT_EQ(report.verdict, Verdict::error);
  EXPECT_FALSE(report.complete);
  EXPECT_EQ(exit_code(report), 70);
}

TEST(ExitCode, FollowsFromSeverityThresholdAndCompletenessInEveryCombination) {
  for (int severity = -1; severity < 4; ++severity) {
    for (int threshold = 0; threshold < 5; ++threshold) {
      for (const bool complete : {false, true}) {
        auto report = complete ? test::clean_report() : test::incomplete_report();
        if (severity >= 0) {
          report.findings.push_back(test::import_finding());
          report.findings.back().severity = static_cast<Severity>(severity);
        }
        report.fail_never = threshold == 4;
        if (threshold < 4) report.fail_on = static_cast<Severity>(threshold);
        decide(report);
        const bool fails = threshold < 4 && severity >= threshold;
        EXPECT_EQ(exit_code(report), fails      ? 1
                                     : complete ? 0
                                                : 3)
            << severity << " " << threshold << complete;
      }
    }
  }
}

TEST(ExitCode, WhereSeveralHoldTheGravestCounts) {
  const std::vector<int> order{70, 2, 1, 4, 3, 0};
  for (std::size_t i = 0; i < order.size(); ++i)
    for (std::size_t k = i; k < order.size(); ++k) {
      EXPECT_EQ(worst_exit_code({order[i], order[k]}), order[i]);
      EXPECT_EQ(worst_exit_code({order[k], order[i]}), order[i]);
    }
  EXPECT_EQ(worst_exit_code({}), 0);
}

TEST(Receipt, SaysWhatWasSpentInOneLine) {
  Receipt receipt;
  receipt.seconds = 4.2;
  receipt.calls = 4;
  receipt.models = 2;
  receipt.tokens_in = 7412;
  receipt.tokens_out = 911;
  receipt.tokens_saved = 11593;
  receipt.cache_hits = 82;
  receipt.cache_misses = 18;
  receipt.cost_usd = 0.0031;
  EXPECT_EQ(receipt_line(receipt),
            "4 calls (2 models), 7,412 in + 911 out tokens, 61 % saved by compression, 82 % from "
            "cache, $0.0031, 4.2 s");
  receipt.tokens_before = 19'005;
  receipt.tokens_after = 7'412;
  EXPECT_NE(receipt_line(receipt).find("code cut from 19,005 to 7,412 tokens (61 % saved)"),
            std::string::npos);
}

TEST(Receipt, IsOnlyTheTimeWithoutCalls) {
  Receipt receipt;
  receipt.seconds = 0.06;
  EXPECT_EQ(receipt_line(receipt), "0.06 s");
  receipt.files_remembered = 0;
  receipt.files_examined = 3;
  EXPECT_EQ(receipt_line(receipt), "0.06 s");
  receipt.files_remembered = 18;
  EXPECT_EQ(receipt_line(receipt), "18 of 21 files remembered, 0.06 s");
  EXPECT_EQ(duration_words(0), "0.01 s");
  EXPECT_EQ(duration_words(0.0999), "0.1 s");
  EXPECT_EQ(duration_words(59.99), "1 min 0 s");
  EXPECT_EQ(duration_words(125), "2 min 5 s");
}

}  // namespace
}  // namespace peer
