// The writing half without a repository: what it may still open, asked of the kernel.
#include "bot/publishing/writing.hpp"

#include <fcntl.h>
#include <fstream>
#include <functional>
#include <sys/wait.h>
#include <unistd.h>

#include <gtest/gtest.h>

#include "bot/sandbox/confine.hpp"
#include "tests/support/run_peer.hpp"

namespace peer {
namespace {

/// What `work` returns in a process of its own.
int in_a_process(const std::function<int()>& work) {
  const auto child = ::fork();
  if (child == 0) ::_exit(work());
  int status = 0;
  EXPECT_EQ(::waitpid(child, &status, 0), child);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/// The errno of opening `path`, or 0.
int opening(const std::filesystem::path& path, int flags) {
  const int file = ::open(path.c_str(), flags | O_CLOEXEC, 0600);
  if (file < 0) return errno;
  ::close(file);
  return 0;
}

class GivingUpFiles : public ::testing::Test {
 protected:
  testing::ScratchFolder repository;
  Session session;
  ForgePlace place;

  void SetUp() override {
    if (landlock_version() == 0)
      GTEST_SKIP() << "this kernel has no Landlock: the other walls stand";
    std::ofstream(repository.path() / "a.py") << "print(1)\n";
    std::ofstream(repository.path() / "own.pem") << "certificate\n";
    session.environment = [](std::string_view) { return std::nullopt; };
  }
  /// Opened after files were given up.
  int after(const std::filesystem::path& path, int flags) {
    return in_a_process([&] {
      give_up_files(place, session);
      return opening(path, flags);
    });
  }
};

TEST_F(GivingUpFiles, LeavesNoFileOfTheRepositoryToReadOrWrite) {
  const auto file = repository.path() / "a.py";
  EXPECT_EQ(in_a_process([&] { return opening(file, O_RDONLY); }), 0)
      << "else this test sees nothing";
  EXPECT_EQ(after(file, O_RDONLY), EACCES);
  EXPECT_EQ(after(file, O_WRONLY), EACCES);
  EXPECT_EQ(after(repository.path() / "new", O_WRONLY | O_CREAT), EACCES);
  EXPECT_EQ(after(repository.path(), O_RDONLY | O_DIRECTORY), EACCES);
  EXPECT_EQ(after("/proc/self/environ", O_RDONLY), EACCES)
      << "nor what processes show of themselves";
}

TEST_F(GivingUpFiles, LeavesWhatAConnectionNeeds) {
  EXPECT_EQ(after("/etc/passwd", O_RDONLY), 0);
  EXPECT_EQ(after("/usr", O_RDONLY | O_DIRECTORY), 0);
  EXPECT_EQ(after("/etc/peer-may-not-write", O_WRONLY | O_CREAT), EACCES);
  place.ca_file = (repository.path() / "own.pem").string();
  EXPECT_EQ(after(place.ca_file, O_RDONLY), 0) << "certificates of one's own";
  EXPECT_EQ(after(repository.path() / "a.py", O_RDONLY), EACCES);
}

}  // namespace
}  // namespace peer
