// A real redis-server for a test, on a free port of this machine, with nothing kept on disk.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "tests/fakes/child.hpp"
#include "tests/fakes/loopback.hpp"

namespace peer::fakes {

class RedisServer {
 public:
  enum class Wire { plain, tls };
  explicit RedisServer(const std::vector<std::string>& more = {}, Wire wire = Wire::plain)
      : port_(free_port()) {
    std::vector<std::string> words{"redis-server", "--bind", "127.0.0.1", "--save", "",
                                   "--appendonly", "no",     "--dir",     "/tmp"};
    if (wire == Wire::tls) words.insert(words.end(), {"--port", "0"});
    words.insert(words.end(), {wire == Wire::tls ? "--tls-port" : "--port", std::to_string(port_)});
    words.insert(words.end(), more.begin(), more.end());
    child_ = std::make_unique<Child>(words);
    for (int i = 0; i < 1000 && !answers(port_); ++i)
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    if (!answers(port_)) std::abort();  // redis-server is missing: run ci/setup --tests
  }
  [[nodiscard]] std::string url(const std::string& who = "") const {
    return "redis://" + who + "127.0.0.1:" + std::to_string(port_);
  }
  [[nodiscard]] int port() const { return port_; }
  /// No more answers; connections stay open.
  void freeze() const { child_->signal(SIGSTOP); }
  void thaw() const { child_->signal(SIGCONT); }
  void end() { child_->end(SIGKILL); }

 private:
  int port_;
  std::unique_ptr<Child> child_;
};

}  // namespace peer::fakes
