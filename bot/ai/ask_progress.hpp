// What people see on a terminal while models work: a line for each question that is done, and one
// that changes while an answer comes. Standard error only, on a terminal only; what models and
// repositories write is made visible first. Safe from many threads.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>

#include "bot/session.hpp"

namespace peer {

/// One question that is done.
struct AskedLine {
  std::string_view place;  ///< path, or path and line
  std::string_view what;   ///< rule or task; may be ""
  std::string_view model;
  std::string_view status;  ///< "answered", "proved", "timeout"
  std::chrono::milliseconds took{0};
  double confidence = -1;  ///< 0.0 to 1.0; below 0: there is none
  bool cached = false;
};

/// "a.py:3  rule  mock/m  proved  9/10  120 ms  MISS", with nothing a terminal would obey.
[[nodiscard]] std::string progress_line(const AskedLine& line);

class AskProgress {
 public:
  /// Says nothing where standard error is no terminal. `session` must outlive it.
  explicit AskProgress(const Session& session) : session_(session) {}
  ~AskProgress();
  AskProgress(const AskProgress&) = delete;
  AskProgress& operator=(const AskProgress&) = delete;

  /// A line that stays.
  void done(std::string_view line);
  /// `bytes` of the answer of `model` about `place` are there: a line that the next one replaces,
  /// at most ten a second.
  void receiving(std::string_view place, std::string_view model, std::size_t bytes);

 private:
  void erase();

  const Session& session_;
  std::mutex lock_;
  bool shown_ = false;
  std::chrono::steady_clock::time_point last_{};
};

}  // namespace peer
