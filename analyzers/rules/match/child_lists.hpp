// Children of nodes as lists. A rule that looks among the siblings of each node in turn (is this
// key there twice?) goes through the children of one parent as often as it has some; a list is a
// tenth of what walking them with a cursor takes. One thread.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
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

  static constexpr std::uint32_t kFew = 8;
  /// All children of a parent that has no more than that: many ways of a rule go through the
  /// arguments of one call.
  struct Short {
    const void* parent = nullptr;
    std::uint32_t count = 0;
    std::array<Node, kFew> nodes;
  };
  /// A copy: the place is the next parent's soon.
  [[nodiscard]] Short short_of(const Node& parent);

 private:
  static constexpr std::size_t kPlaces = 64;
  std::vector<Short> short_;
  std::unique_ptr<Cursor> cursor_;
  std::unordered_map<const void*, std::shared_ptr<const List>> lists_;
  std::size_t held_ = 0;  ///< nodes in all of them
};

}  // namespace peer::rules
