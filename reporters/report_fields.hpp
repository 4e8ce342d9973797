// The JSON form of a report, described once for both directions: an archive `a` is called with each
// key and field in the order of docs/report.schema.json, so that what one direction writes the
// other reads. See report_json.hpp.
#pragma once

#include <concepts>
#include <cstdint>
#include <type_traits>
#include <utility>

#include "reporters/report.hpp"

namespace peer {

/// Raised when a reader of older reports could misread a newer one; additions do not raise it.
constexpr std::uint32_t kReportVersion = 1;

/// `T` is `U`, const when it is written and not when it is read.
template <class T, class U>
concept Of = std::same_as < std::remove_const_t<T>,
U > ;

/// A field kept in a form that saves room (SharedText, Rare, TextLines): it is written and read as
/// its Plain.
template <class T>
concept HasPlain = requires(const T& kept, typename T::Plain plain) {
                     { kept.plain() } -> std::convertible_to<typename T::Plain>;
                     T(std::move(plain));
                   };

/// The last enumerator of an enumeration whose words (`to_string`) may stand in a report.
template <class E>
inline constexpr int kLastOf = -1;
template <>
inline constexpr int kLastOf<Severity> = static_cast<int>(Severity::error);
template <>
inline constexpr int kLastOf<Side> = static_cast<int>(Side::new_side);
template <>
inline constexpr int kLastOf<Safety> = static_cast<int>(Safety::unsafe);
template <>
inline constexpr int kLastOf<ChangeStatus> = static_cast<int>(ChangeStatus::type_changed);
template <>
inline constexpr int kLastOf<Nature> = static_cast<int>(Nature::submodule);
template <>
inline constexpr int kLastOf<ProofStep> = static_cast<int>(ProofStep::user_check);
template <>
inline constexpr int kLastOf<StepResult> = static_cast<int>(StepResult::not_run);
template <>
inline constexpr int kLastOf<Decision> = static_cast<int>(Decision::reject);
template <>
inline constexpr int kLastOf<Verdict> = static_cast<int>(Verdict::error);
template <>
inline constexpr int kLastOf<CoverageStatus> = static_cast<int>(CoverageStatus::skipped);

template <class A>
void fields(A& a, Of<Span> auto& span) {
  a("begin", span.begin);
  a("end", span.end);
}

template <class A>
void fields(A& a, Of<LineRange> auto& lines) {
  a("first", lines.first);
  a("count", lines.count);
}

template <class A>
void fields(A& a, Of<Location> auto& at) {
  a("line", at.start.line);
  a("column", at.start.column);
  a("end_line", at.end.line);
  a("end_column", at.end.column);
  a("span", at.span);
}

template <class A>
void fields(A& a, Of<CodeFrame> auto& frame) {
  a("first_line", frame.first_line);
  a("first_column", frame.first_column);
  a("lines", frame.lines);
}

template <class A>
void fields(A& a, Of<Related> auto& related) {
  fields(a, related.at);
  a("message", related.message);
  a("frame", related.frame);
  a.path("path", related.path);
}

template <class A>
void fields(A& a, Of<FlowStep> auto& step) {
  fields(a, step.at);
  a("message", step.message);
}

template <class A>
void fields(A& a, Of<Suppression> auto& suppression) {
  a("kind", suppression.kind);
  a("reason", suppression.reason);
}

template <class A>
void fields(A& a, Of<Edit> auto& edit) {
  a("span", edit.span);
  a("text", edit.text);
}

template <class A>
void fields(A& a, Of<Fix> auto& fix) {
  a("title", fix.title);
  a("safety", fix.safety);
  a("origin", fix.origin);
  a("edits", fix.edits);
  a("edit_locations", fix.edit_locations);
}

template <class A>
void fields(A& a, Of<Finding> auto& finding) {
  a("rule", finding.rule);
  a("category", finding.category);
  a("severity", finding.severity);
  a("confidence", finding.confidence);
  a.path("path", finding.path);
  fields(a, finding.at);
  a("side", finding.side);
  a("message", finding.message);
  a("why", finding.why);
  a("help", finding.help);
  a("cwe", finding.cwe);
  a("symbol", finding.symbol);
  a("fingerprint", finding.fingerprint);
  a("in_change", finding.in_change);
  a("tools", finding.tools);
  a("frame", finding.frame);
  a("related", finding.related);
  a("flow", finding.flow);
  a("fix", finding.fix);
  a("suppressed", finding.suppressed);
}

template <class A>
void fields(A& a, Of<Hunk> auto& hunk) {
  a("old", hunk.old_lines);
  a("new", hunk.new_lines);
  a("removed", hunk.removed);
  a("added", hunk.added);
}

template <class A>
void fields(A& a, Of<BlobRef> auto& blob) {
  a("id", blob.id);
  a("size", blob.size);
  a("mode", blob.mode);
  a("on_disk", blob.on_disk);
}

template <class A>
void fields(A& a, Of<Scope> auto& scope) {
  a("in", scope.in);
  a("reason", scope.reason);
}

template <class A>
void fields(A& a, Of<ChangedFile> auto& file) {
  a.path("path", file.path);
  a.path("old_path", file.old_path);
  a("status", file.status);
  a("nature", file.nature);
  a("scope", file.scope);
  a("before", file.before);
  a("after", file.after);
  a("hunks", file.hunks);
  a("skipped", file.skipped);
}

template <class A>
void fields(A& a, Of<ChangeSet> auto& change) {
  a("description", change.description);
  a("base", change.base);
  a("head", change.head);
  a("merge_base", change.merge_base);
  a("whole_files", change.whole_files);
  a("incomplete", change.incomplete);
  a("degraded", change.degraded);
  a("files", change.files);
}

template <class A>
void fields(A& a, Of<HunkCoverage> auto& coverage) {
  fields(a, coverage.hunk);
  a("examined", coverage.examined);
  a("id", coverage.id);
}

template <class A>
void fields(A& a, Of<FileCoverage> auto& coverage) {
  a.path("path", coverage.path);
  a("status", coverage.status);
  a("reason", coverage.reason);
  a("complete", coverage.complete);
  a("hunks", coverage.hunks);
  a("by", coverage.by);
}

template <class A>
void fields(A& a, Of<Coverage> auto& coverage) {
  a("hunks_total", coverage.hunks_total);
  a("hunks_examined", coverage.hunks_examined);
  a("rules_off", coverage.rules_off);
  a("files", coverage.files);
}

template <class A>
void fields(A& a, Of<Receipt> auto& receipt) {
  a("seconds", receipt.seconds);
  a("calls", receipt.calls);
  a("models", receipt.models);
  a("tokens_in", receipt.tokens_in);
  a("tokens_out", receipt.tokens_out);
  a("tokens_saved", receipt.tokens_saved);
  a("tokens_before", receipt.tokens_before);
  a("tokens_after", receipt.tokens_after);
  a("cache_hits", receipt.cache_hits);
  a("cache_misses", receipt.cache_misses);
  a("files_remembered", receipt.files_remembered);
  a("files_examined", receipt.files_examined);
  a("cost_usd", receipt.cost_usd);
}

template <class A>
void fields(A& a, Of<ReportedRule> auto& rule) {
  a("id", rule.id);
  a("category", rule.category);
  a("severity", rule.severity);
  a("confidence", rule.confidence);
  a("title", rule.title);
  a("why", rule.why);
  a("help", rule.help);
  a("cwe", rule.cwe);
  a("references", rule.references);
  a("tags", rule.tags);
}

template <class A>
void fields(A& a, Of<FileComplexity> auto& complexity) {
  a.path("path", complexity.path);
  a("function", complexity.change.function);
  a("cyclomatic_before", complexity.change.cyclomatic_before);
  a("cyclomatic_after", complexity.change.cyclomatic_after);
  a("cognitive_before", complexity.change.cognitive_before);
  a("cognitive_after", complexity.change.cognitive_after);
}

template <class A>
void fields(A& a, Of<ProofEntry> auto& entry) {
  a("step", entry.step);
  a("result", entry.result);
  a("detail", entry.detail);
}

template <class A>
void fields(A& a, Of<ProvedFix> auto& fix) {
  a("fingerprint", fix.fingerprint);
  a("rule", fix.rule);
  a.path("path", fix.path);
  a("decision", fix.decision);
  a("confidence", fix.confidence);
  a("reasoning", fix.reasoning);
  a("fix", fix.fix);
  a("proof", fix.proof.entries);
  a("diff", fix.diff);
  a("suggested_test", fix.suggested_test);
}

template <class A>
void fields(A& a, Of<FixedText> auto& fixed) {
  a.path("path", fixed.path);
  a("text", fixed.text);
}

template <class A>
void fields(A& a, Of<Report> auto& report) {
  a("tool_version", report.tool_version);
  a("command", report.command);
  a("verdict", report.verdict);
  a("complete", report.complete);
  a("fail_on", report.fail_on);
  a("fail_never", report.fail_never);
  a("change", report.change);
  a("coverage", report.coverage);
  a("findings", report.findings);
  a("suppressed", report.suppressed);
  a("fixes", report.fixes);
  a("rules", report.rules);
  a("complexity", report.complexity);
  a("receipt", report.receipt);
  a("degraded", report.degraded);
  a("summary", report.summary);
  a("fixed", report.fixed);
}

}  // namespace peer
