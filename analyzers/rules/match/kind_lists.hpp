// The nodes of a tree by what kinds they are of, listed when they are asked for first: a rule that
// looks through the whole file for each node it is tried at (where was this name imported?) would
// otherwise walk the tree as often as it has nodes.
#pragma once

#include <cstddef>
#include <optional>
#include <unordered_map>
#include <vector>

#include "analyzers/parse/tree.hpp"
#include "analyzers/rules/match/program.hpp"

namespace peer::rules {

class KindLists {
 public:
  using List = std::vector<Node>;

  /// Those of `kinds` below `root`, the root of its tree, in source order; null where they would be
  /// too many beside the others. `kinds` must live as long as the lists, which are of one tree; a
  /// list stays where it is.
  const List* below(Node root, const KindSet& kinds);

 private:
  std::unordered_map<const KindSet*, std::optional<List>> lists_;
  std::size_t room_ = std::size_t{1} << 20U;  // nodes, of 32 bytes
};

}  // namespace peer::rules
