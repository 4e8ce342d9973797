#include "bot/commands/ci_files.hpp"

#include <array>
#include <fstream>

#include <fmt/format.h>

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
constexpr std::size_t kStepSummary = (std::size_t{1} << 20U) - 4096;  // GitHub's limit, with room for what others wrote

Result<void> write(const std::filesystem::path& path, std::string_view text, std::ios::openmode mode) {
  std::ofstream out(path, std::ios::binary | mode);
  out << text;
  if (!out.flush()) return fail(ErrorKind::unavailable, fmt::format("{} cannot be written", path.string()));
  return {};
}

std::string set(const Session& session, std::string_view name) { return session.environment(name).value_or(""); }

/// Percent of the hunks that were examined; of the files where there is no diff.
std::string coverage_percent(const Report& report) {
  const auto counts = count_coverage(report);
  const auto [part, whole] = counts.hunks > 0 ? std::pair(counts.hunks_examined, counts.hunks)
                                              : std::pair(counts.files_examined, counts.files);
  return whole == 0 ? "100" : fmt::format("{}", 100 * part / whole);
}

std::string outputs_of(const Report& report, const std::filesystem::path& folder) {
  const auto counts = count_severities(report);
  std::size_t applied = 0;
  // what `ci` proves it does not apply
  if (report.command == "fix-all")
    for (const auto& fix : report.fixes) applied += fix.decision == Decision::apply ? 1 : 0;
  // none of these values holds text from the repository, so the simple form is safe
  return fmt::format(
      "verdict={}\ncomplete={}\nfindings={}\nerrors={}\nwarnings={}\nfixes-applied={}\ncoverage={}\ncost-usd={:.4f}\n"
      "report-json={}\nreport-html={}\nsarif-file={}\n",
      to_string(report.verdict), report.complete, report.findings.size(), counts[static_cast<std::size_t>(Severity::error)],
      counts[static_cast<std::size_t>(Severity::warning)], applied, coverage_percent(report), report.receipt.cost_usd,
      (folder / "report.json").string(), (folder / "report.html").string(), (folder / "peer.sarif").string());
}

}  // namespace

Forge forge_of(const Session& session) {
  if (set(session, "GITHUB_ACTIONS") == "true") return Forge::github;
  return set(session, "GITLAB_CI") == "true" ? Forge::gitlab : Forge::none;
}

Result<void> write_job_files(const Report& report, const std::filesystem::path& folder) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error) return fail(ErrorKind::unavailable, fmt::format("{} cannot be made: {}", folder.string(), error.message()));
  for (const auto& [format, name] : kFiles)
    if (auto written = write(folder / name, find_renderer(format)->render(report, {}), std::ios::trunc); !written)
      return written;
  return {};
}

Result<void> write_github_files(const Report& report, const std::filesystem::path& folder, const Session& session) {
  if (const auto summary = set(session, "GITHUB_STEP_SUMMARY"); !summary.empty()) {
    RenderOptions options;
    options.max_bytes = kStepSummary;
    if (auto written = write(summary, find_renderer("markdown")->render(report, options), std::ios::app); !written)
      return written;
  }
  if (const auto outputs = set(session, "GITHUB_OUTPUT"); !outputs.empty())
    return write(outputs, outputs_of(report, std::filesystem::absolute(folder)), std::ios::app);
  return {};
}

}  // namespace peer
