#include "analyzers/rules/match/child_lists.hpp"

namespace peer::rules {

std::shared_ptr<const ChildLists::List> ChildLists::of(Node parent) {
  constexpr std::uint32_t kFew = 8;
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

}  // namespace peer::rules
