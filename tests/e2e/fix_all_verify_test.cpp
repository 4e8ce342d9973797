// peer fix-all with the user's own check, and two of them at once.
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include "tests/e2e/fix_all_fixture.hpp"

namespace peer::testing {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using ::testing::Not;

TEST_F(FixAll, AVerifyCommandThatSaysNothingIsRefused) {
  const auto before = whole_state();
  const auto ran = peer({"fix-all", "--verify-cmd", ""});
  EXPECT_EQ(ran.exit_code, 2);
  EXPECT_THAT(ran.out, HasSubstr("--verify-cmd is empty"));
  const auto nowhere = peer({"fix-all", "--verify-cmd", "true", "--verify-rw", "nowhere"});
  EXPECT_EQ(nowhere.exit_code, 2);
  EXPECT_THAT(nowhere.out, HasSubstr("--verify-rw nowhere"));
  EXPECT_EQ(whole_state(), before);
}

TEST_F(FixAll, AVerifyCommandThatPassesKeepsTheFixes) {
  const auto ran = peer({"fix-all", "--verify-cmd", "! grep -q json a.py"});
  EXPECT_EQ(ran.exit_code, 1) << ran.out;
  EXPECT_EQ(read("a.py"), "\nprint(1)\n");
}

TEST_F(FixAll, AVerifyCommandThatFailsKeepsNone) {
  const auto before = whole_state();
  const auto ran = peer({"fix-all", "--verify-cmd", "echo it broke; exit 7"});
  EXPECT_EQ(peer({"fix-all", "a.py", "--verify-cmd", "no-such-command"}).exit_code, 3);
  EXPECT_THAT(ran.out, HasSubstr("it broke"));
  EXPECT_THAT(ran.out, HasSubstr("nothing was written"));
  EXPECT_EQ(whole_state(), before);
}

TEST_F(FixAll, AVerifyCommandCannotWriteOutsideItsCopy) {
  const auto before = whole_state();
  (void)peer({"fix-all", "--verify-cmd",
              fmt::format("touch {}/escaped ./inside; echo x > {}/a.py; true", home.path().string(),
                          repo.folder().string())});
  EXPECT_FALSE(fs::exists(home.path() / "escaped"));
  EXPECT_FALSE(fs::exists(repo.folder() / "inside"));
  EXPECT_EQ(read("a.py"), "\nprint(1)\n");
}

TEST_F(FixAll, TwoAtOnceFixTheSameTreeOnce) {
  for (int i = 0; i < 30; ++i)
    repo.write(fmt::format("f{:02}.py", i), kUnused);
  const auto ran = shell(
      "\"$PEER\" fix-all & \"$PEER\" fix-all & wait %1; echo \"first $?\"; wait %2; echo \"second "
      "$?\"");
  for (int i = 0; i < 30; ++i)
    EXPECT_EQ(read(fmt::format("f{:02}.py", i)), "\nprint(1)\n");
  EXPECT_EQ(leftovers(repo.folder()), Strings{});
  EXPECT_THAT(ran.out, Not(HasSubstr("70")));
}

TEST_F(FixAll, ALockedTreeIsNotWrittenAndTheHolderIsNamed) {
  const int lock = ::open((repo.folder() / ".git/peer-fix.lock").c_str(), O_RDWR | O_CREAT, 0644);
  ASSERT_EQ(::flock(lock, LOCK_EX), 0);
  ASSERT_GT(::write(lock, "4711", 5), 0);
  const auto ran = peer({"fix-all"});
  EXPECT_NE(ran.exit_code, 0);
  EXPECT_THAT(ran.out, HasSubstr("process 4711"));
  EXPECT_EQ(read("a.py"), kUnused);
  ::close(lock);
}

}  // namespace
}  // namespace peer::testing
