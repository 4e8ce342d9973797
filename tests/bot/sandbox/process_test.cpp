#include "bot/sandbox/process.hpp"

#include <csignal>

#include <gtest/gtest.h>

namespace peer {
namespace {

using std::chrono::seconds;
using Clock = std::chrono::steady_clock;

TEST(Process, CarriesInputAndOutput) {
  auto process = Process::start({{"/bin/cat"}, {}, {}, true});
  ASSERT_TRUE(process.has_value()) << process.error().message;
  const auto soon = Clock::now() + seconds(20);
  EXPECT_TRUE(process->write("hello", soon));
  process->close_input();
  std::string out;
  while (process->read(out, 100, soon).value_or(0) > 0) {
  }
  EXPECT_EQ(out, "hello");
  const auto end = process->wait(soon);
  ASSERT_TRUE(end.has_value());
  EXPECT_EQ(end->exit_code, 0);
}

TEST(Process, KnowsOnlyTheEnvironmentItIsGiven) {
  auto process = Process::start({{"/usr/bin/env"}, {"ONLY=this"}, {}, true});
  ASSERT_TRUE(process.has_value());
  std::string out;
  while (process->read(out, 4096, Clock::now() + seconds(20)).value_or(0) > 0) {
  }
  EXPECT_EQ(out, "ONLY=this\n");
}

TEST(Process, HandsOnNothingThatIsOpen) {
  FILE* log = std::fopen("/proc/self/status", "r");  // without O_CLOEXEC, as a CI's log is
  ASSERT_NE(log, nullptr);
  auto process = Process::start({{"/bin/ls", "/proc/self/fd"}, {}, {}, true});
  std::fclose(log);
  ASSERT_TRUE(process.has_value());
  std::string out;
  while (process->read(out, 4096, Clock::now() + seconds(20)).value_or(0) > 0) {
  }
  EXPECT_EQ(out, "0\n1\n2\n3\n") << "3 is the folder that is listed";
}

TEST(Process, IsKilledWithAllItStarted) {
  auto process = Process::start(
      {{"/bin/sh", "-c", "sleep 600 & echo $!; wait"}, {"PATH=/bin:/usr/bin"}, {}, true});
  ASSERT_TRUE(process.has_value());
  std::string out;
  ASSERT_TRUE(process->read(out, 100, Clock::now() + seconds(20)).has_value());
  const int grandchild = std::stoi(out);
  EXPECT_FALSE(process->wait(Clock::now()).has_value());
  process->kill();
  EXPECT_EQ(process->wait(Clock::now() + seconds(20)).value_or(ProcessEnd{}).signal, SIGKILL);
  // it may linger as a zombie until init takes it, but it no longer runs
  for (int i = 0; i < 2000 && ::kill(grandchild, 0) == 0; ++i) {
    const timespec moment{0, 1'000'000};
    nanosleep(&moment, nullptr);
    std::string state(4096, '\0');
    FILE* file = std::fopen(("/proc/" + std::to_string(grandchild) + "/stat").c_str(), "r");
    if (file == nullptr) break;
    state.resize(std::fread(state.data(), 1, state.size(), file));
    std::fclose(file);
    if (state.find(") Z") != std::string::npos) break;
    ASSERT_LT(i, 1999) << "process " << grandchild << " still runs";
  }
}

TEST(Process, SaysWhatCannotBeStarted) {
  const auto process = Process::start({{"/no/such/program"}, {}, {}, true});
  ASSERT_FALSE(process.has_value());
  EXPECT_NE(process.error().message.find("/no/such/program cannot be started"), std::string::npos);
}

}  // namespace
}  // namespace peer
