#include "llm/review/items.hpp"

#include <algorithm>
#include <random>

#include <gtest/gtest.h>

#include "analyzers/fix/diff.hpp"
#include "analyzers/parse/parse.hpp"
#include "base/text.hpp"

namespace peer {
namespace {

/// The change from `before` to `after` as hunks with three lines of context that may touch.
ChangedFile change_of(const std::string& before, const std::string& after) {
  ChangedFile file;
  file.path = file.old_path = "a.py";
  const auto old_lines = lines_with_ends(before), new_lines = lines_with_ends(after);
  for (const auto& run : diff_lines(old_lines, new_lines)) {
    const auto up = std::min({3U, run.old_begin, run.new_begin});
    const auto down = static_cast<std::uint32_t>(
        std::min({std::size_t{3}, old_lines.size() - run.old_end, new_lines.size() - run.new_end}));
    Hunk hunk;
    hunk.old_lines = {run.old_begin - up + 1, run.old_end - run.old_begin + up + down};
    hunk.new_lines = {run.new_begin - up + 1, run.new_end - run.new_begin + up + down};
    if (hunk.old_lines.count == 0) --hunk.old_lines.first;
    if (hunk.new_lines.count == 0) --hunk.new_lines.first;
    if (run.old_end > run.old_begin)
      hunk.removed = {{run.old_begin + 1, run.old_end - run.old_begin}};
    if (run.new_end > run.new_begin)
      hunk.added = {{run.new_begin + 1, run.new_end - run.new_begin}};
    file.hunks.push_back(hunk);
  }
  return file;
}

std::vector<ReviewItem> items_of(const std::string& before, const SourceFile& after,
                                 std::size_t max_bytes) {
  return review_items(change_of(before, std::string(after.text())), after, before, false,
                      {max_bytes, 60});
}

TEST(ReviewItems, ShowTheFunctionAroundAHunkWithRemovedLinesAtTheirPlace) {
  const std::string before = "a = 1\n\n\ndef f(x):\n    one = x\n    return one\n\n\nb = 2\n";
  const auto after =
      parse("a.py", "a = 1\n\n\ndef f(x):\n    two = x\n    return two\n\n\nb = 2\n");
  const auto items = items_of(before, after, 4000);
  ASSERT_EQ(items.size(), 1U);
  EXPECT_NE(items[0].text.find(
                " def f(x):\n-    one = x\n-    return one\n+    two = x\n+    return two\n"),
            std::string::npos)
      << items[0].text;
}

TEST(ReviewItems, StayTheSameWhenTheirLinesMove) {
  const std::string f = "def f(x):\n    one = x\n    return one\n";
  const std::string g = "def f(x):\n    two = x\n    return one\n";
  const std::string far = "\n\n\n\n\n\n\n\n";
  const auto here = parse("a.py", far + g), there = parse("a.py", "z = 1\nz = 2\n" + far + g);
  const auto a = items_of(far + f, here, 4000);
  const auto b = items_of("z = 1\nz = 2\n" + far + f, there, 4000);
  ASSERT_EQ(a.size(), 1U);
  ASSERT_EQ(b.size(), 1U);
  EXPECT_EQ(a[0].text, b[0].text);
  EXPECT_NE(a[0].lines.front().number, b[0].lines.front().number);
}

TEST(ReviewItems, HoldEveryAddedAndRemovedLineWithinTheirLimit) {
  std::mt19937 random(7);
  for (int round = 0; round < 200; ++round) {
    std::vector<std::string> old_lines, new_lines;
    const auto line = [&] {
      return std::string(random() % 4, ' ') + (random() % 5 == 0 ? "def f" : "x = ") +
             std::to_string(random() % 1000) + (random() % 5 == 0 ? "():" : "") + "\n";
    };
    for (int i = 0; i < 60; ++i)
      old_lines.push_back(line());
    for (const auto& each : old_lines) {
      if (random() % 10 == 0) continue;
      new_lines.push_back(each);
      if (random() % 10 == 0) new_lines.push_back(line());
    }
    const auto before = join(old_lines, ""), text = join(new_lines, "");
    const auto after = parse("a.py", text);
    const auto file = change_of(before, text);
    const std::size_t limit = 60 + random() % 400;
    std::string plus, minus;
    for (const auto& item : review_items(file, after, before, false, {limit, 20})) {
      EXPECT_LE(item.text.size(), limit + 80);
      for (const auto row : split_lines(item.text)) {
        if (row[0] == '+') plus += std::string(row.substr(1)) + "\n";
        if (row[0] == '-') minus += std::string(row.substr(1)) + "\n";
      }
    }
    std::string added, removed;
    for (const auto& hunk : file.hunks) {
      for (const auto& range : hunk.added)
        for (auto i = range.first; i < range.end(); ++i)
          added += new_lines[i - 1];
      for (const auto& range : hunk.removed)
        for (auto i = range.first; i < range.end(); ++i)
          removed += old_lines[i - 1];
    }
    ASSERT_EQ(plus, added) << round;
    ASSERT_EQ(minus, removed) << round;
  }
}

TEST(ReviewItems, OfWholeFilesAreCutWhereSomethingBegins) {
  std::string text;
  for (int i = 0; i < 40; ++i)
    text += "def f" + std::to_string(i) + "(x):\n    return x\n\n";
  const auto after = parse("a.py", text);
  ChangedFile file;
  file.path = "a.py";
  const auto items = review_items(file, after, "", true, {400, 60});
  ASSERT_GT(items.size(), 2U);
  std::size_t lines = 0;
  for (const auto& item : items) {
    EXPECT_TRUE(item.text.starts_with(" def "));
    lines += item.lines.size();
  }
  EXPECT_EQ(lines, 120U);
}

TEST(ReviewItems, ShowALineThatIsTooLongInParts) {
  std::string line;
  for (int i = 0; line.size() < 1'000'000; ++i)
    line += i % 3 == 0 ? "\u00e4" : "x";
  const auto after = parse("a.py", line + "\n");
  ChangedFile file;
  file.path = "a.py";
  const auto items = review_items(file, after, "", true, {4000, 60});
  std::string together;
  for (const auto& item : items) {
    EXPECT_LE(item.text.size(), 4100U);
    ASSERT_EQ(item.lines.size(), 1U);
    EXPECT_EQ(item.lines[0].number, 1U);
    EXPECT_EQ(item.lines[0].text[0] & 0xC0, item.lines[0].text[0] == 'x' ? 0x40 : 0xC0);
    together += item.lines[0].text;
  }
  EXPECT_EQ(together, line) << "nothing is left out";
}

}  // namespace
}  // namespace peer
