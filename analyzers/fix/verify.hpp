// The proof of a fix, without a model: it is tried on a copy of the file, and the copy is examined.
// Pure, given a pure Examine; thread-safe.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "analyzers/fix/draft.hpp"
#include "analyzers/fix/proof.hpp"

namespace peer {

struct VerifyOptions {
  ParseOptions parse;
  std::size_t max_changed_bytes = std::size_t{64} << 10U;  ///< removed plus inserted, of one fix
};

/// A fix for one finding of a draft.
struct Candidate {
  std::size_t finding = 0;  ///< index in Draft::review.findings
  Fix fix;                  ///< spans of the draft's text
};

/// What came of trying some fixes together.
struct Trial {
  /// One per candidate, in order, with an entry for each model-free step.
  std::vector<Proof> proofs;
  /// The file with all of them; absent when they could not even be applied.
  std::optional<Draft> after;
  /// For each finding of the old draft its index in after->review, where it is still there.
  std::vector<std::optional<std::size_t>> still;

  [[nodiscard]] bool holds() const;
};

/// Applies all `candidates` (whose edits must not overlap; equal fixes count once) to `draft` and
/// proves them together: a step about the whole text has the same result for all, a step about one
/// fix its own.
[[nodiscard]] Trial try_fixes(const Draft& draft, std::span<const Candidate> candidates,
                              const Examine& examine, const VerifyOptions& options);

/// The steps that need no trial: that `fix` applies exactly and stays in scope. Nothing when both
/// hold, else the proof that ends with the step that failed.
[[nodiscard]] std::optional<Proof> precheck(const Draft& draft, const Fix& fix,
                                            const VerifyOptions& options);

/// The proof of one fix alone.
[[nodiscard]] Proof verify(const Draft& draft, const Candidate& candidate, const Examine& examine,
                           const VerifyOptions& options = {});

}  // namespace peer
