// Who examines the files of a run: this process, or workers that have nothing to lose. Safe from
// many threads.
#pragma once

#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include "analyzers/examine.hpp"
#include "bot/config.hpp"
#include "bot/isolate/pool.hpp"
#include "bot/session.hpp"

namespace peer {

class Examiner {
 public:
  /// Isolated when the configuration says so, or by default when the environment says that this is
  /// CI.
  Examiner(const Config& config, const Session& session);
  [[nodiscard]] FileReview examine(const FileJob& job, const ExamineOptions& options,
                                   const std::stop_token& stop) const;
  /// What could not be had as configured, one sentence each.
  [[nodiscard]] const std::vector<std::string>& notes() const { return notes_; }

 private:
  std::unique_ptr<WorkerPool> pool_;
  std::vector<std::string> notes_;
};

}  // namespace peer
