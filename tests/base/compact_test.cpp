// The forms that thousands of findings are held in: texts that are shared, values that few have,
// lines end to end.
#include <fmt/format.h>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/rare.hpp"
#include "base/shared_text.hpp"
#include "base/text_lines.hpp"

namespace peer {
namespace {

TEST(SharedText, ReadsAsAText) {
  const SharedText text("eval-call");
  const SharedText empty;
  EXPECT_EQ(text, "eval-call");
  EXPECT_EQ(text, std::string("eval-call"));
  EXPECT_NE(text, empty);
  EXPECT_TRUE(empty.empty());
  EXPECT_EQ(empty, "");
  EXPECT_EQ(empty.size(), 0U);
  EXPECT_EQ(fmt::format("[{:>10}]", text), "[ eval-call]");
  EXPECT_EQ("rule " + text + "!", "rule eval-call!");
  EXPECT_LT(SharedText("a"), SharedText("b"));
  const std::string& plain = text;
  EXPECT_EQ(plain.size(), text.size());
}

TEST(SharedText, CopiesShareAndAreNotChangedByGivingOneAnother) {
  SharedText first(std::string(100, 'x'));
  const auto second = first;
  EXPECT_TRUE(first.shares_with(second));
  first = "y";
  EXPECT_EQ(second, std::string(100, 'x'));
  EXPECT_EQ(first, "y");
}

TEST(TextPool, EqualTextsFromManyThreadsEndInOnePlace) {
  TextPool pool;
  std::vector<std::vector<SharedText>> made(4);
  {
    std::vector<std::jthread> threads;
    for (auto& mine : made)
      threads.emplace_back([&] {
        for (int i = 0; i < 500; ++i)
          pool.share(mine.emplace_back(fmt::format("text {}", i % 10)));
      });
  }
  for (const auto& mine : made)
    for (std::size_t i = 0; i < mine.size(); ++i) {
      EXPECT_EQ(mine[i], fmt::format("text {}", i % 10));
      ASSERT_TRUE(mine[i].shares_with(made[0][i % 10]));
    }
}

TEST(Rare, IsCopiedWithItsOwner) {
  struct Owner {
    Rare<std::string> note;
    bool operator==(const Owner&) const = default;
  };
  Owner first{std::string("a")};
  auto second = first;
  EXPECT_EQ(first, second);
  *second.note += "b";
  EXPECT_EQ(*first.note, "a");
  EXPECT_EQ(second.note->size(), 2U);
  EXPECT_NE(first, second);
  first.note = std::nullopt;
  EXPECT_FALSE(first.note);
  EXPECT_EQ(first, Owner{});
  const auto third = std::move(second);
  EXPECT_EQ(third.note.plain(), std::optional<std::string>("ab"));
  EXPECT_EQ(sizeof(Owner), sizeof(void*));
}

TEST(TextLines, HoldsAnyBytes) {
  using namespace std::string_view_literals;
  const TextLines lines{"", "a\nb", "nul\0byte"sv, std::string(70'000, 'x')};
  ASSERT_EQ(lines.size(), 4U);
  EXPECT_EQ(lines[0], "");
  EXPECT_EQ(lines[1], "a\nb");
  EXPECT_EQ(lines[2], "nul\0byte"sv);
  EXPECT_EQ(lines[3].size(), 70'000U);
  EXPECT_THAT(lines, ::testing::Contains("a\nb"));
  EXPECT_EQ(TextLines(lines.plain()), lines);
  EXPECT_NE(TextLines({"ab"}), TextLines({"a", "b"}));
  EXPECT_TRUE(TextLines().empty());
  EXPECT_FALSE(TextLines({""}).empty());
}

}  // namespace
}  // namespace peer
