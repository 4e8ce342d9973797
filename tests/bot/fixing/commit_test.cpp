#include "bot/git/commit.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/bot/git/git_fixture.hpp"

namespace peer {
namespace {

using ::testing::HasSubstr;
using ::testing::MatchesRegex;

Result<Committed> commit(Repository& repository, std::vector<CommittedFile> files,
                         std::string branch = {}, std::string parent = {}) {
  return commit_files(repository,
                      {std::move(parent), std::move(branch), "fixes\n", std::move(files)}, Clock());
}

std::string error_of(const Result<Committed>& result) {
  return result ? "" : result.error().message;
}

/// What must not change: HEAD, index and work tree.
std::string state_of(const GitFixture& repo) {
  return repo.git({"symbolic-ref", "HEAD"}) + repo.git({"rev-parse", "HEAD"}) +
         repo.git({"ls-files", "-s"}) + repo.git({"status", "--porcelain"}) + repo.git({"diff"});
}

TEST(CommitFiles, MakesABranchAndTouchesNothingElse) {
  GitFixture repo;
  repo.write("a.py", "one\n");
  repo.write("dir/run.sh", "run\n");
  std::filesystem::permissions(repo.folder() / "dir/run.sh", std::filesystem::perms{0755});
  repo.write("other.py", "other\n");
  const auto head = repo.commit();
  repo.write("other.py", "work in progress\n");
  repo.write("staged.py", "staged\n");
  repo.git({"add", "staged.py"});
  const auto before = state_of(repo);
  auto repository = repo.open();
  const auto done =
      commit(repository, {{"a.py", "one\n", "two\n"}, {"dir/run.sh", "run\n", "walk\n"}});
  ASSERT_TRUE(done.has_value()) << error_of(done);
  EXPECT_EQ(state_of(repo), before);
  EXPECT_THAT(done->branch, MatchesRegex("peer/fixes-[0-9a-f]{8}"));
  EXPECT_EQ(done->parent, head);
  EXPECT_EQ(repo.git({"rev-parse", done->branch}), done->id);
  EXPECT_EQ(repo.git({"rev-parse", done->branch + "^"}), head);
  EXPECT_EQ(repo.git({"show", done->branch + ":a.py"}), "two");
  EXPECT_EQ(repo.git({"diff", "--name-status", head, done->branch}), "M\ta.py\nM\tdir/run.sh");
  EXPECT_THAT(repo.git({"ls-tree", done->branch, "dir/run.sh"}), HasSubstr("100755"));
  EXPECT_EQ(repo.git({"log", "-1", "--format=%B", done->branch}), "fixes\n");
  repo.git({"fsck", "--strict"});
}

TEST(CommitFiles, NamesTheCommitterFromTheConfigurationOrSaysPeer) {
  GitFixture repo;
  repo.write("a.py", "one\n");
  repo.commit();
  auto repository = repo.open();
  repo.git({"config", "user.name", "Grace"});
  repo.git({"config", "user.email", "grace@example.com"});
  const auto done = commit(repository, {{"a.py", "one\n", "two\n"}});
  ASSERT_TRUE(done.has_value()) << error_of(done);
  EXPECT_FALSE(done->nameless);
  EXPECT_EQ(repo.git({"log", "-1", "--format=%an <%ae>", done->branch}),
            "Grace <grace@example.com>");
}

TEST(CommitFiles, DoingItAgainFindsTheSameCommit) {
  GitFixture repo;
  repo.write("a.py", "one\n");
  repo.commit();
  auto repository = repo.open();
  const auto first = commit(repository, {{"a.py", "one\n", "two\n"}});
  const auto second = commit(repository, {{"a.py", "one\n", "two\n"}});
  ASSERT_TRUE(first.has_value() && second.has_value()) << error_of(first) << error_of(second);
  EXPECT_EQ(first->id, second->id);
  EXPECT_TRUE(second->existed);
  EXPECT_THAT(error_of(commit(repository, {{"a.py", "one\n", "three\n"}}, first->branch)),
              HasSubstr("exists already"));
}

TEST(CommitFiles, RefusesToTakeUncommittedWorkAlong) {
  GitFixture repo;
  repo.write("a.py", "one\n");
  repo.commit();
  auto repository = repo.open();
  EXPECT_THAT(error_of(commit(repository, {{"a.py", "one\nmine\n", "two\nmine\n"}})),
              HasSubstr("a.py has changes that are not committed"));
  EXPECT_THAT(error_of(commit(repository, {{"new.py", "x", "y"}})), HasSubstr("not in the commit"));
  EXPECT_EQ(repo.git({"branch", "--list", "peer/*"}), "");
}

TEST(CommitFiles, RefusesProtectedFilesLinksAndBadNames) {
  GitFixture repo;
  repo.write("a.py", "one\n");
  repo.write(".github/workflows/ci.yml", "on: push\n");
  std::filesystem::create_symlink("a.py", repo.folder() / "link.py");
  repo.commit();
  auto repository = repo.open();
  EXPECT_THAT(error_of(commit(repository, {{".github/workflows/ci.yml", "on: push\n", "x"}})),
              HasSubstr("CI set-up"));
  EXPECT_THAT(error_of(commit(repository, {{"link.py", "a.py", "b.py"}})),
              HasSubstr("no plain file"));
  EXPECT_THAT(error_of(commit(repository, {{"a.py", "one\n", "two\n"}}, "bad..name")),
              HasSubstr("not a valid branch name"));
  EXPECT_THAT(error_of(commit(repository, {})), HasSubstr("nothing to commit"));
}

TEST(CommitFiles, SaysWhatToDoWithoutABranch) {
  GitFixture repo;
  repo.write("a.py", "one\n");
  {
    auto unborn = repo.open();
    EXPECT_THAT(error_of(commit(unborn, {{"a.py", "one\n", "two\n"}})), HasSubstr("first commit"));
  }
  const auto head = repo.commit();
  repo.git({"checkout", "-q", "--detach"});
  auto repository = repo.open();
  EXPECT_THAT(error_of(commit(repository, {{"a.py", "one\n", "two\n"}})),
              HasSubstr("HEAD is detached"));
  EXPECT_EQ(error_of(commit(repository, {{"a.py", "one\n", "two\n"}}, "my-fixes")), "");
  EXPECT_EQ(repo.git({"rev-parse", "my-fixes^"}), head);
}

TEST(CommitFiles, StoresLineEndsAsTheAttributesAsk) {
  GitFixture repo;
  repo.write(".gitattributes", "*.py text eol=crlf\n");
  repo.write("a.py", "one\r\ntwo\r\n");
  repo.commit();
  auto repository = repo.open();
  const auto done = commit(repository, {{"a.py", "one\r\ntwo\r\n", "one\r\nTWO\r\n"}});
  ASSERT_TRUE(done.has_value()) << error_of(done);
  EXPECT_EQ(repo.git({"cat-file", "blob", done->branch + ":a.py"}), "one\nTWO");
}

TEST(CommitFiles, WorksInABareRepository) {
  GitFixture repo;
  repo.write("a.py", "one\n");
  repo.commit();
  const auto bare = repo.clone({"--bare"});
  auto repository = open_or_throw(bare);
  const auto done = commit(repository, {{"a.py", "one\n", "two\n"}}, "fixes");
  ASSERT_TRUE(done.has_value()) << error_of(done);
  EXPECT_EQ(run_git(bare, {"show", "fixes:a.py"}), "two");
}

TEST(CommitFiles, RunsNoHookOfAHostileRepository) {
  GitFixture repo;
  repo.write("a.py", "one\n");
  repo.write(".gitattributes", "*.py filter=evil\n");
  repo.commit();
  const auto trace = repo.scratch() / "ran";
  const auto script = "touch " + trace.native();
  repo.git({"config", "filter.evil.clean", script});
  repo.git({"config", "core.fsmonitor", script});
  repo.write(".git/hooks/reference-transaction", "#!/bin/sh\n" + script + "\n");
  std::filesystem::permissions(repo.folder() / ".git/hooks/reference-transaction",
                               std::filesystem::perms{0755});
  auto repository = repo.open();
  const auto done = commit(repository, {{"a.py", "one\n", "two\n"}});
  EXPECT_TRUE(done.has_value()) << error_of(done);
  EXPECT_FALSE(std::filesystem::exists(trace));
}

}  // namespace
}  // namespace peer
