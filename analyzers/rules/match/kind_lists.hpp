// The nodes of a tree by what kinds they are of, listed when they are asked for first: a rule that
// looks through the whole file for each node it is tried at (where was this name imported?) would
// otherwise walk the tree as often as it has nodes.
#pragma once

#include <unordered_map>
#include <vector>

#include "analyzers/parse/tree.hpp"
#include "analyzers/rules/match/program.hpp"

namespace peer::rules {

class KindLists {
 public:
  using List = std::vector<Node>;

  /// Those of `kinds` below `root`, the root of its tree, in source order; null where there is no
  /// memory to walk it. `kinds` must live as long as the lists, which are of one tree; a list stays
  /// where it is.
  const List* below(Node root, const KindSet& kinds);

 private:
  std::unordered_map<const KindSet*, List> lists_;
};

}  // namespace peer::rules
