// What the fakes of the forges have in common: requests are taken one at a time, and go wrong when
// a test says so.
#pragma once

#include <functional>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include "base/json.hpp"
#include "tests/fakes/http_server.hpp"

namespace peer::fakes {

class ForgeFake {
 public:
  /// What happens to a request instead of, or after, being answered.
  struct Fault {
    enum Kind { none, drop_before, drop_after, hang_before, hang_after, answer } kind = none;
    int status = 500;
    std::string body = "{\"message\":\"500 Internal Server Error\"}";
    std::vector<std::pair<std::string, std::string>> headers = {};
  };

  std::function<Fault(const ServedRequest&)> fault;
  std::function<void(const ServedRequest&)> before;  // a request is answered
  std::vector<std::string> problems;  // what a request did that the real one would not take
  std::size_t page = 100;             // entries of one

  /// Writes that were carried out.
  [[nodiscard]] std::size_t writes() const {
    const std::lock_guard guard(lock_);
    return writes_;
  }
  std::mutex& lock() { return lock_; }
  /// Waits for the request that is being served: a connection that is cut tells its client so
  /// before the fake is done with it.
  void settle() { const std::lock_guard guard(lock_); }

 protected:
  struct Answer {
    int status = 200;
    Json body = Json::object();
    bool wrote = false;
    std::string link = {};
  };

  static Answer no(int status, const std::string& message) {
    return {status, Json{{"message", message}}};
  }

  /// Replies with what `answer` gives, unless there is a fault.
  void serve(const ServedRequest& request, Connection& connection,
             const std::function<Answer()>& answer);

 private:
  mutable std::mutex lock_;
  std::size_t writes_ = 0;
};

}  // namespace peer::fakes
