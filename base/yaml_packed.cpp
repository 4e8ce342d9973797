#include "base/yaml_packed.hpp"

#include <algorithm>
#include <iterator>
#include <utility>
#include <vector>

namespace peer {
namespace {

void put(std::string& out, std::size_t number) {
  for (; number >= 0x80; number >>= 7U)
    out += static_cast<char>(number | 0x80U);
  out += static_cast<char>(number);
}

void put(std::string& out, const std::string& text) {
  put(out, text.size());
  out += text;
}

class Reader {
 public:
  explicit Reader(std::string_view bytes) : rest_(bytes) {}

  std::size_t number() {
    std::size_t value = 0;
    for (unsigned shift = 0; shift < 63 && !rest_.empty(); shift += 7) {
      const auto byte = static_cast<unsigned char>(rest_[0]);
      rest_.remove_prefix(1);
      value |= static_cast<std::size_t>(byte & 0x7FU) << shift;
      if (byte < 0x80) return value;
    }
    good_ = false;
    return 0;
  }
  std::uint32_t small() { return static_cast<std::uint32_t>(number()); }
  std::string text() {
    const auto size = number();
    if (size > rest_.size()) {
      good_ = false;
      return {};
    }
    std::string value(rest_.substr(0, size));
    rest_.remove_prefix(size);
    return value;
  }
  /// A node without its children, and how many there are.
  std::size_t node(YamlNode& node) {
    const auto head = number();
    node.kind = static_cast<YamlNode::Kind>(head & 3U);
    node.quoted = (head & 4U) != 0;
    node.line = small();
    node.column = small();
    node.key_line = small();
    node.key_column = small();
    node.key = text();
    node.text = text();
    const auto children = number();
    if (children > rest_.size()) good_ = false;
    return good_ ? children : 0;
  }
  [[nodiscard]] bool good() const { return good_; }
  [[nodiscard]] bool at_end() const { return rest_.empty(); }

 private:
  std::string_view rest_;
  bool good_ = true;
};

}  // namespace

std::string pack_yaml(const YamlNode& root) {
  std::string out(kPackedYaml);
  std::vector<const YamlNode*> waiting{&root};
  while (!waiting.empty()) {
    const auto& node = *waiting.back();
    waiting.pop_back();
    put(out, static_cast<std::size_t>(node.kind) | (node.quoted ? 4U : 0U));
    for (const std::size_t place : {node.line, node.column, node.key_line, node.key_column})
      put(out, place);
    put(out, node.key);
    put(out, node.text);
    put(out, node.children.size());
    std::transform(node.children.rbegin(), node.children.rend(), std::back_inserter(waiting),
                   [](const YamlNode& child) { return &child; });
  }
  return out;
}

std::optional<YamlNode> unpack_yaml(std::string_view bytes) {
  if (!bytes.starts_with(kPackedYaml)) return std::nullopt;
  Reader reader(bytes.substr(kPackedYaml.size()));
  YamlNode root;
  std::vector<std::pair<YamlNode*, std::size_t>>
      open;  // nodes, and how many children are still to come
  const auto enter = [&](YamlNode& node) {
    const auto children = reader.node(node);
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
