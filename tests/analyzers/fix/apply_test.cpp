#include "analyzers/fix/apply.hpp"

#include <random>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "analyzers/fix/edit_map.hpp"

namespace peer {
namespace {

using ::testing::HasSubstr;

std::string error_of(std::string_view text, const std::vector<Edit>& edits) {
  const auto result = apply_edits(text, edits);
  return result ? "" : result.error().message;
}

TEST(ApplyEdits, ReplacesInsertsAndDeletes) {
  const std::vector<Edit> edits{{{0, 0}, ">"}, {{2, 4}, ""}, {{4, 5}, "EE"}, {{6, 6}, "!"}};
  EXPECT_EQ(apply_edits("abcdef", edits).value(), ">abEEf!");
  EXPECT_EQ(apply_edits("", std::vector<Edit>{{{0, 0}, "x"}}).value(), "x");
  EXPECT_EQ(apply_edits("same", {}).value(), "same");
}

TEST(ApplyEdits, RefusesASpanOutsideTheText) {
  EXPECT_THAT(error_of("abc", {{{2, 9}, ""}}),
              HasSubstr("bytes 2 to 9 lies outside the file of 3"));
  EXPECT_THAT(error_of("abc", {{{4'000'000'000U, 4'000'000'001U}, ""}}), HasSubstr("outside"));
  EXPECT_THAT(error_of("abc", {{{2, 1}, ""}}), HasSubstr("before it begins"));
}

TEST(ApplyEdits, RefusesEditsThatOverlapOrAreUnsorted) {
  EXPECT_THAT(error_of("abcdef", {{{0, 3}, ""}, {{2, 4}, ""}}), HasSubstr("overlap"));
  EXPECT_THAT(error_of("abcdef", {{{3, 4}, ""}, {{0, 1}, ""}}), HasSubstr("out of order"));
  EXPECT_THAT(error_of("abcdef", {{{3, 3}, "x"}, {{3, 3}, "y"}}), HasSubstr("two insertions"));
  EXPECT_EQ(error_of("abcdef", {{{0, 3}, ""}, {{3, 3}, "x"}, {{3, 4}, ""}}), "");
}

TEST(ApplyEdits, TightensAnEditToWhatItChanges) {
  const std::vector<Edit> edits{{{0, 5}, "abXde"}, {{5, 6}, "f"}, {{6, 8}, "gghh"}};
  const auto tight = tightened("abcdefgh", edits);
  EXPECT_EQ(tight, (std::vector<Edit>{{{2, 3}, "X"}, {{7, 7}, "gh"}}));
}

TEST(ApplyEdits, NeverPartsALineEndWhenTightening) {
  EXPECT_EQ(tightened("a\r\n", std::vector<Edit>{{{0, 3}, "b\n"}}),
            (std::vector<Edit>{{{0, 3}, "b\n"}}));
  EXPECT_EQ(tightened("a\r\nb", std::vector<Edit>{{{1, 3}, "\rx"}}),
            (std::vector<Edit>{{{1, 3}, "\rx"}}));
  EXPECT_EQ(tightened("a\r\nb\r\n", std::vector<Edit>{{{0, 6}, "a\r\nc\r\n"}}),
            (std::vector<Edit>{{{3, 4}, "c"}}));
}

TEST(ApplyEdits, RefinesARewrittenBlockToTheLinesThatDiffer) {
  const std::string_view text = "0\na\nb\nc\nd\n9\n";
  const Edit edit{{2, 10}, "a\nB\nc\nnew\nd\n"};
  const auto parts = refined(text, edit);
  EXPECT_EQ(parts, (std::vector<Edit>{{{4, 5}, "B"}, {{8, 8}, "new\n"}}));
  EXPECT_EQ(apply_edits(text, parts).value(), apply_edits(text, std::vector<Edit>{edit}).value());
  EXPECT_TRUE(refined(text, {{2, 4}, "a\n"}).empty());
}

/// Sorted edits that fit a text of `size` bytes.
std::vector<Edit> random_edits(std::mt19937& random, std::uint32_t size) {
  std::vector<Edit> edits;
  std::uint32_t at = 0;
  while (edits.size() < 6) {
    at += std::uniform_int_distribution<std::uint32_t>(edits.empty() ? 0 : 1, 9)(random);
    const auto end = at + std::uniform_int_distribution<std::uint32_t>(0, 4)(random);
    if (end > size) break;
    edits.push_back({{at, end}, std::string(random() % 4, '#')});
    at = end;
  }
  return edits;
}

TEST(ApplyEdits, LeavesEveryByteOutsideTheEditsAlone) {
  std::mt19937 random(20);
  for (int round = 0; round < 2000; ++round) {
    std::string text(random() % 60, ' ');
    for (auto& c : text)
      c = static_cast<char>(random());
    const auto edits = random_edits(random, static_cast<std::uint32_t>(text.size()));
    const auto result = apply_edits(text, edits);
    ASSERT_TRUE(result.has_value()) << result.error().message;
    const EditMap map(edits);
    std::size_t edited = 0;
    for (std::size_t i = 0; i < edits.size(); ++i) {
      ASSERT_EQ(result->substr(map.written()[i].begin, map.written()[i].size()), edits[i].text);
      edited += edits[i].span.size();
    }
    std::size_t kept = 0;
    for (std::uint32_t at = 0; at < text.size(); ++at) {
      const auto now = map.moved({at, at + 1});
      if (!now) continue;
      ++kept;
      ASSERT_EQ(result->at(now->begin), text[at]);
    }
    ASSERT_EQ(kept + edited, text.size());
  }
}

TEST(EditMap, KnowsWhereAnUntouchedSpanWent) {
  const EditMap map(std::vector<Edit>{{{2, 4}, ""}, {{6, 6}, "xyz"}});
  EXPECT_EQ(map.moved({0, 2}), (Span{0, 2}));
  EXPECT_EQ(map.moved({4, 6}), (Span{2, 4}));
  EXPECT_EQ(map.moved({6, 8}), (Span{7, 9}));
  EXPECT_EQ(map.moved({1, 3}), std::nullopt);
  EXPECT_EQ(map.moved({5, 7}), std::nullopt);
  EXPECT_EQ(map.moved({6, 6}), std::nullopt);
}

TEST(EditMap, LeavesOpenWhichSideOfAnInsertionAPlaceIs) {
  const EditMap map(std::vector<Edit>{{{3, 3}, "ab"}});
  EXPECT_EQ(map.leftmost(3), 3U);
  EXPECT_EQ(map.rightmost(3), 5U);
  EXPECT_TRUE(map.may_be({3, 6}, {5, 8}));
  EXPECT_TRUE(map.may_be({0, 3}, {0, 3}));
  EXPECT_FALSE(map.may_be({0, 3}, {0, 6}));
}

}  // namespace
}  // namespace peer
