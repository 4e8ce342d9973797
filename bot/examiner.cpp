#include "bot/examiner.hpp"

#include "bot/isolate/worker.hpp"
#include "bot/sandbox/process.hpp"

namespace peer {
namespace {

bool isolated(const Config& config, const Session& session) {
  if (config.isolate != Switch::automatic) return config.isolate == Switch::always;
  const auto ci = session.environment("CI");
  return ci && !ci->empty() && *ci != "false" && *ci != "0";
}

}  // namespace

Examiner::Examiner(const Config& config, const Session& session) {
  if (!isolated(config, session)) return;
  const auto program = own_program();
  if (!program) {
    notes_.push_back("files were examined without isolation: " + program.error().message);
    return;
  }
  pool_ = std::make_unique<WorkerPool>(PoolOptions{
      .command = {program->string(), std::string(kWorkerWord)}, .rules = config.rule_sources});
}

FileReview Examiner::examine(const FileJob& job, const ExamineOptions& options,
                             const std::stop_token& stop) const {
  return pool_ ? pool_->examine(job, options, stop) : peer::examine(job, options, stop);
}

}  // namespace peer
