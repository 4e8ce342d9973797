#include "analyzers/rules/prefilter/automaton.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace peer::rules {
namespace {

constexpr std::uint32_t kUnset = 0xFFFFFFFF;

}  // namespace

Automaton::Automaton(std::span<const Literal> literals) {
  // bytes of no literal are all alike: class 0
  class_count_ = 1;
  for (const auto& literal : literals) {
    texts_.push_back(literal.text);
    befores_.push_back(literal.before);
    for (const char c : to_lower(literal.text)) {
      auto& known = classes_[static_cast<unsigned char>(c)];
      // with every byte in use the last shares a class with none: 256 of them and class 0 do not
      // fit in a byte
      if (known == 0 && class_count_ < 256) known = static_cast<std::uint8_t>(class_count_++);
    }
  }
  for (char c = 'A'; c <= 'Z'; ++c)
    classes_[static_cast<unsigned char>(c)] = classes_[static_cast<unsigned char>(c - 'A' + 'a')];
  if (literals.empty()) return;

  std::vector<std::uint32_t> trie(class_count_, kUnset);
  std::vector<std::vector<Ending>> endings(1);
  for (std::uint32_t i = 0; i < literals.size(); ++i) {
    std::uint32_t state = 0;
    for (const char c : literals[i].text) {
      const auto at = state * class_count_ + classes_[static_cast<unsigned char>(c)];
      if (trie[at] == kUnset) {
        trie[at] = static_cast<std::uint32_t>(endings.size());
        endings.emplace_back();
        trie.resize(trie.size() + class_count_, kUnset);
      }
      state = trie[at];
    }
    endings[state].push_back({i, static_cast<std::uint32_t>(literals[i].text.size()),
                              literals[i].is_word, literals[i].ignore_case});
  }

  // breadth first: what a state falls back to is nearer to the root, and done before it
  const auto states = static_cast<std::uint32_t>(endings.size());
  std::vector<std::uint32_t> fallback(states, 0);
  std::vector<std::uint32_t> queue{0};
  shorter_.assign(states, kNoState);
  for (std::size_t head = 0; head < queue.size(); ++head) {
    const auto state = queue[head];
    if (state != 0)
      shorter_[state] =
          endings[fallback[state]].empty() ? shorter_[fallback[state]] : fallback[state];
    for (std::uint32_t c = 0; c < class_count_; ++c) {
      auto& child = trie[state * class_count_ + c];
      const auto other = state == 0 ? 0 : trie[fallback[state] * class_count_ + c];
      if (child == kUnset) {
        child = other;
        continue;
      }
      fallback[child] = other;
      queue.push_back(child);
    }
  }

  first_.push_back(0);
  for (const auto& list : endings) {
    endings_.insert(endings_.end(), list.begin(), list.end());
    first_.push_back(static_cast<std::uint32_t>(endings_.size()));
  }
  next_ = std::move(trie);
  for (auto& state : next_) {
    const bool ends = !endings[state].empty() || shorter_[state] != kNoState;
    state = state * class_count_ + 0;
    if (ends) state |= kEnds;
  }
}

}  // namespace peer::rules
