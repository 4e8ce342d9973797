// The nodes of a tree by what kinds they are of, listed when somebody has looked through as much of
// the tree as listing them costs: a rule that looks through the whole function for each node it is
// tried at (was this pointer freed before?) would otherwise walk it as often as it has nodes. One
// tree, one thread.
#pragma once

#include <cstddef>
#include <cstdint>
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

  /// Those of `kinds` below `root`, the root of its tree, in source order; null where they would be
  /// too many beside the others. A list stays where it is.
  const List* below(Node root, const KindSet& kinds);
  /// Whether the tree has been gone through, so that a list costs next to nothing.
  [[nodiscard]] bool is_collected() const { return !nodes_.empty(); }
  /// Whether somebody has asked for these, so that they cost nothing.
  [[nodiscard]] bool knows(const KindSet& kinds) const { return lists_.contains(kinds.bits()); }

 private:
  void collect(Node root, std::uint32_t kind_count);
  [[nodiscard]] bool is_named(std::uint32_t kind) const {
    return kind < named_.size() && named_[kind] != 0;
  }
  [[nodiscard]] std::optional<List> walked(Node root, const KindSet& kinds) const;
  [[nodiscard]] std::optional<List> picked(const KindSet& kinds) const;

  std::vector<Node> nodes_;  // below the root, of kinds that have names, in source order; none
                             // where they are many
  std::vector<std::uint16_t> kinds_;  // theirs
  std::vector<std::uint8_t> named_;   // by kind, the last one that of errors
  bool is_asked_ = false;
  std::map<std::vector<std::uint64_t>, std::optional<List>> lists_;  // by the bits of the set
  std::size_t room_ = std::size_t{1} << 20U;                         // nodes, of 32 bytes
};

/// The part of `list`, which is in source order, that may stand within `span`: all that do, and
/// some that reach beyond it.
[[nodiscard]] std::span<const Node> part_within(const KindLists::List& list, Span span);

/// Whether `node`, whose span lies within that of `top`, stands below it.
[[nodiscard]] bool is_below(Node top, Node node);

}  // namespace peer::rules
