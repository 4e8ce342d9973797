#include <fmt/format.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "bot/git/patch_parse.hpp"
#include "bot/git/plain_files.hpp"
#include "tests/bot/git/git_fixture.hpp"

namespace peer {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

RangeSpec patch_of(std::string diff, std::string base = {}) {
  RangeSpec range;
  range.kind = RangeSpec::Kind::patch;
  range.patch = std::move(diff);
  range.from = std::move(base);
  return range;
}

std::string numbered(int from, int to) {
  std::string text;
  for (int i = from; i <= to; ++i)
    text += fmt::format("line {}\n", i);
  return text;
}

/// A repository with ten numbered lines in a.txt and a way to see what a diff makes of them.
struct Patched : GitFixture {
  Patched() {
    write("a.txt", numbered(1, 10));
    commit();
  }
  [[nodiscard]] std::string after(const std::string& diff, std::string_view path = "a.txt") const {
    auto opened = open();
    const auto change = opened.read_diff(patch_of(diff));
    if (!change) return "ERROR " + change.error().message;
    const auto file = file_at(*change, path);
    if (!file.skipped.empty()) return "SKIPPED " + file.skipped;
    return file.after ? opened.read(*file.after, file.path).value() : "GONE";
  }
};

constexpr std::string_view kChangeFive = "@@ -4,3 +4,3 @@\n line 4\n-line 5\n+five\n line 6\n";

TEST(Patch, AppliesBareHeadersWithoutAGitLine) {
  const Patched repository;
  const auto result = repository.after("--- a/a.txt\n+++ b/a.txt\n" + std::string(kChangeFive));
  EXPECT_EQ(result, numbered(1, 4) + "five\n" + numbered(6, 10));
}

TEST(Patch, GivesHunksAndBothSides) {
  const Patched repository;
  const auto change =
      repository.read(patch_of("--- a/a.txt\n+++ b/a.txt\n" + std::string(kChangeFive)));
  ASSERT_THAT(summary(change), ElementsAre("M a.txt"));
  const auto& file = change.files[0];
  EXPECT_TRUE(file.before->on_disk);
  EXPECT_FALSE(file.after->on_disk);
  EXPECT_THAT(file.hunks.at(0).added, ElementsAre(LineRange{5, 1}));
  EXPECT_EQ(file.hunks[0].new_lines,
            (LineRange{2, 7}));  // with three lines of context, whatever the diff had
  EXPECT_EQ(change.description, "diff file on worktree");
  EXPECT_FALSE(change.incomplete);
}

TEST(Patch, OmittedCountsMeanOne) {
  const Patched repository;
  EXPECT_EQ(repository.after("--- a/a.txt\n+++ b/a.txt\n@@ -5 +5 @@\n-line 5\n+five\n"),
            numbered(1, 4) + "five\n" + numbered(6, 10));
}

TEST(Patch, PathsWithoutPrefixesAndWithTimeStamps) {
  const Patched repository;
  const auto expected = numbered(1, 4) + "five\n" + numbered(6, 10);
  EXPECT_EQ(repository.after("--- a.txt\t2024-01-01 10:00:00\n+++ a.txt\t2024-01-02 10:00:00\n" +
                             std::string(kChangeFive)),
            expected);
  EXPECT_EQ(repository.after("--- old/a.txt\n+++ new/a.txt\n" + std::string(kChangeFive)),
            expected);
  EXPECT_EQ(repository.after("--- i/a.txt\n+++ w/a.txt\n" + std::string(kChangeFive)), expected);
}

TEST(Patch, FindsHunksThatMoved) {
  Patched repository;
  repository.write("a.txt", "new first\nnew second\n" + numbered(1, 10));
  EXPECT_EQ(repository.after("--- a/a.txt\n+++ b/a.txt\n" + std::string(kChangeFive)),
            "new first\nnew second\n" + numbered(1, 4) + "five\n" + numbered(6, 10));
}

TEST(Patch, OnABaseCommitLeavesTheWorkTreeAlone) {
  Patched repository;
  repository.write("a.txt", "something else\n");
  auto opened = repository.open();
  const auto change =
      opened.read_diff(patch_of("--- a/a.txt\n+++ b/a.txt\n" + std::string(kChangeFive), "HEAD"));
  ASSERT_TRUE(change) << change.error().message;
  EXPECT_EQ(change->files.at(0).skipped, "");
  EXPECT_EQ(opened.read(*change->files[0].before, "a.txt").value(), numbered(1, 10));
  EXPECT_EQ(change->base, repository.git({"rev-parse", "HEAD"}));
}

TEST(Patch, AlreadyInTheWorkTreeMakesThatTheNewSide) {
  Patched repository;
  repository.write("a.txt", numbered(1, 4) + "five\n" + numbered(6, 10));
  repository.write("n.txt", "new\n");
  repository.git({"add", "-N", "n.txt"});
  for (const auto* context : {"-U3", "-U0"}) {
    const auto diff = repository.git({"diff", context}) + "\n";
    auto opened = repository.open();
    const auto change = opened.read_diff(patch_of(diff));
    ASSERT_TRUE(change) << change.error().message;
    EXPECT_THAT(summary(*change), ElementsAre("M a.txt", "A n.txt"));
    const auto file = file_at(*change, "a.txt");
    EXPECT_EQ(opened.read(*file.before, "a.txt").value(), numbered(1, 10));
    EXPECT_TRUE(file.after->on_disk);
    EXPECT_THAT(file.hunks.at(0).added, ElementsAre(LineRange{5, 1}));
    EXPECT_FALSE(change->incomplete);
  }
}

TEST(Patch, AddsDeletesRenamesCopiesAndChangesModes) {
  Patched repository;
  repository.write("gone.txt", "bye\n");
  repository.write("from.txt", numbered(1, 30));
  repository.write("run.sh", "#!/bin/sh\n");
  const auto before = repository.commit();
  repository.remove("gone.txt");
  repository.write("added.txt", "hello\n");
  repository.write("void", "");
  repository.git({"mv", "from.txt", "to.txt"});
  repository.write("to.txt", numbered(1, 30) + "end\n");
  repository.git({"add", "-A"});
  repository.git({"update-index", "--chmod=+x", "run.sh"});
  repository.git({"commit", "-q", "-m", "all"});
  const auto diff = repository.git({"diff", "-M", before, "HEAD"}) + "\n";
  const auto change = repository.read(patch_of(diff, before));
  EXPECT_THAT(summary(change), ElementsAre("A added.txt", "D gone.txt", "P run.sh",
                                           "R from.txt -> to.txt", "A void"));
  for (const auto& file : change.files)
    EXPECT_EQ(file.skipped, "") << file.path;
  EXPECT_EQ(file_at(change, "run.sh").after->mode, 0100755U);
  EXPECT_EQ(file_at(change, "to.txt").hunks.size(), 1U);
}

TEST(Patch, GivesTheSameChangeAsTheCommitItCameFrom) {
  GitFixture repository;
  repository.write("plain.txt", numbered(1, 40));
  repository.write("no newline.txt", "a\nb");
  repository.write("crlf.txt", "a\r\nb\r\nc\r\n");
  repository.write("\xC3\xA4 \"q\"\n.txt", "x\n");
  repository.commit();
  repository.write("plain.txt", "zero\n" + numbered(1, 20) + numbered(22, 40) + "end");
  repository.write("no newline.txt", "a\nb\n");
  repository.write("crlf.txt", "a\r\nB\r\nc");
  repository.write("\xC3\xA4 \"q\"\n.txt", "y\n");
  repository.commit();
  const auto diff = repository.git({"diff", "HEAD~1", "HEAD"}) + "\n";
  const auto from_diff = repository.read(patch_of(diff, "HEAD~1"));
  const auto from_commit = repository.read("HEAD");
  EXPECT_EQ(from_diff.files, from_commit.files);
}

TEST(Patch, AMalformedPartCostsOnlyItsFileAndNamesTheLine) {
  Patched repository;
  repository.write("b.txt", numbered(1, 10));
  repository.commit();
  const std::string good = "--- a/b.txt\n+++ b/b.txt\n" + std::string(kChangeFive);
  const std::vector<std::string> broken = {
      "@@ -4,9 +4,3 @@\n line 4\n-line 5\n+five\n line 6\n",  // counts too large
      "@@ -4,1 +4,1 @@\n line 4\n-line 5\n+five\n line 6\n",  // too small
      "@@ -x +4,3 @@\n line 4\n-line 5\n+five\n line 6\n",   "@@ -99999999999,3 +4,3 @@\n line 4\n",
      "@@ -4,3 +4,3 @@\n line 4\n?line 5\n+five\n line 6\n", "@@ -4,3 +4,3 @@\n line 4\n",
  };
  for (const auto& hunk : broken) {
    const auto change = repository.read(patch_of("--- a/a.txt\n+++ b/a.txt\n" + hunk + good));
    ASSERT_THAT(summary(change), ElementsAre("M a.txt", "M b.txt")) << hunk;
    EXPECT_THAT(change.files[0].skipped, HasSubstr("PEER-E101: line 3 of the diff")) << hunk;
    EXPECT_EQ(change.files[1].skipped, "") << hunk;
    EXPECT_EQ(change.files[1].hunks.size(), 1U);
    EXPECT_TRUE(change.incomplete);
  }
}

TEST(Patch, AHunkThatFitsNowhereIsSaid) {
  const Patched repository;
  const auto result = repository.after(
      "--- a/a.txt\n+++ b/a.txt\n@@ -4,3 +4,3 @@\n line 4\n-other\n+five\n line 6\n");
  EXPECT_THAT(result, HasSubstr("SKIPPED PEER-E104: the hunk at line 3 of the diff"));
  EXPECT_THAT(
      repository.after("--- a/none.txt\n+++ b/none.txt\n" + std::string(kChangeFive), "none.txt"),
      HasSubstr("PEER-E104"));
}

TEST(Patch, HunksWithoutAHeaderAreSaid) {
  const Patched repository;
  const auto change = repository.read(patch_of(std::string(kChangeFive)));
  EXPECT_THAT(change.files, IsEmpty());
  EXPECT_TRUE(change.incomplete);
  EXPECT_THAT(change.degraded.at(0), HasSubstr("PEER-E101: line 1 of the diff"));
}

TEST(Patch, AnEmptyOneIsAnEmptyChangeAndOtherTextAnError) {
  const Patched repository;
  for (const auto* blank : {"", "\n", " \n\n"}) {
    const auto change = repository.read(patch_of(blank));
    EXPECT_THAT(change.files, IsEmpty());
    EXPECT_FALSE(change.incomplete);
  }
  EXPECT_THAT(repository.after("hello\nworld\n"),
              HasSubstr("ERROR the diff file holds no unified diff"));
}

TEST(Patch, PathsOutsideTheTreeAreRefused) {
  const Patched repository;
  for (const auto* path :
       {"../a.txt", "/etc/passwd", ".git/config", "x/.GIT/hooks/y", "a/../../b"}) {
    const auto change =
        repository.read(patch_of(fmt::format("--- {0}\n+++ {0}\n@@ -1 +1 @@\n-x\n+y\n", path)));
    EXPECT_THAT(change.files.at(0).skipped, HasSubstr("PEER-E101")) << path;
  }
}

TEST(Patch, MailAroundItAndItsSignatureDoNotMatter) {
  const Patched repository;
  const auto diff =
      "From 1234 Mon Sep 17\nSubject: [PATCH] x\n\n- a list\n+ a plus\n---\n a.txt | 2 +-\n\n"
      "diff --git a/a.txt b/a.txt\nindex 1..2 100644\n--- a/a.txt\n+++ b/a.txt\n" +
      std::string(kChangeFive) + "-- \n2.39.5\n\n";
  EXPECT_EQ(repository.after(diff), numbered(1, 4) + "five\n" + numbered(6, 10));
}

TEST(Patch, ASeriesThatTouchesAFileTwiceGivesOneChange) {
  Patched repository;
  const auto base = repository.git({"rev-parse", "HEAD"});
  repository.write("a.txt", numbered(1, 4) + "five\n" + numbered(6, 10));
  repository.commit();
  repository.write("a.txt", "zero\n" + numbered(1, 4) + "five\n" + numbered(6, 10));
  repository.commit();
  const auto series = repository.git({"format-patch", "--stdout", base + "..HEAD"}) + "\n";
  auto opened = repository.open();
  const auto change = opened.read_diff(patch_of(series, base));
  ASSERT_TRUE(change) << change.error().message;
  ASSERT_THAT(summary(*change), ElementsAre("M a.txt"));
  EXPECT_EQ(opened.read(*change->files[0].after, "a.txt").value(),
            "zero\n" + numbered(1, 4) + "five\n" + numbered(6, 10));
  EXPECT_THAT(change->files[0].hunks.at(0).added, ElementsAre(LineRange{1, 1}, LineRange{6, 1}));
}

TEST(Patch, LinksBinariesAndSubmodulesKeepTheirNature) {
  const Patched repository;
  const auto change = repository.read(
      patch_of("diff --git a/l b/l\nnew file mode 120000\nindex 0000000..1111111\n--- "
               "/dev/null\n+++ b/l\n@@ -0,0 +1 @@\n"
               "+/etc/passwd\n\\ No newline at end of file\n"
               "diff --git a/i.png b/i.png\nnew file mode 100644\nindex 0000000..2222222\n"
               "Binary files /dev/null and b/i.png differ\n"
               "diff --git a/s b/s\nnew file mode 160000\nindex 0000000..3333333\n--- "
               "/dev/null\n+++ b/s\n@@ -0,0 +1 @@\n"
               "+Subproject commit 3333333333333333333333333333333333333333\n"));
  EXPECT_THAT(summary(change), ElementsAre("A i.png", "A l", "A s"));
  EXPECT_EQ(file_at(change, "l").nature, Nature::symlink);
  EXPECT_EQ(file_at(change, "i.png").nature, Nature::binary);
  EXPECT_EQ(file_at(change, "s").nature, Nature::submodule);
  for (const auto& file : change.files)
    EXPECT_FALSE(file.scope.in);
}

TEST(Patch, CarriageReturnsLostOrGainedOnTheWayDoNotMatter) {
  Patched repository;
  repository.write("a.txt", "a\r\nb\r\nc\r\n");
  EXPECT_EQ(repository.after("--- a/a.txt\n+++ b/a.txt\n@@ -1,3 +1,3 @@\n a\n-b\n+B\n c\n"),
            "a\r\nB\r\nc\r\n");
  repository.write("a.txt", "a\nb\nc\n");
  EXPECT_EQ(
      repository.after("--- a/a.txt\r\n+++ b/a.txt\r\n@@ -1,3 +1,3 @@\r\n a\r\n-b\r\n+B\r\n c\r\n"),
      "a\nB\nc\n");
}

TEST(Patch, CombinedDiffsAreRefusedByName) {
  const Patched repository;
  EXPECT_THAT(
      repository.after(
          "diff --cc a.txt\nindex 1,2..3\n--- a/a.txt\n+++ b/a.txt\n@@@ -1,1 -1,1 +1,1 @@@\n++x\n"),
      HasSubstr("a combined diff of a merge"));
}

TEST(Patch, WorksOnAFolderWithoutARepository) {
  const GitFixture place;
  place.write("../plain/a.txt", numbered(1, 10));
  FolderPatch source("--- a/a.txt\n+++ b/a.txt\n" + std::string(kChangeFive),
                     place.scratch() / "plain");
  const auto change = source.read_change();
  ASSERT_TRUE(change) << change.error().message;
  ASSERT_THAT(summary(*change), ElementsAre("M a.txt"));
  EXPECT_EQ(source.read(*change->files[0].after, "a.txt").value(),
            numbered(1, 4) + "five\n" + numbered(6, 10));
  EXPECT_EQ(source.read(*change->files[0].before, "a.txt").value(), numbered(1, 10));
}

TEST(ParsePatch, EndsOnHostileInput) {
  std::string many;
  for (int i = 0; i < 20000; ++i)
    many += fmt::format("--- a/{0}\n+++ b/{0}\n@@ -1 +1 @@\n-a\n+b\n", i);
  EXPECT_EQ(parse_patch(many).files.size(), 20000U);
  EXPECT_EQ(
      parse_patch("--- a/x\n+++ b/x\n@@ -1,2000000000 +1,2000000000 @@\n").files.at(0).hunks.size(),
      0U);
  EXPECT_TRUE(parse_patch(std::string(1 << 20, '@')).files.empty());
  EXPECT_FALSE(parse_patch("diff --git \"a/\\").files.at(0).problem.empty());
  EXPECT_FALSE(
      parse_patch("diff --git \n--- \n+++ \n@@ -0,0 +0,0 @@\n\\").files.at(0).problem.empty());
}

TEST(ParsePatch, EndsOnASearchThatWouldTakeForEver) {
  const Patched repository;
  repository.write("a.txt", [] {
    std::string text;
    for (int i = 0; i < 30000; ++i)
      text += "x\n";
    return text;
  }());
  std::string hunk = "--- a/a.txt\n+++ b/a.txt\n@@ -1,5001 +1,5001 @@\n";
  for (int i = 0; i < 5000; ++i)
    hunk += " x\n";
  EXPECT_THAT(repository.after(hunk + "-y\n+z\n"), HasSubstr("PEER-E104"));
}

}  // namespace
}  // namespace peer
