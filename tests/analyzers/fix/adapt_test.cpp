#include "analyzers/fix/adapt.hpp"

#include <gtest/gtest.h>

#include "analyzers/fix/apply.hpp"

namespace peer {
namespace {

std::string inserted(std::string_view text, Span span, std::string fresh,
                     const EditorSettings& settings = {}) {
  const LineIndex lines(text);
  return apply_edits(text, adapted({{span, std::move(fresh)}}, text, lines, settings)).value();
}

TEST(Adapt, TakesTheLineEndOfTheSurroundings) {
  EXPECT_EQ(inserted("a\r\nb\n", {0, 0}, "x\n"), "x\r\na\r\nb\n");
  EXPECT_EQ(inserted("a\r\nb\n", {3, 3}, "x\ny\n"), "a\r\nx\ny\nb\n");
  EXPECT_EQ(inserted("a\rb\r", {2, 2}, "x\n"), "a\rx\rb\r") << "old Mac";
  EXPECT_EQ(inserted("a\r\nb", {3, 3}, "x\n"), "a\r\nx\r\nb")
      << "the last line has none: that above";
  EXPECT_EQ(inserted("a\nb\n", {2, 2}, "x\r\n"), "a\nx\nb\n");
  EXPECT_EQ(inserted("ab", {1, 1}, "x\n"), "ax\nb");
}

TEST(Adapt, LetsTheSettingsSayWhereTheFileDoesNot) {
  EditorSettings settings;
  settings.end_of_line = "\r\n";
  EXPECT_EQ(inserted("ab", {1, 1}, "x\n", settings), "ax\r\nb");
  EXPECT_EQ(inserted("a\nb\n", {2, 2}, "x\n", settings), "a\nx\nb\n") << "the file decides first";
}

TEST(Adapt, KeepsTheLastNewlineOrItsLack) {
  EXPECT_EQ(inserted("a\nb", {3, 3}, "\nc\n"), "a\nb\nc");
  EXPECT_EQ(inserted("a\nb\n", {4, 4}, "c"), "a\nb\nc\n");
  EXPECT_EQ(inserted("a\nb\n", {1, 4}, ""), "a\n");
  EXPECT_EQ(inserted("a\nb\n", {2, 4}, ""), "a\n");
  EXPECT_EQ(inserted("a\r\nb", {3, 4}, "c\n"), "a\r\nc");
  EXPECT_EQ(inserted("a\n", {0, 2}, ""), "");
  EXPECT_EQ(inserted("", {0, 0}, "a\n"), "a\n");
  EditorSettings settings;
  settings.insert_final_newline = true;
  EXPECT_EQ(inserted("a\nb", {2, 3}, "c", settings), "a\nc\n");
}

TEST(Adapt, TrimsOnlyWhatItInserts) {
  EditorSettings settings;
  settings.trim_trailing_whitespace = true;
  EXPECT_EQ(inserted("a  \nb\n", {4, 4}, "x \t\n", settings), "a  \nx\nb\n");
  EXPECT_EQ(inserted("a\n", {1, 1}, " x ", settings), "a x\n");
  EXPECT_EQ(inserted("ab\n", {1, 1}, " x ", settings), "a x b\n");
}

TEST(Adapt, IndentsInsertedLinesAsAsked) {
  EditorSettings tabs;
  tabs.indent_with_tabs = true;
  tabs.indent_size = tabs.tab_width = 4;
  EXPECT_EQ(inserted("a\n\tb\n", {5, 5}, "        c\n      d\n", tabs), "a\n\tb\n\t\tc\n\t  d\n");
  EXPECT_EQ(inserted("a\n    b\n", {8, 8}, "    c\n", tabs), "a\n    b\n    c\n")
      << "the lines around do otherwise";
  EditorSettings spaces;
  spaces.indent_with_tabs = false;
  spaces.tab_width = 2;
  EXPECT_EQ(inserted("a\n", {2, 2}, "\tc\n", spaces), "a\n  c\n");
  EXPECT_EQ(inserted("a\n", {1, 1}, "\tc", spaces), "a\tc\n") << "no indentation";
}

TEST(Adapt, PutsWhatGoesFirstBehindTheByteOrderMark) {
  EXPECT_EQ(inserted("\xEF\xBB\xBFx\n", {0, 0}, "new\n"), "\xEF\xBB\xBFnew\nx\n");
}

}  // namespace
}  // namespace peer
