// Where a walk that marks nodes stands. One thread.
#pragma once

#include <cstdint>
#include <vector>

#include "analyzers/parse/tree.hpp"
#include "analyzers/rules/match/scratch.hpp"

namespace peer::taint {

/// The nodes from the root of a tree to the one being marked, so that what looks for `inside` need
/// not search for them.
class MarkPath final : rules::Scratch::Walker {
 public:
  MarkPath(rules::Scratch& scratch, Node below) : scratch_(scratch) {
    for (Node at = scratch.root; at && at.id() != below.id(); at = at.child_with(below))
      push(at);
    scratch_.walker = this;
  }
  ~MarkPath() override {
    scratch_.walker = nullptr;
    scratch_.path.clear();
  }
  MarkPath(const MarkPath&) = delete;
  MarkPath& operator=(const MarkPath&) = delete;

  void enter(Node node) {
    push(node);
    is_new_ = true;
  }
  void leave() {
    path_.pop_back();
    kinds_.pop_back();
    is_new_ = true;
  }
  void fill(std::vector<Node>& path, std::vector<std::uint16_t>& kinds) override {
    if (is_new_) {
      path = path_;
      kinds = kinds_;
    }
    is_new_ = false;
  }

 private:
  void push(Node node) {
    path_.push_back(node);
    kinds_.push_back(node.kind_id());
  }

  rules::Scratch& scratch_;
  std::vector<Node> path_;
  std::vector<std::uint16_t> kinds_;
  bool is_new_ = true;
};

}  // namespace peer::taint
