// Texts that any match of a rule must hold, so that a file without them need not be parsed for it.
// Pure; thread-safe.
#pragma once

#include <cstdint>
#include <memory>
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
  std::string before = {};   ///< a sign right before it, spaces aside; "" where it does not matter
  // NOLINTNEXTLINE(modernize-use-nullptr,readability-implicit-bool-conversion): misread defaults
  friend auto operator<=>(const Literal&, const Literal&) = default;
};

/// At least one of these must stand in the file; where `inside`, within the matched node itself.
struct Clause {
  std::vector<Literal> literals;
  bool inside = true;
  bool is_common = false;  ///< words of the language, which stand in most files
};

/// What must hold of a file for a rule to match: all of the clauses, and of each choice one way.
struct Requirement {
  struct Choice {
    /// Shared: a utility's are those of each rule object that needs it.
    std::shared_ptr<const std::vector<Requirement>> ways;
    bool inside = true;  ///< what the ways have inside is within the matched node, too
  };
  std::vector<Clause> clauses;
  std::vector<Choice> choices;
};

/// Empty when nothing is known.
[[nodiscard]] Requirement required_literals(const Program& program);

/// An operand of an `any`, or a relation that looks further than one node.
struct Way {
  std::uint32_t op = 0;  ///< in Program::ops
  Requirement required;
};

/// All of a rule of which something is known, its utilities and constraints too.
[[nodiscard]] std::vector<Way> ways_of(const Program& program);

}  // namespace peer::rules
