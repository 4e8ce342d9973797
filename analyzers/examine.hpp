// One file through all checks: the unit of work that threads and isolated worker processes share.
// Pure: bytes in, values out. Thread-safe.
#pragma once

#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "analyzers/change_set.hpp"
#include "analyzers/checks/check.hpp"
#include "analyzers/checks/duplicate_code.hpp"
#include "analyzers/complexity.hpp"
#include "analyzers/finding.hpp"

namespace peer::rules {
class RuleBook;
}

namespace peer {

/// A changed file and its contents.
struct FileJob {
  ChangedFile file;
  std::optional<std::string> before;   ///< bytes of the old side
  std::optional<std::string> after;    ///< bytes of the new side
  bool whole_file = false;             ///< see FileExam
  std::vector<Finding> imported = {};  ///< of other tools, placed in the text of `after`
  /// What showed only when all files were seen. Where there is any, these are completed and
  /// silenced by the comments of the file, and nothing else is looked for.
  std::vector<Finding> across = {};
};

/// Files whose name matches the glob are of this language, whatever their name says otherwise.
struct LanguageGlob {
  std::string glob;      ///< of the file's name without folders
  std::string language;  ///< Language::name
};

struct ExamineOptions {
  CheckOptions checks;
  bool security_only = false;
  RuleIds disabled_rules;
  std::shared_ptr<const rules::RuleBook> rules;  ///< the YAML rules; null: none
  bool only_rules = false;                       ///< YAML rules without the checks
  std::vector<LanguageGlob> language_globs;
  /// Severities set from outside, by rule id ("" is every rule); the last that names a rule wins.
  struct SeverityOf {
    std::string rule;
    Severity severity = Severity::hint;
  };
  std::vector<SeverityOf> severities;
};

/// How thoroughly a file was looked at.
enum class Depth {
  full,       ///< text and tree
  text_only,  ///< no tree: unknown language, too large or over the time budget
  none,       ///< not examined
};

struct FileReview {
  std::vector<Finding> findings;  ///< sorted by position; suppressed ones are marked, not dropped
  Depth depth = Depth::full;
  std::string reason;    ///< why depth is not full, for people: "3.2 MB, over the limit of 1 MB
                         ///< (parse.max_bytes)"
  bool complete = true;  ///< false: something in scope was left out (size, time, a crash), so the
                         ///< run is incomplete
  std::string language;  ///< id or ""
  /// Of functions the change touched; empty for whole files.
  std::vector<ComplexityChange> complexity;
  /// For duplicates_across(); values, safe to send between processes.
  std::vector<CodeWindow> added_code;
};

/// Runs every check and every YAML rule that applies to `job`, then completes each finding:
/// enclosing symbol, fingerprint, code frame, in_change, suppression comments.
[[nodiscard]] FileReview examine(const FileJob& job, const ExamineOptions& options,
                                 const std::stop_token& stop = {});

}  // namespace peer
