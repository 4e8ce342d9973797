#include "reporters/report.hpp"

#include <algorithm>
#include <array>

namespace peer {
namespace {

constexpr std::array<std::string_view, 5> kVerdicts{"clean", "findings", "incomplete",
                                                    "not_reviewed", "error"};
constexpr std::array<std::string_view, 4> kStatuses{"examined", "text_only", "out_of_scope",
                                                    "skipped"};

}  // namespace

void decide(Report& report) {
  const auto& files = report.coverage.files;
  const auto all = [&](auto holds) { return std::all_of(files.begin(), files.end(), holds); };
  report.complete =
      !report.change.incomplete && all([](const FileCoverage& f) { return f.complete; });
  const bool nothing_examined = !report.complete && all([](const FileCoverage& f) {
    return f.status == CoverageStatus::skipped || f.status == CoverageStatus::out_of_scope;
  });
  if (!report.findings.empty())
    report.verdict = Verdict::findings;
  else if (nothing_examined)
    report.verdict = Verdict::not_reviewed;
  else
    report.verdict = report.complete ? Verdict::clean : Verdict::incomplete;
}

int exit_code(const Report& report) {
  const bool failing = !report.fail_never &&
                       std::any_of(report.findings.begin(), report.findings.end(),
                                   [&](const Finding& f) { return f.severity >= report.fail_on; });
  if (failing) return 1;
  return report.complete ? 0 : 3;
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
