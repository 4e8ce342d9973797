#include "reporters/render/diff.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "analyzers/fix/unified.hpp"
#include "base/text.hpp"
#include "reporters/render/cells.hpp"

namespace peer {
namespace {

using ::testing::HasSubstr;

TEST(RenderPatch, SaysTheSameAsTheDiff) {
  const auto patch = unified_diff("a.py", "1\n2\n3\n", "1\ntwo\n3");
  EXPECT_EQ(render_patch(patch, false),
            "--- a/a.py\n+++ b/a.py\n@@ -1,3 +1,3 @@\n 1\n-2\n-3\n+two\n+3\n"
            "\\ No newline at end of file\n");
  EXPECT_EQ(render_hunks(patch, false).find("a.py"), std::string::npos);
}

TEST(RenderPatch, ColoursOnlyWhereItMeansSomething) {
  const auto patch = render_patch(unified_diff("a.py", "1\n2\n", "1\n3\n"), true);
  EXPECT_THAT(patch, HasSubstr("\x1b[1;31m-2\x1b[0m\n\x1b[32m+3\x1b[0m\n"));
  EXPECT_THAT(patch, HasSubstr("\x1b[36m@@ -1,2 +1,2 @@\x1b[0m\n 1\n"));
}

TEST(RenderPatch, LetsNothingSpeakToTheTerminal) {
  const auto patch = unified_diff("a\x1b[2J.py", "x\x1b]0;t\x07\xE2\x80\xAE\n", "y\xFF\n");
  for (const auto& shown : {render_patch(patch, false), render_side_by_side(patch, false, 100)}) {
    EXPECT_EQ(shown.find('\x1b'), std::string::npos);
    EXPECT_EQ(shown.find('\x07'), std::string::npos);
    EXPECT_TRUE(is_utf8(shown));
    EXPECT_THAT(shown, HasSubstr("<U+202E>"));
  }
}

TEST(RenderPatch, TakesContentThatLooksLikeAHeaderForContent) {
  const auto patch = unified_diff("a.sql", "-- x\n", "++ y\n");
  EXPECT_THAT(render_hunks(patch, true), HasSubstr("\x1b[1;31m--- x\x1b[0m\n\x1b[32m+++ y"));
}

TEST(SideBySide, PutsOldAndNewInTwoColumns) {
  const auto patch = unified_diff("a.py", "1\n2\n3\n4\n", "1\ntwo\nmore\n4\n5\n");
  EXPECT_EQ(render_side_by_side(patch, false, 41),
            "--- a/a.py\n+++ b/a.py\n@@ -1,4 +1,5 @@\n"
            "    1  1            |     1  1\n"
            "    2 -2            |     2 +two\n"
            "    3 -3            |     3 +more\n"
            "    4  4            |     4  4\n"
            "                    |     5 +5\n");
}

TEST(SideBySide, CutsLongLinesAndMeasuresWideCharacters) {
  std::string wide;
  for (int i = 0; i < 30; ++i)
    wide += "\xE6\x97\xA5";  // two columns each
  const auto patch = unified_diff("a.py", wide + "\n\tx\n", std::string(200, 'y') + "\n\tz\n");
  for (const int width : {40, 61, 80, 120}) {
    const auto shown = render_side_by_side(patch, false, width);
    std::size_t bar = 0;
    for (const auto line : split_lines(shown)) {
      EXPECT_LE(display_width(line), static_cast<std::size_t>(width)) << line;
      if (line.starts_with(" ")) {
        const auto at = display_width(line.substr(0, line.find(" | ")));
        EXPECT_TRUE(bar == 0 || bar == at) << shown;
        bar = at;
      }
    }
    EXPECT_THAT(shown, HasSubstr("..."));
  }
}

TEST(SideBySide, FallsBackOnNarrowTerminals) {
  const auto patch = unified_diff("a.py", "1\n", "2\n");
  EXPECT_EQ(render_side_by_side(patch, false, 30), render_patch(patch, false));
}

}  // namespace
}  // namespace peer
