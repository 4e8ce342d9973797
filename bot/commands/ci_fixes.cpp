#include "bot/commands/ci_fixes.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <set>

#include "base/text.hpp"
#include "bot/examiner.hpp"
#include "bot/fixing/fix_files.hpp"
#include "bot/fixing/fix_key.hpp"
#include "reporters/comment_sync/mark.hpp"

namespace peer {
namespace {

constexpr std::size_t kMostFiles = 200;  // so that a change of generated code does not take all day

bool is_among(const std::vector<std::string>& ids, const Finding& finding) {
  const auto key = key_of(finding.fingerprint);
  return ids.empty() ||
         std::any_of(ids.begin(), ids.end(), [&](const auto& id) { return key.starts_with(id); });
}

/// Both sides of each file that holds a finding with a fix.
std::vector<FixTarget> targets_of(Reviewed& reviewed, const FixesWanted& which) {
  std::map<std::string, std::set<std::string>> wanted;
  std::set<FixKey> answered;  // by models
  for (const auto& fix : reviewed.report.fixes)
    answered.insert(key_of(fix));
  for (const auto& finding : reviewed.report.findings)
    if (finding.fix && finding.side == Side::new_side && !answered.contains(key_of(finding)) &&
        is_among(which.ids, finding))
      wanted[finding.path].insert(finding.fingerprint);
  std::vector<FixTarget> targets;
  for (const auto& file : reviewed.report.change.files) {
    const auto it = wanted.find(file.path);
    if (it == wanted.end() || !file.after || targets.size() == kMostFiles) continue;
    auto after = reviewed.input.read_blob(*file.after, file.path);
    if (!after) {
      reviewed.report.degraded.push_back(fmt::format(
          "the fixes of {} are not proved: it cannot be read", visible(file.path, false)));
      continue;
    }
    std::optional<std::string> before;
    if (file.before)
      if (auto bytes = reviewed.input.read_blob(*file.before, file.old_path))
        before = std::move(*bytes);
    const bool whole = reviewed.report.change.whole_files || !before;
    FileJob job{file, std::move(before), std::move(*after), whole, {}};
    if (reviewed.imports) job.imported = reviewed.imports->of(file.path, *job.after);
    targets.push_back({std::move(job), it->second});
  }
  return targets;
}

}  // namespace

void prove_fixes(Reviewed& reviewed, Session& session, const FixesWanted& which) {
  const auto targets = targets_of(reviewed, which);
  if (which.texts) reviewed.report.fixed.emplace();
  if (targets.empty()) return;
  FixPolicy policy;
  policy.rounds.verify.parse = reviewed.config.examine.checks.parse;
  policy.threads = reviewed.config.jobs;
  policy.editor = [&reviewed](std::string_view path) {
    return load_editor_settings(path, [&reviewed](std::string_view file) {
      auto text = reviewed.input.read_trusted(file);
      return text ? std::move(*text) : std::optional<std::string>{};
    });
  };
  const Examiner examiner(reviewed.config, session);
  const Examine examine = [&](const FileJob& job) {
    return examiner.examine(job, reviewed.config.examine, session.stop);
  };
  for (auto& file : fix_files(targets, examine, policy, session.stop)) {
    for (auto& fix : file.fixes)
      reviewed.report.fixes.push_back(std::move(fix));
    if (which.texts && file.changed())
      reviewed.report.fixed->push_back({file.path, std::move(file.after)});
  }
}

}  // namespace peer
