#include "analyzers/rules/match/captures.hpp"

namespace peer::rules {

const Captures::Entry* Captures::find(std::string_view name, bool is_list) const {
  for (const auto& entry : entries_)
    if (entry.is_list == is_list && entry.name == name) return &entry;
  return nullptr;
}

Node Captures::single(std::string_view name) const {
  const auto* entry = find(name, false);
  return entry == nullptr ? Node() : nodes_[entry->first];
}

bool Captures::has_list(std::string_view name) const { return find(name, true) != nullptr; }

std::span<const Node> Captures::list(std::string_view name) const {
  const auto* entry = find(name, true);
  if (entry == nullptr) return {};
  return std::span<const Node>(nodes_).subspan(entry->first, entry->count);
}

std::optional<std::string_view> Captures::text(std::string_view name,
                                               std::string_view source) const {
  if (const Node node = single(name)) return node.text(source);
  return transformed(name);
}

std::optional<std::string_view> Captures::list_text(std::string_view name,
                                                    std::string_view source) const {
  const auto nodes = list(name);
  if (nodes.empty()) return std::nullopt;
  const auto begin = nodes.front().begin();
  const auto end = nodes.back().end();
  return source.substr(begin, end < begin ? 0 : end - begin);
}

std::optional<std::string_view> Captures::transformed(std::string_view name) const {
  for (const auto& [known, text] : transformed_)
    if (known == name) return text;
  return std::nullopt;
}

void Captures::set_transformed(std::string name, std::string text) {
  for (auto& [known, old] : transformed_)
    if (known == name) {
      old = std::move(text);
      return;
    }
  transformed_.emplace_back(std::move(name), std::move(text));
}

void Captures::bind(std::string_view name, Node node) {
  if (const auto* entry = find(name, false)) {
    nodes_[entry->first] = node;
    return;
  }
  entries_.push_back({name, static_cast<std::uint32_t>(nodes_.size()), 1, false});
  nodes_.push_back(node);
}

void Captures::bind_list(std::string_view name, std::span<const Node> nodes) {
  const auto first = static_cast<std::uint32_t>(nodes_.size());
  nodes_.insert(nodes_.end(), nodes.begin(), nodes.end());
  const auto count = static_cast<std::uint32_t>(nodes.size());
  if (const auto* known = find(name, true)) {
    auto& entry = entries_[static_cast<std::size_t>(known - entries_.data())];
    entry.first = first;
    entry.count = count;
    return;
  }
  entries_.push_back({name, first, count, true});
}

}  // namespace peer::rules
