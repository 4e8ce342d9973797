// Spreads independent items over threads.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <exception>
#include <functional>
#include <mutex>
#include <stop_token>
#include <thread>
#include <vector>

namespace peer {

/// `asked`, or one per core where that is 0.
[[nodiscard]] inline unsigned thread_count(unsigned asked) {
  return asked != 0 ? asked : std::max(1U, std::thread::hardware_concurrency());
}

/// Calls `work(index)` for every index below `count` on up to `threads` threads (0: one per core),
/// each index once, in rising order of start; no new index is begun once `stop` is asked. The first
/// exception is rethrown to the caller.
inline void for_each_index(std::size_t count, unsigned threads, const std::stop_token& stop,
                           const std::function<void(std::size_t)>& work) {
  threads = thread_count(threads);
  std::atomic<std::size_t> next{0};
  std::exception_ptr failure;
  std::mutex failure_lock;
  const auto attempt = [&](std::size_t i) {
    try {
      work(i);
    } catch (...) {
      const std::lock_guard guard(failure_lock);
      if (!failure) failure = std::current_exception();
      next = count;
    }
  };
  const auto loop = [&] {
    for (auto i = next.fetch_add(1); i < count && !stop.stop_requested(); i = next.fetch_add(1))
      attempt(i);
  };
  std::vector<std::jthread> others;
  for (std::size_t n = 1; n < threads && n < count; ++n)
    others.emplace_back(loop);
  loop();
  others.clear();
  if (failure) std::rethrow_exception(failure);
}

}  // namespace peer
