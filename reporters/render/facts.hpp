// What several formats say in the same words: counts, what can be fixed, what was covered and what
// was not. Pure; thread-safe.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "reporters/report.hpp"

namespace peer {

/// Findings by severity; index by the enumerator's value.
using SeverityCounts = std::array<std::size_t, 4>;
[[nodiscard]] SeverityCounts count_severities(const Report& report);

/// "2 errors, 3 warnings, 1 info, 2 hints", worst first, noughts left out; "no findings" when there
/// are none.
[[nodiscard]] std::string counts_words(const SeverityCounts& counts);

/// "1 error", "2 info".
[[nodiscard]] std::string count_words(std::size_t count, Severity severity);

/// The proved fixes of a report by the finding they answer. Refers to the report, which must
/// outlive it.
class FixIndex {
 public:
  explicit FixIndex(const Report& report);
  /// The fix for `finding`, or null.
  [[nodiscard]] const ProvedFix* find(const Finding& finding) const;

 private:
  std::unordered_map<std::string, const ProvedFix*> fixes_;
};

/// What fix-all would do with a finding.
enum class Fixable { no, with_unsafe, yes };
[[nodiscard]] Fixable fixable(const Finding& finding, const ProvedFix* fix);

struct FixCounts {
  std::size_t safe = 0;  ///< that fix-all applies
  std::size_t all = 0;   ///< with --unsafe
};
[[nodiscard]] FixCounts count_fixes(const Report& report, const FixIndex& fixes);

/// What was examined, in numbers; out-of-scope files do not count.
struct CoverageCounts {
  std::size_t files = 0, files_examined = 0, hunks = 0, hunks_examined = 0;
};
[[nodiscard]] CoverageCounts count_coverage(const Report& report);

/// "examined 23/23 hunks, 7/7 files"; hunks are left out where there is no diff.
[[nodiscard]] std::string coverage_words(const Report& report);

/// Something in scope that was not (fully) examined.
struct Gap {
  std::string path;    ///< raw
  std::string lines;   ///< "10-15, 80-90" of the new file, or "" for all of it
  std::string reason;  ///< raw
};
[[nodiscard]] std::vector<Gap> gaps(const Report& report);

/// Files out of scope, in order.
[[nodiscard]] std::vector<const FileCoverage*> out_of_scope(const Report& report);

/// The sentences about steps down of the run and of reading the change, each once.
[[nodiscard]] std::vector<std::string> degraded_sentences(const Report& report);

/// "applies, parses, clears, nothing new": the steps that passed; or "failed: parses (detail)".
[[nodiscard]] std::string proof_words(const Proof& proof);

/// The message of a finding, and in brackets who says so where that is more than its rule tells:
/// "json is never used (peer, ruff 0.4)".
[[nodiscard]] std::string sourced_message(const Finding& finding);

/// "9/10".
[[nodiscard]] std::string confidence_words(double confidence);

/// "7 files, 23 hunks"; "no changes" when there are none.
[[nodiscard]] std::string size_words(const Report& report);

}  // namespace peer
