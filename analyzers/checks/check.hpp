// What a check is: rules with their documentation, and a function that finds them in one file seen
// from both sides of a change. Each check is one file in this folder and one line in catalogue.def.
// Pure; a check may run on many threads.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "analyzers/change_set.hpp"
#include "analyzers/finding.hpp"
#include "analyzers/parse/outline.hpp"
#include "analyzers/parse/parse.hpp"
#include "analyzers/source_file.hpp"

namespace peer::secrets {
struct SecretHit;
class Redactor;
}  // namespace peer::secrets

namespace peer {

struct LocatedChange;

/// A piece of code that shows a rule at work, and is its test.
struct Example {
  std::string_view path;  ///< decides the language: "a.py"
  std::string_view code;  ///< the file after the change
  std::vector<std::uint32_t> lines =
      {};                        ///< where findings of the rule must begin; none for a good example
  std::string_view before = {};  ///< the file before the change; "": the file is new
  std::string_view fixed = {};   ///< what the rule's fix must make of it; "": not checked
  bool made_executable = false;  ///< the change sets the file's executable bit
};

/// One rule of a check: what `rules show` prints, and what every finding of it takes over.
struct RuleInfo {
  std::string_view id;  ///< reads well after "allow": "unused-import"
  /// "security", "secrets", "correctness", "maintainability", "supply-chain", ...
  std::string_view category;
  Severity severity = Severity::warning;
  double confidence = 0.9;
  std::string_view title;  ///< one phrase: "import that is never used"
  std::string_view why;    ///< why it is a problem; one to three sentences
  std::string_view help;   ///< how to fix it; one to three sentences
  /// Where there is a base, reported only where it is worse than there: that nothing was found on a
  /// changed line does not mean that nothing is wrong with it.
  bool relative = false;
  /// Other files of the change may bring it about: its silence about one file means nothing.
  bool across_files = false;
  std::vector<int> cwe = {};
  std::vector<std::string_view> references = {};  ///< addresses that explain more
  std::vector<Example> bad = {};
  std::vector<Example> good = {};
};

struct CheckOptions {
  ParseOptions parse;
  std::uint32_t max_cyclomatic = 15;
  std::uint32_t max_cognitive = 15;
  std::uint32_t duplicate_tokens = 50;  ///< least length of a duplicate
};

/// A file as a check sees it. Everything derived is made on first use and once. Not thread-safe:
/// one per thread.
class FileExam {
 public:
  /// `change`, `after` and `before` must outlive the exam; `before` is the old bytes, or null when
  /// there are none.
  FileExam(const ChangedFile& change, const SourceFile& after, const std::string* before,
           const CheckOptions& options, bool whole_file, std::stop_token stop = {});
  ~FileExam();
  FileExam(const FileExam&) = delete;
  FileExam& operator=(const FileExam&) = delete;

  [[nodiscard]] const ChangedFile& change() const { return change_; }
  [[nodiscard]] const SourceFile& after() const { return after_; }
  [[nodiscard]] const CheckOptions& options() const { return options_; }
  [[nodiscard]] const std::stop_token& stop() const { return stop_; }
  /// No base to compare with: every line counts as added (new files, paths, audits).
  [[nodiscard]] bool whole_file() const { return whole_file_; }
  /// The old file, parsed on first use; null when there is none.
  [[nodiscard]] const SourceFile* before();
  [[nodiscard]] const Outline& outline();
  /// Of before(); empty when there is none.
  [[nodiscard]] const Outline& before_outline();
  /// The outline of that side, or what of it is around `places` (see peer::outline_around) where
  /// nobody has asked for all.
  [[nodiscard]] std::shared_ptr<const Outline> outline_around(
      Side side, std::span<const std::uint32_t> places);
  /// located_complexity_changes() of this exam.
  [[nodiscard]] const std::vector<LocatedChange>& complexity();
  /// The secrets of after(), in order: for the check that reports them, and to mask them in all
  /// that is shown.
  [[nodiscard]] const std::vector<secrets::SecretHit>& secrets();
  /// Of before(); empty when there is none. Spans count bytes of before()'s text.
  [[nodiscard]] const std::vector<secrets::SecretHit>& before_secrets();
  /// Takes the secrets of after(), or of before() where there is one, out of findings.
  [[nodiscard]] const secrets::Redactor& redactor(Side side);
  /// Any line of `span` was added by the change.
  [[nodiscard]] bool is_added(Span span) const;
  /// Lines of the new file that the change added, sorted; the whole file when whole_file().
  [[nodiscard]] std::vector<LineRange> added_lines() const;
  /// Lines of the old file that the change removed, sorted.
  [[nodiscard]] std::vector<LineRange> removed_lines() const;

 private:
  struct Lazy;
  const ChangedFile& change_;
  const SourceFile& after_;
  const std::string* before_bytes_;
  const CheckOptions& options_;
  bool whole_file_;
  std::stop_token stop_;
  std::unique_ptr<Lazy> lazy_;
};

/// A finding of `rule` at `span` of `file` with all that the rule says filled in. Fingerprint,
/// frame, symbol and in_change come later, from examine().
[[nodiscard]] Finding make_finding(const RuleInfo& rule, const SourceFile& file, Span span,
                                   std::string message);

struct Check {
  std::string_view name;  ///< of the file it stands in: "unused_imports"
  std::span<const RuleInfo> (*rules)() = nullptr;
  /// Appends what it finds. A finding on an unchanged line counts as brought about by the change
  /// only if the check sets in_change itself (having compared with before()), or the generic
  /// comparison in examine() finds no counterpart.
  void (*run)(FileExam& exam, std::vector<Finding>& out) = nullptr;
  bool needs_tree = true;  ///< false: works on text, so it runs on every file
  bool security = false;   ///< part of check-security
};

/// Every check, in the order of the catalogue.
[[nodiscard]] std::span<const Check> all_checks();

/// The rule called `id` of any check, or null.
[[nodiscard]] const RuleInfo* find_rule(std::string_view id);

}  // namespace peer
