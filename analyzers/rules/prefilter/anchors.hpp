// The plainest form of what a rule requires of a file: texts to look for before the rule is even
// compiled. Made of built-in rules when Peer is built, so that examining one small file compiles
// only the rules that it could match. Pure; thread-safe.
#pragma once

#include <string>
#include <string_view>

#include "analyzers/rules/prefilter/literals.hpp"

namespace peer::rules {

/// Lines, each of texts parted by tabs: of every line one text stands in any file that the rule
/// matches; one behind kAnyCase in any case of its letters. "" where nothing is known. Weaker than
/// `requirement`: words may stand within others.
[[nodiscard]] std::string anchors_of(const Requirement& requirement);

constexpr char kAnyCase = '\x01';

/// A text that many rules' anchors are looked for in.
class Anchorage {
 public:
  explicit Anchorage(std::string_view text) : text_(text) {}
  /// Whether a rule with `anchors` may match the text.
  [[nodiscard]] bool holds(std::string_view anchors);

 private:
  [[nodiscard]] bool has(std::string_view anchor);

  std::string_view text_;
  std::string lower_;  // made when it is asked for first
};

}  // namespace peer::rules
