// One file through all checks: the unit of work that threads and isolated worker processes share.
// Pure: bytes in, values out. Thread-safe.
#pragma once

#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "analyzers/change_set.hpp"
#include "analyzers/checks/check.hpp"
#include "analyzers/checks/duplicate_code.hpp"
#include "analyzers/complexity.hpp"
#include "analyzers/finding.hpp"

namespace peer {

/// A changed file and its contents.
struct FileJob {
  ChangedFile file;
  std::optional<std::string> before;  ///< bytes of the old side
  std::optional<std::string> after;   ///< bytes of the new side
  bool whole_file = false;            ///< see FileExam
};

struct ExamineOptions {
  CheckOptions checks;
  bool security_only = false;
  std::vector<std::string> disabled_rules;
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
  std::vector<ComplexityChange>
      complexity;  ///< of functions the change touched; empty for whole files
  std::vector<CodeWindow>
      added_code;  ///< for duplicates_across(); values, safe to send between processes
};

/// Runs every check that applies to `job`, then completes each finding: enclosing symbol,
/// fingerprint, code frame, in_change, suppression comments.
[[nodiscard]] FileReview examine(const FileJob& job, const ExamineOptions& options,
                                 const std::stop_token& stop = {});

}  // namespace peer
