// Finds many literals in one pass over a text, whatever their number (Aho and Corasick, 1975; as a
// table over classes of bytes). Immutable; safe from any thread.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "analyzers/rules/prefilter/literal_table.hpp"

namespace peer::rules {

class Automaton {
 public:
  Automaton() = default;
  /// `literals` must outlive it.
  explicit Automaton(const LiteralTable& literals);

  /// Calls `found(number, start)` for each place where a literal stands, words only as words, in
  /// the order of their ends.
  template <class Found>
  void scan(std::string_view text, Found&& found) const {
    if (next_.empty()) return;
    // names of their own, which stay in registers
    const auto* next = next_.data();
    const auto* classes = classes_.data();
    const std::size_t size = text.size();
    std::uint32_t state = 0;
    for (std::size_t i = 0; i < size; ++i) {
      state = next[state + classes[static_cast<unsigned char>(text[i])]];
      if ((state & kEnds) == 0) continue;
      state &= ~kEnds;
      report(text, i + 1, state / class_count_, found);
    }
  }

 private:
  static constexpr std::uint32_t kEnds = 0x80000000;  // a literal ends in the state that follows
  static constexpr std::uint32_t kNoState = 0xFFFFFFFF;

  struct Trie;

  /// Gives each byte its class: a capital that of its small letter.
  void classify();
  /// The state of `text`, made with those of its beginnings where it is new.
  std::uint32_t grow(Trie& trie, std::string_view text) const;
  /// Lets each state go on with every byte: where no literal does, as the longest shorter beginning
  /// does that its text ends with.
  void link(Trie& trie);
  void link_children(Trie& trie, std::uint32_t state) const;
  /// Lays it out as scan() reads it.
  void pack(Trie trie);

  template <class Found>
  [[gnu::noinline]] void report(std::string_view text, std::size_t end, std::uint32_t state,
                                Found&& found) const {
    for (; state != kNoState; state = shorter_[state])
      for (auto i = first_[state]; i < first_[state + 1]; ++i) {
        const auto literal = endings_[i];
        const auto start = end - literals_[literal].text.size();
        if (stands_at(text, start, literals_[literal]))
          found(literal, static_cast<std::uint32_t>(start));
      }
  }

  std::array<std::uint8_t, 256> classes_{};
  std::uint32_t class_count_ = 0;
  std::vector<std::uint32_t> next_;   // by state * class_count_ + class: such a product, and kEnds
  std::vector<std::uint32_t> first_;  // endings of a state are endings_[first_[s], first_[s + 1])
  std::vector<std::uint32_t> endings_;  // literals
  std::vector<LiteralView> literals_;
  // the next state back in which a shorter literal ends, or kNoState
  std::vector<std::uint32_t> shorter_;
};

}  // namespace peer::rules
