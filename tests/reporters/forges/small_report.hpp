// Reports of one file, for tests of publishing.
#pragma once

#include <fmt/format.h>
#include <string>
#include <vector>

#include "reporters/report.hpp"
#include "tests/reporters/sample_report.hpp"

namespace peer::test {

/// An error on each of `lines` of src/a.py, whose lines 1 to 200 are shown by one hunk.
inline Report report_with(const std::vector<int>& lines, const std::string& head) {
  Report report;
  report.tool_version = "0.1.0";
  report.command = "review";
  report.change.head = head;
  ChangedFile file;
  file.path = file.old_path = "src/a.py";
  file.hunks = {{{1, 100}, {1, 200}, {}, {{50, 100}}}};
  report.coverage.files.push_back(
      {file.path, CoverageStatus::examined, "", true, {{file.hunks[0], true}}});
  report.change.files.push_back(file);
  report.coverage.hunks_total = report.coverage.hunks_examined = 1;
  for (const int line : lines) {
    auto finding = sql_finding();
    const auto at = static_cast<std::uint32_t>(line);
    finding.path = file.path;
    finding.rule = fmt::format("rule-{}", line);
    finding.message = fmt::format("wrong on line {}", line);
    finding.fingerprint = fmt::format("{:016x}", line);
    finding.at = place(at, 1, at, 5);
    finding.frame = {at, {"one", "two", "three", "four"}};
    finding.related.clear();
    report.findings.push_back(finding);
  }
  report.receipt.seconds = 0.1;
  decide(report);
  return report;
}

/// Gives a finding a proved fix that replaces lines `first` to `last`.
inline void add_fix(Report& report, std::size_t index, std::uint32_t first, std::uint32_t last,
                    const std::string& text) {
  const auto& finding = report.findings[index];
  ProvedFix fix;
  fix.fingerprint = finding.fingerprint;
  fix.rule = finding.rule;
  fix.path = finding.path;
  fix.fix = Fix{
      "repair it", {{{0, 1}, text}}, Safety::safe, "rule", {{{0, 1}, {first, 1}, {last + 1, 1}}}};
  for (const auto step : {ProofStep::applies, ProofStep::in_scope, ProofStep::parses,
                          ProofStep::clears, ProofStep::nothing_new, ProofStep::idempotent})
    fix.proof.entries.push_back({step, StepResult::passed, ""});
  fix.confidence = 1;
  fix.decision = Decision::apply;
  report.fixes.push_back(fix);
}

}  // namespace peer::test
