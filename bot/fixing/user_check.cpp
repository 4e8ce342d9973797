#include "bot/fixing/user_check.hpp"

namespace peer {
namespace {

std::vector<FileContent> changed_contents(const std::vector<FixedFile>& files) {
  std::vector<FileContent> contents;
  for (const auto& file : files)
    if (file.changed()) contents.push_back({file.path, file.after});
  return contents;
}

void note(ProvedFix& fix, const ProofEntry& entry) {
  if (fix.decision != Decision::apply) return;
  fix.proof.entries.push_back(entry);
  if (entry.result == StepResult::passed) return;
  const bool failed = entry.result == StepResult::failed;
  fix.decision = failed ? Decision::reject : Decision::offer;
  fix.reasoning = failed ? "user check failed: " + entry.detail : entry.detail;
}

void note_all(std::vector<FixedFile>& files, StepResult result, const std::string& detail) {
  for (auto& file : files) {
    if (!file.changed()) continue;
    for (auto& fix : file.fixes)
      note(fix, {ProofStep::user_check, result, detail});
    if (result != StepResult::passed) file.after = file.before;
  }
}

}  // namespace

Result<CheckOutcome> keep_if_check_passes(std::vector<FixedFile>& files, const UserCheck& check) {
  const auto contents = changed_contents(files);
  if (contents.empty()) return CheckOutcome{true, {}, {}};
  auto outcome = check(contents);
  if (!outcome)
    note_all(files, StepResult::not_run, outcome.error().message);
  else
    note_all(files, outcome->passed ? StepResult::passed : StepResult::failed,
             outcome->passed ? "" : outcome->detail);
  return outcome;
}

}  // namespace peer
