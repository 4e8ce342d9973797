// Texts that any match of a rule must hold, so that a file without them need not be parsed for it.
// Pure; thread-safe.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "analyzers/rules/match/program.hpp"

namespace peer::rules {

/// A text that must stand in the file. As a word: not right after a letter or `_`, nor right before
/// one or a digit.
struct Literal {
  std::string text;
  bool is_word = false;
  bool ignore_case = false;  ///< of ASCII letters; the text is in lower case
  friend auto operator<=>(const Literal&, const Literal&) = default;
};

/// At least one of these must stand in the file; where `inside`, within the matched node itself.
struct Clause {
  std::vector<Literal> literals;
  bool inside = true;
};

/// All of these must hold for the program to match; none when nothing is known.
[[nodiscard]] std::vector<Clause> required_literals(const Program& program);

/// Texts of which any match of a regular expression (Rust's syntax) must hold one; empty when
/// nothing is known.
[[nodiscard]] std::vector<std::string> regex_literals(std::string_view regex);

/// The expression begins with `(?i)`, or `(?is)` and the like: its literals are all in lower case,
/// and stand for any.
[[nodiscard]] bool ignores_case(std::string_view regex);

}  // namespace peer::rules
