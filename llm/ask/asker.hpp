// Asks models: retries, waits, other keys, other models, smaller prompts, and at last a failure
// that says what to do without. Everything outside (network, time, chance) is given, so that every
// row of the policy is testable. Thread-safe.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "base/http.hpp"
#include "llm/ask/budget.hpp"
#include "llm/ask/policy.hpp"
#include "llm/providers/roster.hpp"
#include "llm/question.hpp"

namespace peer {

/// What the asker needs of the world. All must outlive it and be safe to call from many threads.
struct AskWorld {
  HttpTransport& http;
  const Clock& clock;
  /// Waits; false when stopped before the time was over.
  std::function<bool(std::chrono::milliseconds, const std::stop_token&)> sleep;
  std::function<double()> random;  ///< 0.0 to 1.0
};

/// The real way to wait, and real chance.
[[nodiscard]] AskWorld real_world(HttpTransport& http, const Clock& clock);

struct AskLimits {
  std::chrono::milliseconds per_model{12'000};  ///< one model with its retries
  std::chrono::milliseconds per_model_loopback{
      120'000};                             ///< the same where a model may first have to be loaded
  std::chrono::milliseconds chain{60'000};  ///< all models of one question that are elsewhere
  unsigned concurrency = 3;                 ///< calls at once
  RetryLimits retry = {};
};

/// One question with whom to ask.
struct Inquiry {
  Question question;
  std::vector<Target> chain;  ///< in order; must not be empty
  /// The same question with less in it, for when nothing else helps; null or nullopt: there is
  /// none.
  std::function<std::optional<Question>()> smaller = {};
  /// Hears text as it comes, on another thread; "" when an answer begins anew. Null: answers come
  /// whole.
  std::function<void(std::string_view)> on_text = {};
};

/// One call that was made, or a model that was passed over (then `sent` is false).
struct CallRecord {
  std::string model;  ///< "groq/llama-3.1-8b-instant"
  std::string key;    ///< label of the key
  bool sent = false;
  std::optional<CallFailure> failure;
  Usage usage;
  double cost_usd = 0;
  std::chrono::milliseconds waited{0}, took{0};
  bool smaller = false;  ///< it was the smaller question
  /// Tokens that the provider reported, to those of o200k_base in the question; absent where that
  /// says nothing.
  std::optional<double> token_ratio;
};

struct Answer {
  Completion completion;
  Model model;           ///< who answered
  double cost_usd = 0;   ///< of all calls that led to it
  bool smaller = false;  ///< it answers the smaller question
  bool shared = false;   ///< the same question was under way already; this cost nothing more
};

struct Reply {
  tl::expected<Answer, CallFailure> answer;
  std::vector<CallRecord> calls;
};

class Asker {
 public:
  /// `budget` may be null: no limits.
  Asker(AskWorld world, AskLimits limits, Budget* budget);
  ~Asker();

  [[nodiscard]] Reply ask(const Inquiry& inquiry, const std::stop_token& stop);
  /// Asks all, side by side within the limit of concurrency; replies stand in the order of the
  /// questions.
  [[nodiscard]] std::vector<Reply> ask_all(const std::vector<Inquiry>& inquiries,
                                           const std::stop_token& stop);

  /// Takes up what earlier runs learnt of how the model called `model` counts tokens.
  void remember_tokens(const std::string& model, double ratio);
  /// Looks at each request before it is sent; an error refuses it. Not to be changed while calls
  /// are under way.
  void set_guard(std::function<Result<void>(std::string_view body, const Provider& to)> guard);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace peer
