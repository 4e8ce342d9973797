#include "analyzers/fix/diff.hpp"

#include <algorithm>
#include <random>
#include <string>

#include <gtest/gtest.h>

#include "analyzers/fix/unified.hpp"

namespace peer {
namespace {

using Lines = std::vector<std::string_view>;

/// What the runs make of `before`; fails where they do not fit.
Lines patched(const Lines& before, const Lines& after, const std::vector<DiffRun>& runs) {
  Lines out;
  std::uint32_t line = 0;
  for (const auto& run : runs) {
    for (; line < run.old_begin; ++line)
      out.push_back(before.at(line));
    EXPECT_EQ(out.size(), run.new_begin);
    for (auto i = run.new_begin; i < run.new_end; ++i)
      out.push_back(after.at(i));
    line = run.old_end;
  }
  for (; line < before.size(); ++line)
    out.push_back(before.at(line));
  return out;
}

std::size_t changes(const std::vector<DiffRun>& runs) {
  std::size_t sum = 0;
  for (const auto& run : runs)
    sum += run.old_end - run.old_begin + run.new_end - run.new_begin;
  return sum;
}

/// The least number of removed and added lines, by the table of longest common subsequences.
std::size_t fewest_changes(const Lines& a, const Lines& b) {
  std::vector<std::size_t> row(b.size() + 1, 0);
  for (const auto x : a) {
    std::size_t diagonal = 0;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const auto above = row[j];
      row[j] = x == b[j - 1] ? diagonal + 1 : std::max(row[j], row[j - 1]);
      diagonal = above;
    }
  }
  return a.size() + b.size() - 2 * row.back();
}

TEST(DiffLines, IsExactAndMinimalOnRandomTexts) {
  std::mt19937 random(7);
  constexpr std::string_view kLetters = "abcdef";
  for (int round = 0; round < 4000; ++round) {
    const auto letters = 1 + random() % kLetters.size();
    const auto draw = [&] {
      Lines lines(random() % 14);
      for (auto& line : lines)
        line = kLetters.substr(random() % letters, 1);
      return lines;
    };
    const auto a = draw();
    const auto b = draw();
    const auto runs = diff_lines(a, b);
    ASSERT_EQ(patched(a, b, runs), b);
    ASSERT_EQ(changes(runs), fewest_changes(a, b));
    for (std::size_t i = 1; i < runs.size(); ++i)
      ASSERT_GT(runs[i].old_begin, runs[i - 1].old_end) << "runs must not touch";
  }
}

TEST(DiffLines, EndsSoonOnLargeTextsWithLittleInCommon) {
  std::mt19937 random(9);
  std::vector<std::string> words;
  for (int i = 0; i < 300; ++i)
    words.push_back(std::to_string(i) + "\n");
  const auto draw = [&] {
    Lines lines(100'000);
    for (auto& line : lines)
      line = words[random() % words.size()];
    return lines;
  };
  const auto a = draw();
  const auto b = draw();
  EXPECT_EQ(patched(a, b, diff_lines(a, b)), b);
}

TEST(LinesWithEnds, KnowsOnlyLineFeeds) {
  EXPECT_EQ(lines_with_ends("a\r\nb\rc"), (Lines{"a\r\n", "b\rc"}));
  EXPECT_EQ(lines_with_ends("a\n\n"), (Lines{"a\n", "\n"}));
  EXPECT_TRUE(lines_with_ends("").empty());
}

TEST(UnifiedDiff, LooksAsGitPrintsIt) {
  EXPECT_EQ(unified_diff("a.py", "1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\n2\n3\n4\nV\n6\n7\n8\n9\n"),
            "diff --git a/a.py b/a.py\n--- a/a.py\n+++ b/a.py\n"
            "@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+V\n 6\n 7\n 8\n");
  EXPECT_EQ(unified_diff("a.py", "same", "same"), "");
}

TEST(UnifiedDiff, MarksAMissingLastNewline) {
  EXPECT_EQ(unified_hunks("a\nb", "a\nc\n"),
            "@@ -1,2 +1,2 @@\n a\n-b\n\\ No newline at end of file\n+c\n");
  EXPECT_EQ(unified_hunks("", "x\n"), "@@ -0,0 +1 @@\n+x\n");
  EXPECT_EQ(unified_hunks("x\n", ""), "@@ -1 +0,0 @@\n-x\n");
}

TEST(UnifiedDiff, JoinsNearChangesAndPartsFarOnes) {
  std::string before;
  for (int i = 0; i < 40; ++i)
    before += std::to_string(i) + "\n";
  auto after = before;
  after.replace(after.find("\n5\n"), 3, "\nfive\n");
  after.replace(after.find("\n11\n"), 4, "\neleven\n");
  after.replace(after.find("\n30\n"), 4, "\nthirty\n");
  const auto hunks = unified_hunks(before, after);
  EXPECT_EQ(std::count(hunks.begin(), hunks.end(), '@'), 8) << hunks;
}

TEST(UnifiedDiff, QuotesPathsAsGitDoes) {
  EXPECT_EQ(quoted_path("a/", "plain/x.py"), "a/plain/x.py");
  EXPECT_EQ(quoted_path("a/", "t\tq\"b\\\x01"), "\"a/t\\tq\\\"b\\\\\\001\"");
  EXPECT_EQ(quoted_path("b/", "\xC3\xA9"), "\"b/\\303\\251\"");
  EXPECT_EQ(patch_header("a b"), "diff --git a/a b b/a b\n--- a/a b\t\n+++ b/a b\t\n");
}

TEST(DiffOfEdits, IsTheDiffOfTheWholeText) {
  std::string text;
  for (int i = 0; i < 60; ++i)
    text += "line " + std::to_string(i) + "\n";
  text += "last";
  const LineFeeds lines(text);
  const auto at = [&](std::string_view what) {
    return static_cast<std::uint32_t>(text.find(what));
  };
  const std::vector<Edit> edits{{{0, 7}, ""},
                                {{at("line 20"), at("line 22")}, "twenty\n"},
                                {{at("line 23"), at("line 23")}, "new\nnew\n"},
                                {{at("last"), at("last") + 4}, "LAST"}};
  std::string after = text;
  for (auto it = edits.rbegin(); it != edits.rend(); ++it)
    after.replace(it->span.begin, it->span.size(), it->text);
  EXPECT_EQ(diff_of_edits("f", text, lines, edits), unified_diff("f", text, after));
  EXPECT_EQ(diff_of_edits("f", text, lines, edits, 10), "") << "over the limit";
  EXPECT_EQ(diff_of_edits("f", text, lines, {}), "");
}

}  // namespace
}  // namespace peer
