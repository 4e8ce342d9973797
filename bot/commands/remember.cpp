#include "bot/commands/remember.hpp"

#include <algorithm>
#include <ctime>
#include <fmt/format.h>
#include <iterator>
#include <map>
#include <string_view>
#include <utility>

#include "base/text.hpp"
#include "bot/trusted.hpp"
#include "reporters/report_json.hpp"

namespace peer {
namespace {

constexpr std::uint32_t kShownAudits = 30;  // as many as keep their fingerprints
constexpr std::size_t kMostKept =
    1000;  // findings, and files, of a last report; a person reads no more of them one by one

/// What stays the same between runs on one repository.
std::string key_of(const std::filesystem::path& folder) {
  std::error_code error;
  const auto root = std::filesystem::weakly_canonical(work_tree_root(folder), error);
  return (error ? folder : root).string();
}

std::string key_of(const Input& input) {
  return input.known_as.empty() ? key_of(input.root) : input.known_as;
}

Result<StateDb> open_state(const Config& config, const Session& session) {
  if (config.state_dir.empty())
    return fail(ErrorKind::unavailable, "neither HOME nor XDG_STATE_HOME is set");
  return StateDb::open(config.state_dir / "state.db", *session.clock);
}

/// "2026-11-21 03:00" in UTC.
std::string time_words(std::int64_t unix_seconds) {
  const auto time = static_cast<std::time_t>(unix_seconds);
  std::tm parts{};
  if (gmtime_r(&time, &parts) == nullptr) return {};
  return fmt::format("{:04}-{:02}-{:02} {:02}:{:02}", parts.tm_year + 1900, parts.tm_mon + 1,
                     parts.tm_mday, parts.tm_hour, parts.tm_min);
}

/// What explain-error needs of a report of many findings or files: the worst findings.
Report worst_of(const Report& report) {
  Report kept;
  kept.tool_version = report.tool_version;
  kept.command = report.command;
  kept.verdict = report.verdict;
  kept.complete = report.complete;
  kept.fail_on = report.fail_on;
  kept.fail_never = report.fail_never;
  kept.change.description = report.change.description;
  kept.change.head = report.change.head;
  kept.degraded = report.degraded;
  if (report.findings.size() > kMostKept)
    kept.degraded.push_back(
        fmt::format("Only the {} worst of {} findings were kept for explain-error.",
                    with_commas(kMostKept), with_commas(report.findings.size())));
  for (auto severity : {Severity::error, Severity::warning, Severity::info, Severity::hint})
    for (const auto& finding : report.findings)
      if (finding.severity == severity && kept.findings.size() < kMostKept)
        kept.findings.push_back(finding);
  return kept;
}

std::string as_kept(const Report& report) {
  const bool is_long = report.findings.size() > kMostKept || report.change.files.size() > kMostKept;
  return is_long ? compact_json(worst_of(report)) : compact_json(report);
}

std::vector<std::string_view> sorted(const TextLines& fingerprints) {
  std::vector<std::string_view> prints(fingerprints.begin(), fingerprints.end());
  std::sort(prints.begin(), prints.end());
  return prints;
}

/// How findings went on from one audit to the next, paired by fingerprint.
void compare(const AuditRecord& before, const AuditRecord& after, AuditPoint& point) {
  const auto was = sorted(before.fingerprints), is = sorted(after.fingerprints);
  std::vector<std::string_view> both;
  std::set_intersection(was.begin(), was.end(), is.begin(), is.end(), std::back_inserter(both));
  point.compared = true;
  point.recurring = both.size();
  point.added = is.size() - both.size();
  point.fixed = was.size() - both.size();
}

/// The latest audits, oldest first, each against the one before it. At most two of them are in
/// memory at once.
Result<std::vector<AuditPoint>> history(StateDb& state, const std::string& key,
                                        std::uint32_t limit) {
  const auto has_prints = [](const AuditRecord& audit, const AuditPoint& point) {
    return audit.fingerprints.size() == point.total;
  };
  std::vector<AuditPoint> points;  // newest first
  AuditRecord after;
  auto read = state.each_audit(key, limit, [&](AuditRecord audit) {
    AuditPoint point{time_words(audit.time), audit.commit, 0, false, 0, 0, 0};
    for (const auto& each : audit.totals)
      point.total += each.count;
    if (!points.empty() && has_prints(after, points.back()) && has_prints(audit, point))
      compare(audit, after, points.back());
    points.push_back(std::move(point));
    after = std::move(audit);
  });
  if (!read) return fail(read.error());
  std::reverse(points.begin(), points.end());
  return points;
}

}  // namespace

void remember(Report& report, const Input& input, const Config& config, const Session& session) {
  auto state = open_state(config, session);
  auto saved = state ? state->save_report(key_of(input), as_kept(report))
                     : Result<void>(fail(state.error()));
  if (!saved)
    report.degraded.push_back("This report was not kept for explain-error: " +
                              saved.error().message);
}

Result<Report> recall(const Config& config, const Session& session) {
  auto state = open_state(config, session);
  if (!state) return fail(state.error());
  const auto stored = state->last_report(key_of(session.folder));
  if (!stored) return fail(stored.error());
  if (!*stored)
    return fail(ErrorKind::not_found, "nothing was reviewed here yet; run `peer review` first");
  return read_report((*stored)->json);
}

Result<std::vector<AuditPoint>> remember_audit(const Report& report, const Input& input,
                                               const Config& config, const Session& session) {
  auto state = open_state(config, session);
  if (!state) return fail(state.error());
  const auto key = key_of(input);
  AuditRecord record;
  record.commit = report.change.head;
  std::map<std::pair<std::string, std::string>, std::uint64_t> totals;
  for (const auto& finding : report.findings) {
    ++totals[{finding.rule, std::string(to_string(finding.severity))}];
    record.fingerprints.push_back(finding.fingerprint);
  }
  for (const auto& [what, count] : totals)
    record.totals.push_back({what.first, what.second, count});
  if (auto added = state->add_audit(key, record); !added) return fail(added.error());
  record = {};
  return history(*state, key, kShownAudits);
}

std::optional<AuditPoint> last_step(const std::string& repository, bool by_name,
                                    const Config& config, const Session& session) {
  auto state = open_state(config, session);
  if (!state) return std::nullopt;
  const auto points = history(*state, by_name ? repository : key_of(repository), 2);
  if (!points || points->empty()) return std::nullopt;
  return points->back();
}

Result<std::string> last_audited_commit(const std::filesystem::path& folder,
                                        const std::string& known_as, const Config& config,
                                        const Session& session) {
  auto state = open_state(config, session);
  if (!state) return fail(state.error());
  const auto audits = state->audits(known_as.empty() ? key_of(folder) : known_as, 1);
  if (!audits) return fail(audits.error());
  return audits->empty() ? std::string() : audits->front().commit;
}

}  // namespace peer
