#include "reporters/report.hpp"

#include <algorithm>
#include <array>

namespace peer {
namespace {

constexpr std::array<std::string_view, 5> kVerdicts{"clean", "findings", "incomplete",
                                                    "not_reviewed", "error"};
constexpr std::array<std::string_view, 4> kStatuses{"examined", "text_only", "out_of_scope",
                                                    "skipped"};

constexpr int kExitClean = 0;
constexpr int kExitFindings = 1;
constexpr int kExitUsage = 2;
constexpr int kExitIncomplete = 3;
constexpr int kExitNotPublished = 4;
constexpr int kExitBug = 70;

/// All that is in scope of the file was looked at.
bool is_whole(const FileCoverage& file) {
  if (file.status == CoverageStatus::out_of_scope) return true;
  if (file.status == CoverageStatus::skipped || !file.complete) return false;
  return std::all_of(file.hunks.begin(), file.hunks.end(),
                     [](const HunkCoverage& hunk) { return hunk.examined; });
}

bool was_looked_at(const FileCoverage& file) {
  return file.status == CoverageStatus::examined || file.status == CoverageStatus::text_only;
}

}  // namespace

void decide(Report& report) {
  const auto& files = report.coverage.files;
  report.complete = report.verdict != Verdict::error && !report.change.incomplete &&
                    report.coverage.rules_off.value_or(0) == 0 &&
                    std::all_of(files.begin(), files.end(), is_whole);
  if (report.verdict == Verdict::error) return;
  if (!report.findings.empty())
    report.verdict = Verdict::findings;
  else if (report.complete)
    report.verdict = Verdict::clean;
  else
    report.verdict = std::any_of(files.begin(), files.end(), was_looked_at) ? Verdict::incomplete
                                                                            : Verdict::not_reviewed;
}

int exit_code(const Report& report) {
  if (report.verdict == Verdict::error) return kExitBug;
  const bool failing = !report.fail_never &&
                       std::any_of(report.findings.begin(), report.findings.end(),
                                   [&](const Finding& f) { return f.severity >= report.fail_on; });
  if (failing) return kExitFindings;
  return report.complete ? kExitClean : kExitIncomplete;
}

int worst_exit_code(std::initializer_list<int> codes) {
  constexpr std::array kOrder{kExitBug, kExitUsage, kExitFindings, kExitNotPublished,
                              kExitIncomplete};
  for (const auto code : kOrder)
    if (std::find(codes.begin(), codes.end(), code) != codes.end()) return code;
  return kExitClean;
}

std::string_view to_string(Verdict verdict) { return kVerdicts[static_cast<std::size_t>(verdict)]; }

std::string_view to_string(CoverageStatus status) {
  return kStatuses[static_cast<std::size_t>(status)];
}

std::optional<Verdict> parse_verdict(std::string_view name) {
  const auto* it = std::find(kVerdicts.begin(), kVerdicts.end(), name);
  if (it == kVerdicts.end()) return std::nullopt;
  return static_cast<Verdict>(it - kVerdicts.begin());
}

std::optional<CoverageStatus> parse_coverage_status(std::string_view name) {
  const auto* it = std::find(kStatuses.begin(), kStatuses.end(), name);
  if (it == kStatuses.end()) return std::nullopt;
  return static_cast<CoverageStatus>(it - kStatuses.begin());
}

}  // namespace peer
