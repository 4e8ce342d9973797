#include "analyzers/rules/match/ancestors.hpp"

#include <algorithm>

namespace peer::rules {

Ancestors::Ancestors(Scratch& scratch, Node node) : scratch_(scratch) {
  const auto& path = scratch.current_path();
  for (auto i = path.size(); i > 0; --i) {
    const Node& candidate = path[i - 1];
    if (!scratch.spend(1)) return;
    if (candidate.id() == node.id()) {
      on_path_ = i - 1;
      return;
    }
    if (!candidate.span().contains(node.span())) continue;
    if (descend(candidate, node)) {
      on_path_ = i;
      return;
    }
  }
  if (path.empty() && scratch.root.id() != node.id() && descend(scratch.root, node))
    outside_ = scratch.root;
}

bool Ancestors::descend(Node top, Node node) {
  for (Node at = top.child_with(node); at; at = at.child_with(node)) {
    if (at.id() == node.id()) return true;
    if (!scratch_.spend(4)) break;
    below_.push_back(at);
  }
  below_.clear();
  return false;
}

Node Ancestors::next() {
  if (!scratch_.spend(1)) return {};
  if (!below_.empty()) {
    const Node node = below_.back();
    below_.pop_back();
    return node;
  }
  if (on_path_ > 0) return scratch_.path[--on_path_];
  const Node node = outside_;
  outside_ = {};
  return node;
}

Node Ancestors::next_of(std::span<const KindSet* const> sets) {
  const auto is_one = [&](std::uint16_t kind) {
    return std::any_of(sets.begin(), sets.end(),
                       [kind](const KindSet* set) { return set->contains(kind); });
  };
  while (!below_.empty())
    if (const Node node = next(); !node || is_one(node.kind_id())) return node;
  constexpr std::size_t kPassedPerStep = 4;
  const auto before = on_path_;
  while (on_path_ > 0 && !is_one(scratch_.path_kinds[on_path_ - 1]))
    --on_path_;
  if (!scratch_.spend((before - on_path_) / kPassedPerStep)) return {};
  if (on_path_ > 0) return next();
  const Node node = next();
  return node && is_one(node.kind_id()) ? node : Node();
}

Node parent_of(Scratch& scratch, Node node) { return Ancestors(scratch, node).next(); }

Node next_sibling(Scratch& scratch, Node node) {
  if (!scratch.spend(4)) return {};
  const Node parent = parent_of(scratch, node);
  if (!parent) return {};
  // a node without text is passed over by a search for its place
  if (node.span().empty()) return node.next_sibling();
  const LentCursor cursor(scratch, parent);
  if (!cursor->to_first_child_after(node.begin())) return {};
  while (cursor->node().id() != node.id())
    if (!scratch.spend(1) || !cursor->to_next_sibling()) return node.next_sibling();
  return cursor->to_next_sibling() ? cursor->node() : Node();
}

Node previous_sibling(Scratch& scratch, Node node) {
  if (!scratch.spend(4)) return {};
  const Node parent = parent_of(scratch, node);
  if (!parent) return {};
  if (node.span().empty()) return node.previous_sibling();
  const LentCursor cursor(scratch, parent);
  if (!cursor->to_first_child_after(node.begin())) return {};
  if (cursor->node().id() != node.id()) return node.previous_sibling();
  return cursor->to_previous_sibling() ? cursor->node() : Node();
}

}  // namespace peer::rules
