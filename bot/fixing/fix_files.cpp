#include "bot/fixing/fix_files.hpp"

#include <algorithm>

#include "base/workers.hpp"

namespace peer {
namespace {

constexpr std::size_t kMostEditorConfig = std::size_t{256} << 10U;
// below what fix-all applies by itself (0.8): a human decides
constexpr double kUnsafeConfidence = 0.7;

Decision decision_of(FixOutcome outcome) {
  switch (outcome) {
    case FixOutcome::applied:
      return Decision::apply;
    case FixOutcome::failed:
      return Decision::reject;
    case FixOutcome::proved:
    case FixOutcome::superseded:
    case FixOutcome::undecided:
      break;
  }
  return Decision::offer;
}

double confidence_of(const TriedFix& tried) {
  if (tried.outcome == FixOutcome::failed) return 0;
  const double least = std::min(tried.finding.confidence, kUnsafeConfidence);
  return tried.proof.holds() && tried.fix.safety == Safety::safe ? 1.0 : least;
}

std::string reasoning_of(const TriedFix& tried) {
  if (!tried.note.empty()) return tried.note;
  if (const auto* failed = tried.proof.failure())
    return std::string(to_string(failed->step)) + " failed: " + failed->detail;
  return tried.fix.safety == Safety::safe ? "a safe fix of the rule" : "may change behaviour";
}

ProvedFix proved(TriedFix tried) {
  ProvedFix out;
  out.fingerprint = tried.finding.fingerprint;
  out.rule = tried.finding.rule;
  out.path = tried.finding.path;
  out.confidence = confidence_of(tried);
  out.reasoning = reasoning_of(tried);
  out.decision = decision_of(tried.outcome);
  out.fix = std::move(tried.fix);
  out.proof = std::move(tried.proof);
  out.diff = std::move(tried.diff);
  return out;
}

Wish wish_for(const Finding& finding, const FixTarget& target, const FixPolicy& policy) {
  if (!target.wanted.contains(finding.fingerprint)) return Wish::leave;
  if (!policy.rules.empty() && !policy.rules.contains(finding.rule)) return Wish::leave;
  const bool may_apply = policy.unsafe || finding.fix->safety == Safety::safe;
  return may_apply ? Wish::apply : Wish::prove;
}

}  // namespace

FixedFile fix_file(const FixTarget& target, const Examine& examine, const FixPolicy& policy,
                   const std::stop_token& stop) {
  auto options = policy.rounds;
  options.stop = stop;
  if (policy.editor) options.editor = policy.editor(target.job.file.path);
  auto result = run_rounds(
      target.job, [&](const Finding& finding) { return wish_for(finding, target, policy); },
      examine, options);
  FixedFile file;
  file.path = target.job.file.path;
  file.before = target.job.after.value_or("");
  file.after = std::move(result.bytes);
  file.review = std::move(result.review);
  for (auto& tried : result.fixes) {
    if (tried.outcome == FixOutcome::superseded) continue;
    file.findings.push_back(tried.finding);
    file.fixes.push_back(proved(std::move(tried)));
  }
  return file;
}

std::vector<FixedFile> fix_files(std::span<const FixTarget> targets, const Examine& examine,
                                 const FixPolicy& policy, const std::stop_token& stop) {
  std::vector<FixedFile> files(targets.size());
  // every file gets its answer, if only that it was stopped
  for_each_index(targets.size(), policy.threads, {},
                 [&](std::size_t i) { files[i] = fix_file(targets[i], examine, policy, stop); });
  return files;
}

EditorSettings load_editor_settings(
    std::string_view path,
    const std::function<std::optional<std::string>(std::string_view path)>& read) {
  std::vector<EditorConfigFile> files;
  for (const auto& place : editorconfig_paths(path)) {
    auto text = read(place);
    if (!text || text->size() > kMostEditorConfig) continue;
    const auto slash = place.rfind('/');
    files.push_back({slash == std::string::npos ? "" : place.substr(0, slash), std::move(*text)});
  }
  return editor_settings(path, files);
}

}  // namespace peer
