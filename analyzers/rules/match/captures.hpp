// What a match bound: meta variables by name. A value; its nodes live as long as their tree, its
// names as long as the matcher that bound them.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analyzers/parse/tree.hpp"

namespace peer::rules {

class Captures {
 public:
  /// The node that `$NAME` bound (`name` without its `$`), or the null node.
  [[nodiscard]] Node single(std::string_view name) const;
  /// True where `$$$NAME` is bound, though it may be to no nodes.
  [[nodiscard]] bool has_list(std::string_view name) const;
  /// The sibling nodes that `$$$NAME` bound, unnamed ones (commas) included; empty where it is not
  /// bound.
  [[nodiscard]] std::span<const Node> list(std::string_view name) const;
  /// The bytes of `$NAME`, else of a transformed NAME; nothing where neither is bound. The
  /// reference prefers the node.
  [[nodiscard]] std::optional<std::string_view> text(std::string_view name,
                                                     std::string_view source) const;
  /// The bytes from the first to the last node of `$$$NAME`; nothing where it bound none.
  [[nodiscard]] std::optional<std::string_view> list_text(std::string_view name,
                                                          std::string_view source) const;

  /// Nodes that relational rules matched, in the order in which they did: the secondary labels.
  [[nodiscard]] std::span<const Node> labels() const { return labels_; }

  /// Visits what is bound as `visit(name, Node single)` and `visit(name, std::span<const Node>
  /// list)`, each name at most once per form, in the order in which the rule names them first.
  template <class Visit>
  void for_each(Visit&& visit) const {
    for (const auto& entry : entries_)
      if (entry.is_list)
        visit(entry.name, std::span<const Node>(nodes_).subspan(entry.first, entry.count));
      else
        visit(entry.name, nodes_[entry.first]);
  }
  /// Nothing is bound and no label set.
  [[nodiscard]] bool empty() const {
    return entries_.empty() && labels_.empty() && transformed_.empty();
  }

  /// The text a transformation gave `name`, or nothing.
  [[nodiscard]] std::optional<std::string_view> transformed(std::string_view name) const;
  void set_transformed(std::string name, std::string text);
  /// All transformed names and texts, in the order in which they were set.
  [[nodiscard]] std::span<const std::pair<std::string, std::string>> all_transformed() const {
    return transformed_;
  }

  /// Binds, replacing what `name` was bound to. `name` must outlive this value.
  void bind(std::string_view name, Node node);
  void bind_list(std::string_view name, std::span<const Node> nodes);
  void add_label(Node node) { labels_.push_back(node); }

 private:
  struct Entry {
    std::string_view name;
    std::uint32_t first;  // in nodes_
    std::uint32_t count;
    bool is_list;
  };
  [[nodiscard]] const Entry* find(std::string_view name, bool is_list) const;

  std::vector<Entry> entries_;
  std::vector<Node> nodes_;
  std::vector<Node> labels_;
  std::vector<std::pair<std::string, std::string>> transformed_;
};

}  // namespace peer::rules
