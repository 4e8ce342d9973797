#include "bot/fixing/write.hpp"

#include <csignal>
#include <fstream>
#include <optional>
#include <sstream>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/bot/git/git_fixture.hpp"

namespace peer {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

class WriteFile : public ::testing::Test {
 protected:
  [[nodiscard]] TreeLock lock() const {
    auto taken = TreeLock::take(repo_.folder() / ".git", repo_.folder());
    EXPECT_TRUE(taken.has_value()) << taken.error().message;
    return std::move(*taken);
  }

  /// The error of writing, or "".
  [[nodiscard]] std::string write(const FileWrite& file) const {
    auto held = lock();
    const auto done = write_file(held, file);
    return done ? "" : done.error().message;
  }

  [[nodiscard]] std::string read(std::string_view path) const {
    std::ifstream in(repo_.folder() / path, std::ios::binary);
    std::ostringstream out;
    out << in.rdbuf();
    return out.str();
  }

  [[nodiscard]] std::size_t files_in(std::string_view folder) const {
    std::size_t count = 0;
    for (const auto& entry : fs::directory_iterator(repo_.folder() / folder))
      count += entry.is_regular_file() ? 1 : 0;
    return count;
  }

  GitFixture repo_;
};

TEST_F(WriteFile, ReplacesTheBytesAndKeepsTheMode) {
  repo_.write("dir/run.sh", "one\r\n");
  fs::permissions(repo_.folder() / "dir/run.sh", fs::perms{0751});
  EXPECT_EQ(write({"dir/run.sh", "one\r\n", "two"}), "");
  EXPECT_EQ(read("dir/run.sh"), "two");
  EXPECT_EQ(fs::status(repo_.folder() / "dir/run.sh").permissions(), fs::perms{0751});
  EXPECT_EQ(files_in("dir"), 1U);
}

TEST_F(WriteFile, RefusesAFileThatChangedSinceItWasRead) {
  repo_.write("a.py", "mine\n");
  EXPECT_THAT(write({"a.py", "theirs\n", "fixed\n"}), HasSubstr("changed since it was examined"));
  EXPECT_EQ(read("a.py"), "mine\n");
  EXPECT_THAT(write({"gone.py", "x", "y"}), HasSubstr("cannot open gone.py"));
}

TEST_F(WriteFile, NeverFollowsALink) {
  const auto outside = repo_.scratch() / "outside";
  fs::create_directory(outside);
  std::ofstream(outside / "a.py") << "x";
  fs::create_symlink(outside / "a.py", repo_.folder() / "link.py");
  fs::create_directory_symlink(outside, repo_.folder() / "folder");
  EXPECT_THAT(write({"link.py", "x", "y"}), HasSubstr("symbolic link"));
  EXPECT_THAT(write({"folder/a.py", "x", "y"}), HasSubstr("symbolic link"));
  std::ifstream in(outside / "a.py");
  std::string text;
  std::getline(in, text);
  EXPECT_EQ(text, "x");
}

TEST_F(WriteFile, RefusesProtectedUnsafeAndSpecialFiles) {
  repo_.write(".gitattributes", "x");
  EXPECT_THAT(write({".gitattributes", "x", "y"}), HasSubstr("steers Git"));
  EXPECT_THAT(write({".git/config", "x", "y"}), HasSubstr("not a safe path"));
  EXPECT_THAT(write({"../a", "x", "y"}), HasSubstr("not a safe path"));
  fs::create_directory(repo_.folder() / "folder.py");
  EXPECT_THAT(write({"folder.py", "x", "y"}), HasSubstr("no regular file"));
  ASSERT_EQ(::mkfifo((repo_.folder() / "pipe.py").c_str(), 0600), 0);
  EXPECT_THAT(write({"pipe.py", "", "y"}), HasSubstr("no regular file"));
}

TEST_F(WriteFile, LeavesNothingBehindWhenItFails) {
  repo_.write("dir/a.py", "x");
  auto held = lock();
  // a file size limit stands for a full disk
  const auto child = ::fork();
  if (child == 0) {
    ::signal(SIGXFSZ, SIG_IGN);
    const rlimit small{100, 100};
    ::setrlimit(RLIMIT_FSIZE, &small);
    const auto done = write_file(held, {"dir/a.py", "x", std::string(10'000, 'y')});
    ::_exit(done ? 1 : 0);
  }
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  EXPECT_EQ(status, 0) << "the write must fail";
  EXPECT_EQ(read("dir/a.py"), "x");
  EXPECT_EQ(files_in("dir"), 1U);
}

TEST_F(WriteFile, TheNextRunRemovesWhatAKilledOneLeft) {
  repo_.write("dir/a.py", "x");
  repo_.write("keep.txt", "mine");
  const auto child = ::fork();
  if (child == 0) {
    auto held = TreeLock::take(repo_.folder() / ".git", repo_.folder());
    (void)held->remember("dir/.peer-tmp-1-0");
    (void)held->remember("keep.txt");
    (void)held->remember("../.peer-tmp-outside");
    std::ofstream(repo_.folder() / "dir/.peer-tmp-1-0") << "half";
    std::ofstream(repo_.scratch() / ".peer-tmp-outside") << "not ours";
    ::_exit(0);  // as if killed: no destructor runs
  }
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  ASSERT_EQ(files_in("dir"), 2U);
  const auto held = lock();
  EXPECT_EQ(files_in("dir"), 1U);
  EXPECT_EQ(read("keep.txt"), "mine");
  EXPECT_TRUE(fs::exists(repo_.scratch() / ".peer-tmp-outside"));
}

TEST_F(WriteFile, ASecondRunOnTheSameTreeNamesTheFirst) {
  auto first = std::make_optional(lock());
  const auto take = [&] {
    return TreeLock::take(repo_.folder() / ".git", repo_.folder(), std::chrono::milliseconds(0));
  };
  const auto second = take();
  ASSERT_FALSE(second.has_value());
  EXPECT_THAT(second.error().message, HasSubstr("process " + std::to_string(::getpid())));
  first.reset();
  EXPECT_TRUE(take().has_value());
}

}  // namespace
}  // namespace peer
