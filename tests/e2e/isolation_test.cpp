// Worker processes as they run: that they are the default in CI, and what they have left to lose.
#include <chrono>
#include <fmt/format.h>
#include <map>
#include <optional>
#include <unistd.h>

#include "base/text.hpp"
#include "tests/e2e/story_fixture.hpp"
#include "tests/patience.hpp"
#include "tests/support/processes.hpp"

namespace peer::testing {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

/// "Seccomp" -> "2", of /proc/PID/status.
std::map<std::string, std::string, std::less<>> status_of(pid_t pid) {
  std::map<std::string, std::string, std::less<>> fields;
  const auto text = read_proc(pid, "status");
  for (const auto line : split_lines(text))
    if (const auto colon = line.find(':'); colon != std::string_view::npos)
      fields[std::string(line.substr(0, colon))] = trim(line.substr(colon + 1));
  return fields;
}

class Isolation : public Story {
 protected:
  /// A review that takes long: a parser works on each file until its budget is used up.
  Process start(const Strings& environment) {
    std::string torture;
    for (int i = 0; i < 30'000; ++i)
      torture += "\"\"\"";
    for (int i = 0; i < 6; ++i)
      repo.write(fmt::format("t{}.js", i), torture);
    ProcessOptions options;
    options.command = {fs::weakly_canonical(PEER_BINARY).string(), "review", ".", "-j", "1"};
    options.environment = {"HOME=" + home.path().string(), "PATH=/usr/bin:/bin",
                           "PEER_CANARY=a-secret-of-the-job"};
    options.environment.insert(options.environment.end(), environment.begin(), environment.end());
    options.folder = repo.folder();
    auto process = Process::start(options);
    if (!process) throw std::runtime_error(process.error().message);
    return std::move(*process);
  }

  /// The first worker that has given up its rights, or nothing.
  static std::optional<pid_t> confined_worker(pid_t parent, std::chrono::seconds longest) {
    const auto deadline = Clock::now() + longest;
    while (Clock::now() < deadline) {
      for (const auto pid : workers_of(parent))
        if (status_of(pid)["Seccomp"] == "2") return pid;
      ::usleep(2000);
    }
    return std::nullopt;
  }
};

TEST_F(Isolation, InCiIsTheDefaultAndLeavesAWorkerNothing) {
  auto process = start({"CI=true"});
  const auto worker = confined_worker(process.pid(), patience(std::chrono::seconds(30)));
  ASSERT_TRUE(worker) << "no confined worker was seen";
  auto status = status_of(*worker);
  EXPECT_EQ(status["NoNewPrivs"], "1");
  EXPECT_EQ(status["Seccomp"], "2");
  EXPECT_EQ(read_proc(*worker, "environ"), "") << "the environment of the job, with its secrets";
  const auto limits = read_proc(*worker, "limits");
  std::string space, file_size;
  for (const auto line : split_lines(limits)) {
    if (line.starts_with("Max address space")) space = trim(line.substr(17));
    if (line.starts_with("Max file size")) file_size = trim(line.substr(13));
  }
  EXPECT_TRUE(file_size.starts_with("1 ")) << limits;
  // a sanitizer maps terabytes
  EXPECT_TRUE(kIsWatched || (!space.empty() && !space.starts_with("unlimited"))) << limits;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(fmt::format("/proc/{}/fd", *worker), error)) {
    const auto target = fs::read_symlink(entry.path(), error).string();
    EXPECT_TRUE(target.starts_with("pipe:") || target.starts_with("socket:") ||
                target == "/dev/null")
        << target;
  }
  process.kill();
}

TEST_F(Isolation, ElsewhereIsNot) {
  for (const Strings& environment :
       {Strings{}, Strings{"CI=false"}, Strings{"CI=true", "PEER_ISOLATE=never"}}) {
    auto process = start(environment);
    EXPECT_FALSE(confined_worker(process.pid(), std::chrono::seconds(1)));
    EXPECT_FALSE(process.wait(Clock::now())) << "it was still at work";
    process.kill();
  }
}

}  // namespace
}  // namespace peer::testing
