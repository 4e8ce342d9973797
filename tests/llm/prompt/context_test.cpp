#include "llm/prompt/context.hpp"

#include <algorithm>
#include <fstream>
#include <sstream>

#include <gtest/gtest.h>

#include "analyzers/compress/tokens.hpp"
#include "analyzers/parse/parse.hpp"
#include "base/text.hpp"
#include "tests/llm/route/chance.hpp"

namespace peer {
namespace {

constexpr const char* kFile =
    "import json\n"                                     // 1
    "\n"                                                // 2
    "RATE = 0.19\n"                                     // 3
    "\n"                                                // 4
    "def net(price):\n"                                 // 5
    "    # how it is done\n"                            // 6
    "    return price / (1 + RATE)\n"                   // 7
    "\n"                                                // 8
    "def unrelated(a, b):\n"                            // 9
    "    secret_body = a * b\n"                         // 10
    "    return secret_body\n"                          // 11
    "\n"                                                // 12
    "def total(prices):\n"                              // 13
    "    return sum(net(p) * RATE for p in prices)\n";  // 14

FileContext around(const SourceFile& file, LineRange lines, std::uint64_t tokens = 500) {
  return context_around(file, {lines}, {}, {tokens, DigestLevel::signatures}, {});
}

TEST(Context, ShowsWhatTheLinesUseAndOfTheRestSignatures) {
  const auto file = parse("a.py", kFile);
  const auto context = around(file, {13, 2});
  EXPECT_NE(context.text.find("RATE = 0.19"), std::string::npos) << context.text;
  EXPECT_NE(context.text.find("def net(price):"), std::string::npos);
  EXPECT_NE(context.text.find("def unrelated(a, b):"), std::string::npos);
  EXPECT_EQ(context.text.find("secret_body"), std::string::npos);
  EXPECT_EQ(context.text.find("def total"), std::string::npos) << "the question shows it already";
  EXPECT_EQ(context.file_tokens, count_tokens(kFile));
}

TEST(Context, KnowsTheFilesLineOfEachOfItsLines) {
  const auto file = parse("a.py", kFile);
  const auto context = around(file, {13, 2});
  const auto shown = split_lines(context.text), lines = split_lines(kFile);
  ASSERT_EQ(shown.size(), context.lines.size());
  for (std::size_t i = 0; i < shown.size(); ++i) {
    const auto words = trim(shown[i].substr(0, shown[i].find(" ...")));
    EXPECT_NE(lines[context.lines[i] - 1].find(words), std::string_view::npos) << shown[i];
  }
}

TEST(Context, OfLinesThatAreTheWholeFileIsEmpty) {
  const auto file = parse("a.py", kFile);
  EXPECT_EQ(around(file, {1, 14}).text, "");
  EXPECT_EQ(around(file, {13, 2}, 0).text, "");
  EXPECT_EQ(around(parse("a.py", ""), {1, 0}).text, "");
}

TEST(Context, LeavesHiddenLinesOut) {
  const auto file = parse("a.py", kFile);
  const auto context =
      context_around(file, {{13, 2}}, {{3, 1}}, {500, DigestLevel::signatures}, {});
  EXPECT_EQ(context.text.find("RATE = 0.19"), std::string::npos);
}

TEST(Context, NeverHasMoreTokensThanItMayNorLinesThatAreAskedAbout) {
  std::ifstream in(std::string(PEER_SOURCE_DIR) + "/analyzers/compress/digest.cpp");
  std::ostringstream text;
  text << in.rdbuf();
  const auto file = parse("digest.cpp", text.str());
  ASSERT_GT(file.lines().line_count(), 100U);
  test::Chance chance(5);
  for (int i = 0; i < 60; ++i) {
    const auto count = file.lines().line_count();
    const auto first = 1 + static_cast<std::uint32_t>(chance.next() * (count - 1));
    const LineRange lines{first, 1 + static_cast<std::uint32_t>(chance.next() * (count - first))};
    const auto tokens = static_cast<std::uint64_t>(chance.next() * 1'500);
    const auto context = around(file, lines, tokens);
    EXPECT_LE(count_tokens(context.text), tokens) << i;
    for (const auto line : context.lines)
      EXPECT_FALSE(lines.contains(line)) << i;
  }
}

}  // namespace
}  // namespace peer
