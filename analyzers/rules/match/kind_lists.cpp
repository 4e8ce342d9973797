#include "analyzers/rules/match/kind_lists.hpp"

#include <algorithm>
#include <cstdint>
#include <utility>

#include "analyzers/parse/preorder.hpp"

namespace peer::rules {

const KindLists::List* KindLists::below(Node root, const KindSet& kinds) {
  const auto [at, is_new] = lists_.try_emplace(kinds.bits());
  auto& list = at->second;
  if (!is_new) return list ? &*list : nullptr;
  std::vector<std::uint8_t> wanted;
  for (std::uint32_t kind = 0; kind < kinds.kind_count(); ++kind)
    wanted.push_back(kinds.contains(static_cast<std::uint16_t>(kind)) ? 1 : 0);
  wanted.push_back(kinds.contains(kErrorKind) ? 1 : 0);
  Preorder walk(root, {wanted.data(), kinds.kind_count(), nullptr, 0, false});
  List nodes;
  while (nodes.size() <= room_ && walk.next())
    if (walk.depth() > 1) nodes.push_back(walk.node());
  if (nodes.size() > room_ || walk.failed()) return nullptr;
  room_ -= nodes.size();
  return &list.emplace(std::move(nodes));
}

std::span<const Node> part_within(const KindLists::List& list, Span span) {
  // where nodes begin never falls from one to the next
  const auto first = std::partition_point(list.begin(), list.end(),
                                          [&](Node node) { return node.begin() < span.begin; });
  const auto last =
      std::partition_point(first, list.end(), [&](Node node) { return node.begin() <= span.end; });
  return {first, last};
}

bool is_below(Node top, Node node) {
  // what is smaller but not empty can stand nowhere else
  if (node.span() != top.span() && !node.span().empty()) return true;
  for (Node at = top.child_with(node); at; at = at.child_with(node))
    if (at.id() == node.id()) return true;
  return false;
}

}  // namespace peer::rules
