// What variables are bound to while a match is tried, by slot, with a log to take bindings back.
// One thread.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "analyzers/parse/tree.hpp"

namespace peer::rules {

class Bindings {
 public:
  /// Room for so many slots. Must be empty.
  void reserve(std::size_t singles, std::size_t lists) {
    if (singles_.size() < singles) singles_.resize(singles);
    if (lists_.size() < lists) lists_.resize(lists);
  }

  /// A moment to go back to.
  struct Mark {
    std::size_t log, pool, labels;
  };
  [[nodiscard]] Mark mark() const { return {log_.size(), pool_.size(), labels_.size()}; }
  void roll_back(const Mark& mark) {
    for (; log_.size() > mark.log; log_.pop_back()) {
      const auto& entry = log_.back();
      if (entry.is_list)
        lists_[entry.slot] = entry.list;
      else
        singles_[entry.slot] = entry.node;
    }
    // mostly there is nothing to take back
    if (pool_.size() != mark.pool) pool_.resize(mark.pool);
    if (labels_.size() != mark.labels) labels_.resize(mark.labels);
  }
  void clear() { roll_back({0, 0, 0}); }

  /// The node in `slot`, or the null node.
  [[nodiscard]] Node single(std::uint32_t slot) const { return singles_[slot]; }
  void bind(std::uint32_t slot, Node node) {
    log_.push_back({singles_[slot], {}, slot, false});
    singles_[slot] = node;
  }

  [[nodiscard]] bool has_list(std::uint32_t slot) const { return lists_[slot].is_bound; }
  [[nodiscard]] std::span<const Node> list(std::uint32_t slot) const {
    return std::span<const Node>(pool_).subspan(lists_[slot].first, lists_[slot].count);
  }
  void bind_list(std::uint32_t slot, std::span<const Node> nodes) {
    log_.push_back({{}, lists_[slot], slot, true});
    lists_[slot] = {static_cast<std::uint32_t>(pool_.size()),
                    static_cast<std::uint32_t>(nodes.size()), true};
    pool_.insert(pool_.end(), nodes.begin(), nodes.end());
  }

  [[nodiscard]] const std::vector<Node>& labels() const { return labels_; }
  void add_label(Node node) { labels_.push_back(node); }

 private:
  struct List {
    std::uint32_t first = 0, count = 0;
    bool is_bound = false;
  };
  struct Entry {
    Node node;  // what stood there
    List list;
    std::uint32_t slot;
    bool is_list;
  };

  std::vector<Node> singles_;
  std::vector<List> lists_;
  std::vector<Node> pool_;
  std::vector<Node> labels_;
  std::vector<Entry> log_;
};

}  // namespace peer::rules
