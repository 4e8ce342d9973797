// Marks and memory are read from a forge, where people can edit them.
#include "reporters/comment_sync/mark.hpp"

#include <random>

#include <gtest/gtest.h>

namespace peer {
namespace {

const Mark kMark{"peer", {"0123456789abcdef", "fedcba9876543210"}, "00ff", false, true};

Memory memory() {
  Memory m;
  m.name = "peer";
  m.said = "ab";
  m.head = std::string(40, 'a');
  m.since = {std::string(40, 'b'), 1, 2, 3};
  m.sarif = "cd";
  m.found = {"0123456789abcdef"};
  m.raised = {"0123456789abcdef", "fedcba9876543210"};
  m.refused = {"1111111111111111"};
  m.ignored = {"2222222222222222"};
  return m;
}

TEST(Marks, WhatIsWrittenIsReadBack) {
  for (const bool fixed : {false, true})
    for (const bool reopened : {false, true}) {
      auto mark = kMark;
      mark.fixed = fixed;
      mark.reopened = reopened;
      EXPECT_EQ(read_mark(write_mark(mark) + "\ntext"), mark);
      EXPECT_EQ(read_mark(write_mark(mark) + "\r\ntext"), mark) << "forges change line ends";
    }
  EXPECT_EQ(read_memory(write_memory(memory()) + "\ntext"), memory());
}

TEST(Marks, OnlyTheFirstLineCounts) {
  EXPECT_FALSE(read_mark("text\n" + write_mark(kMark)).has_value());
  EXPECT_FALSE(read_mark(" " + write_mark(kMark)).has_value());
  EXPECT_FALSE(read_memory("\n" + write_memory(memory())).has_value());
}

TEST(Marks, AFingerprintOfAnyKindHasAKey) {
  EXPECT_EQ(key_of("0123456789abcdef"), "0123456789abcdef");
  for (const auto* odd : {"", "x", "0123456789ABCDEF", "--> <script>", "0123456789abcdef0"})
    EXPECT_EQ(key_of(odd).size(), 16U) << odd;
  EXPECT_EQ(mark_name("a b\n-->"), "a-b----");
  EXPECT_EQ(mark_name(""), "peer");
}

TEST(Marks, AMemoryOfTenThousandFindingsStaysSmallAndSaysSo) {
  auto much = memory();
  for (int i = 0; i < 10'000; ++i)
    for (auto* list : {&much.found, &much.raised, &much.refused, &much.ignored})
      list->push_back(key_of(std::to_string(i)));
  for (int i = 0; i < 400; ++i)
    much.hunks.push_back(key_of(std::to_string(i)));
  const auto text = write_memory(much);
  EXPECT_LT(text.size(), 32'000U);
  const auto read = read_memory(text);
  ASSERT_TRUE(read.has_value());
  EXPECT_FALSE(read->whole);
  EXPECT_EQ(read->raised.size(), 300U);
}

TEST(Marks, WhatPeopleMadeOfThemIsReadOrForgottenNeverBelievedNorFatal) {
  std::mt19937 random(7);
  const auto roll = [&](std::size_t below) { return random() % below; };
  for (const auto& good : {write_mark(kMark), write_memory(memory())})
    for (int i = 0; i < 4000; ++i) {
      auto text = good;
      for (std::size_t n = roll(4) + 1; n > 0; --n) {
        const auto at = roll(text.size());
        const auto what = roll(4);
        if (what == 0) text[at] = static_cast<char>(random());
        if (what == 1) text.erase(at, roll(20));
        if (what == 2) text.insert(at, text.substr(roll(text.size()), roll(30)));
        if (what == 3) text.insert(at, std::string(roll(3) * 1000, '['));
        if (text.empty()) text = "x";
      }
      if (const auto mark = read_mark(text)) {
        EXPECT_EQ(mark->name, mark_name(mark->name));
        for (const auto& key : mark->keys)
          EXPECT_EQ(key, key_of(key));
        EXPECT_LE(mark->keys.size(), 100U);
      }
      if (const auto read = read_memory(text)) {
        for (const auto* list : {&read->found, &read->raised, &read->refused, &read->ignored})
          for (const auto& key : *list)
            EXPECT_EQ(key, key_of(key));
        EXPECT_EQ(read->head.find_first_not_of("0123456789abcdef"), std::string::npos);
        EXPECT_EQ(read->since.head.find_first_not_of("0123456789abcdef"), std::string::npos);
      }
    }
}

TEST(Marks, TooManyHunksAreNotRememberedInPart) {
  auto much = memory();
  for (int i = 0; i < 401; ++i)
    much.hunks.push_back(key_of(std::to_string(i)));
  EXPECT_TRUE(read_memory(write_memory(much))->hunks.empty());
  much.hunks.pop_back();
  EXPECT_EQ(read_memory(write_memory(much))->hunks.size(), 400U);
}

}  // namespace
}  // namespace peer
