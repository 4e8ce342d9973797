// The nodes of a tree by what kinds they are of, listed when somebody has looked through as much of the tree as
// listing them costs: a rule that looks through the whole function for each node it is tried at (was this pointer
// freed before?) would otherwise walk it as often as it has nodes. One tree, one thread.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <span>
#include <vector>

#include "analyzers/parse/tree.hpp"
#include "analyzers/rules/match/program.hpp"
#include "analyzers/span.hpp"

namespace peer::rules {

class KindLists {
 public:
  using List = std::vector<Node>;

  /// Those of `kinds` below `root`, the root of its tree, in source order; null where they would be too many beside
  /// the others. A list stays where it is.
  const List* below(Node root, const KindSet& kinds);

 private:
  std::map<std::vector<std::uint64_t>, std::optional<List>> lists_;  // by the bits of the set
  std::size_t room_ = std::size_t{1} << 20U;                         // nodes, of 32 bytes
};

/// The part of `list`, which is in source order, that may stand within `span`: all that do, and some that reach
/// beyond it.
[[nodiscard]] std::span<const Node> part_within(const KindLists::List& list, Span span);

/// Whether `node`, whose span lies within that of `top`, stands below it.
[[nodiscard]] bool is_below(Node top, Node node);

}  // namespace peer::rules
