// The fast walk against the cursor of tree-sitter: the same nodes in the same order.
#include "analyzers/parse/preorder.hpp"

#include <algorithm>
#include <random>
#include <tuple>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "analyzers/languages/language.hpp"
#include "analyzers/parse/grammar.hpp"
#include "analyzers/parse/parse.hpp"

namespace peer {
namespace {

struct Visit {
  const void* id;
  std::uint32_t begin, end;
  std::uint16_t kind;
  std::uint32_t column;
  std::vector<const void*> path;
  // depths of the outermost node left since the visit before: of those with children, and of all
  std::size_t left, left_or_leaf;

  /// The walk goes into nodes that have only hidden children too, which the cursor calls leaves.
  friend bool operator==(const Visit& walk, const Visit& cursor) {
    return std::tie(walk.id, walk.begin, walk.end, walk.kind, walk.column, walk.path) ==
               std::tie(cursor.id, cursor.begin, cursor.end, cursor.kind, cursor.column,
                        cursor.path) &&
           walk.left <= cursor.left && walk.left >= std::min(cursor.left, cursor.left_or_leaf);
  }
};

Visit visit_of(Node node, std::vector<const void*> path, std::size_t left,
               std::size_t left_or_leaf) {
  return {node.id(),       node.begin(), node.end(),  node.kind_id(), node.start_point().column,
          std::move(path), left,         left_or_leaf};
}

/// What is looked for: every kind, or each third alone, and where.
struct Looking {
  std::uint32_t kinds_apart;
  const std::vector<std::uint32_t>* places;
  std::size_t path_every;
  [[nodiscard]] bool wants(std::uint32_t kind) const { return kind % kinds_apart == 0; }
};

/// What the cursor sees; nodes without a place in them are left out.
std::vector<Visit> by_cursor(Node root, const Looking& looking) {
  std::vector<Visit> visits;
  std::vector<const void*> path;
  std::size_t left = SIZE_MAX;
  std::size_t leaf = SIZE_MAX;
  walk(
      root,
      [&](Node node) {
        path.push_back(node.id());
        const auto* places = looking.places;
        const bool is_in =
            places == nullptr || std::any_of(places->begin(), places->end(), [&](auto place) {
              return place >= node.begin() && place < node.end();
            });
        if (is_in && looking.wants(node.kind_id()))
          visits.push_back(
              visit_of(node, path, std::exchange(left, SIZE_MAX), std::exchange(leaf, SIZE_MAX)));
        if (is_in && node.child_count() == 0) leaf = std::min(leaf, path.size());
        if (!is_in || node.child_count() == 0) path.pop_back();
        return is_in && node.child_count() > 0;
      },
      [&](Node) {
        left = std::min(left, path.size());
        path.pop_back();
      });
  return visits;
}

std::vector<Visit> by_preorder(Node root, const Grammar& grammar, const Looking& looking) {
  std::vector<std::uint8_t> wanted;
  for (std::uint32_t kind = 0; kind < grammar.kind_count(); ++kind)
    wanted.push_back(looking.wants(kind) ? 1 : 0);
  wanted.push_back(looking.wants(kErrorKind) ? 1 : 0);
  const auto* places = looking.places;
  const PeerPreorderPlan plan{wanted.data(), grammar.kind_count(),
                              places == nullptr ? nullptr : places->data(),
                              places == nullptr ? 0 : places->size(), places != nullptr};
  Preorder walk(root, plan);
  std::vector<Visit> visits;
  std::vector<Node> path;
  std::vector<std::uint16_t> kinds;
  while (walk.next()) {
    EXPECT_EQ(walk.kind(), walk.node().kind_id());
    std::vector<const void*> ids;
    if (visits.size() % looking.path_every == 0) {  // it need not be asked for at each node
      walk.path(path, kinds);
      EXPECT_EQ(path.size(), kinds.size());
      for (std::size_t i = 0; i < path.size(); ++i) {
        ids.push_back(path[i].id());
        EXPECT_EQ(kinds[i], path[i].kind_id());
      }
    }
    visits.push_back(visit_of(walk.node(), std::move(ids), walk.left(), SIZE_MAX));
  }
  return visits;
}

void expect_same(const Language& language, std::string_view text) {
  const auto tree = parse_plain(text, language);
  ASSERT_TRUE(tree) << language.name;
  const Grammar grammar(language);
  std::mt19937 random(11);
  std::vector<std::uint32_t> places;
  for (int i = 0; i < 5; ++i)
    places.push_back(static_cast<std::uint32_t>(random() % (text.size() + 1)));
  std::sort(places.begin(), places.end());
  for (const auto* each : {static_cast<const std::vector<std::uint32_t>*>(nullptr),
                           static_cast<const std::vector<std::uint32_t>*>(&places)})
    for (const std::uint32_t kinds_apart : {1U, 3U})
      for (const std::size_t path_every : {1U, 7U}) {
        const Looking looking{kinds_apart, each, path_every};
        auto expected = by_cursor(tree->root(), looking);
        for (std::size_t i = 0; i < expected.size(); ++i)
          if (i % path_every != 0) expected[i].path.clear();
        EXPECT_EQ(by_preorder(tree->root(), grammar, looking), expected) << language.name;
      }
}

TEST(Preorder, SeesWhatTheCursorSeesInEveryLanguage) {
  for (const auto* language : all_languages()) {
    expect_same(*language, language->sample);
    // with errors, cut anywhere
    const auto text = language->sample;
    for (std::size_t cut = 1; cut < text.size(); cut += text.size() / 5 + 1)
      expect_same(*language, text.substr(cut));
    expect_same(*language, "");
  }
}

}  // namespace
}  // namespace peer
