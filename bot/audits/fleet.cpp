#include "bot/audits/fleet.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <fstream>
#include <mutex>

#include "base/hash.hpp"
#include "base/text.hpp"
#include "base/workers.hpp"
#include "bot/audits/apart.hpp"
#include "bot/audits/clone_apart.hpp"
#include "bot/commands/remember.hpp"
#include "bot/publishing/halves.hpp"
#include "reporters/report_json.hpp"

namespace peer {
namespace {

namespace fs = std::filesystem;
using Seconds = std::chrono::seconds;

constexpr std::uintmax_t kMostReport = std::uintmax_t{256} << 20U;

Result<Report> report_in(const fs::path& path) {
  std::error_code error;
  const auto size =
      fs::is_regular_file(fs::symlink_status(path, error)) ? fs::file_size(path, error) : 0;
  if (error || size == 0) return fail(ErrorKind::not_found, "it left no report");
  if (size > kMostReport)
    return fail(ErrorKind::invalid_input,
                fmt::format("its report is over {} MB", kMostReport >> 20U));
  std::string text(size, '\0');
  std::ifstream in(path, std::ios::binary);
  in.read(text.data(), static_cast<std::streamsize>(size));
  text.resize(static_cast<std::size_t>(in.gcount()));
  return read_report(text);
}

void take_report(const Report& report, AuditedRepository& row) {
  row.commit = report.change.head;
  row.verdict = report.verdict;
  row.complete = report.complete;
  row.counts = count_severities(report);
  const auto coverage = count_coverage(report);
  row.files = coverage.files;
  row.files_examined = coverage.files_examined;
}

/// One audit from beginning to end.
class OneAudit {
 public:
  OneAudit(const AuditTarget& target, const FleetPlan& plan, const Session& session)
      : target_(target),
        plan_(plan),
        session_(session),
        end_(std::chrono::steady_clock::now() + plan.longest) {}

  void go(AuditedRepository& row, const fs::path& scratch) {
    auto folder = session_.folder / target_.place;
    if (target_.url) {
      folder = scratch / "repository.git";
      if (auto cloned = clone(folder); !cloned)
        return failed(row, cloned.error().message, kExitIncomplete);
    }
    ApartJob job;
    job.words = {"audit", folder.string(), "--format=json=" + (scratch / "report.json").string(),
                 "--format=html=" + (scratch / "report.html").string(),
                 fmt::format("--jobs={}", plan_.threads)};
    job.words.insert(job.words.end(), plan_.words.begin(), plan_.words.end());
    if (target_.url) job.words.push_back("--known-as=" + target_.name());
    job.environment =
        reader_environment(session_.variables ? session_.variables() : std::vector<std::string>{});
    // the job's summary and outputs are about all of them
    std::erase_if(job.environment, [](const std::string& entry) {
      return entry.starts_with("GITHUB_OUTPUT=") || entry.starts_with("GITHUB_STEP_SUMMARY=");
    });
    job.folder = session_.folder;
    job.longest = left();
    const auto ended = run_apart(job, session_.stop);
    const auto words = last_complaint(ended.said);
    if (!ended.trouble.empty())
      return failed(row, ended.trouble, crashed(ended) ? kExitBug : kExitIncomplete);
    const auto report = report_in(scratch / "report.json");
    if (!report)
      return failed(row, words.empty() ? report.error().message : words,
                    std::max(ended.exit_code, 2));
    take_report(*report, row);
    row.exit_code = ended.exit_code;
  }

 private:
  [[nodiscard]] Result<void> clone(const fs::path& folder) const {
    if (plan_.offline && !target_.place.starts_with("file://"))
      return fail(ErrorKind::refused, "not cloned: --offline");
    return clone_apart(target_.place, folder, session_, left());
  }

  [[nodiscard]] Seconds left() const {
    return std::max(Seconds(1),
                    std::chrono::duration_cast<Seconds>(end_ - std::chrono::steady_clock::now()));
  }

  static bool crashed(const ApartEnd& ended) {
    return ended.trouble.find("signal") != std::string::npos;
  }

  static void failed(AuditedRepository& row, std::string why, int code) {
    row.error = std::move(why);
    row.exit_code = code;
  }

  const AuditTarget& target_;
  const FleetPlan& plan_;
  const Session& session_;
  std::chrono::steady_clock::time_point end_;
};

/// Moves what an audit left to where it is to stay.
void keep_reports(const fs::path& scratch, const fs::path& folder, const AuditTarget& target,
                  AuditedRepository& row) {
  const auto name = file_name_of(target);
  std::error_code error;
  fs::create_directories(folder, error);
  for (const auto* kind : {"json", "html"}) {
    fs::copy_file(scratch / (std::string("report.") + kind), folder / (name + "." + kind),
                  fs::copy_options::overwrite_existing, error);
    if (error) {
      row.error =
          fmt::format("its report cannot be kept in {}: {}", folder.string(), error.message());
      return;
    }
  }
  row.report = name + ".html";
}

}  // namespace

std::string file_name_of(const AuditTarget& target) {
  const auto name = target.name();
  std::string words;
  for (const char c : name.substr(std::min(
           name.size(), name.find("://") == std::string::npos ? 0 : name.find("://") + 3))) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       c == '.' || c == '_';
    words += plain ? c : '-';
  }
  constexpr std::size_t kMost = 60;
  if (words.size() > kMost) words.erase(0, words.size() - kMost);
  words.erase(0, std::min(words.find_first_not_of(".-"), words.size()));
  return words + "-" + sha256(name).substr(0, 8);
}

std::vector<AuditedRepository> audit_all(const FleetPlan& plan, const Config& config,
                                         const Session& session) {
  std::vector<AuditedRepository> rows(plan.targets.size());
  std::mutex one_at_a_time;
  for_each_index(rows.size(), plan.at_once, {}, [&](std::size_t i) {
    const auto& target = plan.targets[i];
    auto& row = rows[i];
    row.name = target.name();
    const auto began = std::chrono::steady_clock::now();
    const auto scratch = PrivateFolder::make();
    if (session.stop.stop_requested() || !scratch) {
      row.error = scratch ? "stopped" : scratch.error().message;
      row.exit_code = kExitIncomplete;
      return;
    }
    OneAudit(target, plan, session).go(row, (*scratch)->path());
    if (row.verdict && plan.with_trend)
      row.trend = last_step(target.url ? row.name : (session.folder / target.place).string(),
                            target.url, config, session);
    if (row.verdict && !plan.reports.empty())
      keep_reports((*scratch)->path(), plan.reports, target, row);
    row.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
    const std::lock_guard guard(one_at_a_time);
    if (plan.done)
      plan.done(target, row, row.verdict ? (*scratch)->path() / "report.json" : fs::path());
  });
  return rows;
}

int exit_code_of(const std::vector<AuditedRepository>& repositories) {
  int code = kExitClean;
  for (const auto& each : repositories)
    code = worst_exit_code({code, each.exit_code});
  return code;
}

}  // namespace peer
