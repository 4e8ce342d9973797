// kill -9 of a real `peer publish` at each of its requests in turn, then a run that is left alone:
// what stands on the forge is what one undisturbed run would have left.
#include <atomic>
#include <csignal>
#include <fstream>
#include <thread>

#include "reporters/render/render.hpp"
#include "tests/e2e/story_fixture.hpp"
#include "tests/fakes/shown.hpp"
#include "tests/reporters/forges/small_report.hpp"

namespace peer::testing {
namespace {

using fakes::GitHubFake;
using fakes::GitLabFake;

/// One forge with a change on it, told apart by what is done before a process runs.
struct GitHubSide {
  GitHubFake forge;

  GitHubSide() {
    forge.diff = {{"src/a.py", {{}, {{1, 200}}}}};
    forge.labels = {"bug", "peer: clean"};
  }
  [[nodiscard]] Strings words(const std::string& report) const {
    return {"publish", "--publish=github", "--change=7", "--labels", "--code-scanning", report};
  }
  [[nodiscard]] Strings environment() const {
    return {"GITHUB_REPOSITORY=o/r", "GITHUB_API_URL=" + forge.url(), "GITHUB_TOKEN=writer"};
  }
};

struct GitLabSide {
  GitLabFake forge;

  GitLabSide() {
    for (std::uint64_t line = 1; line <= 200; ++line)
      forge.diff["src/a.py"].push_back({std::min<std::uint64_t>(line, 50), line, line < 50, true});
    forge.labels = {"bug", "peer: clean"};
  }
  [[nodiscard]] Strings words(const std::string& report) const {
    return {"publish", "--publish=gitlab", "--change=7", "--labels", report};
  }
  [[nodiscard]] Strings environment() const {
    return {"CI_API_V4_URL=" + forge.url(), "CI_PROJECT_PATH=g/p", "PEER_GITLAB_TOKEN=writer"};
  }
};

class Killed : public Story {
 protected:
  /// The file of a report on that head.
  std::string report(const std::vector<int>& lines, char head) {
    const auto made = test::report_with(lines, std::string(40, head));
    const auto path = home.path() / (std::string(1, head) + ".json");
    std::ofstream(path) << find_renderer("json")->render(made, {});
    return path.string();
  }

  /// Publishes; with `kill_at` the process is killed while its request of that number is answered:
  /// the forge has carried it out and nobody hears of it. How many requests there were.
  template <class Side>
  std::size_t publish(Side& side, const std::string& file, char head,
                      std::size_t kill_at = 0) const {
    const auto before = side.forge.requests().size();
    std::atomic<pid_t> pid = 0;
    std::atomic<std::size_t> seen = 0;
    {
      const std::lock_guard guard(side.forge.lock());
      side.forge.head = std::string(40, head);
      side.forge.before = [&](const fakes::ServedRequest&) {
        if (++seen != kill_at) return;
        while (pid == 0)
          std::this_thread::yield();
        ::kill(pid, SIGKILL);
      };
    }
    ProcessOptions options;
    options.command = {std::filesystem::weakly_canonical(PEER_BINARY).string()};
    const auto words = side.words(file);
    options.command.insert(options.command.end(), words.begin(), words.end());
    options.environment = side.environment();
    options.environment.insert(options.environment.end(),
                               {"HOME=" + home.path().string(), "PATH=/usr/bin:/bin"});
    options.folder = home.path();
    auto process = Process::start(options);
    EXPECT_TRUE(process.has_value());
    if (!process) return 0;
    pid = process->pid();
    std::string out;
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::minutes(2);
    while (process->read(out, 65'536, deadline).value_or(0) > 0) {
    }
    const auto end = process->wait(deadline).value_or(ProcessEnd{});
    if (kill_at == 0)
      EXPECT_EQ(end.exit_code, 0) << out;
    else
      EXPECT_EQ(end.signal, SIGKILL) << "there is no request " << kill_at << "\n" << out;
    const std::lock_guard guard(side.forge.lock());
    side.forge.before = nullptr;
    return side.forge.requests().size() - before;
  }

  /// Two runs, the second with a finding gone, one that stays and a new one; it is killed at its
  /// request `kill_at`.
  template <class Side>
  std::string life(std::size_t kill_at, std::size_t& requests) {
    Side side;
    (void)publish(side, first_, 'a');
    if (kill_at > 0) (void)publish(side, second_, 'b', kill_at);
    requests = publish(side, second_, 'b');
    const auto writes = side.forge.writes();
    (void)publish(side, second_, 'b');
    EXPECT_EQ(side.forge.writes(), writes)
        << "what stands there is complete; killed at " << kill_at;
    EXPECT_THAT(side.forge.problems, ::testing::IsEmpty());
    return fakes::shown(side.forge);
  }

  template <class Side>
  void compare() {
    std::size_t requests = 0;
    const auto calm = life<Side>(0, requests);
    ASSERT_GE(requests, 12U);
    // each waits a second between two writes, as Peer does: all at once
    std::vector<std::string> rough(requests);
    std::vector<std::thread> lives;
    for (std::size_t n = 1; n <= requests; ++n)
      lives.emplace_back([this, n, &rough] {
        std::size_t unused = 0;
        rough[n - 1] = life<Side>(n, unused);
      });
    for (auto& each : lives)
      each.join();
    for (std::size_t n = 1; n <= requests; ++n)
      EXPECT_EQ(rough[n - 1], calm) << "killed at request " << n;
  }

  std::string first_, second_;
  void SetUp() override {
    first_ = report({10, 60}, 'a');
    second_ = report({60, 70}, 'b');
  }
};

TEST_F(Killed, AtAnyRequestToGitHubTheNextRunEndsTheSame) { compare<GitHubSide>(); }

TEST_F(Killed, AtAnyRequestToGitLabTheNextRunEndsTheSame) { compare<GitLabSide>(); }

}  // namespace
}  // namespace peer::testing
