// Many fixes onto one file: those that do not overlap together, the others in later rounds on the
// text that the earlier ones left, each round proved before the next builds on it. Pure, given a
// pure Examine; thread-safe.
#pragma once

#include <cstddef>
#include <functional>
#include <stop_token>
#include <string>
#include <vector>

#include "analyzers/fix/editorconfig.hpp"
#include "analyzers/fix/verify.hpp"

namespace peer {

/// What is to become of a finding's fix.
enum class Wish {
  leave,  ///< not looked at
  prove,  ///< proved alone, not applied
  apply,  ///< applied if it can be proved
};

/// Asked once for each finding of the file, with the fix that its rule offers, if any.
using Choose = std::function<Wish(const Finding&)>;

struct RoundsOptions {
  int max_rounds = 10;
  std::size_t max_trials =
      64;  ///< examinations of one file; fixes that are left then stay undecided
  VerifyOptions verify;
  EditorSettings editor;
  std::stop_token stop;
};

enum class FixOutcome {
  applied,     ///< in the text, every step shown
  proved,      ///< every step shown, but only asked to be proved
  failed,      ///< a step failed
  superseded,  ///< not needed: another fix cleared its finding
  undecided,   ///< could not be shown within the limits; the proof says what is missing
};

struct TriedFix {
  Finding finding;  ///< as it stood in the file before any fix
  Fix fix;          ///< as it would be applied alone to that file: spans of its text
  Proof proof;
  FixOutcome outcome = FixOutcome::undecided;
  std::string note;  ///< for `superseded` and `undecided`: one sentence
  std::string diff;  ///< of `fix` alone; "" when it is too long to show
};

struct RoundsResult {
  std::string bytes;            ///< of the file with all applied fixes, in its own encoding
  std::vector<TriedFix> fixes;  ///< by place
  FileReview review;            ///< of `bytes`
  int rounds = 0;               ///< that changed something
  std::size_t trials = 0;       ///< examinations made to prove
};

/// Fixes `job`, whose `after` must be there. In each round fixes are taken in order of their start;
/// one that overlaps an earlier one waits. When a round fails as a whole it is halved until the
/// culprits are found; they are left out. Ends when nothing is left to apply, and since each fix
/// clears a finding and may bring none, it does end.
[[nodiscard]] RoundsResult run_rounds(const FileJob& job, const Choose& choose,
                                      const Examine& examine, const RoundsOptions& options = {});

[[nodiscard]] std::string_view to_string(FixOutcome outcome);

}  // namespace peer
