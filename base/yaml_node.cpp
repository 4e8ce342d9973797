// What a node of YAML means: the values in it, by YAML 1.2's core schema.
#include <charconv>
#include <cmath>
#include <fmt/format.h>

#include "base/text.hpp"
#include "base/yaml.hpp"

namespace peer {
namespace {

/// The whole of `text` as a number, or nothing.
template <class Number>
std::optional<Number> number_in(std::string_view text) {
  if (text.starts_with('+')) text.remove_prefix(1);
  Number value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

}  // namespace

const YamlNode* YamlNode::find(std::string_view name) const {
  if (!is_map()) return nullptr;
  for (const auto& child : children)
    if (child.key == name) return &child;
  return nullptr;
}

const YamlNode* YamlNode::find_path(std::string_view dotted) const {
  const YamlNode* node = this;
  for (const auto name : split(dotted, '.')) {
    node = node->find(name);
    if (node == nullptr) return nullptr;
  }
  return node;
}

std::optional<bool> YamlNode::as_bool() const {
  if (!is_scalar() || quoted) return std::nullopt;
  if (text == "true" || text == "True" || text == "TRUE") return true;
  if (text == "false" || text == "False" || text == "FALSE") return false;
  return std::nullopt;
}

std::optional<std::int64_t> YamlNode::as_integer() const {
  if (!is_scalar() || quoted) return std::nullopt;
  return number_in<std::int64_t>(text);
}

std::optional<double> YamlNode::as_number() const {
  if (!is_scalar() || quoted) return std::nullopt;
  const auto value = number_in<double>(text);
  return value && std::isfinite(*value) ? value : std::nullopt;
}

std::string YamlNode::where() const { return fmt::format("line {}, column {}", line, column); }

}  // namespace peer
