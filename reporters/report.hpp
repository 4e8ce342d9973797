// The outcome of a run: the one value that every renderer and publisher speaks from. A value.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analyzers/change_set.hpp"
#include "analyzers/examine.hpp"
#include "analyzers/finding.hpp"
#include "base/text_lines.hpp"
#include "llm/proved_fix.hpp"

namespace peer {

enum class Verdict { clean, findings, incomplete, not_reviewed, error };

/// How one changed file was covered.
enum class CoverageStatus {
  examined,      ///< text and tree
  text_only,     ///< by text checks only; `reason` says why
  out_of_scope,  ///< by its nature or by the user's wish; still clean
  skipped,       ///< in scope but not examined: the run is incomplete
};

struct HunkCoverage {
  Hunk hunk;
  bool examined = false;
  /// Names what the hunk says, wherever it stands in its file: the hash of its path and its removed
  /// and added lines; nullopt where that is not known.
  std::optional<std::string> id = {};
  friend bool operator==(const HunkCoverage&, const HunkCoverage&) = default;
};

struct FileCoverage {
  std::string path;
  CoverageStatus status = CoverageStatus::examined;
  std::string reason;
  bool complete = true;  ///< false: text_only because of a limit, or skipped
  std::vector<HunkCoverage> hunks;
  /// What examined it: "text" (checks of the text), "tree" (checks of the syntax tree), "rules"
  /// (YAML rules), "other tools" (their findings were taken in), "models", "models in part";
  /// nullopt in reports of before this was told.
  std::optional<TextLines> by = {};
  friend bool operator==(const FileCoverage&, const FileCoverage&) = default;
};

struct Coverage {
  std::vector<FileCoverage> files;
  std::size_t hunks_total = 0;
  std::size_t hunks_examined = 0;
  /// Rules that the user asked for but that are broken and did not run; the run is incomplete then.
  std::optional<std::size_t> rules_off = {};
  friend bool operator==(const Coverage&, const Coverage&) = default;
};

/// What the run cost.
struct Receipt {
  double seconds = 0;
  std::uint64_t calls = 0, models = 0, tokens_in = 0, tokens_out = 0, tokens_saved = 0;
  /// Of the files that questions were about, as they are and as they stood in the questions;
  /// `tokens_saved` is the difference, 0 where there is none. Absent: nobody counted.
  std::optional<std::uint64_t> tokens_before, tokens_after;
  std::uint64_t cache_hits = 0, cache_misses = 0;  ///< answers of models
  /// Files whose findings an earlier run had left in the store, and those examined anew. Absent: no
  /// store was asked.
  std::optional<std::uint64_t> files_remembered, files_examined;
  double cost_usd = 0;
  friend bool operator==(const Receipt&, const Receipt&) = default;
};

/// A rule that occurs in this report, for renderers that document rules.
struct ReportedRule {
  std::string id, category, title, why, help;
  Severity severity = Severity::warning;
  double confidence = 1.0;
  std::vector<int> cwe;
  std::vector<std::string> references;
  std::optional<std::vector<std::string>> tags;  ///< "sql-injection", "owasp/A03:2021"
  friend bool operator==(const ReportedRule&, const ReportedRule&) = default;
};

/// A function whose complexity changed, and where.
struct FileComplexity {
  std::string path;
  ComplexityChange change;
  friend bool operator==(const FileComplexity&, const FileComplexity&) = default;
};

/// A file as proved fixes leave it.
struct FixedText {
  std::string path, text;
  friend bool operator==(const FixedText&, const FixedText&) = default;
};

struct Report {
  std::string tool_version;
  std::string command;  ///< "review", "audit", ...
  ChangeSet change;
  std::vector<Finding> findings;    ///< counted ones, by path and position
  std::vector<Finding> suppressed;  ///< found but not counted, each with its Suppression
  std::vector<ProvedFix> fixes;
  std::vector<ReportedRule> rules;
  std::vector<FileComplexity> complexity;
  Coverage coverage;
  Receipt receipt;
  std::vector<std::string> degraded;  ///< every step down, one sentence each
  /// Facts that Peer counted, then a model's paragraph about them where there is one.
  std::optional<std::vector<std::string>> summary = {};
  /// Where fixes are to be committed: the files with those of `fixes` that are to be applied, all
  /// together.
  std::optional<std::vector<FixedText>> fixed = {};
  Verdict verdict = Verdict::clean;
  bool complete = true;
  Severity fail_on = Severity::error;
  bool fail_never = false;  ///< --fail-on never
  friend bool operator==(const Report&, const Report&) = default;
};

/// Sets verdict and complete from findings, coverage and change: `findings` when there are any,
/// else `clean` when all in scope was examined by every rule, else `incomplete`, or `not_reviewed`
/// when none of it was. A verdict `error` stays.
void decide(Report& report);

/// 1 with findings at or above fail_on; else 3 when incomplete or not reviewed, 0 when not; 70 for
/// the verdict `error`.
[[nodiscard]] int exit_code(const Report& report);

/// The one that counts where several hold: 70, 2, 1, 4, 3, 0 in this order. For what a run and its
/// publishing gave.
[[nodiscard]] int worst_exit_code(std::initializer_list<int> codes);

[[nodiscard]] std::string_view to_string(Verdict verdict);
[[nodiscard]] std::string_view to_string(CoverageStatus status);
[[nodiscard]] std::optional<Verdict> parse_verdict(std::string_view name);
[[nodiscard]] std::optional<CoverageStatus> parse_coverage_status(std::string_view name);

}  // namespace peer
