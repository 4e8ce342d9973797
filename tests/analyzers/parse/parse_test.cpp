// Hostile and odd files must cost bounded time and stack, and keep their bytes.
#include "analyzers/parse/parse.hpp"

#include <array>
#include <chrono>
#include <ctime>
#include <pthread.h>
#include <random>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "analyzers/languages/language.hpp"
#include "analyzers/parse/outline.hpp"
#include "base/text.hpp"

namespace peer {
namespace {

using std::chrono::milliseconds;

std::string repeat(std::string_view piece, std::size_t times) {
  std::string out;
  out.reserve(piece.size() * times);
  for (std::size_t i = 0; i < times; ++i)
    out += piece;
  return out;
}

struct Visited {
  std::size_t nodes = 0;
  std::size_t deepest = 0;
};

Visited visit(const SourceFile& file) {
  Visited visited;
  std::size_t depth = 0;
  if (file.tree() == nullptr) return visited;
  walk(
      file.tree()->root(),
      [&](Node) {
        ++visited.nodes;
        visited.deepest = std::max(visited.deepest, ++depth);
        return true;
      },
      [&](Node) { --depth; });
  return visited;
}

/// Runs `work` on a thread with the small stack that a worker may have.
template <class Work>
void on_small_stack(Work work) {
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_attr_setstacksize(&attributes, 256 * 1024);
  pthread_t thread{};
  const auto run = [](void* argument) -> void* {
    (*static_cast<Work*>(argument))();
    return nullptr;
  };
  ASSERT_EQ(pthread_create(&thread, &attributes, run, &work), 0);
  pthread_join(thread, nullptr);
  pthread_attr_destroy(&attributes);
}

/// Of this thread: a busy machine takes none of it.
milliseconds processor_time() {
  timespec spent{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &spent);
  return milliseconds(spent.tv_sec * 1000 + spent.tv_nsec / 1'000'000);
}

TEST(Parse, EndsHostileJavaScriptWithItsBudget) {
  const auto begin = processor_time();
  const auto file = parse("a.js", repeat("\"\"\"", 30'000), {.budget = milliseconds(200)});
  EXPECT_EQ(file.outcome(), ParseOutcome::timed_out);
  EXPECT_EQ(file.tree(), nullptr);
  EXPECT_EQ(file.text().size(), 90'000U);
  EXPECT_LT(processor_time() - begin, milliseconds(2000)) << "the budget was 0.2 s";
}

TEST(Parse, SurvivesEndlessGenericsOfRust) {
  const auto file = parse("a.rs", repeat("a<b,", 30'000), {.budget = milliseconds(500)});
  EXPECT_TRUE(file.outcome() == ParseOutcome::timed_out || file.tree() != nullptr);
  (void)outline_of(file);
  (void)visit(file);
}

TEST(Parse, StopsWhenAskedTo) {
  std::stop_source source;
  source.request_stop();
  const auto file = parse("a.js", repeat("f(\"\"\"", 20'000), {.budget = std::chrono::hours(1)},
                          source.get_token());
  EXPECT_EQ(file.outcome(), ParseOutcome::timed_out);
}

class DeepNesting : public ::testing::TestWithParam<const char*> {};

TEST_P(DeepNesting, IsParsedWalkedOutlinedAndFreedOnASmallStack) {
  const std::string path = std::string("a") + GetParam();
  on_small_stack([&path] {
    for (const auto& [open, close] : {std::pair{"(", ")"}, {"[", "]"}, {"{", "}"}}) {
      const auto text = (path == "a.php" ? "<?php $x = " : "x = ") + repeat(open, 100'000) + "1" +
                        repeat(close, 100'000) + ";\n";
      const auto file = parse(path, text, {.budget = milliseconds(1'000)});
      (void)outline_of(file);
      (void)visit(file);
    }
  });
}

INSTANTIATE_TEST_SUITE_P(Languages, DeepNesting,
                         ::testing::Values(".c", ".cpp", ".py", ".js", ".ts", ".java", ".go", ".rs",
                                           ".rb", ".php", ".cs", ".json", ".yaml"));

TEST(Parse, WalksATreeAsDeepAsItsText) {
  const auto file = parse("a.json", repeat("[", 100'000) + repeat("]", 100'000),
                          {.budget = std::chrono::seconds(60)});
  ASSERT_NE(file.tree(), nullptr);
  EXPECT_GT(visit(file).deepest, 100'000U);
}

TEST(Parse, FindsTheSymbolsOfFunctionsNestedTenThousandDeep) {
  constexpr std::size_t kDepth = 10'000;
  const auto file = parse("a.js", repeat("function f(){", kDepth) + repeat("}", kDepth),
                          {.budget = std::chrono::seconds(60)});
  const auto outline = outline_of(file);
  ASSERT_EQ(outline.symbols.size(), kDepth);
  const auto middle = static_cast<std::uint32_t>(file.text().find('}'));
  EXPECT_EQ(outline.enclosing({middle, middle}), &outline.symbols.back());
  EXPECT_LT(outline.qualified_name(outline.symbols.back()).size(), 1'000U);
}

TEST(Parse, TakesALineOfAMegabyte) {
  ParseOptions options{.budget = std::chrono::seconds(60), .max_bytes = 2'000'000};
  const auto file = parse("a.py", "x = [" + repeat("1, ", 333'000) + "]", options);
  ASSERT_EQ(file.outcome(), ParseOutcome::parsed);
  EXPECT_FALSE(file.tree()->root().has_error());
  EXPECT_EQ(file.position(999'000).line, 1U);
}

TEST(Parse, GivesNoTreeOverTheSizeCap) {
  const auto file = parse("a.py", repeat("x = 1\n", 200), {.max_bytes = 1'000});
  EXPECT_EQ(file.outcome(), ParseOutcome::too_large);
  EXPECT_EQ(file.text().size(), 1'200U);
}

TEST(Parse, TakesNulBytesAndMalformedUtf8) {
  const std::vector<std::string> odd{std::string("a\0b\0\0c = \"\0\"", 12), "\xFF\xFE\xFA x \x80",
                                     "\xC3", "\xED\xA0\x80 = 1", ""};
  for (const auto* language : all_languages()) {
    for (const auto& bytes : odd) {
      const auto file = parse("a", bytes, {}, {}, language);
      ASSERT_NE(file.tree(), nullptr) << language->name;
      EXPECT_LE(file.tree()->root().end(), file.text().size()) << language->name;
      (void)outline_of(file);
    }
  }
}

TEST(Parse, ReadsAFileWithAByteOrderMark) {
  const auto file = parse("a.py",
                          "\xEF\xBB\xBF"
                          "def f():\n    pass\n");
  EXPECT_EQ(file.encoding(), Encoding::utf8_bom);
  ASSERT_NE(file.tree(), nullptr);
  EXPECT_FALSE(file.tree()->root().has_error());
  ASSERT_EQ(outline_of(file).symbols.size(), 1U);
  EXPECT_EQ(file.text(outline_of(file).symbols[0].name_span), "f");
}

TEST(Parse, IsTheSameOnManyThreads) {
  std::vector<std::thread> threads;
  std::array<std::size_t, 8> counts{};
  for (auto& count : counts)
    threads.emplace_back([&count] {
      for (const auto* language : all_languages()) {
        const auto file = parse("a", std::string(language->sample), {}, {}, language);
        count += outline_of(file).symbols.size() + visit(file).nodes;
      }
    });
  for (auto& thread : threads)
    thread.join();
  for (const auto count : counts)
    EXPECT_EQ(count, counts[0]);
}

TEST(Encoding, Utf16ComesBackByteForByte) {
  std::mt19937 random(20'251'121);
  for (int round = 0; round < 500; ++round) {
    const auto encoding = round % 2 == 0 ? Encoding::utf16_le : Encoding::utf16_be;
    std::string text = "\xEF\xBB\xBF";  // the mark, as decoding keeps it
    const auto length = random() % 60;
    for (std::size_t i = 0; i < length; ++i) {
      auto c = static_cast<char32_t>(random() % 3 == 0 ? random() % 0x110000 : random() % 0x250);
      if (c >= 0xD800 && c <= 0xDFFF) c = U'\n';
      append_utf8(text, c);
    }
    const auto bytes = encode_text(text, encoding);
    EXPECT_FALSE(looks_binary(bytes));
    const auto decoded = decode_text(bytes);
    ASSERT_EQ(decoded.encoding, encoding) << "round " << round;
    EXPECT_EQ(decoded.text, text);
    EXPECT_EQ(encode_text(decoded.text, decoded.encoding), bytes);
  }
}

TEST(Encoding, Utf32IsReadAsTextAndComesBackByteForByte) {
  const std::string text = "\xEF\xBB\xBFimport os\n# \xF0\x9F\x98\x80\n";
  for (const auto encoding : {Encoding::utf32_le, Encoding::utf32_be}) {
    const auto bytes = encode_text(text, encoding);
    EXPECT_EQ(bytes.substr(0, 4), encoding == Encoding::utf32_le ? std::string("\xFF\xFE\0\0", 4)
                                                                 : std::string("\0\0\xFE\xFF", 4));
    EXPECT_FALSE(looks_binary(bytes));
    const auto decoded = decode_text(bytes);
    EXPECT_EQ(decoded.encoding, encoding);
    EXPECT_EQ(decoded.text, text);
    EXPECT_EQ(encode_text(decoded.text, decoded.encoding), bytes);
    // damaged: no text at all, and in no case UTF-16
    EXPECT_TRUE(looks_binary(bytes.substr(0, bytes.size() - 1)));
    EXPECT_TRUE(looks_binary(bytes + std::string("\x7F\x7F\x7F\x7F", 4)));
  }
}

TEST(Parse, SaysThatLinesEndInCarriageReturnsAlone) {
  const auto file = parse("a.py", "import os\rprint(1)\r", {});
  EXPECT_EQ(file.outcome(), ParseOutcome::lone_returns);
  EXPECT_EQ(parse("a.txt", "a\rb\r", {}).outcome(), ParseOutcome::no_grammar);
}

TEST(Encoding, AnyBytesComeBackByteForByte) {
  std::mt19937 random(7);
  for (int round = 0; round < 2'000; ++round) {
    std::string bytes(random() % 40, '\0');
    for (auto& byte : bytes)
      byte = static_cast<char>(random() % (round % 2 == 0 ? 256 : 4));
    if (round % 3 == 0) bytes.insert(0, round % 6 == 0 ? "\xFF\xFE" : "\xFE\xFF");
    const auto decoded = decode_text(bytes);
    EXPECT_EQ(encode_text(decoded.text, decoded.encoding), bytes) << "round " << round;
  }
}

TEST(Encoding, KeepsLatin1AsItIs) {
  const std::string bytes = "caf\xE9 = 1  # na\xEFve\n";
  const auto decoded = decode_text(bytes);
  EXPECT_EQ(decoded.encoding, Encoding::unknown_8bit);
  EXPECT_EQ(decoded.text, bytes);
}

TEST(Encoding, KnowsUtf16WithoutAMark) {
  const auto bytes = encode_text("int main(void) { return 0; }\n", Encoding::utf16_le);
  EXPECT_EQ(decode_text(bytes).encoding, Encoding::utf16_le);
  EXPECT_FALSE(looks_binary(bytes));
  EXPECT_TRUE(
      looks_binary(std::string("\x7F"
                               "ELF\0\0\0\x01",
                               8)));
}

}  // namespace
}  // namespace peer
