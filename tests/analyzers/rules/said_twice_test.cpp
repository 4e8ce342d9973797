// What two rules of one topic see of one flaw is said once.
#include "analyzers/rules/said_twice.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace peer::rules {
namespace {

class SaidTwice : public ::testing::Test {
 protected:
  Speaker speaker(const char* topic) {
    Speaker out;
    out.facts.security = true;
    out.facts.topic = topic;
    return out;
  }

  static Said said(const Speaker& speaker, Span span, Severity severity, double confidence) {
    Said out;
    out.speaker = &speaker;
    out.finding.at.span = span;
    out.finding.at.start = out.finding.at.end = {1, span.begin + 1};
    out.finding.severity = severity;
    out.finding.confidence = confidence;
    return out;
  }

  static std::vector<double> kept(std::vector<Said> all) {
    std::vector<double> out;
    for (const auto& finding : said_once(std::move(all)))
      out.push_back(finding.confidence);
    return out;
  }

  Speaker hash = speaker("weak-hash"), other_hash = speaker("weak-hash"),
          cipher = speaker("weak-cipher");
};

using Kept = std::vector<double>;

TEST_F(SaidTwice, TheGraverOrSurerOfTwoShapesSpeaks) {
  EXPECT_EQ(kept({said(hash, {0, 20}, Severity::warning, 0.7),
                  said(other_hash, {5, 10}, Severity::warning, 0.8)}),
            Kept{0.8});
  EXPECT_EQ(kept({said(hash, {5, 10}, Severity::error, 0.7),
                  said(other_hash, {0, 20}, Severity::warning, 0.8)}),
            Kept{0.7});
  EXPECT_EQ(kept({said(hash, {0, 20}, Severity::warning, 0.7),
                  said(other_hash, {0, 20}, Severity::warning, 0.7)})
                .size(),
            1U);
}

TEST_F(SaidTwice, WhatIsShownByDefaultIsNotHiddenByWhatIsNot) {
  EXPECT_EQ(kept({said(hash, {0, 20}, Severity::warning, 0.8),
                  said(other_hash, {0, 20}, Severity::error, 0.3)}),
            (Kept{0.8, 0.3}));
}

TEST_F(SaidTwice, TwoFlawsAreTwo) {
  EXPECT_EQ(kept({said(hash, {0, 20}, Severity::warning, 0.7),
                  said(cipher, {0, 20}, Severity::warning, 0.8)})
                .size(),
            2U)
      << "of two topics";
  EXPECT_EQ(kept({said(hash, {0, 20}, Severity::warning, 0.7),
                  said(other_hash, {30, 40}, Severity::warning, 0.8)})
                .size(),
            2U)
      << "beside each other";
  EXPECT_EQ(kept({said(hash, {0, 20}, Severity::warning, 0.7),
                  said(hash, {5, 10}, Severity::warning, 0.8)})
                .size(),
            2U)
      << "of one rule";
  auto below = said(other_hash, {5, 10}, Severity::warning, 0.8);
  below.finding.at.start.line = 2;
  EXPECT_EQ(kept({said(hash, {0, 20}, Severity::warning, 0.7), below}).size(), 2U)
      << "on two lines";
}

}  // namespace
}  // namespace peer::rules
