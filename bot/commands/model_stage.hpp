// The stage of fix-all in which models are asked, where the user lets them, and what it says of it.
// For one thread.
#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "bot/ai/ask_progress.hpp"
#include "bot/ai/guidance.hpp"
#include "bot/ai/model_fixes.hpp"
#include "bot/commands/run_review.hpp"
#include "bot/fixing/ask.hpp"
#include "bot/fixing/user_check.hpp"

namespace peer {

class ModelStage {
 public:
  /// Everything must outlive it.
  ModelStage(Reviewed& reviewed, const FixPolicy& policy, const Examine& examine, Session& session)
      : reviewed_(reviewed), policy_(policy), examine_(examine), session_(session) {}

  /// The user's check, which alone can show that a finding is gone that no rule sees.
  void set_check(UserCheck check) { check_ = std::move(check); }

  /// Asks about the findings of `targets` that have no fix, and puts what may be applied into
  /// `files`; with a dialogue, what a human accepts. Does nothing where no model is configured.
  /// Fails with what is wrong in the configuration.
  [[nodiscard]] Result<void> run(std::vector<FixedFile>& files, std::span<const FixTarget> targets,
                                 bool may_apply, const Dialogue* dialogue);
  /// Where the user's check failed with all fixes: `files` again, with those fixes of models that
  /// pass it. False where it fails without any of them too.
  [[nodiscard]] Result<bool> keep_those_that_pass(std::vector<FixedFile>& files,
                                                  const UserCheck& check);
  /// Some model's fix is in a file.
  [[nodiscard]] bool applied_any() const { return !accepted_.empty(); }
  /// Some model could be asked.
  [[nodiscard]] bool asked() const { return ai_ != nullptr && !ai_->roster().empty(); }
  /// Notes, the summary, tests for fixes where wished, and the receipt into the report, which must
  /// hold the fixes.
  void close(bool with_tests);

 private:
  [[nodiscard]] ModelFixPlan plan();
  std::optional<bool> check_one(const std::string& path, const std::string& before,
                                const std::string& after);
  void take(std::vector<FixedFile>& files, const Dialogue* dialogue);

  Reviewed& reviewed_;
  const FixPolicy& policy_;
  const Examine& examine_;
  Session& session_;
  AskProgress progress_{session_};
  Guidance guidance_{{}};
  std::unique_ptr<Ai> ai_;
  bool may_apply_ = true;
  SolvedFiles solved_;
  std::vector<FixedFile> without_;  // as rules left them
  std::set<FixKey> accepted_;
  UserCheck check_;
  std::mutex checking_;
  std::optional<bool> passes_before_;
  std::size_t checks_ = 0;
};

/// What models proposed for a file or could not: the place, who, both numbers, and why.
[[nodiscard]] std::string model_words(const FixedFile& file);

}  // namespace peer
