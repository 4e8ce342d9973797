// Children of nodes as lists. A rule that looks among the siblings of each node in turn (is this
// key there twice?) goes through the children of one parent as often as it has some; a list is a
// tenth of what walking them with a cursor takes. One thread.
#pragma once

#include <cstddef>
#include <memory>
#include <unordered_map>
#include <vector>

#include "analyzers/parse/tree.hpp"

namespace peer::rules {

class ChildLists {
 public:
  using List = std::vector<Node>;
  /// All children of `parent`, unnamed ones too, in order; null where they are too few to be worth
  /// a list.
  [[nodiscard]] std::shared_ptr<const List> of(Node parent);

 private:
  std::unordered_map<const void*, std::shared_ptr<const List>> lists_;
  std::size_t held_ = 0;  ///< nodes in all of them
};

}  // namespace peer::rules
