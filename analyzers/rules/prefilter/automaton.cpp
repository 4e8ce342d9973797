#include "analyzers/rules/prefilter/automaton.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace peer::rules {
namespace {

constexpr std::uint32_t kUnset = 0xFFFFFFFF;

}  // namespace

/// The literals as a tree: a state for each of their beginnings, the root first.
struct Automaton::Trie {
  std::vector<std::uint32_t> next;                  // by state * class_count_ + class, or kUnset
  std::vector<std::vector<std::uint32_t>> endings;  // by state
  std::vector<std::uint32_t> fallback;  // by state: the longest other that its text ends with
  std::vector<std::uint32_t> order;     // states breadth first, as far as they are linked
};

Automaton::Automaton(const LiteralTable& literals) {
  for (std::uint32_t i = 0; i < literals.size(); ++i)
    literals_.push_back(literals[i]);
  classify();
  if (literals_.empty()) return;
  Trie trie;
  trie.next.resize(class_count_, kUnset);
  trie.endings.resize(1);
  for (std::uint32_t i = 0; i < literals_.size(); ++i)
    trie.endings[grow(trie, literals_[i].text)].push_back(i);
  link(trie);
  pack(std::move(trie));
}

void Automaton::classify() {
  // bytes of no literal are all alike: class 0
  class_count_ = 1;
  for (const auto& literal : literals_) {
    for (const char c : to_lower(literal.text)) {
      auto& known = classes_[static_cast<unsigned char>(c)];
      // with every byte in use the last shares a class with none: 256 of them and class 0 do not
      // fit in a byte
      if (known == 0 && class_count_ < 256) known = static_cast<std::uint8_t>(class_count_++);
    }
  }
  for (char c = 'A'; c <= 'Z'; ++c)
    classes_[static_cast<unsigned char>(c)] = classes_[static_cast<unsigned char>(c - 'A' + 'a')];
}

std::uint32_t Automaton::grow(Trie& trie, std::string_view text) const {
  std::uint32_t state = 0;
  for (const char c : text) {
    const auto at = state * class_count_ + classes_[static_cast<unsigned char>(c)];
    if (trie.next[at] == kUnset) {
      trie.next[at] = static_cast<std::uint32_t>(trie.endings.size());
      trie.endings.emplace_back();
      trie.next.resize(trie.next.size() + class_count_, kUnset);
    }
    state = trie.next[at];
  }
  return state;
}

void Automaton::link(Trie& trie) {
  // breadth first: what a state falls back to is nearer to the root, and done before it
  trie.fallback.assign(trie.endings.size(), 0);
  trie.order.push_back(0);
  shorter_.assign(trie.endings.size(), kNoState);
  for (std::size_t head = 0; head < trie.order.size(); ++head) {
    const auto state = trie.order[head];
    if (state != 0) {
      const auto back = trie.fallback[state];
      shorter_[state] = trie.endings[back].empty() ? shorter_[back] : back;
    }
    link_children(trie, state);
  }
}

void Automaton::link_children(Trie& trie, std::uint32_t state) const {
  for (std::uint32_t c = 0; c < class_count_; ++c) {
    auto& child = trie.next[state * class_count_ + c];
    const auto other = state == 0 ? 0 : trie.next[trie.fallback[state] * class_count_ + c];
    if (child == kUnset) {
      child = other;
      continue;
    }
    trie.fallback[child] = other;
    trie.order.push_back(child);
  }
}

void Automaton::pack(Trie trie) {
  // Numbered breadth first: most bytes of a text lead to states of one or two letters, which then
  // lie together.
  std::vector<std::uint32_t> number(trie.order.size());
  for (std::uint32_t i = 0; i < trie.order.size(); ++i)
    number[trie.order[i]] = i;
  next_.reserve(trie.next.size());
  std::vector<std::uint32_t> shorter;
  first_.push_back(0);
  for (const auto state : trie.order) {
    const auto& list = trie.endings[state];
    endings_.insert(endings_.end(), list.begin(), list.end());
    first_.push_back(static_cast<std::uint32_t>(endings_.size()));
    shorter.push_back(shorter_[state] == kNoState ? kNoState : number[shorter_[state]]);
    for (std::uint32_t c = 0; c < class_count_; ++c) {
      const auto next = trie.next[state * class_count_ + c];
      const bool ends = !trie.endings[next].empty() || shorter_[next] != kNoState;
      next_.push_back(number[next] * class_count_ | (ends ? kEnds : 0));
    }
  }
  shorter_ = std::move(shorter);
}

}  // namespace peer::rules
