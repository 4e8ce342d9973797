#include "analyzers/source_file.hpp"

#include <algorithm>
#include <array>
#include <random>
#include <string>
#include <utility>

#include <gtest/gtest.h>

#include "base/text.hpp"

namespace peer {
namespace {

SourceFile file_of(std::string text) {
  return {"a.txt", std::move(text), Encoding::utf8,
          nullptr, std::nullopt,    ParseOutcome::no_grammar};
}

/// Counts anew from the beginning of the text, by the definition.
Position counted(std::string_view text, std::uint32_t offset) {
  Position position{1, 1};
  std::size_t start = 0;
  for (std::size_t i = 0; i < std::min<std::size_t>(offset, text.size()); ++i) {
    if (text[i] != '\n') continue;
    // a line end that ends the text opens no further line
    if (i + 1 == text.size()) break;
    ++position.line;
    start = i + 1;
  }
  position.column =
      static_cast<std::uint32_t>(utf16_length(text.substr(start, offset - start)) + 1);
  return position;
}

std::string random_text(std::mt19937& random, std::size_t pieces, bool long_lines) {
  static constexpr std::array<std::string_view, 9> kPieces{"a",
                                                           "0123456789abcdef",
                                                           "\xC3\xA9",
                                                           "\xE2\x82\xAC",
                                                           "\xF0\x9F\x98\x80",
                                                           "\xFF",
                                                           "\xE2\x82",
                                                           "\x80",
                                                           " "};
  static constexpr std::array<std::string_view, 3> kEnds{"\n", "\r\n", "\r"};
  std::string text;
  for (std::size_t i = 0; i < pieces; ++i) {
    text += kPieces[random() % kPieces.size()];
    if (random() % (long_lines ? 5000 : 7) == 0) text += kEnds[random() % kEnds.size()];
  }
  return text;
}

TEST(SourceFile, KnowsThePositionOfEveryByteOfShortLines) {
  std::mt19937 random(1);
  for (int round = 0; round < 200; ++round) {
    const auto text = random_text(random, random() % 60, false);
    const auto file = file_of(text);
    for (std::uint32_t at = 0; at <= text.size(); ++at) {
      const auto expected = counted(text, at);
      EXPECT_EQ(file.position(at).line, expected.line)
          << "byte " << at << " of " << visible(text, false);
      EXPECT_EQ(file.position(at).column, expected.column)
          << "byte " << at << " of " << visible(text, false);
    }
  }
}

TEST(SourceFile, CountsColumnsOfLongLinesAsOfShortOnes) {
  std::mt19937 random(2);
  for (int round = 0; round < 10; ++round) {
    const auto text = random_text(random, 20'000, true);
    const auto file = file_of(text);
    for (int i = 0; i < 200; ++i) {
      const auto at = static_cast<std::uint32_t>(random() % (text.size() + 1));
      const auto span = file.lines().line_span(file.lines().line_of(at));
      if (at < span.begin || at > span.end) continue;
      const auto expected =
          utf16_length(std::string_view(text).substr(span.begin, at - span.begin)) + 1;
      EXPECT_EQ(file.position(at).column, expected) << "byte " << at << " of round " << round;
    }
  }
}

}  // namespace
}  // namespace peer
