#include "bot/sandbox/sandboxed_check.hpp"

#include <arpa/inet.h>
#include <array>
#include <fstream>
#include <sstream>
#include <sys/socket.h>
#include <unistd.h>

#include <gtest/gtest.h>

#include "tests/support/run_peer.hpp"

namespace peer {
namespace {

namespace fs = std::filesystem;

Environment environment_with_a_secret() {
  return [](std::string_view name) -> std::optional<std::string> {
    if (name == "PATH") return "/usr/bin:/bin";
    if (name == "GITHUB_TOKEN") return "canary";
    return std::nullopt;
  };
}

const std::vector<FileContent> kFixed{{"a.txt", "new\n"}};

/// Each test runs once per sandbox.
class CheckIn : public ::testing::TestWithParam<SandboxKind> {
 protected:
  void SetUp() override {
    fs::create_directories(tree_ / "modules");
    std::ofstream(tree_ / "a.txt") << "old\n";
    std::ofstream(tree_ / "modules/installed.txt") << "installed\n";
    std::ofstream(outside_ / "outside.txt") << "outside\n";
  }
  CheckOutcome run(const std::string& command, std::vector<fs::path> writable = {}) {
    const auto outcome = run_in_sandbox(
        {command, std::move(writable), std::chrono::seconds(60), fs::weakly_canonical(PEER_BINARY)},
        tree_, kFixed, environment_with_a_secret(), GetParam());
    EXPECT_TRUE(outcome.has_value()) << outcome.error().message;
    return outcome.value_or(CheckOutcome{});
  }
  static std::string slurp(const fs::path& path) {
    std::ifstream in(path);
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
  }

  peer::testing::ScratchFolder scratch_;
  fs::path tree_ = scratch_.path() / "tree, with: odd \\ name";
  peer::testing::ScratchFolder other_;
  fs::path outside_ = other_.path();
};

TEST_P(CheckIn, SeesTheFixesAndTheInstalledFiles) {
  const auto outcome = run("cat a.txt modules/installed.txt");
  EXPECT_TRUE(outcome.passed) << outcome.output;
  EXPECT_EQ(outcome.output, "new\ninstalled\n");
}

TEST_P(CheckIn, LeavesTheWorkTreeAsItIs) {
  const auto outcome =
      run("echo changed > a.txt && echo more > modules/new.txt && rm modules/installed.txt && cat "
          "a.txt");
  EXPECT_TRUE(outcome.passed) << outcome.output;
  EXPECT_EQ(slurp(tree_ / "a.txt"), "old\n");
  EXPECT_FALSE(fs::exists(tree_ / "modules/new.txt"));
  EXPECT_TRUE(fs::exists(tree_ / "modules/installed.txt"));
}

TEST_P(CheckIn, CannotWriteOutside) {
  const auto file = outside_ / "outside.txt";
  EXPECT_FALSE(run("echo changed > '" + file.string() + "'").passed);
  EXPECT_EQ(slurp(file), "outside\n");
}

TEST_P(CheckIn, WritesWhereTheUserAllowsIt) {
  const auto file = outside_ / "allowed.txt";
  EXPECT_TRUE(run("echo hello > '" + file.string() + "'", {outside_}).passed);
  EXPECT_EQ(slurp(file), "hello\n");
}

TEST_P(CheckIn, HasNoNetwork) {
  const int listener = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  ASSERT_EQ(::bind(listener, reinterpret_cast<sockaddr*>(&address), size), 0);
  ASSERT_EQ(::listen(listener, 1), 0);
  ASSERT_EQ(::getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size), 0);
  const auto connect = "import socket; socket.create_connection(('127.0.0.1', " +
                       std::to_string(ntohs(address.sin_port)) + "), 5)";
  const auto outcome = run("python3 -c \"" + connect + "\"");
  ::close(listener);
  EXPECT_FALSE(outcome.passed) << outcome.output;
}

TEST_P(CheckIn, KnowsNoSecretAndHasAHomeOfItsOwn) {
  const auto outcome = run("echo ${GITHUB_TOKEN:-none}; echo x > $HOME/file && echo written");
  EXPECT_EQ(outcome.output, "none\nwritten\n");
}

TEST_P(CheckIn, SaysHowItEnded) {
  EXPECT_EQ(run("exit 3").detail, "exit code 3");
  EXPECT_FALSE(run("exit 3").passed);
}

std::string name_of(const ::testing::TestParamInfo<SandboxKind>& sandbox) {
  constexpr std::array<const char*, 3> kNames{"BubblewrapOverlay", "BubblewrapCopy", "Landlock"};
  return kNames[static_cast<std::size_t>(sandbox.param)];
}

INSTANTIATE_TEST_SUITE_P(EverySandbox, CheckIn,
                         ::testing::Values(SandboxKind::bwrap_overlay, SandboxKind::bwrap_copy,
                                           SandboxKind::landlock),
                         name_of);

TEST(SandboxedCheck, IsKilledWhenItTakesTooLong) {
  const peer::testing::ScratchFolder tree;
  const auto outcome =
      run_in_sandbox({"sleep 600", {}, std::chrono::seconds(1), fs::weakly_canonical(PEER_BINARY)},
                     tree.path(), {}, environment_with_a_secret(), SandboxKind::landlock);
  ASSERT_TRUE(outcome.has_value()) << outcome.error().message;
  EXPECT_EQ(outcome->detail, "killed after 1 s");
}

TEST(SandboxedCheck, RefusesToRunWithoutASandbox) {
  const auto outcome = run_in_sandbox({"true", {}, std::chrono::seconds(1), {}}, "/tmp", {},
                                      environment_with_a_secret(), SandboxKind::none);
  ASSERT_FALSE(outcome.has_value());
  EXPECT_EQ(outcome.error().kind, ErrorKind::refused);
}

}  // namespace
}  // namespace peer
