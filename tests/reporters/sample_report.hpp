// A report as a real run makes it, for tests that look at what is said.
#pragma once

#include <string>

#include "reporters/report.hpp"

namespace peer::test {

inline Location place(std::uint32_t line, std::uint32_t column, std::uint32_t end_line,
                      std::uint32_t end_column) {
  return {{line * 40 + column, line * 40 + column + 5}, {line, column}, {end_line, end_column}};
}

inline Finding sql_finding() {
  Finding f;
  f.rule = "sql-from-string";
  f.category = "security";
  f.severity = Severity::error;
  f.confidence = 0.9;
  f.path = "src/auth/login.py";
  f.at = place(42, 18, 42, 63);
  f.message = "user input reaches a SQL statement";
  f.why = "whoever controls the text controls the query";
  f.help = "bind it as a parameter";
  f.cwe = {89};
  f.symbol = "login";
  f.fingerprint = "a1b2c3d4e5f60718";
  f.in_change = true;
  f.frame = {40,
             {"def login(request, cur):", "    name = request.args[\"name\"]",
              "    cur.execute(\"SELECT * FROM users WHERE name = '%s'\" % name)",
              "    return cur.fetchone()"}};
  f.at.start.column = 17;
  f.related = {
      {place(41, 12, 41, 32), "comes from here", {41, {"    name = request.args[\"name\"]"}}}};
  return f;
}

inline Finding import_finding() {
  Finding f;
  f.rule = "unused-import";
  f.category = "maintainability";
  f.severity = Severity::warning;
  f.path = "src/auth/login.py";
  f.at = place(3, 1, 3, 12);
  f.message = "json is imported and never used";
  f.why = "an import that nothing uses costs time at start and misleads readers";
  f.help = "delete it";
  f.fingerprint = "0011223344556677";
  f.in_change = true;
  f.frame = {1, {"import os", "import sys", "import json", "", "def a(): pass"}};
  f.fix = Fix{"delete the import of json",
              {{{20, 32}, ""}},
              Safety::safe,
              "rule",
              {{{20, 32}, {3, 1}, {4, 1}}}};
  return f;
}

inline Finding complexity_finding() {
  Finding f;
  f.rule = "complexity";
  f.category = "maintainability";
  f.severity = Severity::warning;
  f.path = "src/pay/charge.ts";
  f.at = place(118, 7, 118, 13);
  f.message = "charge() 12 -> 19 (limit 15)";
  f.why = "long branching functions hide mistakes";
  f.help = "take parts of it out";
  f.fingerprint = "8899aabbccddeeff";
  f.frame = {117, {"", "async function charge(card: Card) {", "  if (!card) return;"}};
  f.in_change = true;
  return f;
}

inline ReportedRule rule_of(const Finding& finding, std::string title) {
  ReportedRule rule;
  rule.id = finding.rule;
  rule.category = finding.category;
  rule.severity = finding.severity;
  rule.title = std::move(title);
  rule.why = finding.why;
  rule.help = finding.help;
  rule.cwe = finding.cwe;
  rule.confidence = finding.confidence;
  rule.references = {"https://cwe.mitre.org/data/definitions/89.html"};
  return rule;
}

inline void add_file(Report& report, const std::string& path, CoverageStatus status,
                     std::size_t hunks, const std::string& reason = {}) {
  ChangedFile file;
  file.path = file.old_path = path;
  FileCoverage coverage{path, status, reason, status != CoverageStatus::skipped, {}};
  for (std::size_t i = 0; i < hunks; ++i) {
    const auto line = static_cast<std::uint32_t>(10 * i + 1);
    const Hunk hunk{{line, 5}, {line, 6}, {}, {{line + 2, 1}}};
    file.hunks.push_back(hunk);
    coverage.hunks.push_back({hunk, status != CoverageStatus::skipped});
  }
  if (status != CoverageStatus::out_of_scope)
    report.coverage.hunks_examined += status == CoverageStatus::skipped ? 0 : hunks;
  report.coverage.hunks_total += hunks;
  report.change.files.push_back(file);
  report.coverage.files.push_back(coverage);
}

inline Report clean_report() {
  Report report;
  report.tool_version = "0.1.0";
  report.command = "review";
  report.change.description = "main..worktree";
  report.change.base = std::string(40, 'a');
  report.change.merge_base = std::string(40, 'a');
  add_file(report, "src/auth/login.py", CoverageStatus::examined, 5);
  add_file(report, "src/pay/charge.ts", CoverageStatus::examined, 18);
  add_file(report, "logo.png", CoverageStatus::out_of_scope, 0, "binary");
  report.receipt.seconds = 0.06;
  decide(report);
  return report;
}

inline Report sample_report() {
  auto report = clean_report();
  report.findings = {sql_finding(), import_finding(), complexity_finding()};
  report.rules = {rule_of(report.findings[0], "SQL statement built from user input"),
                  rule_of(report.findings[1], "import that is never used"),
                  rule_of(report.findings[2], "function with too many branches")};
  ProvedFix fix;
  fix.fingerprint = report.findings[0].fingerprint;
  fix.rule = "sql-from-string";
  fix.path = "src/auth/login.py";
  fix.fix = {"bind it as a parameter",
             {{{1697, 1740}, "\"SELECT * FROM users WHERE name = %s\", (name,)"}},
             Safety::unsafe,
             "model:m",
             {{{1697, 1740}, {42, 17}, {42, 63}}}};
  for (const auto step : {ProofStep::applies, ProofStep::in_scope, ProofStep::parses,
                          ProofStep::clears, ProofStep::nothing_new, ProofStep::idempotent})
    fix.proof.entries.push_back({step, StepResult::passed, ""});
  fix.confidence = 0.9;
  fix.decision = Decision::apply;
  fix.diff =
      "--- a/src/auth/login.py\n+++ b/src/auth/login.py\n@@ -42 +42 @@\n"
      "-    cur.execute(\"SELECT * FROM users WHERE name = '%s'\" % name)\n"
      "+    cur.execute(\"SELECT * FROM users WHERE name = %s\", (name,))\n";
  report.fixes = {fix};
  report.complexity = {{"src/pay/charge.ts", {"charge", 12, 19, 10, 22}}};
  decide(report);
  return report;
}

inline Report incomplete_report() {
  auto report = clean_report();
  add_file(report, "src/big.js", CoverageStatus::skipped, 3,
           "3.2 MB, over the limit of 1.0 MB (parse.max_bytes)");
  report.degraded = {"Redis at cache:6379 does not answer: the local cache is used"};
  decide(report);
  return report;
}

}  // namespace peer::test
