// Working memory of one Subject, kept from match to match so that matching asks for none. One
// thread.
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "analyzers/parse/tree.hpp"
#include "analyzers/rules/match/bindings.hpp"
#include "analyzers/rules/match/child_lists.hpp"
#include "analyzers/rules/match/code_text.hpp"
#include "analyzers/rules/match/constants.hpp"
#include "analyzers/rules/match/kind_lists.hpp"
#include "analyzers/rules/match/open_ways.hpp"
#include "analyzers/rules/match/remembered.hpp"

namespace peer::rules {

struct Scratch {
  /// Deeper rule evaluation than this matches nothing: a utility may call itself through relations
  /// as deep as a tree.
  static constexpr int kMaxDepth = 600;

  Node root;
  std::string_view text;
  std::uint64_t steps_left = 0;
  bool is_exhausted = false;
  int depth = 0;

  /// Who walks, and so knows the nodes from the root to the one being visited.
  struct Walker {
    virtual ~Walker() = default;
    /// Makes `path` those nodes and `kinds` their kind_id(); they were made by the same walker
    /// before.
    virtual void fill(std::vector<Node>& path, std::vector<std::uint16_t>& kinds) = 0;
  };
  Walker* walker = nullptr;
  std::vector<Node> path;                 ///< see current_path
  std::vector<std::uint16_t> path_kinds;  ///< theirs

  /// Nodes from the root to the one being visited; empty where nobody walks.
  const std::vector<Node>& current_path() {
    if (walker != nullptr) walker->fill(path, path_kinds);
    return path;
  }

  /// Of the rule that is tried; null where nothing is known.
  OpenWays* ways = nullptr;

  std::deque<Bindings> frames;  ///< one per isolated evaluation; [frame] is in use
  std::size_t frame = 0;
  std::vector<Node> collected;                   ///< nodes that ellipses under way have taken
  std::vector<std::unique_ptr<Cursor>> cursors;  ///< [0, cursors_used) are in use
  std::size_t cursors_used = 0;
  struct FieldSeen {
    const void* node = nullptr;
    std::uint16_t field = 0;
    Node child;
  };
  std::vector<FieldSeen> fields;  ///< see field_of
  /// The children of parents that have many, once somebody has gone through them.
  ChildLists children;
  /// Nodes of the whole tree by kind, once somebody has looked long enough for some.
  KindLists kinds;
  /// What names stand for, once a rule has asked.
  Constants constants;
  int constants_open = 0;  ///< names within names that are being tried as what they stand for
  Node constant;           ///< the one that is being tried, in the place of ...
  Node constant_name;
  /// Of a rule that is looked for below nodes or among siblings: how much was gone through, and
  /// what it is looked for among since.
  struct Sought {
    std::uint64_t walked = 0;  ///< nodes, before there was a list
    std::uint64_t tried = 0;   ///< of the list, before it was narrowed to those that it may match
    bool is_listed = false, is_narrowed = false;
    const KindLists::List* list = nullptr;  ///< null: too many
    // what the list is, where it is not one of `kinds`; the first may still be gone through when
    // the second is made
    std::optional<KindLists::List> with_names, few;
  };
  std::unordered_map<const Op*, Sought> sought;
  std::uint64_t walked = 0;  ///< by all of them
  Remembered remembered;
  std::size_t sought_room = std::size_t{1} << 18U;  // nodes, of 32 bytes
  /// Names that stand for constants, once somebody has looked for some.
  std::optional<KindLists::List> constant_names;
  bool has_too_many_names = false;

  /// What an expression said of a text: ways of a rule ask the same of a node one after the other,
  /// and match by match of the whole file whether it speaks of a library.
  struct TextSeen {
    const void* expression = nullptr;
    const void* node = nullptr;
    std::uint32_t size = 0;  ///< of the text
    bool is_in = false;
  };
  static constexpr std::size_t kLongText = 1024;  // bytes
  std::vector<TextSeen> short_texts, long_texts;

  /// Without comments, once a rule asks.
  CodeText code;

  /// The place of what `expression` says of the text of `node`, which may be another's.
  [[nodiscard]] TextSeen& short_text(const void* expression, const Node& node) {
    constexpr std::size_t kKept = 256;
    if (short_texts.empty()) short_texts.resize(kKept);
    return short_texts[hash_of(expression, node) % kKept];
  }

  /// As above for texts from kLongText on. Of two that meet the longer text keeps its place, and
  /// the other takes the one beside it: a whole file is asked about again and again.
  [[nodiscard]] TextSeen& long_text(const void* expression, const Node& node) {
    constexpr std::size_t kKept = 1024;
    if (long_texts.empty()) long_texts.resize(kKept);
    auto& longer = long_texts[hash_of(expression, node) % kKept & ~std::size_t{1}];
    auto& other = *(&longer + 1);
    const auto size = node.span().size();
    if (longer.expression == expression && longer.node == node.id()) return longer;
    if (size <= longer.size) return other;
    other = longer;
    longer = {nullptr, nullptr, size, false};
    return longer;
  }

  /// Of the tree.
  [[nodiscard]] std::uint64_t node_count() {
    if (nodes_in_tree_ == 0) nodes_in_tree_ = root.node_count();
    return nodes_in_tree_;
  }
  /// The child that a search among children has come to, which knows its place.
  struct Child {
    Node node;
    Node parent;
    std::uint32_t place = 0;  ///< among the named ones, from 1; 0 for an unnamed one
  };
  Child child;

  /// 0-based places of named children of parents that have many.
  std::unordered_map<const void*, std::unordered_map<const void*, std::uint32_t>> places;

  /// `node.field(field)`, which goes through the node's children each time, for nodes that are
  /// asked about again and again.
  [[nodiscard]] Node field_of(Node node, std::uint16_t field) {
    constexpr std::size_t kKept = 1024;
    if (fields.empty()) fields.resize(kKept);
    auto& seen =
        fields[(reinterpret_cast<std::uintptr_t>(node.id()) / alignof(void*) * 31 + field) % kKept];
    if (seen.node != node.id() || seen.field != field) seen = {node.id(), field, node.field(field)};
    return seen.child;
  }

  /// Its kind_id(), which many rules ask for of one node after the other.
  [[nodiscard]] std::uint16_t kind_of(const Node& node) {
    if (kind_node_ != node.id()) {
      kind_node_ = node.id();
      kind_ = node.kind_id();
    }
    return kind_;
  }
  /// Likewise.
  [[nodiscard]] std::uint32_t end_of(const Node& node) {
    if (end_node_ != node.id()) {
      end_node_ = node.id();
      end_ = node.end();
    }
    return end_;
  }

  /// Takes `count` steps; false when none are left.
  bool spend(std::uint64_t count) {
    if (count >= steps_left) {
      steps_left = 0;
      is_exhausted = true;
      return false;
    }
    steps_left -= count;
    return true;
  }
  [[nodiscard]] Bindings& bindings() { return frames[frame]; }

 private:
  static std::size_t hash_of(const void* expression, const Node& node) {
    return reinterpret_cast<std::uintptr_t>(node.id()) / alignof(void*) * 31 +
           reinterpret_cast<std::uintptr_t>(expression) / alignof(void*) * 2;
  }

  std::uint64_t nodes_in_tree_ = 0;
  const void* kind_node_ = nullptr;
  std::uint16_t kind_ = 0;
  const void* end_node_ = nullptr;
  std::uint32_t end_ = 0;
};

/// A cursor from the store, given back at the end of its scope.
class LentCursor {
 public:
  LentCursor(Scratch& scratch, Node node) : scratch_(scratch) {
    if (scratch.cursors_used == scratch.cursors.size())
      scratch.cursors.push_back(std::make_unique<Cursor>(node));
    else
      scratch.cursors[scratch.cursors_used]->reset(node);
    cursor_ = scratch.cursors[scratch.cursors_used++].get();
  }
  ~LentCursor() { --scratch_.cursors_used; }
  LentCursor(const LentCursor&) = delete;
  LentCursor& operator=(const LentCursor&) = delete;
  Cursor* operator->() const { return cursor_; }
  [[nodiscard]] Cursor* get() const { return cursor_; }

 private:
  Scratch& scratch_;
  Cursor* cursor_;
};

}  // namespace peer::rules
