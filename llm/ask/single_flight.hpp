// Identical work that is under way at the same time is done once, and all who want it get its
// result. Thread-safe.
#pragma once

#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>

namespace peer {

template <class Value>
class SingleFlight {
 public:
  struct Outcome {
    Value value;
    bool shared = false;  ///< somebody else did the work
  };

  /// Gives the result of `work`, or that of another caller who is doing the work of the same `key`
  /// just now. A result that `is_personal` (the other was cancelled) is not taken over: then one of
  /// those who wait does the work. nullopt when `stop` is asked while waiting.
  std::optional<Outcome> run(const std::string& key, const std::stop_token& stop,
                             const std::function<Value()>& work,
                             const std::function<bool(const Value&)>& is_personal) {
    std::unique_lock guard(lock_);
    for (;;) {
      const auto found = flights_.find(key);
      if (found == flights_.end()) break;
      const auto flight = found->second;
      if (!landed_.wait(guard, stop, [&] { return flight->done; })) return std::nullopt;
      if (flight->value && !is_personal(*flight->value)) return Outcome{*flight->value, true};
    }
    const auto flight = std::make_shared<Flight>();
    flights_[key] = flight;
    guard.unlock();
    const Landing landing{*this, key, flight};
    flight->result = work();
    return Outcome{*flight->result, false};
  }

 private:
  struct Flight {
    bool done = false;
    std::optional<Value> value;   // with the lock held
    std::optional<Value> result;  // of the caller who does the work
  };
  /// Tells those who wait, also when the work threw.
  struct Landing {
    SingleFlight& all;
    const std::string& key;
    std::shared_ptr<Flight> flight;
    ~Landing() {
      {
        const std::lock_guard guard(all.lock_);
        flight->value = flight->result;
        flight->done = true;
        all.flights_.erase(key);
      }
      all.landed_.notify_all();
    }
  };

  std::mutex lock_;
  std::condition_variable_any landed_;
  std::map<std::string, std::shared_ptr<Flight>> flights_;
};

}  // namespace peer
