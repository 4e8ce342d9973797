#include "bot/ai/ask_progress.hpp"

#include <gtest/gtest.h>

namespace peer {
namespace {

struct TickingClock : Clock {
  std::chrono::steady_clock::time_point now{std::chrono::seconds(1)};
  [[nodiscard]] std::chrono::steady_clock::time_point steady() const override { return now; }
};

class AskProgressTest : public ::testing::Test {
 protected:
  AskProgressTest() {
    session_.clock = &clock_;
    session_.err = [this](std::string_view text) { seen_ += text; };
    session_.err_is_terminal = true;
  }
  TickingClock clock_;
  Session session_;
  std::string seen_;
};

TEST_F(AskProgressTest, NamesFileModelStatusTimeConfidenceAndCache) {
  AskedLine line{"a.py:3", "eval", "mock/m", "proved", std::chrono::milliseconds(120), 0.9, false};
  EXPECT_EQ(progress_line(line), "a.py:3  eval  mock/m  proved  9/10  120 ms  MISS");
  line.cached = true;
  line.confidence = -1;
  line.what = "";
  EXPECT_EQ(progress_line(line), "a.py:3  mock/m  proved  120 ms  HIT");
}

TEST_F(AskProgressTest, PassesNothingOnThatATerminalWouldObey) {
  const auto line = progress_line({"a\x1b[2J\r\nb.py", "r", "m\x07", "s\x9b", {}, 1, false});
  for (const char c : line)
    EXPECT_GE(static_cast<unsigned char>(c), 0x20U) << line;
  AskProgress(session_).receiving("x\x1b]0;title\x07\ny", "m", 5);
  EXPECT_EQ(seen_.find("\x1b]"), std::string::npos);
  EXPECT_EQ(seen_.find('\n'), std::string::npos);
}

TEST_F(AskProgressTest, ReplacesTheLineThatChanges) {
  {
    AskProgress progress(session_);
    progress.receiving("a.py", "m", 10);
    progress.receiving("a.py", "m", 20);  // too soon
    clock_.now += std::chrono::milliseconds(150);
    progress.receiving("a.py", "m", 1'234);
    progress.done("a.py done");
    progress.receiving("b.py", "m", 1);
  }
  EXPECT_EQ(seen_,
            "\r\x1b[Ka.py  m  answering, 10 bytes\r\x1b[Ka.py  m  answering, 1,234 bytes\r\x1b[K"
            "a.py done\n\r\x1b[Kb.py  m  answering, 1 bytes\r\x1b[K");
}

TEST_F(AskProgressTest, SaysNothingWhereNobodyWatches) {
  session_.err_is_terminal = false;
  AskProgress progress(session_);
  progress.done("x");
  progress.receiving("a.py", "m", 10);
  EXPECT_EQ(seen_, "");
}

TEST_F(AskProgressTest, NeverWraps) {
  session_.width = 40;
  AskProgress(session_).receiving(std::string(500, 'p'), "model", 7);
  EXPECT_LE(seen_.size(), 39U + 2 * 4);
}

}  // namespace
}  // namespace peer
