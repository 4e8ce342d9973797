#include "llm/answer/apply.hpp"

#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "base/text.hpp"
#include "llm/answer/blocks.hpp"

namespace peer {
namespace {

std::string block(const std::string& search, const std::string& replace) {
  return "<<<<<<< SEARCH\n" + search + "=======\n" + replace + ">>>>>>> REPLACE\n";
}

std::string with_edits(std::string text, const std::vector<Edit>& edits) {
  for (auto it = edits.rbegin(); it != edits.rend(); ++it)
    text.replace(it->span.begin, it->span.size(), it->text);
  return text;
}

/// The file after `answer`, or "no: " and why.
std::string after(const std::string& text, const std::string& answer,
                  std::optional<std::uint32_t> near = std::nullopt) {
  const auto parsed = parse_blocks(answer);
  if (!parsed.problems.empty()) return "no: " + parsed.problems[0];
  const auto applied = apply_blocks(text, parsed.blocks, near);
  return applied ? with_edits(text, applied->edits) : "no: " + applied.error().reason;
}

TEST(Blocks, AreTakenOutOfWhatStandsAround) {
  const auto parsed = parse_blocks(
      "Sure! Here is the fix.\n\n### `src/a.py`\n```python\n" + block("a\n", "b\n") +
      "```\nand\n\nlib/b.c:\n<<<<<<<< SEARCH\r\nc\r\n=======\r\n>>>>>>> REPLACE\r\nDone.");
  EXPECT_TRUE(parsed.problems.empty());
  EXPECT_EQ(parsed.blocks,
            (std::vector<SearchReplace>{{"src/a.py", "a\n", "b\n"}, {"lib/b.c", "c\n", ""}}));
}

TEST(Blocks, ThatCouldBeReadInTwoWaysAreNone) {
  const auto problem = [](const std::string& answer) {
    const auto parsed = parse_blocks(answer);
    EXPECT_TRUE(parsed.blocks.empty());
    return parsed.problems.empty() ? std::string("none") : parsed.problems[0];
  };
  EXPECT_NE(problem("<<<<<<< SEARCH\na\n=======\nb\n").find("ends inside"), std::string::npos);
  EXPECT_NE(problem("<<<<<<< SEARCH\na\n>>>>>>> REPLACE\n").find("no ======="), std::string::npos);
  EXPECT_NE(problem(block("", "b\n")).find("empty"), std::string::npos);
  EXPECT_NE(problem(block("\n\n", "b\n")).find("empty"), std::string::npos);
  EXPECT_NE(problem(block("a\n", "a\n")).find("changes nothing"), std::string::npos);
  EXPECT_NE(problem(block("title\n=======\n", "b\n")).find("more than one"), std::string::npos);
  EXPECT_EQ(problem("no blocks at all"), "none");
  const auto nested = parse_blocks("<<<<<<< SEARCH\na\n" + block("b\n", "c\n"));
  EXPECT_EQ(nested.blocks.size(), 1U);
  EXPECT_EQ(nested.problems.size(), 1U);
  std::string many;
  for (int i = 0; i < 100; ++i)
    many += block("a" + std::to_string(i) + "\n", "b\n");
  EXPECT_EQ(parse_blocks(many).blocks.size(), kMostBlocks);
}

TEST(ApplyBlocks, FindsTheTextExactly) {
  EXPECT_EQ(after("one\ntwo\nthree\n", block("two\n", "2\n")), "one\n2\nthree\n");
  EXPECT_EQ(after("one\ntwo\nthree", block("three\n", "3\n")), "one\ntwo\n3");
  EXPECT_EQ(after("one\ntwo\n", block("one\ntwo\n", "")), "");
  EXPECT_EQ(after("one\ntwo\n", block("one\n", "one\nand a half\n")), "one\nand a half\ntwo\n");
  EXPECT_EQ(after("a\nb\nc\nd\n", block("a\n", "A\n") + block("d\n", "D\n")), "A\nb\nc\nD\n");
}

TEST(ApplyBlocks, ChangesNoMoreThanItMust) {
  const std::string text = "a\nb\nc\nd\n";
  const auto applied =
      apply_blocks(text, parse_blocks(block("a\nb\nc\n", "a\nX\nc\n")).blocks, std::nullopt);
  ASSERT_TRUE(applied.has_value());
  ASSERT_EQ(applied->edits.size(), 1U);
  EXPECT_EQ(applied->edits[0], (Edit{{2, 4}, "X\n"}));
}

TEST(ApplyBlocks, KeepsTheLineEndsOfTheFile) {
  EXPECT_EQ(after("one\r\ntwo\r\nthree\r\n", block("two\n", "2\n2b\n")),
            "one\r\n2\r\n2b\r\nthree\r\n");
  EXPECT_EQ(after("one  \ntwo\t\n", block("one\ntwo\n", "1\ntwo\n")), "1\ntwo\n");
  EXPECT_EQ(after("one\n", block("one   \n", "1\n")), "1\n");
}

TEST(ApplyBlocks, FollowsTheIndentationOfTheFile) {
  const std::string text = "class A:\n    def f(self):\n        return 1\n";
  EXPECT_EQ(after(text, block("def f(self):\n    return 1\n",
                              "def f(self):\n    x = 2\n\n    return x\n")),
            "class A:\n    def f(self):\n        x = 2\n\n        return x\n");
  EXPECT_EQ(after("a\n  b\n", block("      a\n        b\n", "      a\n        c\n")), "a\n  c\n");
  EXPECT_EQ(after("\tif x:\n\t\ty\n", block("if x:\n\ty\n", "if z:\n\ty\n")), "\tif z:\n\t\ty\n");
  EXPECT_EQ(after("a\n  b\n", block("    a\n    b\n", "    c\n")).substr(0, 3), "no:")
      << "another shape is another text";
  EXPECT_EQ(after("x\n", block("    x\n", "  y\n")).substr(0, 3), "no:")
      << "the replacement is outdented too far";
}

TEST(ApplyBlocks, ForgivesABlankLineThatModelsBeginWith) {
  EXPECT_EQ(after("one\ntwo\n", block("\ntwo\n", "\n2\n")), "one\n2\n");
}

TEST(ApplyBlocks, TakesThePlaceNearestToTheFinding) {
  const std::string text = "x = 1\na\nx = 1\nb\nc\nd\nx = 1\n";
  EXPECT_EQ(after(text, block("x = 1\n", "x = 2\n")).substr(0, 3), "no:");
  EXPECT_EQ(after(text, block("x = 1\n", "x = 2\n"), 1), "x = 2\na\nx = 1\nb\nc\nd\nx = 1\n");
  EXPECT_EQ(after(text, block("x = 1\n", "x = 2\n"), 4), "x = 1\na\nx = 2\nb\nc\nd\nx = 1\n");
  EXPECT_EQ(after(text, block("x = 1\n", "x = 2\n"), 5).substr(0, 3), "no:") << "two are as near";
  EXPECT_EQ(after(text, block("x = 1\n", "x = 2\n"), 900), "x = 1\na\nx = 1\nb\nc\nd\nx = 2\n");
}

TEST(ApplyBlocks, ApplyAllOrNone) {
  EXPECT_EQ(after("a\nb\n", block("a\n", "A\n") + block("z\n", "Z\n")).substr(0, 3), "no:");
  EXPECT_EQ(after("a\nb\nc\n", block("a\nb\n", "A\nB\n") + block("b\nc\n", "X\nC\n")).substr(0, 3),
            "no:");
  EXPECT_EQ(after("", block("a\n", "b\n")).substr(0, 3), "no:");
  EXPECT_EQ(after("a", block("b\n", "c\n")).find("\x1b"), std::string::npos);
}

TEST(ApplyBlocks, IsLinearOnLinesThatAreAllAlike) {
  std::string text, search;
  for (int i = 0; i < 60'000; ++i)
    text += "same\n";
  for (int i = 0; i < 20'000; ++i)
    search += "same\n";
  EXPECT_EQ(after(text, block(search, "other\n")).substr(0, 3), "no:");
  EXPECT_EQ(
      after(std::string(1'000'000, ' ') + "x\n", block(std::string(900'000, ' ') + "x\n", "y\n"))
          .size(),
      100'002U);
}

TEST(ApplyBlocks, NeverChangesWhatItDidNotFind) {
  std::mt19937 random(7);
  const std::vector<std::string> lines{"a\n", "b\n", "  a\n", "\n", "  b \n", "c\r\n"};
  for (int round = 0; round < 3000; ++round) {
    std::string text, search, replace;
    for (auto n = random() % 12; n > 0; --n)
      text += lines[random() % lines.size()];
    for (auto n = 1 + random() % 3; n > 0; --n)
      search += lines[random() % lines.size()];
    for (auto n = random() % 3; n > 0; --n)
      replace += lines[random() % lines.size()];
    const std::vector<SearchReplace> blocks{{"", search, replace}};
    const auto applied = apply_blocks(text, blocks, 1 + random() % 10);
    if (!applied) continue;
    ASSERT_EQ(applied->edits.size(), 1U);
    const auto& edit = applied->edits[0];
    ASSERT_LE(edit.span.end, text.size());
    // what goes away was asked for, and what comes was given, but for white space
    const auto bare = [](std::string s) {
      return replace_all(
          replace_all(replace_all(replace_all(std::move(s), " ", ""), "\n", ""), "\r", ""), "\t",
          "");
    };
    EXPECT_NE(bare(search).find(bare(text.substr(edit.span.begin, edit.span.size()))),
              std::string::npos);
    EXPECT_NE(bare(replace).find(bare(edit.text)), std::string::npos);
  }
}

TEST(ReplaceFunction, PutsCodeInItsPlace) {
  const std::string text =
      "class A:\n    def f(self):\n        return 1\n\n    def g(self): pass\n";
  const auto begin = static_cast<std::uint32_t>(text.find("    def f"));
  const Span f{begin, static_cast<std::uint32_t>(text.find("\n\n")) + 1};
  const auto put = [&](const std::string& code) {
    const auto applied = replace_function(text, f, code);
    return applied ? with_edits(text, applied->edits) : "no: " + applied.error().reason;
  };
  const std::string wanted =
      "class A:\n    def f(self):\n        return 2\n\n    def g(self): pass\n";
  EXPECT_EQ(put("def f(self):\n    return 2\n"), wanted);
  EXPECT_EQ(put("\n\n    def f(self):\n        return 2\n\n"), wanted);
  EXPECT_EQ(put("        def f(self):\n            return 2"), wanted);
  EXPECT_EQ(put("").substr(0, 3), "no:");
  EXPECT_EQ(put("    def f(self):\n        return 1\n").substr(0, 3), "no:");
  EXPECT_EQ(put("\tdef f(self):\n\t\treturn 2\n").substr(0, 3), "no:");
}

}  // namespace
}  // namespace peer
