// One question on its way through the models that may answer it. For one thread.
#pragma once

#include <chrono>
#include <stop_token>
#include <string>

#include "llm/ask/shared.hpp"
#include "llm/wires/wire.hpp"

namespace peer {

class Journey {
 public:
  /// All must outlive the journey.
  Journey(AskShared& shared, const Inquiry& inquiry, const std::stop_token& stop);
  [[nodiscard]] Reply travel();

 private:
  using Time = std::chrono::steady_clock::time_point;
  /// Where to after a try.
  enum class Way { answered, same, next, over };
  struct Try;

  Way visit(std::size_t index);
  Way try_once(std::size_t index, Time end);
  Way react(std::size_t index, const Try& made, const CallFailure& failure, Time end);
  Way pass_over(const Target& target, CallFailure failure, Way way);
  void record(const Try& made, const CallResult& result);
  CallResult call(const Try& made, std::chrono::milliseconds left, HttpOutcome& outcome);
  bool shrink();
  void begin_model();
  [[nodiscard]] bool can_shrink() const { return !shrunk_ && inquiry_.smaller != nullptr; }
  [[nodiscard]] bool may_fit(const Target& target);
  [[nodiscard]] bool other_target(std::size_t index);
  [[nodiscard]] Time now() const { return shared_.world.clock.steady(); }

  AskShared& shared_;
  const Inquiry& inquiry_;
  const std::stop_token& stop_;
  Question question_;
  CountedTexts counted_;  // its texts are counted for every model, key, price and receipt
  Time chain_end_;
  bool shrunk_ = false;
  bool no_smaller_ = false;
  std::uint32_t too_small_ = 0;  // a window that the question was found not to fit
  double cost_ = 0;
  Reply reply_;

  // of the model that is being asked
  int tries_ = 0;
  int same_error_ = 0;
  std::string last_error_;
  std::string repair_;  // what was wrong with its last answer
  bool repaired_ = false;
  int dropped_ = 0;
  std::chrono::milliseconds wait_{0};
};

}  // namespace peer
