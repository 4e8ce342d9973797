// What a job leaves behind: the report in the forms that forges and people pick up, GitHub's step
// summary and outputs. One thread.
#pragma once

#include <filesystem>
#include <string_view>

#include "base/result.hpp"
#include "bot/cli.hpp"
#include "bot/session.hpp"
#include "reporters/report.hpp"

namespace peer {

/// Where we run.
enum class Forge { none, github, gitlab };

/// GITHUB_ACTIONS and GITLAB_CI say it.
[[nodiscard]] Forge forge_of(const Session& session);

/// Writes report.json, report.html, peer.sarif, gl-code-quality-report.json and junit.xml into
/// `folder`, which is made.
[[nodiscard]] Result<void> write_job_files(const Report& report,
                                           const std::filesystem::path& folder);

/// Where the reports of a run lie; empty: there is none.
struct ReportPaths {
  std::filesystem::path json, html, sarif;
};

/// The files that --format FORMAT=FILE names, and those of `otherwise` for the rest.
[[nodiscard]] ReportPaths report_paths(const Invocation& invocation, const Session& session,
                                       ReportPaths otherwise = {});

/// What `write_job_files` writes into `folder`.
[[nodiscard]] ReportPaths job_paths(const std::filesystem::path& folder);

/// Appends to GITHUB_STEP_SUMMARY, where it is set.
[[nodiscard]] Result<void> add_step_summary(std::string_view markdown, const Session& session);

/// Appends the summary to GITHUB_STEP_SUMMARY and the outputs to GITHUB_OUTPUT, where they are set:
/// verdict, complete, findings, errors, warnings, fixes-applied, coverage (percent of hunks),
/// cost-usd, report-json, report-html, sarif-file.
[[nodiscard]] Result<void> write_github_files(const Report& report, std::size_t fixes_applied,
                                              const ReportPaths& paths, const Session& session);

/// The same for a command that writes no folder of reports: nothing outside of a GitHub job.
/// `code`, or what is graver because it could not be written.
[[nodiscard]] int tell_github(int code, const Report& report, const Invocation& invocation,
                              const Session& session);

/// Appends how many fixes were committed for a comment to GITHUB_OUTPUT, where it is set and there
/// were any.
[[nodiscard]] Result<void> tell_github_of_fixes(std::size_t committed, const Session& session);

/// For a run that left its JSON report where nobody finds it: takes the path back out of
/// GITHUB_OUTPUT.
void take_back_report_json(const Session& session);

}  // namespace peer
