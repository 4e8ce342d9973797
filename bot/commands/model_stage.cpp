#include "bot/commands/model_stage.hpp"

#include <algorithm>
#include <fmt/format.h>

#include "base/text.hpp"
#include "bot/ai/summary.hpp"
#include "bot/ai/tests_for.hpp"
#include "bot/session.hpp"
#include "reporters/receipt.hpp"

namespace peer {
namespace {

constexpr std::size_t kMostChecks = 24;  // runs of the user's check to find those that fail it

std::vector<FileContent> contents_of(const std::vector<FixedFile>& files) {
  std::vector<FileContent> out;
  for (const auto& file : files)
    if (file.changed()) out.push_back({file.path, file.after});
  return out;
}

void reject(ProvedFix& fix, const std::string& detail) {
  fix.proof.entries.push_back({ProofStep::user_check, StepResult::failed, detail});
  fix.decision = Decision::reject;
  fix.reasoning = "user check failed: " + detail;
}

}  // namespace

/// On top of what rules fixed, as nothing else of models is applied yet.
std::optional<bool> ModelStage::check_one(const std::string& path, const std::string& before,
                                          const std::string& after) {
  const auto passes = [&](const std::string& bytes) -> std::optional<bool> {
    auto contents = contents_of(without_);
    std::erase_if(contents, [&](const FileContent& file) { return file.path == path; });
    contents.push_back({path, bytes});
    const auto outcome = check_(contents);
    if (!outcome) return std::nullopt;
    return outcome->passed;
  };
  const std::lock_guard guard(checking_);
  if (session_.stop.stop_requested() || ++checks_ > kMostChecks) return std::nullopt;
  if (!passes_before_) passes_before_ = passes(before);
  if (passes_before_.value_or(true) || !passes(after).value_or(false)) return std::nullopt;
  return true;
}

ModelFixPlan ModelStage::plan() {
  ModelFixPlan plan{*ai_,       examine_, policy_,        reviewed_.config.ai.concurrency,
                    may_apply_, {},       *session_.clock};
  plan.guidance = [this](std::string_view path) { return guidance_.for_path(path, kMostGuidance); };
  plan.second_opinion = reviewed_.config.ai.second_opinion;
  if (check_)
    plan.user_check = [this](const std::string& path, const std::string& before,
                             const std::string& after) { return check_one(path, before, after); };
  if (session_.err_is_terminal)
    plan.progress = [this](std::string_view line) { progress_.done(line); };
  return plan;
}

Result<void> ModelStage::run(std::vector<FixedFile>& files, std::span<const FixTarget> targets,
                             bool may_apply, const Dialogue* dialogue) {
  if (targets.empty()) return {};
  auto ai = Ai::open(reviewed_.config, session_);
  if (!ai) return fail(ai.error());
  ai_ = *std::move(ai);
  if (session_.err_is_terminal)
    ai_->set_watch([this](std::string_view file, std::string_view model, std::size_t bytes) {
      progress_.receiving(file, model, bytes);
    });
  may_apply_ = may_apply;
  if (ai_->roster().empty()) return {};
  std::vector<std::string> paths;
  for (const auto& target : targets)
    paths.push_back(target.job.file.path);
  guidance_ = read_guidance(reviewed_.input.read_trusted, reviewed_.input.list_trusted, paths);
  without_ = files;
  solved_ = solve_with_models(files, targets, plan(), session_.stop);
  without_ = files;
  take(files, dialogue);
  return {};
}

void ModelStage::take(std::vector<FixedFile>& files, const Dialogue* dialogue) {
  if (solved_.files.empty()) return;
  if (dialogue != nullptr) {
    auto proposed = files;
    for (auto& file : proposed) {
      file.fixes.clear();
      file.findings.clear();
    }
    take_model_fixes(proposed, solved_, plan(), [](const ProvedFix&) { return false; });
    accepted_ = ask(proposed, *dialogue).accepted;
  } else if (may_apply_) {
    for (const auto& file : solved_.files)
      for (const auto& one : file.findings)
        if (const auto fix = proved_fix_of(file, one); fix.decision == Decision::apply)
          accepted_.insert(key_of(fix));
  }
  take_model_fixes(files, solved_, plan(),
                   [&](const ProvedFix& fix) { return accepted_.contains(key_of(fix)); });
}

Result<bool> ModelStage::keep_those_that_pass(std::vector<FixedFile>& files,
                                              const UserCheck& check) {
  files = without_;
  const auto passes = [&](const std::vector<FixedFile>& tried) -> Result<CheckOutcome> {
    const auto contents = contents_of(tried);
    if (contents.empty()) return CheckOutcome{true, {}, {}};
    return check(contents);
  };
  const auto alone = passes(files);
  if (!alone) return fail(alone.error());
  if (!alone->passed) return false;
  std::set<FixKey> kept;
  std::map<FixKey, std::string> failed;
  std::size_t checks = 0;
  for (const auto& key : accepted_) {
    if (++checks > kMostChecks || session_.stop.stop_requested()) {
      failed[key] = "the check failed with all fixes, and there were too many to try alone";
      continue;
    }
    auto tried = without_;
    auto both = kept;
    both.insert(key);
    take_model_fixes(tried, solved_, plan(),
                     [&](const ProvedFix& fix) { return both.contains(key_of(fix)); });
    const auto outcome = passes(tried);
    if (!outcome) return fail(outcome.error());
    if (outcome->passed)
      kept = std::move(both);
    else
      failed[key] = outcome->detail;
  }
  accepted_ = std::move(kept);
  take_model_fixes(files, solved_, plan(),
                   [&](const ProvedFix& fix) { return accepted_.contains(key_of(fix)); });
  for (auto& file : files)
    for (auto& fix : file.fixes) {
      if (const auto it = failed.find(key_of(fix)); it != failed.end())
        reject(fix, it->second);
      else if (fix.decision == Decision::apply)
        fix.proof.entries.push_back({ProofStep::user_check, StepResult::passed, ""});
    }
  return true;
}

std::string model_words(const FixedFile& file) {
  std::string text;
  for (std::size_t i = 0; i < file.fixes.size() && i < file.findings.size(); ++i) {
    const auto& fix = file.fixes[i];
    if (!by_model(fix)) continue;
    const std::string_view what = fix.decision == Decision::apply   ? "fixed"
                                  : fix.decision == Decision::offer ? "offered"
                                                                    : "not fixed";
    text += fmt::format("{}: {}:{}  {}", what, visible(file.path, false),
                        file.findings[i].at.start.line, fix.rule);
    if (fix.decision != Decision::reject)
      text += fmt::format("  {:.0f}/10 ({:.0f} %)", fix.confidence * 10, fix.confidence * 100);
    text += "\n";
    for (const auto row : split_lines(fix.reasoning))
      text += fmt::format("    {}\n", visible(row, false));
    if (fix.decision == Decision::offer)
      for (const auto row : split_lines(fix.diff))
        text += fmt::format("    {}\n", visible(row, false));
  }
  return text;
}

void ModelStage::close(bool with_tests) {
  if (ai_ == nullptr) return;
  auto notes = ai_->notes();
  notes.insert(notes.end(), solved_.notes.begin(), solved_.notes.end());
  if (solved_.refused) {
    notes.emplace_back("a model was not asked because of a limit: see the fixes without an answer");
    reviewed_.report.change.incomplete = true;
  }
  for (const auto& note : notes)
    session_.complain(note);
  auto& degraded = reviewed_.report.degraded;
  degraded.insert(degraded.end(), notes.begin(), notes.end());
  decide(reviewed_.report);
  if (ai_->roster().empty()) return;
  if (with_tests) suggest_tests(reviewed_.report, *ai_, session_.stop);
  reviewed_.report.summary = facts_of(reviewed_.report);
  add_receipt(reviewed_.report.receipt, ai_->receipt());
}

}  // namespace peer
