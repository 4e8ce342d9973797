// Finding words in a file and the nodes of the tree they stand in, without visiting the rest of the
// tree: what makes the check of imports cheap. Pure; thread-safe.
#pragma once

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "analyzers/parse/tree.hpp"
#include "analyzers/span.hpp"

namespace peer::imports {

/// What counts as a word beside ASCII letters, digits, '_' and every byte of a non-ASCII character.
struct WordForm {
  bool dollar = false;       ///< '$' is part of a word (JavaScript)
  bool ignore_case = false;  ///< ASCII case does not matter (PHP)
};

/// A set of words to look for, numbered in the order they were added.
class WordSet {
 public:
  explicit WordSet(WordForm form) : form_(form) {}
  /// The number of `word`; the same for the same word.
  std::uint32_t add(std::string_view word);

  struct Hit {
    Span span;
    std::uint32_t word = 0;
  };
  /// Every place in `text` where one of the words stands as a whole word, in order. One pass.
  [[nodiscard]] std::vector<Hit> find_in(std::string_view text) const;

 private:
  [[nodiscard]] bool possible(std::string_view word) const;

  WordForm form_;
  std::unordered_map<std::string, std::uint32_t> numbers_;
  std::uint64_t lengths_[256] =
      {};  // per first byte: bit n is set where a word has n bytes (63: or more)
};

/// A node on the way from the root to a word.
struct Step {
  Node node;
  std::string_view field;  ///< of the parent that it stands in, or ""
};

/// Where a word stands: the nodes around it.
struct Place {
  std::span<const Step> path;  ///< root first; the last is the innermost node that holds the word
  Span word;

  [[nodiscard]] Node node() const { return path.back().node; }
  [[nodiscard]] std::string_view field() const { return path.back().field; }
  /// The node `levels` above node(), or the null node.
  [[nodiscard]] Node above(std::size_t levels) const;
  /// The nearest node of one of `kinds`, at most 64 levels up (deep nesting is hostile, not meant);
  /// null when none.
  [[nodiscard]] Node nearest(std::initializer_list<std::string_view> kinds) const;
};

/// Walks to each of `hits` (sorted) for which `wanted` holds at that moment and calls `visit`.
/// Linear in the nodes it passes: nodes without a wanted word are not entered.
void visit_places(Node root, std::span<const WordSet::Hit> hits,
                  const std::function<bool(const WordSet::Hit&)>& wanted,
                  const std::function<void(const WordSet::Hit&, const Place&)>& visit);

/// `kind` names a comment in any of our grammars.
[[nodiscard]] bool is_comment(std::string_view kind);

/// The two bytes before `offset` and the blanks in front of it; fewer at the start of the text.
/// Does not look past the start of the line: a comment may end there.
[[nodiscard]] std::string_view two_before(std::string_view text, std::uint32_t offset);
/// The last of them, or '\0'.
[[nodiscard]] char byte_before(std::string_view text, std::uint32_t offset);
/// The byte at or after `offset` that is not white space, or '\0'.
[[nodiscard]] char byte_after(std::string_view text, std::uint32_t offset);

}  // namespace peer::imports
