#include "base/yaml_packed.hpp"

#include <algorithm>
#include <iterator>
#include <utility>
#include <vector>

#include "base/packed.hpp"

namespace peer {
namespace {

/// A node without its children, and how many there are.
std::size_t read_node(PackedReader& reader, YamlNode& node) {
  const auto small = [&] { return static_cast<std::uint32_t>(reader.number()); };
  const auto head = small();
  node.kind = static_cast<YamlNode::Kind>(head & 3U);
  node.quoted = (head & 4U) != 0;
  node.line = small();
  node.column = small();
  node.key_line = small();
  node.key_column = small();
  node.key = reader.text();
  node.text = reader.text();
  return reader.count();
}

}  // namespace

std::string pack_yaml(const YamlNode& root) {
  PackedWriter out;
  std::vector<const YamlNode*> waiting{&root};
  while (!waiting.empty()) {
    const auto& node = *waiting.back();
    waiting.pop_back();
    out.number(static_cast<std::uint64_t>(node.kind) | (node.quoted ? 4U : 0U));
    for (const std::uint64_t place : {node.line, node.column, node.key_line, node.key_column})
      out.number(place);
    out.text(node.key);
    out.text(node.text);
    out.number(node.children.size());
    std::transform(node.children.rbegin(), node.children.rend(), std::back_inserter(waiting),
                   [](const YamlNode& child) { return &child; });
  }
  return std::string(kPackedYaml) + out.bytes();
}

std::optional<YamlNode> unpack_yaml(std::string_view bytes) {
  if (!bytes.starts_with(kPackedYaml)) return std::nullopt;
  PackedReader reader(bytes.substr(kPackedYaml.size()));
  YamlNode root;
  // nodes, and how many children are still to come
  std::vector<std::pair<YamlNode*, std::size_t>> open;
  const auto enter = [&](YamlNode& node) {
    const auto children = read_node(reader, node);
    node.children.reserve(children);  // so that addresses hold
    if (children > 0) open.emplace_back(&node, children);
  };
  enter(root);
  while (!open.empty() && reader.good()) {
    auto& [node, left] = open.back();
    auto* parent = node;
    if (--left == 0) open.pop_back();
    enter(parent->children.emplace_back());
  }
  if (!reader.good() || !reader.at_end()) return std::nullopt;
  return root;
}

}  // namespace peer
