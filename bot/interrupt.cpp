#include "bot/interrupt.hpp"

#include <chrono>
#include <csignal>
#include <pthread.h>
#include <unistd.h>

namespace peer {
namespace {

constexpr auto kGrace = std::chrono::milliseconds(120);  // "stops within 0.2 s", with room to end

std::atomic<int>& holds() {
  static std::atomic<int> count{0};
  return count;
}

sigset_t ending_signals() {
  sigset_t set;
  sigemptyset(&set);
  for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGUSR2})
    sigaddset(&set, signal);
  return set;
}

}  // namespace

HoldInterrupt::HoldInterrupt() { ++holds(); }
HoldInterrupt::~HoldInterrupt() { --holds(); }

Interrupts::Interrupts() {
  std::signal(SIGPIPE, SIG_IGN);  // `peer .. | head` ends quietly
  std::signal(SIGXFSZ, SIG_IGN);  // a full disk or a limit is an error to report, not an end
  const auto set = ending_signals();
  pthread_sigmask(SIG_BLOCK, &set, nullptr);
  waiter_ = std::thread([this] { wait_for_signals(); });
}

Interrupts::~Interrupts() {
  // SIGUSR2 is our own word to the waiter that all is done
  pthread_kill(waiter_.native_handle(), SIGUSR2);
  waiter_.join();
}

int Interrupts::exit_code() const { return signal_ == 0 ? 0 : 128 + signal_; }

void Interrupts::wait_for_signals() {
  const auto set = ending_signals();
  int signal = 0;
  if (sigwait(&set, &signal) != 0 || signal == SIGUSR2) return;
  signal_ = signal;
  source_.request_stop();
  const timespec grace{0, std::chrono::nanoseconds(kGrace).count()};
  // ends early when main is done (SIGUSR2) or the user asks again
  if (sigtimedwait(&set, nullptr, &grace) == SIGUSR2) return;
  while (holds() > 0)
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  _exit(128 + signal);
}

}  // namespace peer
