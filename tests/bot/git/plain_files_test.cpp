#include "bot/git/plain_files.hpp"

#include <algorithm>
#include <cstdlib>
#include <stdexcept>
#include <unistd.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "bot/git/nature.hpp"
#include "tests/bot/git/git_fixture.hpp"

namespace peer {
namespace {

namespace fs = std::filesystem;
using testing::AllOf;
using testing::Contains;
using testing::ElementsAre;
using testing::ElementsAreArray;
using testing::HasSubstr;
using testing::Not;

ChangeSet read_paths(PlainFiles& files) {
  auto change = files.read_change();
  if (!change) throw std::runtime_error(change.error().message);
  return std::move(*change);
}

TEST(PlainFiles, NeedNoRepository) {
  const GitFixture place;
  const auto root = place.scratch() / "plain";
  place.write("../plain/src/a.c", "int a;\n");
  place.write("../plain/src/deep/b.c", "int b;\n");
  place.write("../plain/other.c", "int c;\n");
  PlainFiles files({"src", "other.c"}, root);
  const auto change = read_paths(files);
  EXPECT_TRUE(change.whole_files);
  EXPECT_FALSE(change.incomplete);
  EXPECT_EQ(change.description, "src other.c");
  EXPECT_THAT(summary(change), ElementsAre("= other.c", "= src/a.c", "= src/deep/b.c"));
  EXPECT_EQ(change.files[1].after->size, 7U);
  EXPECT_TRUE(change.files[1].after->on_disk);
  EXPECT_EQ(files.read(*change.files[1].after, "src/a.c").value(), "int a;\n");
  EXPECT_FALSE(files.read(*change.files[1].after, "src/../other.c"));
}

TEST(PlainFiles, DoNotEnterASubmoduleThatIsNamed) {
  GitFixture place;
  place.write("a.txt", "a\n");
  place.commit();
  const auto inner = place.clone({});
  place.git(
      {"-c", "protocol.file.allow=always", "submodule", "add", "-q", inner.native(), "deep/sub"});
  const auto opened = place.open();
  for (const std::string path : {"deep/sub", "deep/sub/", "deep/sub/a.txt"}) {
    PlainFiles files({path}, place.folder(), &opened);
    const auto change = read_paths(files);
    ASSERT_THAT(summary(change), ElementsAre("= deep/sub")) << path;
    EXPECT_EQ(change.files[0].nature, Nature::submodule);
    EXPECT_FALSE(change.files[0].scope.in);
  }
  // of a run in the submodule it is the work tree
  const auto inside = open_or_throw(place.folder() / "deep/sub");
  PlainFiles files({"."}, place.folder() / "deep/sub", &inside);
  EXPECT_THAT(summary(read_paths(files)), ElementsAre("= a.txt"));
}

TEST(PlainFiles, LeaveOutWhatIsIgnoredUnlessNamed) {
  GitFixture repository;
  repository.write(".gitignore", "build/\n*.log\n!keep.log\n");
  repository.write("build/out.c", "x\n");
  repository.write("build/tracked.c", "x\n");
  repository.write("a.log", "x\n");
  repository.write("keep.log", "x\n");
  repository.write("a.c", "x\n");
  repository.git({"add", "-f", "build/tracked.c"});
  const auto opened = repository.open();
  PlainFiles all({"."}, repository.folder(), &opened);
  EXPECT_THAT(summary(read_paths(all)),
              ElementsAre("= .gitignore", "= a.c", "= build/tracked.c", "= keep.log"));
  PlainFiles named({"a.log"}, repository.folder(), &opened);
  EXPECT_THAT(summary(read_paths(named)), ElementsAre("= a.log"));
  PlainFiles folder({"build"}, repository.folder(), &opened);
  EXPECT_THAT(summary(read_paths(folder)), ElementsAre("= build/out.c", "= build/tracked.c"));
}

TEST(PlainFiles, ListLinksAndDoNotFollowThem) {
  const GitFixture repository;
  repository.write("../outside/secret.txt", "x\n");
  repository.write("dir/a.txt", "x\n");
  fs::create_directory_symlink(repository.scratch() / "outside", repository.folder() / "dir/link");
  fs::create_symlink("..", repository.folder() / "dir/loop");
  PlainFiles files({"dir"}, repository.folder());
  const auto change = read_paths(files);
  EXPECT_THAT(summary(change), ElementsAre("= dir/a.txt", "= dir/link", "= dir/loop"));
  EXPECT_EQ(change.files[1].nature, Nature::symlink);
  EXPECT_FALSE(change.files[1].scope.in);
}

TEST(PlainFiles, OutsideTheRootAreShownByTheirFullPath) {
  const GitFixture repository;
  repository.write("../elsewhere/a.txt", "x\n");
  PlainFiles files({"../elsewhere/a.txt"}, repository.folder());
  const auto change = read_paths(files);
  const auto full = (repository.scratch() / "elsewhere/a.txt").native();
  EXPECT_THAT(summary(change), ElementsAre("= " + full));
  EXPECT_EQ(files.read(*change.files[0].after, full).value(), "x\n");
}

TEST(PlainFiles, SayWhatIsNotThere) {
  const GitFixture repository;
  PlainFiles files({"src"}, repository.folder());
  const auto change = files.read_change();
  ASSERT_FALSE(change);
  EXPECT_EQ(change.error().kind, ErrorKind::not_found);
  EXPECT_THAT(change.error().message, HasSubstr("there is no src"));
}

TEST(PlainFiles, GeneratedOnesAreOutOfScopeUnlessNamed) {
  const GitFixture repository;
  repository.write(".gitattributes", "gen.c linguist-generated\n");
  repository.write("gen.c", "x\n");
  PlainFiles walked({"."}, repository.folder());
  EXPECT_EQ(file_at(read_paths(walked), "gen.c").attributes.generated, true);
  PlainFiles named({"gen.c"}, repository.folder());
  EXPECT_EQ(file_at(read_paths(named), "gen.c").attributes.generated, false);
}

TEST(PlainFiles, AttributesCountFromAboveTheFolderAndWhereTheyAreIgnored) {
  GitFixture repository;
  repository.write(".gitignore", ".gitattributes\nout/\n");
  repository.write(".gitattributes", "src/gen.c linguist-generated\n");
  repository.write("src/gen.c", "x\n");
  repository.write("src/deep/.gitattributes", "*.c linguist-vendored\n");
  repository.write("src/deep/a.c", "x\n");
  repository.write("out/.gitattributes", "*.c linguist-generated\n");
  repository.write("out/a.c", "x\n");
  const auto opened = repository.open();
  for (const auto& paths :
       std::vector<std::vector<fs::path>>{{"."}, {"src"}, {"src", "."}, {"src/deep", "src"}}) {
    PlainFiles files(paths, repository.folder(), &opened);
    const auto change = read_paths(files);
    EXPECT_EQ(file_at(change, "src/gen.c").attributes.generated, true);
    EXPECT_EQ(file_at(change, "src/deep/a.c").attributes.vendored, true);
    EXPECT_THAT(summary(change), Not(Contains("= out/a.c")));
  }
  PlainFiles all({".", "out"}, repository.folder(), &opened);
  EXPECT_EQ(file_at(read_paths(all), "out/a.c").attributes.generated, true);
}

TEST(PlainFiles, CountOnceHoweverOftenTheyAreNamed) {
  const GitFixture repository;
  repository.write(".gitattributes", "gen.c linguist-generated\n");
  repository.write("gen.c", "x\n");
  repository.write("b/a.c", "x\n");
  for (const auto& paths :
       std::vector<std::vector<fs::path>>{{".", "gen.c"}, {"gen.c", ".", "b", "b/a.c", "."}}) {
    PlainFiles files(paths, repository.folder());
    const auto change = read_paths(files);
    EXPECT_THAT(summary(change), ElementsAre("= .gitattributes", "= b/a.c", "= gen.c"));
    EXPECT_EQ(file_at(change, "gen.c").attributes.generated, false)
        << "named by the user: it stays in scope";
  }
}

TEST(PlainFiles, OfManyFoldersAreAllThere) {
  const GitFixture repository;
  std::vector<std::string> expected;
  for (int i = 0; i < 300; ++i) {
    const auto path = "d" + std::to_string(i % 100) + "/e" + std::to_string(i) + "/a.c";
    repository.write(path, "x\n");
    expected.push_back("= " + path);
  }
  fs::create_directories(repository.folder() / "d1/own/.git");
  repository.write("d1/own/a.c", "x\n");
  std::sort(expected.begin(), expected.end());
  PlainFiles files({"."}, repository.folder());
  EXPECT_THAT(summary(read_paths(files)), ElementsAreArray(expected));
}

/// This process as a user who may not read everything, until the end of the block.
class NobodyHere {
 public:
  NobodyHere() : is_root_(::geteuid() == 0) {
    if (is_root_ && ::seteuid(65534) != 0) throw std::runtime_error("cannot become nobody");
  }
  ~NobodyHere() {
    if (is_root_ && ::seteuid(0) != 0) std::abort();
  }
  NobodyHere(const NobodyHere&) = delete;
  NobodyHere& operator=(const NobodyHere&) = delete;

 private:
  bool is_root_;
};

TEST(PlainFiles, AFolderThatMayNotBeListedIsSkippedNotForgotten) {
  const GitFixture repository;
  repository.write("open/a.c", "x\n");
  repository.write("closed/b.c", "x\n");
  fs::permissions(repository.scratch(), fs::perms(0755));
  fs::permissions(repository.folder() / "closed", fs::perms(0));
  {
    const NobodyHere nobody;
    PlainFiles files({"."}, repository.folder());
    const auto change = read_paths(files);
    EXPECT_THAT(summary(change), ElementsAre("= closed", "= open/a.c"));
    EXPECT_THAT(change.files[0].skipped,
                AllOf(HasSubstr("cannot list closed"), HasSubstr("Permission denied")));
    PlainFiles named({"closed"}, repository.folder());
    EXPECT_THAT(read_paths(named).files.at(0).skipped, HasSubstr("Permission denied"));
  }
  fs::permissions(repository.folder() / "closed", fs::perms(0755));
}

TEST(Nature, OfADrawingIsBinaryButNotOfCode) {
  const auto nature = [](const std::string& path, std::string_view bytes) {
    ChangedFile file;
    file.path = path;
    file.after = BlobRef{"", bytes.size(), 0100644, true};
    settle_nature_by_bytes(file, bytes);
    return file.nature;
  };
  EXPECT_EQ(nature("logo.ai", "%PDF-1.5\r%\xE2\xE3\xCF\xD3\r\n1 0 obj"), Nature::binary);
  EXPECT_EQ(nature("notes", "%PDF-1.5 is the version we write\n"), Nature::text);
  EXPECT_EQ(nature("shell.php", "%PDF-1.4 <?php /* \xFF */ system($_GET['c']);"), Nature::text);
}

TEST(Nature, OfAWholeFileIsSettledByItsBytes) {
  ChangedFile file;
  file.after = BlobRef{"", 3, 0100644, true};
  settle_nature_by_bytes(file, std::string_view("a\0b", 3));
  EXPECT_EQ(file.nature, Nature::binary);
  EXPECT_EQ(file.scope.reason, "binary");
}

}  // namespace
}  // namespace peer
