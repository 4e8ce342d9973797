#include "bot/commands/ci_files.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <fstream>

#include "reporters/render/facts.hpp"
#include "reporters/render/render.hpp"

namespace peer {
namespace {

struct JobFile {
  std::string_view format, name;
};

constexpr std::array<JobFile, 5> kFiles{{{"json", "report.json"},
                                         {"html", "report.html"},
                                         {"sarif", "peer.sarif"},
                                         {"codequality", "gl-code-quality-report.json"},
                                         {"junit", "junit.xml"}}};
constexpr std::size_t kStepSummary =
    (std::size_t{1} << 20U) - 4096;  // GitHub's limit, with room for what others wrote

Result<void> write(const std::filesystem::path& path, std::string_view text,
                   std::ios::openmode mode) {
  std::ofstream out(path, std::ios::binary | mode);
  out << text;
  if (!out.flush())
    return fail(ErrorKind::unavailable, fmt::format("{} cannot be written", path.string()));
  return {};
}

std::string set(const Session& session, std::string_view name) {
  return session.environment(name).value_or("");
}

/// Percent of the hunks that were examined; of the files where there is no diff.
std::string coverage_percent(const Report& report) {
  const auto counts = count_coverage(report);
  const auto [part, whole] = counts.hunks > 0 ? std::pair(counts.hunks_examined, counts.hunks)
                                              : std::pair(counts.files_examined, counts.files);
  return whole == 0 ? "100" : fmt::format("{}", 100 * part / whole);
}

/// A path as the value of an output: one line, or it would be more than one output.
std::string output_path(const std::filesystem::path& path) {
  const auto text =
      path.empty() ? std::string() : std::filesystem::absolute(path).lexically_normal().string();
  return text.find_first_of("\r\n") == std::string::npos ? text : "";
}

std::string outputs_of(const Report& report, std::size_t fixes_applied, const ReportPaths& paths) {
  const auto counts = count_severities(report);
  // none of these values holds text from the repository, so the simple form is safe
  return fmt::format(
      "verdict={}\ncomplete={}\nfindings={}\nerrors={}\nwarnings={}\nfixes-applied={}\ncoverage={}"
      "\ncost-usd={:.4f}\n"
      "report-json={}\nreport-html={}\nsarif-file={}\n",
      to_string(report.verdict), report.complete, report.findings.size(),
      counts[static_cast<std::size_t>(Severity::error)],
      counts[static_cast<std::size_t>(Severity::warning)], fixes_applied, coverage_percent(report),
      report.receipt.cost_usd, output_path(paths.json), output_path(paths.html),
      output_path(paths.sarif));
}

/// The file that --format names for a format; the first, where there are several.
std::filesystem::path file_of(std::string_view format, const Invocation& invocation,
                              const Session& session) {
  for (const auto& each : invocation.values("format")) {
    const auto equals = each.find('=');
    if (equals == std::string::npos || std::string_view(each).substr(0, equals) != format) continue;
    if (const auto file = each.substr(equals + 1); !file.empty() && file != "-")
      return session.folder / file;
  }
  return {};
}

/// Fixes that are in files or in a commit now; a preview or a patch applies none.
std::size_t applied_fixes(const Report& report, const Invocation& invocation) {
  if (invocation.has("preview") || invocation.has("patch")) return 0;
  return static_cast<std::size_t>(
      std::count_if(report.fixes.begin(), report.fixes.end(),
                    [](const ProvedFix& fix) { return fix.decision == Decision::apply; }));
}

}  // namespace

Forge forge_of(const Session& session) {
  if (set(session, "GITHUB_ACTIONS") == "true") return Forge::github;
  return set(session, "GITLAB_CI") == "true" ? Forge::gitlab : Forge::none;
}

Result<void> write_job_files(const Report& report, const std::filesystem::path& folder) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error)
    return fail(ErrorKind::unavailable,
                fmt::format("{} cannot be made: {}", folder.string(), error.message()));
  for (const auto& [format, name] : kFiles)
    if (auto written =
            write(folder / name, find_renderer(format)->render(report, {}), std::ios::trunc);
        !written)
      return written;
  return {};
}

ReportPaths report_paths(const Invocation& invocation, const Session& session,
                         ReportPaths otherwise) {
  const auto choose = [&](std::string_view format, std::filesystem::path& path) {
    if (auto named = file_of(format, invocation, session); !named.empty()) path = std::move(named);
  };
  choose("json", otherwise.json);
  choose("html", otherwise.html);
  choose("sarif", otherwise.sarif);
  return otherwise;
}

ReportPaths job_paths(const std::filesystem::path& folder) {
  return {folder / "report.json", folder / "report.html", folder / "peer.sarif"};
}

Result<void> add_step_summary(std::string_view markdown, const Session& session) {
  const auto summary = set(session, "GITHUB_STEP_SUMMARY");
  if (summary.empty()) return {};
  if (markdown.size() > kStepSummary)
    return fail(ErrorKind::invalid_input, "the summary of the step is longer than GitHub takes");
  return write(summary, markdown, std::ios::app);
}

Result<void> write_github_files(const Report& report, std::size_t fixes_applied,
                                const ReportPaths& paths, const Session& session) {
  RenderOptions options;
  options.max_bytes = kStepSummary;
  if (auto written = add_step_summary(find_renderer("markdown")->render(report, options), session);
      !written)
    return written;
  if (const auto outputs = set(session, "GITHUB_OUTPUT"); !outputs.empty())
    return write(outputs, outputs_of(report, fixes_applied, paths), std::ios::app);
  return {};
}

int tell_github(int code, const Report& report, const Invocation& invocation,
                const Session& session) {
  if (forge_of(session) != Forge::github) return code;
  const auto written = write_github_files(report, applied_fixes(report, invocation),
                                          report_paths(invocation, session), session);
  if (written) return code;
  session.complain(written.error());
  return worst_exit_code({code, kExitPublish});
}

Result<void> tell_github_of_fixes(std::size_t committed, const Session& session) {
  const auto outputs = set(session, "GITHUB_OUTPUT");
  if (committed == 0 || outputs.empty()) return {};
  return write(outputs, fmt::format("fixes-applied={}\n", committed),
               std::ios::app);  // the last one counts
}

void take_back_report_json(const Session& session) {
  const auto outputs = set(session, "GITHUB_OUTPUT");
  if (forge_of(session) != Forge::github || outputs.empty()) return;
  if (const auto written = write(outputs, "report-json=\n", std::ios::app); !written)
    session.complain(written.error());
}

}  // namespace peer
