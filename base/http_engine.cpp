#include "base/http_engine.hpp"

#include <algorithm>
#include <condition_variable>
#include <fmt/format.h>
#include <mutex>
#include <thread>
#include <unordered_map>
#include <utility>

#include "base/http_events.hpp"
#include "base/http_transfer.hpp"
#include "base/text.hpp"

namespace peer {
namespace {

using Time = HttpTransfer::Time;

HttpOutcome failed(HttpFailure failure, std::string detail) {
  HttpOutcome outcome;
  outcome.failure = failure;
  outcome.detail = std::move(detail);
  return outcome;
}

std::string_view phase_text(HttpFailure failure) {
  switch (failure) {
    case HttpFailure::first_byte_timeout:
      return "no answer began in time";
    case HttpFailure::idle_timeout:
      return "the answer stopped coming";
    case HttpFailure::total_timeout:
      return "the answer was not whole in time";
    default:
      return "cancelled";
  }
}

/// A request that was checked and waits for the engine's thread.
struct Waiting {
  std::uint64_t id = 0;
  std::unique_ptr<HttpTransfer> transfer;
  AllowedOrigin allowed;
  Url url;
};

}  // namespace

bool uses_proxy(const HttpOptions& options, const Origin& origin) {
  if (options.proxy.empty() || is_loopback(origin)) return false;
  return std::none_of(options.no_proxy.begin(), options.no_proxy.end(),
                      [&](const std::string& entry) {
                        const auto name = to_lower(entry);
                        if (name.empty()) return false;
                        if (name == "*" || name == origin.host) return true;
                        const auto suffix = name.front() == '.' ? name : "." + name;
                        return origin.host.ends_with(suffix);
                      });
}

struct HttpEngine::State {
  explicit State(HttpOptions given) : options(std::move(given)) {}

  const HttpOptions options;
  std::mutex lock;
  bool ending = false;
  std::uint64_t last_id = 0;
  std::vector<Waiting> waiting;
  std::vector<std::uint64_t> cancelled;
  const CurlLibrary* curl = nullptr;  // set once, with the thread
  CURLM* multi = nullptr;
  std::unique_ptr<HttpEvents> events;
  std::thread thread;

  // of the engine's thread
  std::unordered_map<std::uint64_t, std::unique_ptr<HttpTransfer>> active;
  std::unordered_map<const HttpTransfer*, std::uint64_t> ids;
  std::vector<CURL*> spare;
  Time soonest = Time::max();  // no transfer is overdue before

  Result<void> begin_thread();
  void loop();
  bool take_orders();
  void launch(Waiting order);
  void finish(std::uint64_t id);
  void read_results();
  void end_overdue();
  void end_all();
  void order(Waiting transfer);
  void order_end(std::uint64_t id);
};

/// With the lock held.
Result<void> HttpEngine::State::begin_thread() {
  if (multi != nullptr) return {};
  const auto library = curl_library();
  if (!library) return fail(library.error());
  curl = *library;
  multi = curl->multi_init();
  if (multi == nullptr) return fail(ErrorKind::unavailable, "libcurl has no memory", "PEER-E170");
  events = std::make_unique<HttpEvents>(*curl, multi);
  if (events->failed()) {
    curl->multi_cleanup(std::exchange(multi, nullptr));
    return fail(ErrorKind::unavailable, "the system has no more open files for connections",
                "PEER-E170");
  }
  curl->multi_setopt(multi, CURLMOPT_PIPELINING, static_cast<long>(CURLPIPE_MULTIPLEX));
  curl->multi_setopt(multi, CURLMOPT_MAXCONNECTS, options.max_idle_connections);
  thread = std::thread([this] { loop(); });
  return {};
}

void HttpEngine::State::loop() {
  while (take_orders()) {
    events->wait(soonest);
    read_results();
    end_overdue();
  }
  end_all();
}

/// Begins what waits and ends what was cancelled; false when the engine ends.
bool HttpEngine::State::take_orders() {
  std::vector<Waiting> orders;
  std::vector<std::uint64_t> ends;
  {
    const std::lock_guard guard(lock);
    orders.swap(waiting);
    ends.swap(cancelled);
    if (ending) {
      waiting.swap(orders);  // end_all() tells them
      return false;
    }
  }
  for (auto& order : orders)
    launch(std::move(order));
  for (const auto id : ends) {
    const auto found = active.find(id);
    if (found == active.end()) continue;
    found->second->conclude(HttpFailure::cancelled, "cancelled");
    finish(id);
  }
  return true;
}

void HttpEngine::State::launch(Waiting order) {
  CURL* easy = nullptr;
  if (!spare.empty()) {
    easy = spare.back();
    spare.pop_back();
  } else {
    easy = curl->easy_init();
  }
  auto& transfer = *order.transfer;
  if (easy == nullptr) {
    transfer.conclude(HttpFailure::unavailable, "libcurl has no memory");
    return transfer.report();
  }
  transfer.prepare(easy, order.allowed, order.url, soonest);
  ids[&transfer] = order.id;
  active[order.id] = std::move(order.transfer);
  curl->multi_add_handle(multi, easy);
}

/// Takes a concluded transfer out and reports it.
void HttpEngine::State::finish(std::uint64_t id) {
  const auto found = active.find(id);
  if (found == active.end()) return;
  const auto transfer = std::move(found->second);
  active.erase(found);
  ids.erase(transfer.get());
  CURL* const easy = transfer->easy();
  curl->multi_remove_handle(multi, easy);
  if (spare.size() < static_cast<std::size_t>(options.max_idle_connections)) {
    curl->easy_reset(easy);
    spare.push_back(easy);
  } else {
    curl->easy_cleanup(easy);
  }
  transfer->report();
}

void HttpEngine::State::read_results() {
  int left = 0;
  while (const auto* message = curl->multi_info_read(multi, &left)) {
    if (message->msg != CURLMSG_DONE) continue;
    void* owner = nullptr;
    curl->easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &owner);
    auto* transfer = static_cast<HttpTransfer*>(owner);
    transfer->conclude(message->data.result);
    finish(ids.at(transfer));
  }
}

void HttpEngine::State::end_overdue() {
  const auto now = std::chrono::steady_clock::now();
  if (now < soonest) return;
  soonest = Time::max();
  std::vector<std::uint64_t> over;
  for (const auto& [id, transfer] : active) {
    const auto failure = transfer->overdue(now);
    if (!failure) {
      soonest = std::min(soonest, transfer->deadline().value_or(Time::max()));
      continue;
    }
    transfer->conclude(*failure, *failure == HttpFailure::none ? std::string()
                                                               : std::string(phase_text(*failure)));
    over.push_back(id);
  }
  for (const auto id : over)
    finish(id);
}

/// With the lock held, as below: the thread takes all that waits at once, so one wake is enough.
void HttpEngine::State::order(Waiting transfer) {
  waiting.push_back(std::move(transfer));
  if (waiting.size() == 1) events->wake();
}

void HttpEngine::State::order_end(std::uint64_t id) {
  cancelled.push_back(id);
  if (cancelled.size() == 1) events->wake();
}

void HttpEngine::State::end_all() {
  std::vector<Waiting> never_begun;
  {
    const std::lock_guard guard(lock);
    never_begun.swap(waiting);
  }
  while (!active.empty()) {
    active.begin()->second->conclude(HttpFailure::cancelled, "the engine ends");
    finish(active.begin()->first);
  }
  for (auto& order : never_begun) {
    order.transfer->conclude(HttpFailure::cancelled, "the engine ends");
    order.transfer->report();
  }
  for (CURL* easy : spare)
    curl->easy_cleanup(easy);
  curl->multi_cleanup(multi);
}

HttpEngine::HttpEngine(HttpOptions options) : state_(std::make_unique<State>(std::move(options))) {}

HttpEngine::~HttpEngine() {
  {
    const std::lock_guard guard(state_->lock);
    state_->ending = true;
    if (state_->multi == nullptr) return;
    state_->events->wake();
  }
  state_->thread.join();
}

std::uint64_t HttpEngine::start(const HttpRequest& request, Done done) {
  auto url = parse_url(request.url);
  if (!url) {
    done(failed(HttpFailure::refused, url.error().message));
    return 0;
  }
  const auto* allowed = find_allowed(state_->options.allowed, url->origin);
  if (allowed == nullptr) {
    done(failed(HttpFailure::refused, fmt::format("{} is not among the hosts that may be asked",
                                                  to_string(url->origin))));
    return 0;
  }
  if (request.credential && !(request.credential->origin == url->origin)) {
    done(failed(HttpFailure::refused,
                fmt::format("the key belongs to {}, not to {}",
                            to_string(request.credential->origin), to_string(url->origin))));
    return 0;
  }
  std::unique_lock guard(state_->lock);
  if (const auto begun = state_->begin_thread(); !begun) {
    guard.unlock();
    done(failed(HttpFailure::unavailable, begun.error().message));
    return 0;
  }
  const auto id = ++state_->last_id;
  auto transfer = std::make_unique<HttpTransfer>(*state_->curl, state_->options, request,
                                                 std::move(done), std::chrono::steady_clock::now());
  state_->order({id, std::move(transfer), *allowed, *std::move(url)});
  return id;
}

void HttpEngine::cancel(std::uint64_t id) {
  const std::lock_guard guard(state_->lock);
  if (state_->multi == nullptr) return;
  state_->order_end(id);
}

HttpOutcome HttpEngine::send(const HttpRequest& request, const std::stop_token& stop) {
  if (stop.stop_requested()) return failed(HttpFailure::cancelled, "cancelled");
  std::mutex lock;
  std::condition_variable ready;
  std::optional<HttpOutcome> result;
  const auto id = start(request, [&](HttpOutcome outcome) {
    const std::lock_guard guard(lock);
    result = std::move(outcome);
    ready.notify_one();
  });
  const std::stop_callback on_stop(stop, [&] { cancel(id); });
  std::unique_lock guard(lock);
  ready.wait(guard, [&] { return result.has_value(); });
  return *std::move(result);
}

}  // namespace peer
