#include "analyzers/rules/match/kind_lists.hpp"

#include <algorithm>
#include <cstdint>
#include <utility>

#include "analyzers/parse/preorder.hpp"

namespace peer::rules {
namespace {

constexpr std::size_t kMostCollected = std::size_t{1} << 18U;

}  // namespace

const KindLists::List* KindLists::below(Node root, const KindSet& kinds) {
  const auto [at, is_new] = lists_.try_emplace(kinds.bits());
  auto& list = at->second;
  if (!is_new) return list ? &*list : nullptr;
  if (!is_asked_) collect(root, kinds.kind_count());
  bool has_names = is_collected();
  for (std::uint32_t kind = 0; has_names && kind < kinds.kind_count(); ++kind)
    has_names = !kinds.contains(static_cast<std::uint16_t>(kind)) || is_named(kind);
  auto nodes = has_names ? picked(kinds) : walked(root, kinds);
  if (!nodes) return nullptr;
  room_ -= nodes->size();
  return &list.emplace(std::move(*nodes));
}

void KindLists::collect(Node root, std::uint32_t kind_count) {
  is_asked_ = true;
  const TSLanguage* language = ts_node_language(root.raw());
  for (std::uint32_t kind = 0; kind < kind_count; ++kind)
    named_.push_back(
        ts_language_symbol_type(language, static_cast<TSSymbol>(kind)) == TSSymbolTypeRegular ? 1
                                                                                              : 0);
  named_.push_back(1);
  Preorder walk(root, {named_.data(), kind_count, nullptr, 0, false});
  while (nodes_.size() <= kMostCollected && walk.next()) {
    if (walk.depth() <= 1) continue;
    nodes_.push_back(walk.node());
    kinds_.push_back(walk.kind());
  }
  if (nodes_.size() <= kMostCollected && !walk.failed()) return;
  nodes_ = {};
  kinds_ = {};
}

std::optional<KindLists::List> KindLists::picked(const KindSet& kinds) const {
  List nodes;
  for (std::size_t i = 0; i < kinds_.size(); ++i)
    if (kinds.contains(kinds_[i])) nodes.push_back(nodes_[i]);
  return nodes.size() > room_ ? std::nullopt : std::optional(std::move(nodes));
}

std::optional<KindLists::List> KindLists::walked(Node root, const KindSet& kinds) const {
  std::vector<std::uint8_t> wanted;
  for (std::uint32_t kind = 0; kind < kinds.kind_count(); ++kind)
    wanted.push_back(kinds.contains(static_cast<std::uint16_t>(kind)) ? 1 : 0);
  wanted.push_back(kinds.contains(kErrorKind) ? 1 : 0);
  Preorder walk(root, {wanted.data(), kinds.kind_count(), nullptr, 0, false});
  List nodes;
  while (nodes.size() <= room_ && walk.next())
    if (walk.depth() > 1) nodes.push_back(walk.node());
  return nodes.size() > room_ || walk.failed() ? std::nullopt : std::optional(std::move(nodes));
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
