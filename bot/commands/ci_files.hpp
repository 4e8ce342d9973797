// What a job leaves behind: the report in the forms that forges and people pick up, GitHub's step summary and outputs.
// One thread.
#pragma once

#include <filesystem>
#include <string>

#include "base/result.hpp"
#include "bot/session.hpp"
#include "reporters/report.hpp"

namespace peer {

/// Where we run.
enum class Forge { none, github, gitlab };

/// GITHUB_ACTIONS and GITLAB_CI say it.
[[nodiscard]] Forge forge_of(const Session& session);

/// Writes report.json, report.html, peer.sarif, gl-code-quality-report.json and junit.xml into `folder`, which is made.
[[nodiscard]] Result<void> write_job_files(const Report& report, const std::filesystem::path& folder);

/// Appends the summary to GITHUB_STEP_SUMMARY and the outputs to GITHUB_OUTPUT, where they are set: verdict, complete,
/// findings, errors, warnings, fixes-applied, coverage (percent of hunks), cost-usd, report-json, report-html, sarif-file.
[[nodiscard]] Result<void> write_github_files(const Report& report, const std::filesystem::path& folder,
                                              const Session& session);

}  // namespace peer
