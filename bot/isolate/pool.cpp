#include "bot/isolate/pool.hpp"

#include <fmt/format.h>
#include <mutex>

#include "base/clock.hpp"
#include "bot/isolate/packing.hpp"
#include "bot/sandbox/process.hpp"

namespace peer {

using SteadyClock = std::chrono::steady_clock;

class WorkerPool::Worker {
 public:
  explicit Worker(Process process) : process_(std::move(process)) {}

  /// `limit` is processor time; kPatience times as long on the clock for a worker that sleeps or a
  /// machine that is busy.
  Result<FileReview> ask(const std::string& question, std::chrono::milliseconds limit,
                         const std::stop_token& stop) {
    constexpr int kPatience = 10;
    const auto start = SteadyClock::now();
    const auto deadline = start + limit * kPatience;
    const auto used_before = process_cpu_time(process_.pid());
    if (!process_.write(question, deadline)) return ended();
    std::string answer;
    std::uint64_t size = kFrameHead;
    while (answer.size() < size) {
      constexpr auto kGlance = std::chrono::milliseconds(50);  // between looks at the wish to stop
      const auto now = SteadyClock::now();
      if (stop.stop_requested()) return fail(ErrorKind::unavailable, "stopped");
      const bool used_up =
          now >= start + limit && process_cpu_time(process_.pid()) - used_before >= limit;
      if (used_up || now >= deadline)
        return fail(ErrorKind::timeout, "did not end in time and was killed");
      const auto got = process_.read(answer, static_cast<std::size_t>(size) - answer.size(),
                                     std::min(deadline, now + kGlance));
      if (got && *got == 0) return ended();
      if (answer.size() == kFrameHead) {
        std::memcpy(&size, answer.data(), sizeof size);
        if (size > kMostFrame) return fail(ErrorKind::refused, "gave an answer that is too large");
        size += kFrameHead;
      }
    }
    FileReview review;
    if (!unpack(std::string_view(answer).substr(kFrameHead), review))
      return fail(ErrorKind::refused, "gave an answer that cannot be read");
    return review;
  }

 private:
  tl::unexpected<Error> ended() {
    const auto end =
        process_.wait(SteadyClock::now() + std::chrono::seconds(1)).value_or(ProcessEnd{});
    return fail(ErrorKind::unavailable,
                end.signal != 0 ? fmt::format("was ended by signal {}", end.signal)
                                : fmt::format("ended with exit code {}", end.exit_code));
  }
  Process process_;
};

struct WorkerPool::State {
  PoolOptions options;
  std::mutex lock;
  std::vector<std::unique_ptr<Worker>> idle;
};

WorkerPool::WorkerPool(PoolOptions options) : state_(std::make_unique<State>()) {
  state_->options = std::move(options);
}

WorkerPool::~WorkerPool() = default;

Result<FileReview> WorkerPool::ask(const FileJob& job, const ExamineOptions& options,
                                   const std::stop_token& stop) {
  std::unique_ptr<Worker> worker;
  {
    const std::lock_guard guard(state_->lock);
    if (!state_->idle.empty()) {
      worker = std::move(state_->idle.back());
      state_->idle.pop_back();
    }
  }
  std::string question;
  if (!worker) {
    auto process = Process::start({state_->options.command, {}, {}, false});
    if (!process) return fail(process.error());
    worker = std::make_unique<Worker>(std::move(*process));
    const auto& rules = state_->options.rules;
    question =
        frame(pack(state_->options.memory_bytes, rules != nullptr, rules ? *rules : RuleSources{}));
  }
  question += frame(pack(job, options));
  const int sides = job.before ? 2 : 1;
  auto review = worker->ask(question, options.checks.parse.budget * 2 * sides, stop);
  if (review) {
    const std::lock_guard guard(state_->lock);
    state_->idle.push_back(std::move(worker));
  }
  return review;
}

FileReview WorkerPool::examine(const FileJob& job, const ExamineOptions& options,
                               const std::stop_token& stop) {
  auto review = ask(job, options, stop);
  if (review) {
    // a worker that was taken over may say what it likes about its own file, and about no other
    for (auto& finding : review->findings)
      finding.path = job.file.path;
    return std::move(*review);
  }
  const auto reason =
      fmt::format("its worker process {}; examined by text rules only", review.error().message);
  auto text_only = options;
  text_only.checks.parse.max_bytes = 0;
  auto second = stop.stop_requested() ? std::move(review) : ask(job, text_only, stop);
  FileReview result = second ? std::move(*second) : FileReview{};
  result.depth = second ? Depth::text_only : Depth::none;
  result.complete = false;
  result.reason = second ? reason : "its worker process " + second.error().message;
  return result;
}

}  // namespace peer
