#include "analyzers/rules/match/child_lists.hpp"

namespace peer::rules {

std::shared_ptr<const ChildLists::List> ChildLists::of(Node parent) {
  constexpr std::size_t kMostHeld = 50'000;  // nodes of 32 bytes
  const auto count = parent.child_count();
  if (count <= kFew) return nullptr;
  if (const auto known = lists_.find(parent.id()); known != lists_.end()) return known->second;
  if (held_ > kMostHeld) {
    lists_.clear();
    held_ = 0;
  }
  auto list = std::make_shared<List>();
  list->reserve(count);
  for_each_child(parent, [&](Node child) { list->push_back(child); });
  held_ += list->size();
  return lists_[parent.id()] = std::move(list);
}

ChildLists::Short ChildLists::short_of(const Node& parent) {
  if (short_.empty()) short_.resize(kPlaces);
  auto& list = short_[reinterpret_cast<std::uintptr_t>(parent.id()) / alignof(void*) % kPlaces];
  if (list.parent == parent.id()) return list;
  list.parent = parent.id();
  list.count = 0;
  if (parent.child_count() == 0) return list;
  if (cursor_)
    cursor_->reset(parent);
  else
    cursor_ = std::make_unique<Cursor>(parent);
  for (bool more = cursor_->to_first_child(); more && list.count < kFew;
       more = cursor_->to_next_sibling())
    list.nodes[list.count++] = cursor_->node();
  return list;
}

}  // namespace peer::rules
