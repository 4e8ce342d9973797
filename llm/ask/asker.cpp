#include "llm/ask/asker.hpp"

#include <condition_variable>
#include <fmt/format.h>
#include <mutex>
#include <random>
#include <utility>

#include "base/hash.hpp"
#include "base/workers.hpp"
#include "llm/ask/journey.hpp"
#include "llm/ask/single_flight.hpp"

namespace peer {
namespace {

/// Everything that makes two inquiries the same.
std::string identity_of(const Inquiry& inquiry) {
  const auto& q = inquiry.question;
  std::string all =
      fmt::format("{} {} {} {} {} {}", to_string(q.task), q.max_output_tokens, q.temperature,
                  q.top_p, q.repeat_penalty, q.seed ? std::to_string(*q.seed) : "none");
  const auto add = [&](std::string_view part) {
    all += fmt::format("\n{}:", part.size());
    all += part;
  };
  add(q.system);
  for (const auto& message : q.messages) {
    add(message.role == Message::Role::user ? "user" : "assistant");
    add(message.text);
  }
  add(q.shape ? q.shape->schema : "");
  for (const auto& word : q.stop)
    add(word);
  for (const auto& target : inquiry.chain)
    add(target.source->provider.base_url + " " + full_name(target.model));
  return sha256(all);
}

/// So many places for calls side by side. Thread-safe.
class Places {
 public:
  explicit Places(unsigned places) : free_(std::max(1U, places)) {}
  /// False when `stop` was asked before a place was free.
  [[nodiscard]] bool take(const std::stop_token& stop) {
    std::unique_lock guard(lock_);
    if (!changed_.wait(guard, stop, [&] { return free_ > 0; })) return false;
    --free_;
    return true;
  }
  void give_back() {
    {
      const std::lock_guard guard(lock_);
      ++free_;
    }
    changed_.notify_one();
  }

 private:
  std::mutex lock_;
  std::condition_variable_any changed_;
  unsigned free_;
};

struct Place {
  Places& places;
  ~Place() { places.give_back(); }
};

Reply cancelled() {
  CallFailure failure;
  failure.kind = FailureClass::cancelled;
  failure.message = "cancelled";
  return {tl::unexpected(std::move(failure)), {}};
}

bool was_cancelled(const Reply& reply) {
  return !reply.answer && reply.answer.error().kind == FailureClass::cancelled;
}

}  // namespace

struct Asker::State {
  State(AskWorld world, AskLimits limits, Budget* budget)
      : shared(std::move(world), limits, budget), places(limits.concurrency) {}
  AskShared shared;
  Places places;
  SingleFlight<Reply> flights;
};

AskWorld real_world(HttpTransport& http, const Clock& clock) {
  const auto sleep = [](std::chrono::milliseconds time, const std::stop_token& stop) {
    std::mutex lock;
    std::condition_variable_any never;
    std::unique_lock guard(lock);
    if (time.count() > 0) never.wait_for(guard, stop, time, [] { return false; });
    return !stop.stop_requested();
  };
  const auto random = [] {
    thread_local std::mt19937_64 generator{std::random_device{}()};
    return std::uniform_real_distribution<double>(0, 1)(generator);
  };
  return {http, clock, sleep, random};
}

Asker::Asker(AskWorld world, AskLimits limits, Budget* budget)
    : state_(std::make_unique<State>(std::move(world), limits, budget)) {}
Asker::~Asker() = default;

void Asker::set_guard(std::function<Result<void>(std::string_view, const Provider&)> guard) {
  state_->shared.guard = std::move(guard);
}

void Asker::remember_tokens(const std::string& model, double ratio) {
  state_->shared.remember_tokens(model, ratio);
}

Reply Asker::ask(const Inquiry& inquiry, const std::stop_token& stop) {
  const auto work = [&]() -> Reply {
    if (!state_->places.take(stop)) return cancelled();
    const Place place{state_->places};
    return Journey(state_->shared, inquiry, stop).travel();
  };
  auto outcome = state_->flights.run(identity_of(inquiry), stop, work, was_cancelled);
  if (!outcome) return cancelled();
  if (outcome->shared) {
    // what it took is in the reply to whoever asked first
    outcome->value.calls.clear();
    if (outcome->value.answer) {
      outcome->value.answer->shared = true;
      outcome->value.answer->cost_usd = 0;
    }
  }
  return std::move(outcome->value);
}

std::vector<Reply> Asker::ask_all(const std::vector<Inquiry>& inquiries,
                                  const std::stop_token& stop) {
  std::vector<Reply> replies(inquiries.size(), cancelled());
  for_each_index(inquiries.size(), std::max(1U, state_->shared.limits.concurrency), stop,
                 [&](std::size_t i) { replies[i] = ask(inquiries[i], stop); });
  return replies;
}

}  // namespace peer
