// The parent side of --isolate: keeps worker processes, hands them files, kills those that do not
// come back in time and starts new ones. A file that loops or crashes its worker is lost to the
// tree checks and nothing else is. Safe from many threads: each call uses a worker of its own.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "analyzers/examine.hpp"
#include "base/result.hpp"

namespace peer {

struct RuleSources;

struct PoolOptions {
  std::vector<std::string> command;  ///< starts a worker; its environment is empty
  std::uint64_t memory_bytes = std::uint64_t{1} << 30U;  ///< address space of a worker
  std::shared_ptr<const RuleSources> rules =
      nullptr;  ///< which a worker loads before its first file; null: none
};

class WorkerPool {
 public:
  explicit WorkerPool(PoolOptions options);
  ~WorkerPool();
  WorkerPool(const WorkerPool&) = delete;
  WorkerPool& operator=(const WorkerPool&) = delete;

  /// As examine(), in a worker. When the worker dies, or takes more processor time than twice the
  /// parse budget for each side of the change, the file is examined again by text checks only, in a
  /// new one; the review is then not complete and says why.
  [[nodiscard]] FileReview examine(const FileJob& job, const ExamineOptions& options,
                                   const std::stop_token& stop);

 private:
  class Worker;
  struct State;
  [[nodiscard]] Result<FileReview> ask(const FileJob& job, const ExamineOptions& options,
                                       const std::stop_token& stop);
  std::unique_ptr<State> state_;
};

}  // namespace peer
