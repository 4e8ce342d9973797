#include "analyzers/compress/tokens.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <random>
#include <sstream>
#include <string>
#include <unistd.h>

#include <gtest/gtest.h>

namespace peer {
namespace {

namespace fs = std::filesystem;

std::string read(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

std::vector<std::uint32_t> numbers(const std::string& line) {
  std::istringstream in(line);
  std::vector<std::uint32_t> all;
  for (std::uint32_t number = 0; in >> number;)
    all.push_back(number);
  return all;
}

/// Has gpt-tokenizer encode all `texts` in one process and compares.
void expect_the_reference_agrees(const std::vector<std::string>& texts) {
  const auto stem = fs::path(::testing::TempDir()) / ("peer-tokens-" + std::to_string(::getpid()));
  const auto in = stem.string() + ".in", out = stem.string() + ".out";
  {
    std::ofstream file(in, std::ios::binary);
    for (const auto& text : texts)
      file << text.size() << ' ' << text;
  }
  const auto command = "node '" PEER_SOURCE_DIR
                       "/tests/tools/encode_tokens.mjs' '" PEER_NODE_MODULES "' < '" +
                       in + "' > '" + out + "'";
  ASSERT_EQ(std::system(command.c_str()), 0) << "is node installed? run ci/setup --tests";
  std::ifstream answers(out);
  std::size_t wrong = 0;
  for (const auto& text : texts)
    for (const auto vocabulary : {Vocabulary::o200k_base, Vocabulary::cl100k_base}) {
      std::string line;
      ASSERT_TRUE(std::getline(answers, line));
      const auto expected = numbers(line);
      const auto got = encode_tokens(text, vocabulary);
      EXPECT_EQ(got.size(), count_tokens(text, vocabulary));
      if (got == expected) continue;
      ASSERT_LT(++wrong, 5U);
      const auto differs = std::mismatch(got.begin(), got.end(), expected.begin(), expected.end());
      ADD_FAILURE() << (vocabulary == Vocabulary::o200k_base ? "o200k" : "cl100k")
                    << " differs at token " << differs.first - got.begin() << " of "
                    << expected.size() << ": " << ::testing::PrintToString(text.substr(0, 300));
    }
  fs::remove(in);
  fs::remove(out);
}

/// UTF-8 of a code point; of the two that JavaScript's white space has wrong, a blank.
std::string utf8(std::uint32_t point) {
  if (point == 0xFEFF || point == 0x85) return " ";
  const auto tail = [&](unsigned shift) {
    return static_cast<char>(0x80U | (point >> shift & 0x3FU));
  };
  if (point < 0x80) return {static_cast<char>(point)};
  if (point < 0x800) return {static_cast<char>(0xC0U | point >> 6U), tail(0)};
  if (point < 0x10000) return {static_cast<char>(0xE0U | point >> 12U), tail(6), tail(0)};
  return {static_cast<char>(0xF0U | point >> 18U), tail(12), tail(6), tail(0)};
}

std::string any_character(std::mt19937& random) {
  constexpr std::array<std::uint32_t, 12> kFrom{0x20,   0x20,   0x80,   0x300,  0x400,  0x900,
                                                0x1E00, 0x2000, 0x3040, 0x4E00, 0xA000, 0x1F300};
  constexpr std::array<std::uint32_t, 12> kMany{95,    95,    0x180, 0x70,   0x130,  0x200,
                                                0x100, 0x100, 0xC0,  0x5000, 0x3000, 0x400};
  if (random() % 12 == 0) {
    const auto point = static_cast<std::uint32_t>(random() % 0x110000);
    return utf8(point >= 0xD800 && point < 0xE000 ? 0x2028 : point);
  }
  const auto range = random() % kFrom.size();
  return utf8(kFrom[range] + static_cast<std::uint32_t>(random() % kMany[range]));
}

/// Words that meet the borders of the expressions, thrown together.
std::string assembled(std::mt19937& random) {
  static const std::vector<std::string> kParts{" ",
                                               "  ",
                                               "\t",
                                               "\n",
                                               "\r\n",
                                               "\n\n   ",
                                               "\u00a0",
                                               "\u3000",
                                               "\u2028",
                                               "'s",
                                               "'LL",
                                               "'Ve",
                                               "'re",
                                               "'x",
                                               "'",
                                               "/",
                                               "//",
                                               "/*",
                                               "*/",
                                               "/\n/",
                                               "(",
                                               ");",
                                               "{}",
                                               "==",
                                               "!!!",
                                               "....",
                                               "word",
                                               "Word",
                                               "WORD",
                                               "camelCase",
                                               "HTTPServer",
                                               "XMLfile",
                                               "\u01c5",
                                               "\u01c5a",
                                               "\u02b0",
                                               "\u0301",
                                               "e\u0301",
                                               "\u0301\u0301",
                                               "A\u0301B",
                                               "\u00df",
                                               "\u4e2d\u6587",
                                               "AB\u4e2dCD",
                                               "\u0430\u0411",
                                               "1",
                                               "12",
                                               "1234",
                                               "3.14159",
                                               "\u00bd",
                                               "\u0663\u0664",
                                               "_",
                                               "__init__",
                                               "$x",
                                               "@a",
                                               "\U0001F600",
                                               "\U0001F468\u200d\U0001F469",
                                               "<|endoftext|>",
                                               "<|im_start|>",
                                               "\u017f",
                                               "'\u017f",
                                               "\u212a",
                                               "\u0130",
                                               "\xEF\xBF\xBD",
                                               "\x01",
                                               "\x7f"};
  std::string text;
  for (auto parts = random() % 12 + 1; parts > 0; --parts)
    text += random() % 4 == 0 ? any_character(random) : kParts[random() % kParts.size()];
  return text;
}

/// Long pieces over few letters: what byte-pair encoding finds hardest.
std::string monotonous(std::mt19937& random) {
  static const std::vector<std::string> kAlphabets{"a", "ab",  "aA",  "=",   "=-",         "01",
                                                   " ", " \t", "\n",  "\n ", "abcdefghij", "ACGT",
                                                   "/", "*/",  "xyz", "=*-_"};
  const auto& alphabet = kAlphabets[random() % kAlphabets.size()];
  std::string text;
  const auto size = random() % 4000 + 1;
  const auto period = random() % 7 + 1;
  while (text.size() < size)
    text += text.size() > period && random() % 8 != 0 ? text[text.size() - period]
                                                      : alphabet[random() % alphabet.size()];
  return text;
}

TEST(Tokens, AreThoseOfTheReferenceOnMadeUpText) {
  std::mt19937 random(20'261'121);
  std::vector<std::string> texts{""};
  for (int i = 0; i < 12'000; ++i)
    texts.push_back(assembled(random));
  for (int i = 0; i < 3'000; ++i) {
    std::string text;
    for (auto count = random() % 30; count > 0; --count)
      text += any_character(random);
    texts.push_back(text);
  }
  expect_the_reference_agrees(texts);
}

TEST(Tokens, AreThoseOfTheReferenceOnLongPieces) {
  std::mt19937 random(4);
  std::vector<std::string> texts;
  for (int i = 0; i < 150; ++i)
    texts.push_back(monotonous(random));
  expect_the_reference_agrees(texts);
}

TEST(Tokens, AreThoseOfTheReferenceForEveryCharacter) {
  std::vector<std::string> texts;
  // beyond the second plane: samples of the large blocks of one class, and of what is not assigned
  for (std::uint32_t page = 0; page < 0x110000; page += page < 0x20000 ? 0x80 : 0x1980) {
    if (page >= 0xD800 && page < 0xE000) continue;
    std::string text;
    for (std::uint32_t point = page; point < page + 0x80; ++point)
      text += point % 2 == 0 ? "A" + utf8(point) + "b" : " " + utf8(point) + ";";
    texts.push_back(text);
  }
  expect_the_reference_agrees(texts);
}

/// gpt-tokenizer loses U+FEFF when it decodes its own tokens; these are the numbers that OpenAI's
/// tiktoken gives.
TEST(Tokens, KeepTheByteOrderMarkThatTheReferenceLoses) {
  using Numbers = std::vector<std::uint32_t>;
  EXPECT_EQ(encode_tokens("\ufeff"), Numbers{5574});
  EXPECT_EQ(encode_tokens("\ufeffusing x"), (Numbers{9251, 1215}));
  EXPECT_EQ(encode_tokens("\ufeff#include <a>"), (Numbers{110862, 1981, 464, 64, 29}));
  EXPECT_EQ(encode_tokens("a \ufeff\ufeff b"), (Numbers{64, 71280, 5574, 287}));
  EXPECT_EQ(encode_tokens("\ufeffusing x", Vocabulary::cl100k_base), (Numbers{4117, 865}));
  EXPECT_EQ(encode_tokens("a \ufeff\ufeff b", Vocabulary::cl100k_base),
            (Numbers{64, 76880, 3305, 293}));
}

TEST(Tokens, AreThoseOfTheReferenceOnRealText) {
  std::vector<std::string> texts;
  std::size_t bytes = 0;
  for (const auto* folder : {PEER_SOURCE_DIR "/analyzers", PEER_SOURCE_DIR "/docs",
                             PEER_SOURCE_DIR "/tests/tools/node_modules/jquery/src",
                             PEER_NODE_MODULES "/gpt-tokenizer/README.md"}) {
    std::error_code ignored;
    if (fs::is_regular_file(folder)) texts.push_back(read(folder));
    for (const auto& entry : fs::recursive_directory_iterator(folder, ignored)) {
      if (!entry.is_regular_file() || entry.file_size() > 200'000 || bytes > 3'000'000) continue;
      texts.push_back(read(entry.path()));
      bytes += texts.back().size();
    }
  }
  ASSERT_GT(bytes, 1'000'000U);
  expect_the_reference_agrees(texts);
}

TEST(Tokens, OfBytesThatAreNoTextAreCountedAsTheyStand) {
  std::mt19937 random(7);
  for (int i = 0; i < 500; ++i) {
    std::string bytes;
    for (auto count = random() % 400 + 1; count > 0; --count)
      bytes += static_cast<char>(random());
    const auto count = count_tokens(bytes);
    EXPECT_GE(count, 1U);
    EXPECT_LE(count, bytes.size());
  }
}

double seconds_of(const std::string& text) {
  const auto began = std::clock();
  EXPECT_GT(count_tokens(text), 0U);
  return static_cast<double>(std::clock() - began) / CLOCKS_PER_SEC;
}

/// Five times the text may take some more than five times the time, never 25 times.
TEST(Tokens, TakeLinearTimeOnHostileText) {
  const auto repeat = [](const std::string& part, std::size_t size) {
    std::string text;
    while (text.size() < size)
      text += part;
    return text;
  };
  std::mt19937 random(11);
  std::string letters;
  for (int i = 0; i < 1'000'000; ++i)
    letters += static_cast<char>('a' + random() % 26);
  for (const auto& part :
       {std::string("a"), std::string(" "), std::string("="), std::string("\n "), std::string("ab"),
        std::string("'"), std::string("\u0301"), std::string("\u0301A"), std::string("A\u4e2d"),
        std::string("\xff"), letters}) {
    const auto small = seconds_of(repeat(part, 200'000).substr(0, 200'000));
    const auto large = seconds_of(repeat(part, 1'000'000));
    EXPECT_LT(large, 5 * 3 * small + 0.05) << part.substr(0, 10);
    EXPECT_LT(large, 2.0) << part.substr(0, 10);
  }
}

TEST(Tokens, AreCutBetweenCharacters) {
  std::mt19937 random(3);
  for (int i = 0; i < 2'000; ++i) {
    const auto text = assembled(random) + assembled(random);
    const auto most = random() % 12 + 1;
    std::size_t begin = 0;
    for (const auto end : cuts_of(text, most)) {
      ASSERT_GT(end, begin);
      if (end < text.size()) {
        EXPECT_NE(static_cast<unsigned char>(text[end]) & 0xC0U, 0x80U);
      }
      // what is cut apart may come to a little more; four bytes are at most four tokens
      EXPECT_LE(count_tokens(text.substr(begin, end - begin)), most + 4);
      begin = end;
    }
    EXPECT_EQ(begin, text.size());
  }
  EXPECT_EQ(cuts_of("one two three four", 2), (std::vector<std::size_t>{7, 18}));
}

TEST(TokenMeter, MultipliesByTheFactorOfTheModelsFamily) {
  EXPECT_EQ(meter_of("gpt-4o-mini"), (TokenMeter{Vocabulary::o200k_base, 1.0}));
  EXPECT_EQ(meter_of("gpt-4-turbo").vocabulary, Vocabulary::cl100k_base);
  EXPECT_EQ(meter_of("anthropic/claude-sonnet-4").factor, 1.35);
  EXPECT_EQ(meter_of("qwen2.5-coder:7b").factor, 1.10);
  EXPECT_EQ(meter_of("never-heard-of").factor, 1.75);
  const TokenMeter meter{Vocabulary::o200k_base, 1.35};
  const std::string text = "the quick brown fox jumps over the lazy dog";
  EXPECT_GE(static_cast<double>(meter.count(text)), 1.35 * static_cast<double>(count_tokens(text)));
  for (std::uint64_t tokens : {0U, 1U, 7U, 100U, 4095U})
    EXPECT_LE(std::ceil(static_cast<double>(meter.within(tokens)) * 1.35),
              static_cast<double>(tokens) + 1e-9);
}

}  // namespace
}  // namespace peer
