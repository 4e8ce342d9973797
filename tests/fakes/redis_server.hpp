// A real redis-server for a test, on a free port of this machine, with nothing kept on disk.
#pragma once

#include <arpa/inet.h>
#include <chrono>
#include <cstdlib>
#include <memory>
#include <netinet/in.h>
#include <string>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>
#include <vector>

#include "tests/fakes/child.hpp"

namespace peer::fakes {

/// A loopback port that nobody listens on just now.
inline int free_port() {
  const int probe = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t length = sizeof address;
  if (bind(probe, reinterpret_cast<sockaddr*>(&address), length) != 0 ||
      getsockname(probe, reinterpret_cast<sockaddr*>(&address), &length) != 0)
    std::abort();
  ::close(probe);
  return ntohs(address.sin_port);
}

inline bool answers(int port) {
  const int probe = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const bool up = connect(probe, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
  ::close(probe);
  return up;
}

class RedisServer {
 public:
  explicit RedisServer(const std::vector<std::string>& more = {}) : port_(free_port()) {
    std::vector<std::string> words{
        "redis-server", "--bind", "127.0.0.1", "--port", std::to_string(port_), "--save", "",
        "--appendonly", "no",     "--dir",     "/tmp"};
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
