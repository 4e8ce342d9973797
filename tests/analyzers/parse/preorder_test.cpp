// The fast walk against the cursor of tree-sitter: the same nodes in the same order.
#include "analyzers/parse/preorder.h"

#include <algorithm>
#include <memory>
#include <random>
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
  friend bool operator==(const Visit&, const Visit&) = default;
};

Visit visit_of(Node node, std::vector<const void*> path) {
  return {node.id(),      node.begin(), node.end(), node.kind_id(), node.start_point().column,
          std::move(path)};
}

/// What the cursor sees; nodes without a place in them are left out.
std::vector<Visit> by_cursor(Node root, const std::vector<std::uint32_t>* places) {
  std::vector<Visit> visits;
  std::vector<const void*> path;
  walk(
      root,
      [&](Node node) {
        path.push_back(node.id());
        const bool is_in =
            places == nullptr || std::any_of(places->begin(), places->end(), [&](auto place) {
              return place >= node.begin() && place < node.end();
            });
        if (is_in) visits.push_back(visit_of(node, path));
        if (!is_in || node.child_count() == 0) path.pop_back();
        return is_in && node.child_count() > 0;
      },
      [&](Node) { path.pop_back(); });
  return visits;
}

std::vector<Visit> by_preorder(Node root, const Grammar& grammar,
                               const std::vector<std::uint32_t>* places, std::size_t path_every) {
  const std::vector<std::uint8_t> wanted(grammar.kind_count() + 1, 1);
  const PeerPreorderPlan plan{wanted.data(), grammar.kind_count(),
                              places == nullptr ? nullptr : places->data(),
                              places == nullptr ? 0 : places->size(), places != nullptr};
  const std::unique_ptr<PeerPreorder, decltype(&peer_preorder_delete)> walk_(
      peer_preorder_new(root.raw(), &plan), &peer_preorder_delete);
  std::vector<Visit> visits;
  std::vector<TSNode> path;
  TSNode node{};
  std::uint16_t kind = 0;
  while (peer_preorder_next(walk_.get(), &node, &kind)) {
    EXPECT_EQ(kind, Node(node).kind_id());
    std::vector<const void*> ids;
    if (visits.size() % path_every == 0) {  // it need not be asked for at each node
      path.resize(peer_preorder_depth(walk_.get()));
      peer_preorder_path(walk_.get(), path.data());
      for (const auto& each : path)
        ids.push_back(each.id);
    }
    visits.push_back(visit_of(Node(node), std::move(ids)));
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
    for (const std::size_t path_every : {1U, 7U}) {
      auto expected = by_cursor(tree->root(), each);
      for (std::size_t i = 0; i < expected.size(); ++i)
        if (i % path_every != 0) expected[i].path.clear();
      EXPECT_EQ(by_preorder(tree->root(), grammar, each, path_every), expected) << language.name;
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
