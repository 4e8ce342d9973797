// What was shown about a fix, step by step. A value.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace peer {

/// The steps of a proof, in the order in which they are tried.
enum class ProofStep {
  applies,      ///< every edit fits the text exactly and none overlap
  in_scope,     ///< only this file, no protected path, not too large
  parses,       ///< no syntax error that was not there
  clears,       ///< the finding is gone
  nothing_new,  ///< no finding that was not there
  idempotent,   ///< applying again changes nothing
  user_check,   ///< the user's --verify-cmd passes
};

enum class StepResult { passed, failed, not_run };

struct ProofEntry {
  ProofStep step = ProofStep::applies;
  StepResult result = StepResult::not_run;
  std::string detail;  ///< what was seen, for a step that failed
  friend bool operator==(const ProofEntry&, const ProofEntry&) = default;
};

struct Proof {
  std::vector<ProofEntry> entries;

  /// No step failed and every model-free one (applies to idempotent) passed.
  [[nodiscard]] bool holds() const;
  /// The step that failed, or null.
  [[nodiscard]] const ProofEntry* failure() const;
  friend bool operator==(const Proof&, const Proof&) = default;
};

[[nodiscard]] std::string_view to_string(ProofStep step);     ///< "nothing new"
[[nodiscard]] std::string_view to_string(StepResult result);  ///< "passed"

}  // namespace peer
