// Ctrl-C, and the other polite ways to end a process: the run is asked to stop, and if it cannot
// within a moment the process ends anyway. Nothing is half-written, because writes are atomic and
// hold the end back.
#pragma once

#include <atomic>
#include <stop_token>
#include <thread>

namespace peer {

/// While one of these lives, a signal does not end the process: for the moment between writing and
/// renaming a file.
class HoldInterrupt {
 public:
  HoldInterrupt();
  ~HoldInterrupt();
  HoldInterrupt(const HoldInterrupt&) = delete;
  HoldInterrupt& operator=(const HoldInterrupt&) = delete;
};

/// Takes SIGINT, SIGTERM and SIGHUP for the life of the process. Make one before any thread is
/// started.
class Interrupts {
 public:
  Interrupts();
  ~Interrupts();
  Interrupts(const Interrupts&) = delete;
  Interrupts& operator=(const Interrupts&) = delete;

  [[nodiscard]] std::stop_token token() const { return source_.get_token(); }
  /// 128 + the signal that came (130, 143, 129), or 0.
  [[nodiscard]] int exit_code() const;

 private:
  void wait_for_signals();
  std::stop_source source_;
  std::atomic<int> signal_{0};
  std::thread waiter_;
};

}  // namespace peer
