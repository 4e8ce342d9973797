#include "bot/commands/remember.hpp"

#include <map>

#include <fmt/format.h>

#include "bot/trusted.hpp"
#include "reporters/render/render.hpp"
#include "reporters/report_json.hpp"

namespace peer {
namespace {

/// What stays the same between runs on one repository.
std::string key_of(const std::filesystem::path& folder) {
  std::error_code error;
  const auto root = std::filesystem::weakly_canonical(work_tree_root(folder), error);
  return (error ? folder : root).string();
}

Result<StateDb> open_state(const Config& config, const Session& session) {
  if (config.state_dir.empty()) return fail(ErrorKind::unavailable, "neither HOME nor XDG_STATE_HOME is set");
  return StateDb::open(config.state_dir / "state.db", *session.clock);
}

}  // namespace

void remember(Report& report, const Input& input, const Config& config, const Session& session) {
  auto state = open_state(config, session);
  auto saved = state ? state->save_report(key_of(input.root), find_renderer("json")->render(report, {}))
                     : Result<void>(fail(state.error()));
  if (!saved) report.degraded.push_back("This report was not kept for explain-error: " + saved.error().message);
}

Result<Report> recall(const Config& config, const Session& session) {
  auto state = open_state(config, session);
  if (!state) return fail(state.error());
  const auto stored = state->last_report(key_of(session.folder));
  if (!stored) return fail(stored.error());
  if (!*stored) return fail(ErrorKind::not_found, "nothing was reviewed here yet; run `peer review` first");
  return read_report((*stored)->json);
}

Result<std::optional<AuditRecord>> remember_audit(const Report& report, const Input& input, const Config& config,
                                                  const Session& session) {
  auto state = open_state(config, session);
  if (!state) return fail(state.error());
  const auto key = key_of(input.root);
  auto earlier = state->audits(key, 1);
  if (!earlier) return fail(earlier.error());
  AuditRecord record;
  record.commit = report.change.head;
  std::map<std::pair<std::string, std::string>, std::uint64_t> totals;
  for (const auto& finding : report.findings) {
    ++totals[{finding.rule, std::string(to_string(finding.severity))}];
    record.fingerprints.push_back(finding.fingerprint);
  }
  for (const auto& [what, count] : totals) record.totals.push_back({what.first, what.second, count});
  if (auto added = state->add_audit(key, record); !added) return fail(added.error());
  if (earlier->empty()) return std::optional<AuditRecord>{};
  return std::optional<AuditRecord>(std::move(earlier->front()));
}

}  // namespace peer
