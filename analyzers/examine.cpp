#include "analyzers/examine.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <iterator>
#include <map>
#include <optional>
#include <string_view>

#include "analyzers/complete.hpp"
#include "analyzers/fingerprint.hpp"
#include "analyzers/import/join.hpp"
#include "analyzers/languages/language.hpp"
#include "analyzers/rules/rule_book.hpp"
#include "analyzers/rules/rule_findings.hpp"
#include "analyzers/rules/suppression.hpp"
#include "base/glob.hpp"

namespace peer {
namespace {

constexpr std::string_view kUnusedSuppression = "unused-suppression";

bool wanted(const Check& check, const SourceFile& file, const ExamineOptions& options) {
  if (options.only_rules || (check.needs_tree && file.tree() == nullptr)) return false;
  return check.security || !options.security_only;
}

bool is_disabled(std::string_view rule, const ExamineOptions& options) {
  return options.disabled_rules.contains(rule);
}

rules::Asked asked_of(const ExamineOptions& options) {
  return {&options.disabled_rules, options.security_only};
}

void override_severities(std::vector<Finding>& findings, const ExamineOptions& options) {
  for (auto& finding : findings) {
    bool is_named = false;
    for (const auto& [rule, severity] : options.severities) {
      if (rule != finding.rule && (!rule.empty() || is_named)) continue;
      finding.severity = severity;
      is_named = !rule.empty();
    }
  }
}

/// What the checks and the YAML rules find; `unfinished` says which limit ended a search, if one
/// did.
std::vector<Finding> run_checks(FileExam& exam, const ExamineOptions& options,
                                std::string& unfinished,
                                const rules::Candidates* candidates = nullptr) {
  std::vector<Finding> findings;
  for (const auto& check : all_checks()) {
    if (exam.stop().stop_requested()) break;
    if (wanted(check, exam.after(), options)) check.run(exam, findings);
  }
  std::erase_if(findings, [&](const Finding& f) { return is_disabled(f.rule, options); });
  if (options.rules) {
    auto by_rules = rules::find_by_rules(exam.after(), *options.rules, asked_of(options),
                                         exam.stop(), candidates);
    unfinished = std::move(by_rules.reason);
    std::move(by_rules.findings.begin(), by_rules.findings.end(), std::back_inserter(findings));
  }
  override_severities(findings, options);
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
  std::string unfinished;
  auto old_findings = run_checks(old_exam, options, unfinished);
  complete(old_findings, old_exam);
  set_fingerprints(old_findings, *before);
  std::vector<bool> known(findings.size(), false);
  for (const auto& [old_index, new_index] :
       match_findings(old_findings, findings, {&exam.change(), 1}))
    known[new_index] = true;
  for (std::size_t i = 0; i < findings.size(); ++i)
    if (!known[i]) findings[i].in_change = true;
}

/// Whether the YAML rule called `id` was run on the file.
bool yaml_rule_ran(std::string_view id, const FileExam& exam, const ExamineOptions& options) {
  const auto* rule = options.rules ? options.rules->set().find(id) : nullptr;
  const auto* language = exam.after().language();
  if (rule == nullptr || language == nullptr || exam.after().tree() == nullptr) return false;
  const auto* speaker = options.rules->speaker(*rule, *language);
  return speaker != nullptr && rules::is_asked(speaker->facts, asked_of(options)) &&
         rule->is_for(exam.after().path());
}

/// Whether `rule` was run on the file, so that its silence means something.
bool ran(std::string_view rule, const FileExam& exam, const ExamineOptions& options) {
  for (const auto& check : all_checks())
    for (const auto& info : check.rules())
      if (info.id == rule)
        return wanted(check, exam.after(), options) && !is_disabled(rule, options) &&
               (exam.whole_file() || !info.relative) && !info.across_files;
  return yaml_rule_ran(rule, exam, options);
}

SourceOfRule sources_of_rules(const ExamineOptions& options) {
  return [&options,
          known = std::map<std::string, RuleSource, std::less<>>()](std::string_view id) mutable {
    if (const auto it = known.find(id); it != known.end()) return it->second;
    const auto* rule = options.rules ? options.rules->set().find(id) : nullptr;
    const bool built_in = rule != nullptr && rule->origin == rules::Origin::built_in;
    const auto source = rule == nullptr ? RuleSource::peer
                        : built_in      ? RuleSource::pack
                                        : RuleSource::users;
    known.emplace(id, source);
    return source;
  };
}

/// The id of every rule there is.
std::vector<std::string_view> known_rules(const ExamineOptions& options) {
  std::vector<std::string_view> ids;
  for (const auto& check : all_checks())
    for (const auto& info : check.rules())
      ids.push_back(info.id);
  if (options.rules)
    ids.insert(ids.end(), options.rules->ids().begin(), options.rules->ids().end());
  return ids;
}

/// Comments of ast-grep's that are of no use are told where somebody asks for it: they are of use
/// to rules that Peer does not see.
bool tells_unused_ignores(const ExamineOptions& options) {
  return !is_disabled(kUnusedSuppression, options) &&
         std::any_of(options.severities.begin(), options.severities.end(), [](const auto& each) {
           return each.rule.empty() || each.rule == kUnusedSuppression;
         });
}

/// Marks what comments silence, on both sides, and adds what is to be said about those comments.
void silence(std::vector<Finding>& findings, FileExam& exam, const ExamineOptions& options) {
  const auto known = known_rules(options);
  SuppressionScope scope{
      known, [&](std::string_view rule) { return ran(rule, exam, options); },
      [&](std::uint32_t line) { return exam.is_added(exam.after().lines().line_span(line)); }};
  scope.peer_ignores = ran(kUnusedSuppression, exam, options);
  scope.ast_grep_ignores = tells_unused_ignores(options);
  const bool remarked =
      (scope.peer_ignores || scope.ast_grep_ignores) && !exam.stop().stop_requested();
  const auto source = sources_of_rules(options);
  auto remarks = apply_suppressions(findings, exam.after(), Side::new_side,
                                    remarked ? &scope : nullptr, source);
  if (std::any_of(findings.begin(), findings.end(),
                  [](const Finding& f) { return f.side == Side::old_side; }))
    if (const auto* before = exam.before(); before != nullptr)
      (void)apply_suppressions(findings, *before, Side::old_side, nullptr, source);
  override_severities(remarks, options);
  complete(remarks, exam);
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
    case ParseOutcome::lone_returns:
      review.depth = Depth::text_only;
      review.complete = false;
      review.reason = "lines end in CR alone, which the grammar cannot count: convert them to LF";
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
      review.reason = fmt::format("PEER-E110: not parsed within {} ms (parse.budget_ms)",
                                  options.budget.count());
      break;
  }
  return review;
}

/// What the user's globs say about the language of a file; null: nothing.
const Language* language_by_glob(std::string_view path, const ExamineOptions& options) {
  const auto name = path.substr(path.rfind('/') + 1);
  for (const auto& each : options.language_globs)
    if (glob_matches_itself(each.glob, name)) return find_language(each.language);
  return nullptr;
}

/// What is known of a file before it is parsed.
struct Screening {
  const Language* language = nullptr;  ///< null: not known yet
  /// The YAML rules that may match, where they alone are asked.
  std::optional<rules::Candidates> candidates;
  /// None may, and nothing else is asked: the file need not be parsed.
  bool is_clean = false;
};

Screening screen(const FileJob& job, const ExamineOptions& options) {
  Screening screening;
  screening.language = language_by_glob(job.file.path, options);
  if (!options.only_rules || !job.after || job.after->find('\0') != std::string::npos)
    return screening;
  if (screening.language == nullptr)
    screening.language = detect_language(job.file.path, *job.after);
  if (screening.language == nullptr) return screening;
  screening.candidates.emplace();
  if (options.rules)
    *screening.candidates = rules::candidates_for(*options.rules, *screening.language,
                                                  job.file.path, *job.after, asked_of(options));
  const bool has_ignores =
      tells_unused_ignores(options) && job.after->find("ast-grep-ignore") != std::string::npos;
  screening.is_clean = screening.candidates->empty() && job.imported.empty() && !has_ignores;
  return screening;
}

/// What a parsed file without findings would say.
FileReview clean_review(const Language& language) {
  FileReview review;
  review.language = std::string(language.name);
  return review;
}

FileReview complete_across(const FileJob& job, const ExamineOptions& options,
                           const std::stop_token& stop) {
  const SourceFile after = parse(job.file.path, job.after.value_or(""), options.checks.parse, stop,
                                 language_by_glob(job.file.path, options));
  FileExam exam(job.file, after, nullptr, options.checks, job.whole_file, stop);
  auto review = describe(after, options.checks.parse);
  const auto size = after.text().size();
  for (const auto& finding : job.across) {
    if (finding.at.span.begin > finding.at.span.end || finding.at.span.end > size) continue;
    review.findings.push_back(finding);
  }
  complete(review.findings, exam);
  override_severities(review.findings, options);
  set_fingerprints(review.findings, after);
  (void)apply_suppressions(review.findings, after, Side::new_side, nullptr);
  return review;
}

}  // namespace

FileReview examine(const FileJob& job, const ExamineOptions& options, const std::stop_token& stop) {
  if (!job.across.empty()) return complete_across(job, options, stop);
  const auto screening = screen(job, options);
  if (screening.is_clean) return clean_review(*screening.language);
  auto parsing = options.checks.parse;
  parsing.plain = options.only_rules;  // the checks read C with macros blanked, rules do not
  const SourceFile after =
      parse(job.file.path, job.after.value_or(""), parsing, stop, screening.language);
  FileExam exam(job.file, after, job.before ? &*job.before : nullptr, options.checks,
                job.whole_file, stop);
  FileReview review = describe(after, options.checks.parse);
  std::string unfinished;
  review.findings = run_checks(exam, options, unfinished,
                               screening.candidates ? &*screening.candidates : nullptr);
  if (!unfinished.empty() && review.complete) {
    review.complete = false;
    review.reason = std::move(unfinished);
  }
  complete(review.findings, exam);
  set_fingerprints(review.findings, after);
  mark_brought_about(review.findings, exam, options);
  join_imported(review.findings, job.imported, exam, options);
  silence(review.findings, exam, options);
  if (!options.security_only && !options.only_rules) {
    review.complexity = complexity_changes(exam);
    if (!is_disabled("duplicate-code", options)) review.added_code = added_code_windows(exam);
  }
  return review;
}

}  // namespace peer
