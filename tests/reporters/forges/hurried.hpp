// A transport that waits for no answer longer than a moment, for tests of forges that hang.
#pragma once

#include "base/http.hpp"

namespace peer::test {

class Hurried : public HttpTransport {
 public:
  explicit Hurried(HttpTransport& http) : http_(http) {}

  HttpOutcome send(const HttpRequest& request, const std::stop_token& stop) override {
    auto soon = request;
    soon.deadlines.first_byte = std::chrono::milliseconds(250);
    soon.deadlines.total = std::chrono::milliseconds(2'000);
    return http_.send(soon, stop);
  }

 private:
  HttpTransport& http_;
};

}  // namespace peer::test
