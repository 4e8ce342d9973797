// Signals: Ctrl-C, an end from outside, the pull of the plug, a reader that goes away. Nothing
// half-written, ever.
#include <algorithm>
#include <cerrno>
#include <csignal>
#include <fmt/format.h>
#include <fstream>
#include <sstream>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

#include "tests/e2e/story_fixture.hpp"
#include "tests/patience.hpp"
#include "tests/support/processes.hpp"

namespace peer::testing {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr auto kPatience = std::chrono::seconds(60);

/// CPU time that `pid` has used, in seconds; negative when it is gone.
double cpu_seconds(pid_t pid) {
  std::ifstream in(fmt::format("/proc/{}/stat", pid));
  std::string text;
  std::getline(in, text);
  const auto paren = text.rfind(')');
  if (paren == std::string::npos) return -1;
  std::istringstream rest(text.substr(paren + 2));
  std::string word;
  double ticks = 0;
  for (int field = 3; rest >> word && field <= 15; ++field)
    if (field >= 14) ticks += std::stod(word);
  return ticks / static_cast<double>(sysconf(_SC_CLK_TCK));
}

/// 90 KB that take a JavaScript parser tens of seconds.
std::string torture() {
  std::string text;
  for (int i = 0; i < 30'000; ++i)
    text += "\"\"\"";
  return text;
}

struct Ended {
  ProcessEnd how;
  milliseconds took;
  double cpu;  ///< seconds that it computed after the signal, on each core it may use
  std::string out;
};

/// Ctrl-C stops within 0.2 s. On a busy machine the clock says nothing about the program, but no
/// machine makes it compute for longer.
void expect_prompt(const Ended& ended) {
  EXPECT_LT(ended.took, milliseconds(1000));
  EXPECT_LT(ended.cpu, kIsWatched ? 1.0 : 0.2);
}

/// Waits until `pid`, a child of ours, is dead but not yet taken off: its times can still be read.
void wait_for_death(pid_t pid, Clock::time_point deadline) {
  siginfo_t info{};
  while (::waitid(P_PID, static_cast<id_t>(pid), &info, WEXITED | WNOHANG | WNOWAIT) == 0 &&
         info.si_pid == 0 && Clock::now() < deadline)
    ::usleep(500);
}

class Interrupted : public Story {
 protected:
  Process start(const Strings& words) const {
    ProcessOptions options;
    options.command = {fs::weakly_canonical(PEER_BINARY).string()};
    options.command.insert(options.command.end(), words.begin(), words.end());
    options.environment = {"HOME=" + home.path().string(), "PATH=/usr/bin:/bin", "LANG=C.UTF-8",
                           "TMPDIR=" + scratch().string()};
    options.folder = repo.folder();
    auto process = Process::start(options);
    if (!process) throw std::runtime_error(process.error().message);
    return std::move(*process);
  }

  /// For temporary files of the process alone.
  fs::path scratch() const {
    fs::create_directories(home.path() / "tmp");
    return home.path() / "tmp";
  }

  /// Waits until the process said `word`.
  static std::string wait_for(Process& process, std::string_view word) {
    std::string out;
    const auto deadline = Clock::now() + kPatience;
    while (out.find(word) == std::string::npos &&
           process.read(out, 4096, deadline).value_or(0) > 0) {
    }
    return out;
  }

  /// Sends `signal`, or two of them, and waits for the end.
  static Ended end_with(Process& process, int signal, bool twice = false) {
    const auto before = cpu_seconds(process.pid());
    const auto began = Clock::now();
    ::kill(process.pid(), signal);
    if (twice) {
      ::usleep(5000);  // at once, the kernel makes one of them
      ::kill(process.pid(), signal);
    }
    wait_for_death(process.pid(), began + kPatience);
    const auto took = std::chrono::duration_cast<milliseconds>(Clock::now() - began);
    const auto cpu =
        (cpu_seconds(process.pid()) - before) / std::max(1U, std::thread::hardware_concurrency());
    const auto how = process.wait(began + kPatience);
    std::string out;
    while (process.read(out, 65'536, Clock::now() + kPatience).value_or(0) > 0) {
    }
    return {how.value_or(ProcessEnd{}), took, cpu, out};
  }

  /// Works on the torture files until CPU time, or a worker, shows that parsing is under way.
  Process busy(const Strings& flags) const {
    for (int i = 0; i < 12; ++i)
      repo.write(fmt::format("t{:02}.js", i), torture());
    Strings words{"review", "."};
    words.insert(words.end(), flags.begin(), flags.end());
    auto process = start(words);
    const auto deadline = Clock::now() + kPatience;
    const auto is_at_work = [&] {
      return flags.empty() ? cpu_seconds(process.pid()) >= 0.3 : !workers_of(process.pid()).empty();
    };
    while (!is_at_work() && Clock::now() < deadline)
      ::usleep(2000);
    return process;
  }
};

TEST_F(Interrupted, CtrlCInALongRunEndsItAtOnce) {
  auto process = busy({});
  const auto ended = end_with(process, SIGINT);
  EXPECT_EQ(ended.how.exit_code, 130);
  EXPECT_EQ(ended.how.signal, 0);
  expect_prompt(ended);
}

TEST_F(Interrupted, ASecondCtrlCDoesNotWaitForTheFirst) {
  auto process = busy({});
  const auto ended = end_with(process, SIGINT, true);
  EXPECT_EQ(ended.how.exit_code, 130);
  expect_prompt(ended);
  EXPECT_TRUE(kIsWatched || ended.cpu < 0.1) << ended.cpu << ": the first alone has 0.12 s";
}

TEST_F(Interrupted, AnEndFromOutsideIsNamedInTheExitCode) {
  auto process = busy({});
  const auto ended = end_with(process, SIGTERM);
  EXPECT_EQ(ended.how.exit_code, 143);
  expect_prompt(ended);
}

TEST_F(Interrupted, WorkersEndWithTheirParent) {
  ASSERT_EQ(prctl(PR_SET_CHILD_SUBREAPER, 1),
            0);  // orphans become ours, so that they can be waited for
  auto process = busy({"--isolate", "always", "-j", "2"});
  const auto ended = end_with(process, SIGINT);
  EXPECT_EQ(ended.how.exit_code, 130);
  expect_prompt(ended);
  const auto deadline = Clock::now() + std::chrono::seconds(5);
  pid_t left = 0;
  while ((left = ::waitpid(-1, nullptr, WNOHANG)) >= 0 && Clock::now() < deadline)
    ::usleep(2000);
  EXPECT_LT(left, 0) << "a worker still runs five seconds later";
  EXPECT_EQ(errno, ECHILD);
}

TEST_F(Interrupted, WhileItWaitsForAnAnswer) {
  repo.write("a.py", kTidy);
  repo.commit();
  repo.write("a.py", kUnused);
  auto process = start({"fix-all", "--interactive"});
  EXPECT_THAT(wait_for(process, "apply this fix"), HasSubstr("apply this fix"));
  const auto ended = end_with(process, SIGINT);
  EXPECT_EQ(ended.how.exit_code, 130);
  expect_prompt(ended);
  EXPECT_EQ(read("a.py"), kUnused);
}

TEST_F(Interrupted, WhileItWaitsForStandardInput) {
  repo.commit();
  auto process = start({"review", "--diff-file", "-"});
  const auto deadline = Clock::now() + kPatience;
  while (cpu_seconds(process.pid()) < 0 && Clock::now() < deadline)
    ::usleep(1000);
  // SIGHUP, as when a terminal is closed
  const auto ended = end_with(process, SIGHUP);
  EXPECT_TRUE(ended.how.exit_code == 129 || ended.how.signal == SIGHUP)
      << "before the first or after";
  expect_prompt(ended);
}

TEST_F(Interrupted, WhileTheUsersOwnCheckRuns) {
  repo.write("a.py", kTidy);
  repo.commit();
  repo.write("a.py", kUnused);
  const auto signs = repo.scratch() / "signs";
  fs::create_directories(signs);
  auto process =
      start({"fix-all", "--verify-cmd", fmt::format("touch {}/running; sleep 60", signs.string()),
             "--verify-rw", signs.string()});
  const auto deadline = Clock::now() + kPatience;
  while (!fs::exists(signs / "running") && Clock::now() < deadline)
    ::usleep(2000);
  const auto ended = end_with(process, SIGINT);
  EXPECT_EQ(ended.how.exit_code, 130);
  expect_prompt(ended);
  EXPECT_EQ(read("a.py"), kUnused);
  EXPECT_TRUE(fs::is_empty(scratch())) << "the copy for the check is still there";
}

/// Every f*.py is wholly old or wholly new.
void expect_whole_files(const fs::path& folder, const std::string& before,
                        const std::string& after) {
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (entry.path().extension() != ".py") continue;
    const auto now = slurp(entry.path());
    EXPECT_TRUE(now == before || now == after)
        << entry.path() << " is neither old nor new, " << now.size() << " bytes";
  }
}

TEST_F(Interrupted, ASecondCtrlCWhileFilesAreWrittenLeavesNoHalfOne) {
  repo.write("x.txt", "x");
  repo.commit();
  const std::string rest = "\nprint(1)\n" + std::string(20'000, '#') + "\n";
  const std::string before = "import json\n" + rest;
  for (int round = 0; round < 12; ++round) {
    for (int i = 0; i < 12; ++i)
      repo.write(fmt::format("f{:02}.py", i), before);
    auto process = start({"fix-all"});
    ::usleep(static_cast<useconds_t>(6000 * round));
    ::kill(process.pid(), SIGINT);
    ::usleep(300);
    ::kill(process.pid(), SIGINT);
    (void)process.wait(Clock::now() + kPatience);
    expect_whole_files(repo.folder(), before, rest);
    EXPECT_EQ(leftovers(repo.folder()), Strings{}) << "a temporary file is left in round " << round;
  }
}

TEST_F(Interrupted, APulledPlugLeavesEveryFileWhollyOldOrWhollyNew) {
  repo.write("x.txt", "x");
  repo.commit();
  const std::string rest = "\nprint(1)\n" + std::string(20'000, '#') + "\n";
  const std::string before = "import json\n" + rest;
  const auto write_all = [&] {
    for (int i = 0; i < 12; ++i)
      repo.write(fmt::format("f{:02}.py", i), before);
  };
  write_all();
  auto whole = start({"fix-all"});
  const auto began = Clock::now();
  ASSERT_EQ(whole.wait(began + kPatience).value_or(ProcessEnd{}).exit_code, 0);
  const auto length = std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - began);
  int written = 0, unwritten = 0;
  for (int kill = 0; kill < 40; ++kill) {
    write_all();
    auto process = start({"fix-all"});
    ::usleep(static_cast<useconds_t>(length.count() * (kill + 1) / 36));
    ::kill(process.pid(), SIGKILL);
    (void)process.wait(Clock::now() + kPatience);
    expect_whole_files(repo.folder(), before, rest);
    written += read("f00.py") == rest ? 1 : 0;
    unwritten += read("f11.py") == before ? 1 : 0;
  }
  EXPECT_GT(unwritten, 0) << "every kill came too late to show anything";
  RecordProperty("written", written);
  write_all();
  EXPECT_EQ(peer({"fix-all"}).exit_code, 0) << "the lock of a killed run holds nobody";
  EXPECT_EQ(leftovers(repo.folder()), Strings{});
  EXPECT_EQ(read("f11.py"), rest);
}

TEST_F(Interrupted, CtrlCWhileFilesAreWrittenLeavesNoTemporaryFile) {
  repo.write("x.txt", "x");
  repo.commit();
  const std::string rest = "\nprint(1)\n" + std::string(20'000, '#') + "\n";
  for (int i = 0; i < 60; ++i)
    repo.write(fmt::format("f{:02}.py", i), "import json\n" + rest);
  auto process = start({"fix-all"});
  const auto deadline = Clock::now() + kPatience;
  while (read("f00.py").size() > rest.size() && Clock::now() < deadline)
    ::usleep(200);
  const auto ended = end_with(process, SIGINT);
  EXPECT_EQ(ended.how.exit_code, 130);
  expect_prompt(ended);
  expect_whole_files(repo.folder(), "import json\n" + rest, rest);
  EXPECT_EQ(leftovers(repo.folder()), Strings{});
}

TEST_F(Interrupted, AReaderThatGoesAwayEndsItQuietly) {
  for (int i = 0; i < 400; ++i)
    repo.write(fmt::format("some/long/folder/name/f{:03}.py", i), kUnused);
  const auto ran = shell(
      "\"$PEER\" review . | head -1; echo \"${PIPESTATUS[0]}\"; \"$PEER\" rules list | head -1 "
      ">/dev/null; echo \"${PIPESTATUS[0]}\"");
  const auto lines = ran.out;
  EXPECT_EQ(std::count(lines.begin(), lines.end(), '\n'), 3) << lines;
  EXPECT_TRUE(lines.ends_with("\n0\n0\n")) << lines;
}

TEST_F(Interrupted, AClosedStandardOutputIsNoCrash) {
  make_small_change();
  EXPECT_EQ(shell("\"$PEER\" review HEAD~1.. >&-").exit_code, 0);
  EXPECT_EQ(shell("\"$PEER\" review HEAD~1.. >&- 2>&- <&-").exit_code, 0);
  EXPECT_EQ(shell("\"$PEER\" fix-all . >&- 2>&- <&-").exit_code, 0);
  EXPECT_EQ(read("a.py"), "\nprint(1)\n");
}

}  // namespace
}  // namespace peer::testing
