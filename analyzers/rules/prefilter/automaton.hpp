// Finds many literals in one pass over a text, whatever their number (Aho and Corasick, 1975; as a
// table over classes of bytes). Immutable; safe from any thread.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "analyzers/rules/prefilter/literals.hpp"

namespace peer::rules {

class Automaton {
 public:
  Automaton() = default;
  /// Literals are known by their index.
  explicit Automaton(std::span<const Literal> literals);

  /// Calls `found(index, start)` for each place where a literal stands, words only as words, in the
  /// order of their ends.
  template <class Found>
  void scan(std::string_view text, Found&& found) const {
    if (next_.empty()) return;
    std::uint32_t state = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
      state = next_[state + classes_[static_cast<unsigned char>(text[i])]];
      if ((state & kEnds) == 0) continue;
      state &= ~kEnds;
      report(text, i + 1, state / class_count_, found);
    }
  }

 private:
  static constexpr std::uint32_t kEnds = 0x80000000;  // a literal ends in the state that follows
  static constexpr std::uint32_t kNoState = 0xFFFFFFFF;

  struct Ending {
    std::uint32_t literal;
    std::uint32_t size;
    bool is_word;
    bool ignore_case;
  };
  struct Trie;

  /// Gives each byte its class: a capital that of its small letter.
  void classify(std::span<const Literal> literals);
  /// The state of `text`, made with those of its beginnings where it is new.
  std::uint32_t grow(Trie& trie, std::string_view text) const;
  /// Lets each state go on with every byte: where no literal does, as the longest shorter beginning
  /// does that its text ends with.
  void link(Trie& trie);
  void link_children(Trie& trie, std::uint32_t state) const;
  /// Lays it out as scan() reads it.
  void pack(Trie trie);

  template <class Found>
  void report(std::string_view text, std::size_t end, std::uint32_t state, Found&& found) const {
    for (; state != kNoState; state = shorter_[state])
      for (auto i = first_[state]; i < first_[state + 1]; ++i) {
        const auto& ending = endings_[i];
        const auto start = end - ending.size;
        // the table reads capitals as small letters
        if (!ending.ignore_case && text.substr(start, ending.size) != texts_[ending.literal])
          continue;
        if (ending.is_word && !stands_alone(text, start, end)) continue;
        const auto& before = befores_[ending.literal];
        if (before.empty() || follows(text.substr(0, start), before))
          found(ending.literal, static_cast<std::uint32_t>(start));
      }
  }

  static bool stands_alone(std::string_view text, std::size_t start, std::size_t end) {
    const auto is_letter = [](char c) {
      return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    };
    // an escape in a string ends where a text of its own begins: "\nmd5"
    constexpr std::size_t kLongestEscape = 12;
    if (start > 0 && is_letter(text[start - 1])) {
      const auto from = start - std::min(start, kLongestEscape);
      if (text.substr(from, start - from).find('\\') == std::string_view::npos) return false;
    }
    return end == text.size() || (!is_letter(text[end]) && (text[end] < '0' || text[end] > '9'));
  }

  /// `text` ends with the sign, or may: a comment that ends at a line's end is not seen.
  static bool follows(std::string_view text, std::string_view sign) {
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t'))
      text.remove_suffix(1);
    return text.empty() || text.ends_with(sign) || text.back() == '\n' || text.back() == '\r' ||
           text.ends_with("*/") || static_cast<unsigned char>(text.back()) >= 0x80 ||
           static_cast<unsigned char>(text.back()) < ' ';
  }

  std::array<std::uint8_t, 256> classes_{};
  std::uint32_t class_count_ = 0;
  std::vector<std::uint32_t> next_;   // by state * class_count_ + class: such a product, and kEnds
  std::vector<std::uint32_t> first_;  // endings of a state are endings_[first_[s], first_[s + 1])
  std::vector<Ending> endings_;
  std::vector<std::string> texts_;    // by literal
  std::vector<std::string> befores_;  // likewise: Literal::before
  std::vector<std::uint32_t>
      shorter_;  // the next state back in which a shorter literal ends, or kNoState
};

}  // namespace peer::rules
