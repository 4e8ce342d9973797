#include <fcntl.h>
#include <fstream>
#include <sys/stat.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/bot/git/git_fixture.hpp"

namespace peer {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using Kind = RangeSpec::Kind;

std::string numbered(int from, int to) {
  std::string text;
  for (int i = from; i <= to; ++i)
    text += "line " + std::to_string(i) + "\n";
  return text;
}

TEST(Renames, ArePairedWithEdits) {
  GitFixture repository;
  repository.write("old.txt", numbered(1, 40));
  repository.commit();
  repository.git({"mv", "old.txt", "new.txt"});
  repository.write("new.txt", numbered(1, 40) + "more\n");
  const auto id = repository.commit();
  const auto change = repository.read(id);
  EXPECT_THAT(summary(change), ElementsAre("R old.txt -> new.txt"));
  const auto& file = change.files[0];
  ASSERT_EQ(file.hunks.size(), 1U);
  EXPECT_THAT(file.hunks[0].added, ElementsAre(LineRange{41, 1}));
  const auto opened = repository.open();
  EXPECT_EQ(opened.read(*file.before, file.old_path).value(), numbered(1, 40));
}

TEST(Renames, ArePairedInTheWorkTreeThoughUntracked) {
  GitFixture repository;
  repository.write("old.txt", numbered(1, 40));
  repository.commit();
  fs::rename(repository.folder() / "old.txt", repository.folder() / "new.txt");
  EXPECT_THAT(summary(repository.read(range_of(Kind::worktree))),
              ElementsAre("R old.txt -> new.txt"));
}

TEST(Renames, ThatSwapTwoFilesKeepBoth) {
  GitFixture repository;
  repository.write("a.txt", numbered(1, 30));
  repository.write("b.txt", numbered(100, 130));
  repository.commit();
  repository.write("a.txt", numbered(100, 130));
  repository.write("b.txt", numbered(1, 30));
  repository.commit();
  EXPECT_EQ(repository.read("HEAD").files.size(), 2U);
}

TEST(Copies, ArePairedWithAFileOfTheSameChange) {
  GitFixture repository;
  repository.write("a.txt", numbered(1, 40));
  repository.commit();
  repository.write("a.txt", numbered(1, 41));
  repository.write("copy.txt", numbered(1, 40) + "x\n");
  repository.commit();
  EXPECT_THAT(summary(repository.read("HEAD")), ElementsAre("M a.txt", "C a.txt -> copy.txt"));
}

TEST(Modes, AChangeOfTheModeAloneHasNoHunks) {
  GitFixture repository;
  repository.write("run.sh", "#!/bin/sh\n");
  repository.commit();
  fs::permissions(repository.folder() / "run.sh", fs::perms::owner_all);
  for (const bool committed : {false, true}) {
    if (committed) repository.commit();
    const auto change =
        committed ? repository.read("HEAD") : repository.read(range_of(Kind::worktree));
    EXPECT_THAT(summary(change), ElementsAre("P run.sh"));
    EXPECT_EQ(change.files[0].before->mode, 0100644U);
    EXPECT_EQ(change.files[0].after->mode, 0100755U);
    EXPECT_THAT(change.files[0].hunks, IsEmpty());
  }
}

TEST(Modes, AFileThatBecomesALinkIsATypeChange) {
  GitFixture repository;
  repository.write("a", "text\n");
  repository.commit();
  repository.remove("a");
  fs::create_symlink("/etc/passwd", repository.folder() / "a");
  for (const bool committed : {false, true}) {
    if (committed) repository.commit();
    const auto change =
        committed ? repository.read("HEAD") : repository.read(range_of(Kind::worktree));
    EXPECT_THAT(summary(change), ElementsAre("T a"));
    EXPECT_EQ(change.files[0].nature, Nature::symlink);
    EXPECT_FALSE(change.files[0].scope.in);
    EXPECT_EQ(repository.open().read(*change.files[0].after, "a").value(), "/etc/passwd");
  }
}

TEST(Links, AreNeverFollowedAlsoNotAsFolders) {
  GitFixture repository;
  repository.write("dir/secret.txt", "tracked\n");
  repository.commit();
  const auto outside = repository.scratch() / "outside";
  fs::create_directories(outside);
  std::ofstream(outside / "secret.txt") << "outside\n";
  repository.remove("dir");
  fs::create_directory_symlink(outside, repository.folder() / "dir");
  fs::create_symlink("loop", repository.folder() / "loop");
  const auto change = repository.read(range_of(Kind::worktree));
  EXPECT_THAT(summary(change), ElementsAre("A dir", "D dir/secret.txt", "A loop"));
  const auto opened = repository.open();
  BlobRef blob;
  blob.mode = 0100644;
  blob.on_disk = true;
  EXPECT_FALSE(opened.read(blob, "dir/secret.txt"));
  EXPECT_EQ(opened.read_at("", "dir/secret.txt").value(), std::nullopt);
  EXPECT_FALSE(opened.read(blob, "../outside/secret.txt"));
}

TEST(Links, PipesAreNotRead) {
  GitFixture repository;
  repository.write("a", "a\n");
  repository.commit();
  ASSERT_EQ(::mkfifo((repository.folder() / "pipe").c_str(), 0600), 0);
  EXPECT_THAT(repository.read(range_of(Kind::worktree)).files, IsEmpty());
  EXPECT_FALSE(repository.open().read_at("", "pipe"));
}

TEST(Submodules, AreReportedAndNeverEntered) {
  GitFixture repository;
  const GitFixture inner;
  inner.write("inside.txt", "x\n");
  const_cast<GitFixture&>(inner).commit();
  repository.write("a", "a\n");
  repository.commit();
  repository.git({"submodule", "add", "-q", "file://" + inner.folder().native(), "sub"});
  const auto change = repository.read(range_of(Kind::staged));
  EXPECT_THAT(summary(change), ElementsAre("A .gitmodules", "A sub"));
  const auto sub = file_at(change, "sub");
  EXPECT_EQ(sub.nature, Nature::submodule);
  EXPECT_FALSE(sub.scope.in);
  EXPECT_EQ(sub.after->mode, 0160000U);
  EXPECT_EQ(sub.hunks.size(), 1U);  // as git prints it: "Subproject commit ..."
  EXPECT_THAT(summary(repository.read(range_of(Kind::worktree))),
              ElementsAre("A .gitmodules", "A sub"));
}

TEST(Submodules, ARepositoryInsideTheWorkTreeIsNotEnteredEither) {
  GitFixture repository;
  repository.write("a", "a\n");
  repository.commit();
  repository.write("nested/file.txt", "x\n");
  repository.git({"init", "-q"}, "nested");
  const auto change = repository.read(range_of(Kind::worktree));
  EXPECT_THAT(summary(change), ElementsAre("A nested"));
  EXPECT_EQ(change.files[0].nature, Nature::submodule);
}

TEST(Natures, BinaryIsWhatHoldsANul) {
  GitFixture repository;
  repository.write("img.bin", std::string("\x89PNG\0\1\2\3", 8));
  repository.write("late.txt", std::string(9000, 'a') + std::string(1, '\0'));
  repository.commit();
  const auto change = repository.read("HEAD");
  EXPECT_EQ(file_at(change, "img.bin").nature, Nature::binary);
  EXPECT_FALSE(file_at(change, "img.bin").scope.in);
  EXPECT_THAT(file_at(change, "img.bin").hunks, IsEmpty());
  EXPECT_EQ(file_at(change, "late.txt").nature, Nature::text);  // git looks at 8,000 bytes
}

TEST(Natures, AnAttributeCannotHideText) {
  GitFixture repository;
  repository.write(".gitattributes", "*.js binary\n*.py -diff\n");
  repository.write("a.js", "a\n");
  repository.write("b.py", "b\n");
  repository.commit();
  const auto change = repository.read("HEAD");
  EXPECT_EQ(file_at(change, "a.js").hunks.size(), 1U);
  EXPECT_EQ(file_at(change, "b.py").hunks.size(), 1U);
}

TEST(Natures, BinaryThatBecomesTextIsAllNew) {
  GitFixture repository;
  repository.write("a", std::string("x\0y\n", 4));
  repository.commit();
  repository.write("a", "1\n2\n");
  repository.commit();
  const auto file = file_at(repository.read("HEAD"), "a");
  EXPECT_EQ(file.nature, Nature::text);
  EXPECT_THAT(file.hunks.at(0).added, ElementsAre(LineRange{1, 2}));
}

TEST(Natures, LfsPointersAreReportedAsSuch) {
  GitFixture repository;
  const std::string pointer =
      "version https://git-lfs.github.com/spec/v1\noid sha256:" + std::string(64, 'a') +
      "\nsize 12345\n";
  repository.write("big.psd", pointer);
  repository.commit();
  const auto change = repository.read("HEAD");
  EXPECT_EQ(change.files[0].nature, Nature::lfs_pointer);
  EXPECT_FALSE(change.files[0].scope.in);
}

TEST(Paths, OfAnyBytesArriveAsTheyAre) {
  GitFixture repository;
  const std::vector<std::string> names = {"with space.txt",
                                          "quo\"te.txt",
                                          "new\nline.txt",
                                          "tab\t.txt",
                                          "b\\ack.txt",
                                          "\xC3\xA4\xE2\x82\xAC.txt",
                                          "esc\x1b[31m.txt",
                                          "la\xE9tin.txt",
                                          "-dash",
                                          "\xE2\x80\xAE"
                                          "bidi.txt",
                                          "#x",
                                          "a*b",
                                          "[x]",
                                          "x "};
  for (const auto& name : names)
    repository.write("d/" + name, "x\n");
  const auto in_work_tree = repository.read(range_of(Kind::worktree));
  repository.commit();
  const auto change = repository.read("HEAD");
  ASSERT_EQ(change.files.size(), names.size());
  ASSERT_EQ(in_work_tree.files.size(), names.size());
  const auto opened = repository.open();
  for (const auto& name : names) {
    const auto file = file_at(change, "d/" + name);
    EXPECT_EQ(opened.read(*file.after, file.path).value(), "x\n");
    EXPECT_EQ(opened.read(*file_at(in_work_tree, "d/" + name).after, file.path).value(), "x\n");
  }
}

TEST(Paths, ThatDifferInCaseAreTwoFiles) {
  GitFixture repository;
  repository.write("readme", "a\n");
  repository.write("README", "b\n");
  repository.commit();
  EXPECT_EQ(repository.read("HEAD").files.size(), 2U);
}

TEST(Sizes, AreReadWithoutTheContentAndOverTheLimitSaid) {
  GitFixture repository;
  repository.write("big.txt", std::string(300000, 'x') + "\n");
  repository.write("small.txt", "x\n");
  repository.commit();
  auto opened = repository.open();
  const auto change = opened.read_diff(parse_range("HEAD"), {{}, 1000});
  ASSERT_TRUE(change) << change.error().message;
  const auto big = file_at(*change, "big.txt");
  EXPECT_EQ(big.after->size, 300001U);
  EXPECT_THAT(big.skipped, HasSubstr("PEER-E103: 300,001 bytes, over the limit of 1,000"));
  EXPECT_EQ(file_at(*change, "small.txt").skipped, "");
}

TEST(WorkTree, AFileThatCannotBeReadIsSaid) {
  GitFixture repository;
  repository.write("a.txt", "x\n");
  repository.commit();
  repository.write("a.txt", "y\n");
  fs::permissions(repository.folder() / "a.txt", fs::perms::none);
  const auto change = repository.read(range_of(Kind::worktree));
  if (::geteuid() == 0) {  // root reads everything
    EXPECT_THAT(summary(change), ElementsAre("M a.txt"));
  } else {
    EXPECT_FALSE(file_at(change, "a.txt").skipped.empty());
  }
}

TEST(WorkTree, ASparseCheckoutHasNoDeletedFiles) {
  GitFixture repository;
  repository.write("in/a.txt", "a\n");
  repository.write("out/b.txt", "b\n");
  repository.commit();
  repository.git({"sparse-checkout", "set", "in"});
  ASSERT_FALSE(fs::exists(repository.folder() / "out/b.txt"));
  repository.write("in/a.txt", "changed\n");
  EXPECT_THAT(summary(repository.read(range_of(Kind::worktree))), ElementsAre("M in/a.txt"));
}

TEST(WorkTree, FilesWithConflictsAreTakenFromDisk) {
  GitFixture repository;
  repository.write("a.txt", "base\n");
  repository.commit();
  repository.git({"checkout", "-q", "-b", "side"});
  repository.write("a.txt", "side\n");
  repository.commit();
  repository.git({"checkout", "-q", "main"});
  repository.write("a.txt", "main\n");
  repository.commit();
  EXPECT_THROW(repository.git({"merge", "-q", "side"}), std::runtime_error);
  const auto change = repository.read(range_of(Kind::worktree));
  ASSERT_THAT(summary(change), ElementsAre("M a.txt"));
  EXPECT_EQ(repository.open().read(*change.files[0].before, "a.txt").value(), "main\n");
  EXPECT_THAT(repository.open().read(*change.files[0].after, "a.txt").value(),
              HasSubstr("<<<<<<<"));
}

TEST(WorkTree, StagedAndDeletedAgainAndRemovedFromTheIndexOnly) {
  GitFixture repository;
  repository.write("gone.txt", "x\n");
  repository.write("kept.txt", "k\n");
  repository.commit();
  repository.git({"rm", "-q", "--cached", "kept.txt"});
  repository.remove("gone.txt");
  repository.write("flash.txt", "f\n");
  repository.git({"add", "flash.txt"});
  repository.remove("flash.txt");
  // kept.txt still stands there, but the next commit would delete it: so says `git diff HEAD`
  EXPECT_THAT(summary(repository.read(range_of(Kind::worktree))),
              ElementsAre("D gone.txt", "D kept.txt"));
}

TEST(Attributes, GeneratedAndVendoredFilesAreOutOfScopeByTheBase) {
  GitFixture repository;
  repository.write(".gitattributes",
                   "gen/** linguist-generated\nthird/* linguist-vendored=true\n*.pb.go "
                   "linguist-generated=true\n");
  repository.write("third/.gitattributes", "mine.c -linguist-vendored\n");
  repository.commit();
  repository.write("gen/deep/a.c", "x\n");
  repository.write("third/lib.c", "x\n");
  repository.write("third/mine.c", "x\n");
  repository.write("api.pb.go", "x\n");
  repository.write("own.c", "x\n");
  repository.write(".gitattributes", "* linguist-generated\n");
  repository.commit();
  const auto change = repository.read("HEAD");
  EXPECT_EQ(file_at(change, "gen/deep/a.c").attributes.generated, true);
  EXPECT_EQ(file_at(change, "third/lib.c").attributes.vendored, true);
  EXPECT_EQ(file_at(change, "api.pb.go").attributes.generated, true);
  EXPECT_EQ(file_at(change, "third/mine.c").attributes.vendored, false);
  EXPECT_EQ(file_at(change, "own.c").attributes,
            PathAttributes{});  // the change cannot hide itself
  EXPECT_EQ(file_at(change, ".gitattributes").attributes, PathAttributes{});
}

TEST(Attributes, OfTheWorkTreeCountForLocalRuns) {
  GitFixture repository;
  repository.write("a.txt", "x\n");
  repository.commit();
  repository.write(".gitattributes", "*.gen linguist-generated\n");
  repository.write("x.gen", "x\n");
  EXPECT_EQ(file_at(repository.read(range_of(Kind::worktree)), "x.gen").attributes.generated, true);
}

}  // namespace
}  // namespace peer
