// The walk of preorder.h as an object. One thread.
#pragma once

#include <cstdint>
#include <memory>
#include <type_traits>
#include <vector>

#include "analyzers/parse/preorder.h"
#include "analyzers/parse/tree.hpp"

namespace peer {

class Preorder {
 public:
  /// Before `root`, which must be the root of its tree; what `plan` points to must outlive the
  /// walk.
  Preorder(Node root, const PeerPreorderPlan& plan)
      : plan_(plan), walk_(peer_preorder_new(root.raw(), &plan_)) {}
  Preorder(const Preorder&) = delete;
  Preorder& operator=(const Preorder&) = delete;

  /// To the next wanted node: false past the last.
  bool next() { return walk_ != nullptr && peer_preorder_next(walk_.get(), &node_, &kind_); }
  /// There was no memory: the walk ended before the last node.
  [[nodiscard]] bool failed() const {
    return walk_ == nullptr || peer_preorder_failed(walk_.get());
  }
  /// The node it stands at, and its Node::kind_id().
  [[nodiscard]] Node node() const { return Node(node_); }
  [[nodiscard]] std::uint16_t kind() const { return kind_; }
  /// Visible nodes from the root to that one.
  [[nodiscard]] std::size_t depth() const { return peer_preorder_depth(walk_.get()); }
  /// What peer_preorder_left() says.
  [[nodiscard]] std::size_t left() const { return peer_preorder_left(walk_.get()); }
  void skip_below() { peer_preorder_skip_below(walk_.get()); }
  /// Those depth() nodes and their Node::kind_id(). The walk writes only what changed since it was
  /// asked before: `path` and `kinds` must be the same each time, and left alone between.
  void path(std::vector<Node>& path, std::vector<std::uint16_t>& kinds) {
    static_assert(std::is_standard_layout_v<Node> && sizeof(Node) == sizeof(TSNode));
    path.resize(depth());
    kinds.resize(depth());
    peer_preorder_path(walk_.get(), reinterpret_cast<TSNode*>(path.data()), kinds.data());
  }

 private:
  struct Delete {
    void operator()(PeerPreorder* walk) const { peer_preorder_delete(walk); }
  };
  PeerPreorderPlan plan_;
  std::unique_ptr<PeerPreorder, Delete> walk_;
  TSNode node_{};
  std::uint16_t kind_ = 0;
};

}  // namespace peer
