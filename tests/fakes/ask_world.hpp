// A world for askers: time that passes only when somebody waits, chance that is told, and a network
// that answers as a test says.
#pragma once

#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "base/clock.hpp"
#include "llm/ask/asker.hpp"

namespace peer::fakes {

class FakeClock : public Clock {
 public:
  [[nodiscard]] std::chrono::steady_clock::time_point steady() const override {
    const std::lock_guard guard(lock_);
    return now_;
  }
  [[nodiscard]] std::int64_t unix_seconds() const override {
    return 1'700'000'000 +
           std::chrono::duration_cast<std::chrono::seconds>(steady().time_since_epoch()).count();
  }
  void pass(std::chrono::milliseconds time) {
    const std::lock_guard guard(lock_);
    now_ += time;
  }

 private:
  mutable std::mutex lock_;
  std::chrono::steady_clock::time_point now_{std::chrono::hours(1)};
};

/// Answers each request by a function of the test's; keeps what was sent.
class FakeTransport : public HttpTransport {
 public:
  using Handler = std::function<HttpOutcome(const HttpRequest&)>;
  explicit FakeTransport(Handler handler) : handler_(std::move(handler)) {}
  [[nodiscard]] HttpOutcome send(const HttpRequest& request, const std::stop_token& stop) override {
    {
      const std::lock_guard guard(lock_);
      sent_.push_back(request);
    }
    if (stop.stop_requested()) {
      HttpOutcome outcome;
      outcome.failure = HttpFailure::cancelled;
      return outcome;
    }
    auto outcome = handler_(request);
    if (request.on_data && outcome.status == 200) {
      const auto flow = request.on_data(outcome.body);
      if (flow == HttpFlow::abort && outcome.ok()) outcome.failure = HttpFailure::stopped;
      outcome.body.clear();
    }
    return outcome;
  }
  [[nodiscard]] std::vector<HttpRequest> sent() const {
    const std::lock_guard guard(lock_);
    return sent_;
  }

 private:
  Handler handler_;
  mutable std::mutex lock_;
  std::vector<HttpRequest> sent_;
};

inline HttpOutcome status(int code, std::string body = "{}",
                          std::vector<std::pair<std::string, std::string>> headers = {}) {
  HttpOutcome outcome;
  outcome.status = code;
  outcome.body = std::move(body);
  outcome.headers = std::move(headers);
  return outcome;
}

inline HttpOutcome says(const std::string& text, const std::string& finish = "stop") {
  return status(200, R"({"choices":[{"message":{"content":")" + text + R"("},"finish_reason":")" +
                         finish + R"("}],"usage":{"prompt_tokens":1000,"completion_tokens":100}})");
}

inline HttpOutcome broken(HttpFailure failure) {
  HttpOutcome outcome;
  outcome.failure = failure;
  outcome.detail = "as the test says";
  return outcome;
}

/// A model of a provider with keys; its address tells the provider.
inline Target target(const std::string& provider, const std::string& model = "m",
                     std::size_t keys = 1, std::uint32_t window = 100'000) {
  Source source;
  source.provider.id = provider;
  source.provider.title = provider;
  source.provider.wire = "openai_chat";
  source.provider.base_url = "https://" + provider + ".example/v1";
  source.provider.origin = {"https", provider + ".example", 443};
  for (std::size_t i = 0; i < keys; ++i)
    source.keys.emplace_back(provider + " key " + std::to_string(i),
                             "secret-" + provider + "-" + std::to_string(i));
  Target out;
  out.model.provider = provider;
  out.model.wire = "openai_chat";
  out.model.name = model;
  out.model.window = window;
  out.model.max_output = 4096;
  out.model.abilities.json = JsonAbility::schema;
  out.model.prices = {.input = 1, .output = 10, .cache_read = {}, .cache_write = {}, .known = true};
  out.source = std::make_shared<const Source>(std::move(source));
  return out;
}

/// An asker in a fake world. Waits are kept and pass at once.
struct AskBench {
  explicit AskBench(FakeTransport::Handler handler, AskLimits limits = {}, Budget* budget = nullptr)
      : http(std::move(handler)),
        asker({http, clock,
               [this](std::chrono::milliseconds time, const std::stop_token& stop) {
                 if (time.count() > 0) {
                   const std::lock_guard guard(lock);
                   waits.push_back(time);
                 }
                 clock.pass(time);
                 return !stop.stop_requested();
               },
               [this] { return chance; }},
              limits, budget) {}

  FakeClock clock;
  FakeTransport http;
  double chance = 1.0;  // back-off takes the whole of its range
  std::mutex lock;
  std::vector<std::chrono::milliseconds> waits;
  Asker asker;
};

}  // namespace peer::fakes
