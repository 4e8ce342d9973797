#include <fmt/format.h>
#include <fstream>
#include <unistd.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/bot/git/git_fixture.hpp"

namespace peer {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

Error open_error(const fs::path& path) {
  const auto opened = Repository::open(path);
  return opened ? Error{} : opened.error();
}

TEST(OpenRepository, FindsItFromAFolderOrFileInside) {
  GitFixture repository;
  repository.write("deep/er/file.txt", "x\n");
  repository.commit();
  for (const auto* inside : {"", "deep/er", "deep/er/file.txt"}) {
    const auto opened = open_or_throw(repository.folder() / inside);
    EXPECT_EQ(opened.work_tree(), repository.folder());
    EXPECT_EQ(opened.git_dir(), repository.folder() / ".git");
    EXPECT_EQ(opened.branch(), "main");
  }
}

TEST(OpenRepository, SaysThatAFolderIsInNone) {
  const GitFixture repository;
  const auto error = open_error(repository.scratch());
  EXPECT_EQ(error.kind, ErrorKind::not_found);
  EXPECT_EQ(error.code, "PEER-E127");
  EXPECT_THAT(error.message, HasSubstr("is not in a Git repository"));
  EXPECT_THAT(error.message, HasSubstr("git init"));
}

TEST(OpenRepository, SaysThatAPathIsNotThere) {
  const GitFixture repository;
  EXPECT_THAT(open_error(repository.folder() / "nowhere").message, HasSubstr("there is no"));
}

TEST(OpenRepository, OpensALinkedWorkTree) {
  GitFixture repository;
  repository.write("a.txt", "a\n");
  repository.commit();
  const auto linked = repository.scratch() / "linked";
  repository.git({"worktree", "add", "-q", "-b", "side", linked.native()});
  std::ofstream(linked / "b.txt") << "b\n";
  auto opened = open_or_throw(linked);
  EXPECT_EQ(opened.branch(), "side");
  EXPECT_THAT(summary(*opened.read_diff(range_of(RangeSpec::Kind::worktree))),
              ElementsAre("A b.txt"));
}

TEST(OpenRepository, ReadsADetachedHead) {
  GitFixture repository;
  repository.write("a.txt", "a\n");
  const auto id = repository.commit();
  repository.git({"checkout", "-q", "--detach"});
  const auto opened = repository.open();
  EXPECT_EQ(opened.branch(), std::nullopt);
  EXPECT_EQ(opened.head(), id);
}

TEST(OpenRepository, RefusesSha256ByName) {
  const GitFixture repository({"--object-format=sha256"});
  const auto error = open_error(repository.folder());
  EXPECT_EQ(error.code, "PEER-E128");
  EXPECT_THAT(error.message, HasSubstr("SHA-256"));
  EXPECT_THAT(error.message, HasSubstr("--diff-file"));
}

TEST(OpenRepository, NamesAnExtensionItCannotRead) {
  GitFixture repository;
  repository.git({"config", "core.repositoryformatversion", "1"});
  repository.git({"config", "extensions.refstorage", "reftable"});
  const auto error = open_error(repository.folder());
  EXPECT_EQ(error.code, "PEER-E128");
  EXPECT_THAT(error.message, HasSubstr("refstorage"));
}

TEST(OpenRepository, OpensExtensionsThatDoNotConcernReading) {
  GitFixture repository;
  repository.write("a.txt", "a\n");
  repository.commit();
  repository.git({"config", "core.repositoryformatversion", "1"});
  repository.git({"config", "extensions.worktreeConfig", "true"});
  repository.git({"config", "extensions.partialClone", "origin"});
  EXPECT_THAT(summary(repository.read("HEAD")), ElementsAre("A a.txt"));
}

/// A repository of user 4711, which only root can make.
struct ForeignRepository : GitFixture {
  ForeignRepository() {
    write("a.txt", "a\n");
    commit();
    chown_all();
  }
  void chown_all() const {
    if (::chown(folder().c_str(), 4711, 4711) != 0)
      throw std::runtime_error("this test must run as root");
    for (const auto& entry : fs::recursive_directory_iterator(folder()))
      static_cast<void>(::lchown(entry.path().c_str(), 4711, 4711));
  }
};

TEST(OpenRepository, SaysWhoOwnsAForeignOneAndWhatToRun) {
  if (::geteuid() != 0) GTEST_SKIP() << "only root can make a repository of another user";
  const ForeignRepository repository;
  const auto error = open_error(repository.folder());
  EXPECT_EQ(error.kind, ErrorKind::refused);
  EXPECT_EQ(error.code, "PEER-E129");
  EXPECT_THAT(error.message, HasSubstr("belongs to user 4711"));
  EXPECT_THAT(error.message, HasSubstr("root (user 0)"));
  EXPECT_THAT(error.message, HasSubstr("git config --global --add safe.directory " +
                                       repository.folder().native()));
  EXPECT_THAT(error.message, HasSubstr("--trust-owner"));
  EXPECT_THAT(error.message, Not(HasSubstr("was not found")));
}

TEST(OpenRepository, TrustsAForeignOneWhenToldTo) {
  if (::geteuid() != 0) GTEST_SKIP() << "only root can make a repository of another user";
  const ForeignRepository repository;
  OpenOptions options;
  options.trust_owner = true;
  auto opened = open_or_throw(repository.folder(), options);
  EXPECT_THAT(summary(*opened.read_diff(parse_range("HEAD"))), ElementsAre("A a.txt"));
  EXPECT_EQ(open_error(repository.folder()).code, "PEER-E129");  // trust is not remembered
}

TEST(UnbornBranch, IsNamedAndStagedFilesCanStillBeRead) {
  GitFixture repository;
  repository.write("a.txt", "a\n");
  repository.git({"add", "a.txt"});
  repository.write("b.txt", "b\n");
  auto opened = repository.open();
  for (const auto* range : {"", "HEAD", "HEAD~1..HEAD"}) {
    const auto change = opened.read_diff(parse_range(range));
    ASSERT_FALSE(change);
    EXPECT_EQ(change.error().code, "PEER-E121");
    EXPECT_THAT(change.error().message, HasSubstr("the branch 'main' has no commit yet"));
  }
  EXPECT_THAT(summary(repository.read(range_of(RangeSpec::Kind::staged))), ElementsAre("A a.txt"));
  EXPECT_THAT(summary(repository.read(range_of(RangeSpec::Kind::worktree))),
              ElementsAre("A a.txt", "A b.txt"));
  EXPECT_EQ(opened.head(), std::nullopt);
}

struct Named : GitFixture {
  Named() {
    write("a.txt", "a\n");
    commit();
    git({"branch", "feature/login-form"});
    git({"tag", "v1.2.0"});
  }
};

std::string revision_error(const GitFixture& repository, std::string_view range) {
  auto opened = repository.open();
  const auto change = opened.read_diff(parse_range(range));
  return change ? "" : change.error().code + " " + change.error().message;
}

TEST(UnknownRevision, SuggestsTheNearestBranchOrTag) {
  const Named repository;
  EXPECT_THAT(revision_error(repository, "feature/login-from"),
              HasSubstr("did you mean 'feature/login-form'?"));
  EXPECT_THAT(revision_error(repository, "v1.20..HEAD"), HasSubstr("did you mean 'v1.2.0'?"));
  EXPECT_THAT(revision_error(repository, "mian...HEAD"), HasSubstr("did you mean 'main'?"));
}

TEST(UnknownRevision, NamesWhatIsMissing) {
  const Named repository;
  EXPECT_THAT(revision_error(repository, "zzzzzzzzzzzz"),
              HasSubstr("PEER-E122 there is no revision 'zzzzzzzzzzzz'"));
  EXPECT_THAT(revision_error(repository, "HEAD~99..HEAD"),
              HasSubstr("there is no revision 'HEAD~99'"));
  EXPECT_THAT(revision_error(repository, "--upload-pack=x"), HasSubstr("PEER-E122"));
  EXPECT_THAT(revision_error(repository, ":/(((((a"), HasSubstr("PEER-E122"));
  EXPECT_THAT(revision_error(repository, "HEAD:a.txt"), HasSubstr("is not a commit"));
  EXPECT_THAT(revision_error(repository, std::string(40, '1') + "..HEAD"), HasSubstr("PEER-E123"));
}

TEST(DamagedRepository, NamesTheObject) {
  GitFixture repository;
  repository.write("a.txt", "one\n");
  repository.commit();
  repository.write("a.txt", "two\n");
  repository.write("b.txt", "fine\n");
  repository.commit();
  const auto id = repository.git({"rev-parse", "HEAD:a.txt"});
  fs::remove(repository.folder() / ".git/objects" / id.substr(0, 2) / id.substr(2));
  const auto change = repository.read("HEAD");
  EXPECT_THAT(file_at(change, "a.txt").skipped, HasSubstr(id));
  EXPECT_EQ(file_at(change, "b.txt").skipped, "");
}

TEST(DamagedRepository, FailsByNameWhereATreeIsGone) {
  GitFixture repository;
  repository.write("dir/a.txt", "one\n");
  repository.commit();
  const auto id = repository.git({"rev-parse", "HEAD^{tree}"});
  fs::remove(repository.folder() / ".git/objects" / id.substr(0, 2) / id.substr(2));
  auto opened = repository.open();
  const auto change = opened.read_diff(parse_range("HEAD"));
  ASSERT_FALSE(change);
  EXPECT_EQ(change.error().code, "PEER-E130");
  EXPECT_THAT(change.error().message, HasSubstr("git fsck"));
}

TEST(DamagedRepository, ATruncatedIndexIsNoEmptyChange) {
  GitFixture repository;
  repository.write("a.txt", "one\n");
  repository.commit();
  std::ofstream(repository.folder() / ".git/index", std::ios::trunc) << "DIRC\0\0\0\2";
  auto opened = repository.open();
  const auto change = opened.read_diff(range_of(RangeSpec::Kind::staged));
  ASSERT_FALSE(change);
  EXPECT_EQ(change.error().code, "PEER-E136");
}

TEST(ReadAt, GivesFilesOfCommitsAndOfTheWorkTree) {
  GitFixture repository;
  repository.write("dir/a.txt", "one\n");
  repository.write("dir/sub/b.txt", "b\n");
  repository.commit();
  repository.write("dir/a.txt", "two\n");
  repository.write("dir/new.txt", "n\n");
  const auto opened = repository.open();
  EXPECT_EQ(opened.read_at("HEAD", "dir/a.txt").value(), "one\n");
  EXPECT_EQ(opened.read_at("", "dir/a.txt").value(), "two\n");
  EXPECT_EQ(opened.read_at("HEAD", "none").value(), std::nullopt);
  EXPECT_EQ(opened.read_at("", "none").value(), std::nullopt);
  EXPECT_EQ(opened.read_at("HEAD", "dir").value(), std::nullopt);
  EXPECT_THAT(opened.list_at("HEAD", "dir").value(), ElementsAre("dir/a.txt", "dir/sub/b.txt"));
  EXPECT_THAT(opened.list_at("", "dir").value(),
              ElementsAre("dir/a.txt", "dir/new.txt", "dir/sub/b.txt"));
  EXPECT_THAT(opened.list_at("HEAD", "nowhere").value(), ElementsAre());
  EXPECT_FALSE(opened.read_at("", "../outside"));
  EXPECT_FALSE(opened.read_at("", "/etc/passwd"));
}

}  // namespace
}  // namespace peer
