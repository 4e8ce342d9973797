// How hard the functions of a file are to test (cyclomatic) and to understand (cognitive), and what
// a change did to them. Pure; thread-safe. Sources: T. J. McCabe, "A Complexity Measure" (1976),
// with each `&&` and `||` counted as a decision; G. A. Campbell, "Cognitive Complexity" 1.5
// (SonarSource, 2021), Appendix B.
//
// What counts is in the tables `branches` and `logical_operators` of a language. Cyclomatic: 1, and
// 1 for each condition, loop, handler, labelled case and logical operator. Cognitive: 1 for each
// condition, loop, handler, switch and #if, and 1 more for each level it is nested; 1 flat for each
// else, elif, goto, jump to a label and run of like logical operators. Departures: recursion is not
// counted; what stands in the head of an `if` is as nested as its body.
//
// A function inside a function: a lambda belongs to the function around it, in both measures. One
// with a name is measured by itself (nesting from 0); its cognitive complexity also counts for the
// function around it, one level deeper, unless that one has no flow break of its own (a decorator,
// a module in a function: the paper's compensating usage), its cyclomatic does not. Lambdas outside
// any function are not measured.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "analyzers/parse/outline.hpp"

namespace peer {

class FileExam;

struct Complexity {
  std::uint32_t cyclomatic = 0;  ///< at least 1 for a function
  std::uint32_t cognitive = 0;
  friend bool operator==(const Complexity&, const Complexity&) = default;
};

struct FunctionComplexity {
  std::uint32_t symbol = 0;  ///< index in Outline::symbols
  Complexity value;
};

/// Of every function, method and constructor with a body of `outline` (which must be that of
/// `file`), in source order. One walk.
[[nodiscard]] std::vector<FunctionComplexity> complexity_of(const SourceFile& file,
                                                            const Outline& outline);

/// A function whose complexity the change altered.
struct ComplexityChange {
  std::string function;                                       ///< qualified name
  std::uint32_t cyclomatic_before = 0, cyclomatic_after = 0;  // 0: the function is not there
  std::uint32_t cognitive_before = 0, cognitive_after = 0;
  friend bool operator==(const ComplexityChange&, const ComplexityChange&) = default;
};

/// A change with the place of the function in the new file.
struct LocatedChange {
  ComplexityChange change;
  const Symbol* symbol = nullptr;  ///< of exam.outline(); null when the function is gone
};

/// Functions that differ in complexity between both sides, in source order, those that are gone
/// last. Functions are paired by qualified name and signature, then name and order, then (renamed
/// or moved ones) equal complexity. Empty without a base.
[[nodiscard]] std::vector<LocatedChange> located_complexity_changes(FileExam& exam);

/// The same without places, for FileReview. A new function counts from 2 decisions on, so that
/// getters stay out.
[[nodiscard]] std::vector<ComplexityChange> complexity_changes(FileExam& exam);

}  // namespace peer
