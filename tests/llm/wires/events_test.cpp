#include "llm/wires/events.hpp"

#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

namespace peer {
namespace {

using Events = std::vector<std::pair<std::string, std::string>>;

/// What a parser makes of `text` given in pieces of `size` bytes.
Events events_of(std::string_view text, std::size_t size) {
  SseParser parser;
  Events out;
  const auto on_event = [&](std::string_view name, std::string_view data) {
    out.emplace_back(name, data);
  };
  for (std::size_t at = 0; at < text.size(); at += size)
    EXPECT_TRUE(parser.feed(text.substr(at, size), on_event));
  parser.finish(on_event);
  return out;
}

TEST(SseParser, ReadsEveryLineEndOverEveryCut) {
  const Events expected{{"", "one"}, {"ping", "two\nlines"}, {"", "h\xC3\xA4lf"}, {"", "last"}};
  for (const std::string end : {"\n", "\r\n", "\r"}) {
    std::string text =
        "\xEF\xBB\xBF"
        "data: one|: comment|id: 7||event: ping|data:two|data: lines|||:|data: h\xC3\xA4lf|retry: "
        "3||data: last";
    for (auto at = text.find('|'); at != text.npos; at = text.find('|', at + end.size()))
      text.replace(at, 1, end);
    for (std::size_t size = 1; size <= text.size(); ++size)
      ASSERT_EQ(events_of(text, size), expected) << "pieces of " << size;
  }
}

TEST(SseParser, GivesNoEventWithoutData) {
  EXPECT_TRUE(events_of("event: ping\n\n: only a comment\n\n\n\nid: 1\n\n", 3).empty());
  EXPECT_EQ(events_of("data\n\n", 2), (Events{{"", ""}}));
}

TEST(SseParser, RefusesAnEventWithoutEnd) {
  SseParser parser;
  const std::string piece(1 << 20, 'x');
  int events = 0;
  const auto count = [&](std::string_view, std::string_view) { ++events; };
  ASSERT_TRUE(parser.feed("data: ", count));
  int taken = 0;
  while (taken < 100 && parser.feed(piece, count))
    ++taken;
  EXPECT_LE(taken, 8);
  EXPECT_FALSE(parser.feed("\n\ndata: x\n\n", count));
  EXPECT_EQ(events, 0);

  SseParser many_lines;
  taken = 0;
  while (taken < 100 && many_lines.feed("data: " + piece + "\n", count))
    ++taken;
  EXPECT_LE(taken, 8);
}

TEST(LineSplitter, KeepsWhatHasNoEndYet) {
  LineSplitter lines;
  std::vector<std::string> seen;
  const auto keep = [&](std::string_view line) { seen.emplace_back(line); };
  EXPECT_TRUE(lines.feed("a\r", keep));
  EXPECT_TRUE(lines.feed("\nb\n\nc", keep));
  EXPECT_EQ(seen, (std::vector<std::string>{"a", "b", ""}));
  EXPECT_EQ(lines.rest(), "c");
}

}  // namespace
}  // namespace peer
