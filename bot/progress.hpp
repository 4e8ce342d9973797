// One line on standard error while work goes on for longer than half a second, on a terminal only.
#pragma once

#include <atomic>
#include <chrono>
#include <mutex>
#include <string>

#include "bot/pipeline.hpp"
#include "bot/session.hpp"

namespace peer {

class Progress : public EventSink {
 public:
  explicit Progress(const Session& session) : session_(session), began_(session.clock->steady()) {}
  ~Progress() override;
  void started(std::size_t files) override { files_ = files; }
  void examined(const std::string& path) override;

 private:
  const Session& session_;
  std::chrono::steady_clock::time_point began_;
  std::chrono::steady_clock::time_point shown_at_{};
  std::mutex lock_;
  std::size_t files_ = 0;
  std::size_t done_ = 0;
  bool shown_ = false;
};

}  // namespace peer
