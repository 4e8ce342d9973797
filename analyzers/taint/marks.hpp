// What is to be noted at single nodes of a tree: where values come from, where they become clean,
// and which ones somebody asks about. Plain data; one thread.
#pragma once

#include <cstdint>
#include <unordered_map>
#include <utility>
#include <vector>

#include "analyzers/parse/tree.hpp"
#include "analyzers/taint/value.hpp"

namespace peer::taint {

/// The number of a sanitizer; see Catalogue.
using Sanitizer = std::uint16_t;

struct NodeMarks {
  std::vector<Source> sources;                        ///< its value comes from there
  std::vector<Sanitizer> sanitizers;                  ///< its value is clean
  std::vector<std::uint32_t> watches;                 ///< who wants to know its value
  std::vector<std::uint32_t> keeps;                   ///< registers that get its value
  std::vector<std::pair<Node, Source>> taints;        ///< after it, that variable comes from there
  std::vector<std::pair<Node, Sanitizer>> cleans;     ///< after it, that variable is clean
  std::vector<std::pair<Node, Sanitizer>> guards;     ///< where it is true, that variable is clean
  std::vector<std::pair<Node, Sanitizer>> denials;    ///< where it is false, likewise
  std::vector<std::pair<Node, std::uint32_t>> flows;  ///< after it, it may hold that register
};

class Marks {
 public:
  NodeMarks& at(Node node) { return nodes_[node.raw().id]; }
  [[nodiscard]] const NodeMarks* find(Node node) const {
    if (nodes_.empty()) return nullptr;
    const auto it = nodes_.find(node.raw().id);
    return it == nodes_.end() ? nullptr : &it->second;
  }
  std::uint32_t registers = 0;

 private:
  std::unordered_map<const void*, NodeMarks> nodes_;
};

}  // namespace peer::taint
