// The syntax tree, as thin as can be over tree-sitter: the only header outside the rule engine that
// names it. A Tree is move-only and immutable; a Node is a small value that is valid while its Tree
// lives.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>

#include <tree_sitter/api.h>

#include "analyzers/span.hpp"

namespace peer {

/// A node of a syntax tree, or the null node (`!node`). Cheap to copy.
class Node {
 public:
  Node() : node_{} {}
  explicit Node(TSNode node) : node_(node) {}

  // as ts_node_is_null and ts_node_start_byte, which are asked more often than anything else
  explicit operator bool() const { return node_.id != nullptr; }
  friend bool operator==(const Node& a, const Node& b) { return ts_node_eq(a.node_, b.node_); }

  /// "function_definition"; "(" for an unnamed one.
  [[nodiscard]] std::string_view kind() const { return ts_node_type(node_); }
  /// The grammar's number for kind(); equal numbers mean equal kinds within one grammar.
  [[nodiscard]] std::uint16_t kind_id() const { return ts_node_symbol(node_); }
  [[nodiscard]] Span span() const { return {begin(), end()}; }
  [[nodiscard]] std::uint32_t begin() const { return node_.context[0]; }
  [[nodiscard]] std::uint32_t end() const { return ts_node_end_byte(node_); }
  /// 1-based line of the first byte.
  [[nodiscard]] std::uint32_t line() const { return ts_node_start_point(node_).row + 1; }

  [[nodiscard]] bool is_named() const { return ts_node_is_named(node_); }
  [[nodiscard]] bool is_missing() const { return ts_node_is_missing(node_); }
  [[nodiscard]] bool is_error() const { return ts_node_is_error(node_); }
  /// A comment or another node that may stand anywhere.
  [[nodiscard]] bool is_extra() const { return ts_node_is_extra(node_); }
  /// An error stands in or below this node.
  [[nodiscard]] bool has_error() const { return ts_node_has_error(node_); }

  /// Of this node and all below it.
  [[nodiscard]] std::uint32_t node_count() const { return ts_node_descendant_count(node_); }
  [[nodiscard]] std::uint32_t child_count() const { return ts_node_child_count(node_); }
  /// Linear in `index`: loop over children with a Cursor instead.
  [[nodiscard]] Node child(std::uint32_t index) const { return Node(ts_node_child(node_, index)); }
  [[nodiscard]] std::uint32_t named_child_count() const { return ts_node_named_child_count(node_); }
  [[nodiscard]] Node named_child(std::uint32_t index) const {
    return Node(ts_node_named_child(node_, index));
  }
  /// The child that stands in `field`, or the null node.
  [[nodiscard]] Node field(std::string_view name) const {
    return Node(
        ts_node_child_by_field_name(node_, name.data(), static_cast<std::uint32_t>(name.size())));
  }
  /// As above for a number of Grammar::field_id.
  [[nodiscard]] Node field(std::uint16_t id) const {
    return Node(ts_node_child_by_field_id(node_, id));
  }
  /// The first child that ends behind `byte`, or the null node.
  [[nodiscard]] Node first_child_behind(std::uint32_t byte) const {
    return Node(ts_node_first_child_for_byte(node_, byte));
  }
  /// The child that is `descendant` or holds it, or the null node where it is not below this one.
  [[nodiscard]] Node child_with(Node descendant) const {
    return Node(ts_node_child_with_descendant(node_, descendant.node_));
  }
  /// What makes a node itself: equal within one tree for equal nodes only.
  [[nodiscard]] const void* id() const { return node_.id; }
  /// 0-based line, and bytes from its start, of the first byte and of the end.
  [[nodiscard]] TSPoint start_point() const { return ts_node_start_point(node_); }
  [[nodiscard]] TSPoint end_point() const { return ts_node_end_point(node_); }
  /// Walks down from the root: costs the depth of the node.
  [[nodiscard]] Node parent() const { return Node(ts_node_parent(node_)); }
  [[nodiscard]] Node next_sibling() const { return Node(ts_node_next_sibling(node_)); }
  [[nodiscard]] Node previous_sibling() const { return Node(ts_node_prev_sibling(node_)); }
  [[nodiscard]] Node next_named_sibling() const { return Node(ts_node_next_named_sibling(node_)); }
  [[nodiscard]] Node previous_named_sibling() const {
    return Node(ts_node_prev_named_sibling(node_));
  }
  /// The smallest node below this one that holds all of `span`.
  [[nodiscard]] Node smallest_holding(Span span) const {
    return Node(ts_node_descendant_for_byte_range(node_, span.begin, span.end));
  }

  [[nodiscard]] std::string_view text(std::string_view source) const {
    return source.substr(begin(), end() - begin());
  }
  [[nodiscard]] TSNode raw() const { return node_; }

 private:
  TSNode node_;
};

/// Walks a tree without recursion: a hostile file may nest 100,000 deep.
class Cursor {
 public:
  explicit Cursor(Node node) : cursor_(ts_tree_cursor_new(node.raw())) {}
  ~Cursor() { ts_tree_cursor_delete(&cursor_); }
  Cursor(const Cursor&) = delete;
  Cursor& operator=(const Cursor&) = delete;

  /// Begins anew at `node`, of any tree, without asking for memory.
  void reset(Node node) { ts_tree_cursor_reset(&cursor_, node.raw()); }
  [[nodiscard]] Node node() const { return Node(ts_tree_cursor_current_node(&cursor_)); }
  /// The field the current node stands in, or "".
  [[nodiscard]] std::string_view field() const {
    const char* name = ts_tree_cursor_current_field_name(&cursor_);
    return name == nullptr ? std::string_view{} : name;
  }
  bool to_first_child() { return ts_tree_cursor_goto_first_child(&cursor_); }
  bool to_next_sibling() { return ts_tree_cursor_goto_next_sibling(&cursor_); }
  bool to_previous_sibling() { return ts_tree_cursor_goto_previous_sibling(&cursor_); }
  /// To the first child that ends after byte `offset`.
  bool to_first_child_after(std::uint32_t offset) {
    return ts_tree_cursor_goto_first_child_for_byte(&cursor_, offset) >= 0;
  }
  /// False at the node the cursor began with.
  bool to_parent() { return ts_tree_cursor_goto_parent(&cursor_); }
  [[nodiscard]] std::uint32_t depth() const { return ts_tree_cursor_current_depth(&cursor_); }

 private:
  mutable TSTreeCursor cursor_;
};

/// Visits `root` and all below it in source order. `enter(Node)` says whether to go into a node's
/// children; `leave(Node)` is called after them, for every node that was entered with true.
template <class Enter, class Leave>
// NOLINTNEXTLINE(misc-no-recursion): `enter` may walk, and bounds it
void walk(Node root, Enter&& enter, Leave&& leave) {
  if (!root) return;
  Cursor cursor(root);
  for (;;) {
    const Node node = cursor.node();
    if (enter(node)) {
      if (cursor.to_first_child()) continue;
      leave(node);
    }
    while (!cursor.to_next_sibling()) {
      if (!cursor.to_parent()) return;
      leave(cursor.node());
    }
  }
}

/// As above without `leave`.
template <class Enter>
void walk(Node root, Enter&& enter) {  // NOLINT(misc-no-recursion): `enter` may walk, and bounds it
  walk(root, static_cast<Enter&&>(enter), [](Node) {});
}

/// Calls `visit(Node)` for each direct child, in order.
template <class Visit>
void for_each_child(Node parent, Visit&& visit) {
  if (!parent) return;
  Cursor cursor(parent);
  if (!cursor.to_first_child()) return;
  do
    visit(cursor.node());
  while (cursor.to_next_sibling());
}

class TreeMemory;

/// A tree with the memory it lies in, which goes with it.
class Tree {
 public:
  Tree(const TSTree* tree, std::unique_ptr<TreeMemory> memory);
  ~Tree();
  Tree(Tree&&) noexcept;
  Tree& operator=(Tree&&) noexcept;
  Tree(const Tree&) = delete;
  Tree& operator=(const Tree&) = delete;

  [[nodiscard]] Node root() const { return Node(ts_tree_root_node(tree_)); }
  [[nodiscard]] const TSTree* raw() const { return tree_; }

 private:
  const TSTree* tree_;
  std::unique_ptr<TreeMemory> memory_;
};

}  // namespace peer
