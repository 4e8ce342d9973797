#include "bot/isolate/packing.hpp"

#include <gtest/gtest.h>

namespace peer {
namespace {

FileReview sample() {
  FileReview review;
  Finding finding;
  finding.rule = "r";
  finding.path = std::string("a\xff\0b", 4);
  finding.at = {{3, 9}, {1, 4}, {2, 1}};
  finding.cwe = {89, 798};
  finding.frame = {7, {"one", "two"}};
  finding.fix = Fix{"remove it", {{{3, 9}, ""}}, Safety::safe, "rule"};
  finding.suppressed = Suppression{"inline", "because"};
  review.findings = {finding, finding};
  review.depth = Depth::text_only;
  review.reason = "large";
  review.complexity = {{"f", 1, 2, 3, 4}};
  return review;
}

TEST(Packing, GivesBackWhatWasPacked) {
  FileReview read;
  ASSERT_TRUE(unpack(pack(sample()), read));
  EXPECT_EQ(read.findings, sample().findings);
  EXPECT_EQ(read.depth, Depth::text_only);
  EXPECT_EQ(read.complexity, sample().complexity);
}

TEST(Packing, RefusesEveryTruncationAndSurvivesEveryFlippedByte) {
  const auto bytes = pack(sample());
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    FileReview read;
    EXPECT_FALSE(unpack(std::string_view(bytes).substr(0, size), read)) << size;
  }
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    auto flipped = bytes;
    flipped[i] = static_cast<char>(flipped[i] ^ 0x80);
    FileReview read;
    (void)unpack(flipped,
                 read);  // either way; a sanitizer build shows that nothing is read out of bounds
  }
}

}  // namespace
}  // namespace peer
