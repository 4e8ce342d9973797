#include "analyzers/parse/tree_memory.hpp"

#include <cstring>
#include <random>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "analyzers/languages/language.hpp"
#include "analyzers/parse/parse.hpp"

namespace peer {
namespace {

std::size_t nodes_of(const Tree& tree) {
  std::size_t count = 0;
  walk(tree.root(), [&](Node) {
    ++count;
    return true;
  });
  return count;
}

TEST(TreeMemory, KeepsWhatWasWrittenToEachPiece) {
  struct Piece {
    unsigned char* place;
    std::size_t size;
    unsigned char mark;
  };
  std::mt19937 random(3);
  TreeMemory memory;
  std::vector<Piece> pieces;
  const auto check = [](const Piece& piece) {
    for (std::size_t i = 0; i < piece.size; ++i)
      ASSERT_EQ(piece.place[i], piece.mark);
  };
  for (int round = 0; round < 20'000; ++round) {
    const auto size = random() % 50 == 0 ? random() % 300'000 : random() % 200;
    const auto choice = random() % 3;
    if (choice == 0 || pieces.empty()) {
      Piece piece{static_cast<unsigned char*>(memory.take(size)), size,
                  static_cast<unsigned char>(round)};
      ASSERT_NE(piece.place, nullptr);
      ASSERT_EQ(reinterpret_cast<std::uintptr_t>(piece.place) % 8, 0U);
      std::memset(piece.place, piece.mark, size);
      pieces.push_back(piece);
      continue;
    }
    auto& piece = pieces[random() % pieces.size()];
    check(piece);
    if (choice == 1) {
      memory.give_back(piece.place);
      piece = pieces.back();
      pieces.pop_back();
    } else {
      piece.place = static_cast<unsigned char*>(memory.resize(piece.place, size));
      ASSERT_NE(piece.place, nullptr);
      piece.size = std::min(piece.size, size);
      check(piece);
      piece.size = size;
      std::memset(piece.place, piece.mark, size);
    }
  }
  for (const auto& piece : pieces)
    check(piece);
}

TEST(TreeMemory, TreesOutliveTheThreadThatParsedThem) {
  const auto* language = find_language("python");
  const std::string text = "def f(a):\n    return [x for x in a if x == None]\n";
  const auto expected = nodes_of(*parse_plain(text, *language));
  std::vector<std::optional<Tree>> trees(8);
  for (int round = 0; round < 20; ++round) {
    std::vector<std::thread> threads;
    for (auto& tree : trees)
      threads.emplace_back([&] { tree = parse_plain(text, *language); });
    for (auto& thread : threads)
      thread.join();
    for (const auto& tree : trees)
      EXPECT_EQ(nodes_of(*tree), expected);
  }
}

}  // namespace
}  // namespace peer
