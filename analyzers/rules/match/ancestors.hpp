// Where a node stands: its ancestors and siblings, without walking down from the root each time.
// One thread.
#pragma once

#include <span>
#include <vector>

#include "analyzers/rules/match/program.hpp"
#include "analyzers/rules/match/scratch.hpp"

namespace peer::rules {

/// The ancestors of `node`, the parent first. Uses the path of the walk under way where the node is
/// on or below it.
class Ancestors {
 public:
  Ancestors(Scratch& scratch, Node node);
  /// The next one outwards, or the null node past the root.
  Node next();
  /// The next one whose kind is in one of these sets, or the null node.
  Node next_of(std::span<const KindSet* const> sets);

 private:
  /// Fills `below_` with what lies between `top` and `node`; false where `node` is not below `top`.
  bool descend(Node top, Node node);

  Scratch& scratch_;
  std::size_t on_path_ = 0;  // path[0, on_path_) are still to come
  std::vector<Node> below_;  // further in than the path, outermost first
  Node outside_;             // the root, where there is no path
};

[[nodiscard]] Node parent_of(Scratch& scratch, Node node);

/// The sibling right after or before, unnamed ones included, or the null node.
[[nodiscard]] Node next_sibling(Scratch& scratch, Node node);
[[nodiscard]] Node previous_sibling(Scratch& scratch, Node node);

}  // namespace peer::rules
