// What the kinds of a language's nodes mean where complexity is counted: `branches`,
// `logical_operators` and `plain_statements` of languages/language.hpp by the grammar's numbers.
// Taken with per_language(). Immutable.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "analyzers/languages/language.hpp"
#include "analyzers/parse/preorder.h"

namespace peer {

enum class LogicalOperator : std::uint8_t { none, conjunction, disjunction };

/// What a kind of node means for the count.
struct BranchMeaning {
  std::optional<BranchKind> inner;  ///< as a node with a name: "if_statement"
  std::optional<BranchKind> word;   ///< as a leaf: "else"
  LogicalOperator logical = LogicalOperator::none;
  bool operator_by_text = false;  ///< its text says which operator it is (Scala)
  bool plain = false;             ///< a statement that need not be entered nearly always
  bool transparent = false;       ///< parentheses: a run of operators goes on through them

  /// Nothing can come of a node of this kind.
  [[nodiscard]] bool is_nothing() const {
    return !inner && !word && logical == LogicalOperator::none && !operator_by_text && !plain &&
           !transparent;
  }
};

class BranchTable {
 public:
  explicit BranchTable(const Language& language);

  /// Of a kind that plan() wants.
  [[nodiscard]] const BranchMeaning& meaning(std::uint16_t kind) const { return meanings_[kind]; }
  /// A walk past the kinds that mean nothing.
  [[nodiscard]] PeerPreorderPlan plan() const {
    return {wanted_.data(), static_cast<std::uint32_t>(meanings_.size()), nullptr, 0, false};
  }

 private:
  std::vector<BranchMeaning> meanings_;  // by kind
  std::vector<std::uint8_t> wanted_;     // by kind, and one more for errors
};

}  // namespace peer
