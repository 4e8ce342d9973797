// Regular expressions that only list texts, `^(re\.)?(compile|match)$`, `(^|\.)exec$`: most of the
// names that rules ask for. What they list is looked up; an automaton for each would cost more to
// make than a small file to examine. Pure; thread-safe.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace peer::rules {

class PlainTexts {
 public:
  /// Nothing where `regex` (Rust's syntax) says more than a few texts, or looks for many of them
  /// anywhere in a text.
  [[nodiscard]] static std::optional<PlainTexts> of(std::string_view regex);

  /// Where the expression matches, too.
  [[nodiscard]] bool is_in(std::string_view text) const;

 private:
  std::vector<std::string> texts_;  // sorted, each once
  bool from_begin_ = false;         // where they begin, the text does
  bool to_end_ = false;             // likewise
  bool is_member_ = false;  // to the end, and from the begin or behind a dot; no text has a dot
};

}  // namespace peer::rules
