#include "base/text.hpp"

#include <array>

#include <gtest/gtest.h>

namespace peer {
namespace {

TEST(Text, SplitsLinesOfEveryKind) {
  EXPECT_EQ(split_lines("a\r\nb\nc\rd"), (std::vector<std::string_view>{"a", "b", "c", "d"}));
  EXPECT_EQ(split_lines("a\n"), (std::vector<std::string_view>{"a"}));
  EXPECT_TRUE(split_lines("").empty());
}

TEST(Text, NamesTheNearestCandidate) {
  constexpr std::array<std::string_view, 3> kNames{"parse", "severity", "ignore"};
  EXPECT_EQ(nearest("serverity", kNames), "severity");
  EXPECT_EQ(nearest("zzzzzzzz", kNames), "");
}

TEST(Text, ShowsWhatCannotBeSeen) {
  EXPECT_EQ(visible("a\x1b[31mb"), "a<U+001B>[31mb");
  EXPECT_EQ(visible("x\xE2\x80\xAEy"), "x<U+202E>y");
  EXPECT_EQ(visible("\xFF"), "\xEF\xBF\xBD");
  EXPECT_EQ(visible("a\nb", false), "a<U+000A>b");
}

TEST(Text, RejectsMalformedUtf8) {
  EXPECT_TRUE(is_utf8("h\xC3\xA9"));
  EXPECT_FALSE(is_utf8("\xC0\x80"));
  EXPECT_FALSE(is_utf8("\xED\xA0\x80"));
  EXPECT_EQ(utf16_length("a\xF0\x9F\x98\x80"), 3U);
}

TEST(Text, SaysWhetherAllOfItIsAscii) {
  for (std::size_t size = 0; size < 20; ++size) {
    std::string text(size, 'a');
    EXPECT_TRUE(is_ascii(text)) << size;
    for (std::size_t i = 0; i < size; ++i) {
      text[i] = '\x80';
      EXPECT_FALSE(is_ascii(text)) << size << ' ' << i;
      text[i] = '\x7F';
    }
  }
}

}  // namespace
}  // namespace peer
