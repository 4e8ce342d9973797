#include "bot/work_order.hpp"

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <vector>

#include <gtest/gtest.h>

#include "base/workers.hpp"

namespace peer {
namespace {

constexpr std::uint64_t kBig = 1'000'000;

TEST(WorkOrder, TakesTheLargeFirstAndTheRestAsTheyStand) {
  const std::vector<std::uint64_t> sizes{10, 20, kBig, 30, kBig};
  WorkOrder order(sizes, 1);
  std::vector<std::size_t> taken;
  for (std::size_t n = 0; n < sizes.size(); ++n)
    taken.push_back(order.next().index());
  EXPECT_EQ(taken, (std::vector<std::size_t>{2, 4, 0, 1, 3}));
}

TEST(WorkOrder, HandsOutOneLargeAtATimeWhileThereAreOthers) {
  const std::vector<std::uint64_t> sizes{kBig, kBig, 1, 1};
  WorkOrder order(sizes, 2);
  {
    const auto first = order.next();
    EXPECT_EQ(first.index(), 0U);
    EXPECT_EQ(order.next().index(), 2U) << "a small one beside it";
  }
  EXPECT_EQ(order.next().index(), 1U) << "the first is done";
  EXPECT_EQ(order.next().index(), 3U);
}

TEST(WorkOrder, LetsNoThreadWaitWhereOnlyLargeAreLeft) {
  const std::vector<std::uint64_t> sizes{kBig, kBig, kBig};
  WorkOrder order(sizes, 2);
  const auto first = order.next();
  const auto second = order.next();
  const auto third = order.next();
  EXPECT_EQ(first.index() + second.index() + third.index(), 3U);
}

TEST(WorkOrder, OfManyThreadsMayTakeSeveralLarge) {
  const std::vector<std::uint64_t> sizes{kBig, kBig, kBig, 1};
  WorkOrder order(sizes, 8);
  const auto first = order.next();
  const auto second = order.next();
  EXPECT_EQ(first.index(), 0U);
  EXPECT_EQ(second.index(), 1U);
  EXPECT_EQ(order.next().index(), 3U);
}

TEST(WorkOrder, HandsOutEachIndexOnceToManyThreads) {
  constexpr std::size_t kFiles = 2'000;
  std::vector<std::uint64_t> sizes(kFiles, 1);
  for (std::size_t i = 0; i < kFiles; i += 7)
    sizes[i] = kBig;
  WorkOrder order(sizes, 4);
  std::vector<std::atomic<int>> taken(kFiles);
  for_each_index(kFiles, 4, {}, [&](std::size_t) {
    const auto turn = order.next();
    ++taken[turn.index()];
  });
  EXPECT_TRUE(
      std::all_of(taken.begin(), taken.end(), [](const std::atomic<int>& n) { return n == 1; }));
}

}  // namespace
}  // namespace peer
