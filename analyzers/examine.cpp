#include "analyzers/examine.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <iterator>

#include "analyzers/complete.hpp"
#include "analyzers/fingerprint.hpp"
#include "analyzers/languages/language.hpp"
#include "analyzers/rules/suppression.hpp"

namespace peer {
namespace {

bool wanted(const Check& check, const SourceFile& file, const ExamineOptions& options) {
  if (check.needs_tree && file.tree() == nullptr) return false;
  return check.security || !options.security_only;
}

bool is_disabled(std::string_view rule, const ExamineOptions& options) {
  return std::find(options.disabled_rules.begin(), options.disabled_rules.end(), rule) !=
         options.disabled_rules.end();
}

std::vector<Finding> run_checks(FileExam& exam, const ExamineOptions& options) {
  std::vector<Finding> findings;
  for (const auto& check : all_checks()) {
    if (exam.stop().stop_requested()) break;
    if (wanted(check, exam.after(), options)) check.run(exam, findings);
  }
  std::erase_if(findings, [&](const Finding& f) { return is_disabled(f.rule, options); });
  std::stable_sort(findings.begin(), findings.end(),
                   [](const Finding& a, const Finding& b) { return a.at.span < b.at.span; });
  return findings;
}

/// Findings on unchanged lines that the old file did not have were brought about by the change (the
/// last use of an import was deleted). The old file is examined only if there are any.
void mark_brought_about(std::vector<Finding>& findings, FileExam& exam,
                        const ExamineOptions& options) {
  const bool any =
      std::any_of(findings.begin(), findings.end(), [](const Finding& f) { return !f.in_change; });
  const auto* before = any ? exam.before() : nullptr;
  if (before == nullptr) return;
  ChangedFile old_file = exam.change();
  old_file.path = old_file.old_path;
  old_file.hunks.clear();
  FileExam old_exam(old_file, *before, nullptr, exam.options(), false, exam.stop());
  auto old_findings = run_checks(old_exam, options);
  for (auto& finding : old_findings)
    complete(finding, old_exam);
  set_fingerprints(old_findings, *before);
  std::vector<bool> known(findings.size(), false);
  for (const auto& [old_index, new_index] : match_findings(old_findings, findings))
    known[new_index] = true;
  for (std::size_t i = 0; i < findings.size(); ++i)
    if (!known[i]) findings[i].in_change = true;
}

/// Whether `rule` was run on the file, so that its silence means something.
bool ran(std::string_view rule, const FileExam& exam, const ExamineOptions& options) {
  for (const auto& check : all_checks())
    for (const auto& info : check.rules())
      if (info.id == rule)
        return wanted(check, exam.after(), options) && !is_disabled(rule, options) &&
               (exam.whole_file() || !info.relative);
  return false;
}

/// Marks what comments silence, on both sides, and adds what is to be said about those comments.
void silence(std::vector<Finding>& findings, FileExam& exam, const ExamineOptions& options) {
  static const std::vector<std::string_view> kKnown = [] {
    std::vector<std::string_view> ids;
    for (const auto& check : all_checks())
      for (const auto& info : check.rules())
        ids.push_back(info.id);
    return ids;
  }();
  const SuppressionScope scope{
      kKnown, [&](std::string_view rule) { return ran(rule, exam, options); },
      [&](std::uint32_t line) { return exam.is_added(exam.after().lines().line_span(line)); }};
  const bool remarked = ran("unused-suppression", exam, options) && !exam.stop().stop_requested();
  auto remarks =
      apply_suppressions(findings, exam.after(), Side::new_side, remarked ? &scope : nullptr);
  if (std::any_of(findings.begin(), findings.end(),
                  [](const Finding& f) { return f.side == Side::old_side; }))
    if (const auto* before = exam.before(); before != nullptr)
      (void)apply_suppressions(findings, *before, Side::old_side, nullptr);
  for (auto& remark : remarks)
    complete(remark, exam);
  set_fingerprints(remarks, exam.after());
  findings.insert(findings.end(), std::make_move_iterator(remarks.begin()),
                  std::make_move_iterator(remarks.end()));
  std::stable_sort(findings.begin(), findings.end(),
                   [](const Finding& a, const Finding& b) { return a.at.span < b.at.span; });
}

FileReview describe(const SourceFile& file, const ParseOptions& options) {
  FileReview review;
  review.language = file.language() == nullptr ? "" : std::string(file.language()->name);
  switch (file.outcome()) {
    case ParseOutcome::parsed:
      break;
    case ParseOutcome::no_grammar:
      review.depth = Depth::text_only;
      review.reason = "no grammar for this kind of file";
      break;
    case ParseOutcome::too_large:
      review.depth = Depth::text_only;
      review.complete = false;
      review.reason = fmt::format("{:.1f} MB, over the limit of {:.1f} MB (parse.max_bytes)",
                                  static_cast<double>(file.text().size()) / 1048576.0,
                                  static_cast<double>(options.max_bytes) / 1048576.0);
      break;
    case ParseOutcome::timed_out:
      review.depth = Depth::text_only;
      review.complete = false;
      review.reason =
          fmt::format("not parsed within {} ms (parse.budget_ms)", options.budget.count());
      break;
  }
  return review;
}

}  // namespace

FileReview examine(const FileJob& job, const ExamineOptions& options, const std::stop_token& stop) {
  const SourceFile after = parse(job.file.path, job.after.value_or(""), options.checks.parse, stop);
  FileExam exam(job.file, after, job.before ? &*job.before : nullptr, options.checks,
                job.whole_file, stop);
  FileReview review = describe(after, options.checks.parse);
  review.findings = run_checks(exam, options);
  for (auto& finding : review.findings)
    complete(finding, exam);
  set_fingerprints(review.findings, after);
  mark_brought_about(review.findings, exam, options);
  silence(review.findings, exam, options);
  if (!options.security_only) {
    review.complexity = complexity_changes(exam);
    if (!is_disabled("duplicate-code", options)) review.added_code = added_code_windows(exam);
  }
  return review;
}

}  // namespace peer
