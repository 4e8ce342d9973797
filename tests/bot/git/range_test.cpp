#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/bot/git/git_fixture.hpp"

namespace peer {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using Kind = RangeSpec::Kind;

TEST(ParseRange, KnowsTheWaysToWriteOne) {
  EXPECT_EQ(parse_range("").kind, Kind::standard);
  EXPECT_EQ(parse_range("v1.2").kind, Kind::commit);
  EXPECT_EQ(parse_range("v1.2").from, "v1.2");
  const auto two = parse_range("main..topic");
  EXPECT_EQ(two.kind, Kind::two_dots);
  EXPECT_EQ(two.from, "main");
  EXPECT_EQ(two.to, "topic");
  const auto three = parse_range("main...topic");
  EXPECT_EQ(three.kind, Kind::three_dots);
  EXPECT_EQ(three.to, "topic");
  EXPECT_EQ(parse_range("HEAD~1..").to, "HEAD");
  EXPECT_EQ(parse_range("..topic").from, "HEAD");
}

/// main: a, b; topic from the first commit: adds t and changes a.
struct TwoBranches : GitFixture {
  std::string root, topic, main_tip;
  TwoBranches() {
    write("a.txt", "1\n2\n3\n");
    root = commit("root");
    git({"checkout", "-q", "-b", "topic"});
    write("a.txt", "1\ntwo\n3\n");
    write("t.txt", "t\n");
    topic = commit("topic");
    git({"checkout", "-q", "main"});
    write("b.txt", "b\n");
    main_tip = commit("main");
  }
};

TEST(Range, TwoDotsComparesTheTrees) {
  const TwoBranches repository;
  const auto change = repository.read("main..topic");
  EXPECT_THAT(summary(change), ElementsAre("M a.txt", "D b.txt", "A t.txt"));
  EXPECT_EQ(change.base, repository.main_tip);
  EXPECT_EQ(change.head, repository.topic);
  EXPECT_EQ(change.description, "main..topic");
}

TEST(Range, ThreeDotsStartsFromTheMergeBase) {
  const TwoBranches repository;
  const auto change = repository.read("main...topic");
  EXPECT_THAT(summary(change), ElementsAre("M a.txt", "A t.txt"));
  EXPECT_EQ(change.merge_base, repository.root);
  EXPECT_EQ(change.base, repository.root);
}

TEST(Range, OneCommitIsComparedWithItsParent) {
  const TwoBranches repository;
  EXPECT_THAT(summary(repository.read("topic")), ElementsAre("M a.txt", "A t.txt"));
}

TEST(Range, ARootCommitIsComparedWithNothing) {
  const TwoBranches repository;
  const auto change = repository.read(repository.root);
  EXPECT_THAT(summary(change), ElementsAre("A a.txt"));
  EXPECT_FALSE(change.whole_files);
  EXPECT_FALSE(change.incomplete);
  ASSERT_EQ(change.files[0].hunks.size(), 1U);
  EXPECT_EQ(change.files[0].hunks[0].new_lines, (LineRange{1, 3}));
}

TEST(Range, AMergeCommitIsComparedWithItsFirstParent) {
  TwoBranches repository;
  repository.git({"merge", "-q", "--no-ff", "-m", "merge", "topic"});
  EXPECT_THAT(summary(repository.read("HEAD")), ElementsAre("M a.txt", "A t.txt"));
}

TEST(Range, StagedIsHeadAgainstTheIndex) {
  TwoBranches repository;
  repository.write("b.txt", "staged\n");
  repository.git({"add", "b.txt"});
  repository.write("b.txt", "later\n");
  repository.write("a.txt", "not staged\n");
  const auto change = repository.read(range_of(Kind::staged));
  EXPECT_THAT(summary(change), ElementsAre("M b.txt"));
  const auto opened = repository.open();
  EXPECT_EQ(opened.read(*change.files[0].after, "b.txt").value(), "staged\n");
}

TEST(Range, WorkTreeHoldsUntrackedFilesThatAreNotIgnored) {
  TwoBranches repository;
  repository.write(".gitignore", "*.log\n");
  repository.write("new/deep/file.txt", "x\ny\n");
  repository.write("noise.log", "x\n");
  repository.write("b.txt", "changed\n");
  const auto change = repository.read(range_of(Kind::worktree));
  EXPECT_THAT(summary(change), ElementsAre("A .gitignore", "M b.txt", "A new/deep/file.txt"));
  EXPECT_EQ(file_at(change, "new/deep/file.txt").hunks.at(0).new_lines, (LineRange{1, 2}));
  EXPECT_EQ(change.head, "");
  const auto opened = repository.open();
  EXPECT_EQ(opened.read(*file_at(change, "b.txt").after, "b.txt").value(), "changed\n");
}

TEST(Range, StandardStartsWhereTheBranchLeftTheDefaultBranch) {
  TwoBranches repository;
  repository.git({"checkout", "-q", "topic"});
  repository.write("w.txt", "work\n");
  const auto change = repository.read("");
  EXPECT_THAT(summary(change), ElementsAre("M a.txt", "A t.txt", "A w.txt"));
  EXPECT_EQ(change.merge_base, repository.root);
  EXPECT_EQ(change.description, "main..worktree");
}

TEST(Range, StandardOnACleanDefaultBranchIsEmptyAndNamed) {
  const TwoBranches repository;
  const auto change = repository.read("");
  EXPECT_THAT(change.files, IsEmpty());
  EXPECT_EQ(change.description, "main..worktree");
  EXPECT_FALSE(change.incomplete);
}

TEST(Range, StandardPrefersOriginHead) {
  TwoBranches repository;
  repository.git({"branch", "-m", "main", "trunk"});
  const auto clone = repository.clone({});
  run_git(clone, {"checkout", "-q", "-b", "mine"});
  run_git(clone, {"commit", "-q", "--allow-empty", "-m", "mine"});
  const auto change = open_or_throw(clone).read_diff({});
  ASSERT_TRUE(change) << change.error().message;
  EXPECT_EQ(change->description, "origin/trunk..worktree");
}

TEST(Range, WithoutADefaultBranchTheWorkTreeIsComparedWithHeadAndThatIsSaid) {
  TwoBranches repository;
  repository.git({"branch", "-m", "main", "trunk"});
  repository.write("b.txt", "changed\n");
  const auto change = repository.read("");
  EXPECT_THAT(summary(change), ElementsAre("M b.txt"));
  ASSERT_EQ(change.degraded.size(), 1U);
  EXPECT_THAT(change.degraded[0], HasSubstr("git remote set-head origin -a"));
}

TEST(Range, TreeListsAllFilesOfACommit) {
  const TwoBranches repository;
  const auto change = repository.read(range_of(Kind::tree));
  EXPECT_THAT(summary(change), ElementsAre("= a.txt", "= b.txt"));
  EXPECT_TRUE(change.whole_files);
  EXPECT_EQ(change.files[0].after->size, 6U);
}

TEST(Range, PathsNarrowTheChange) {
  TwoBranches repository;
  repository.write("src/x.c", "x\n");
  repository.write("src/y.c", "y\n");
  repository.write("srcs/z.c", "z\n");
  const auto tip = repository.commit();
  auto opened = repository.open();
  const auto change = opened.read_diff(parse_range(tip), {{"src"}, 1000});
  ASSERT_TRUE(change) << change.error().message;
  EXPECT_THAT(summary(*change), ElementsAre("A src/x.c", "A src/y.c"));
  const auto all = opened.read_diff(range_of(Kind::tree), {{"src/", "b.txt"}, 1000});
  ASSERT_TRUE(all) << all.error().message;
  EXPECT_THAT(summary(*all), ElementsAre("= b.txt", "= src/x.c", "= src/y.c"));
}

TEST(Range, ABareRepositoryWorks) {
  const TwoBranches repository;
  const auto bare = open_or_throw(repository.clone({"--bare"}));
  auto& opened = const_cast<Repository&>(bare);
  EXPECT_FALSE(bare.work_tree());
  const auto change = opened.read_diff(parse_range("main...topic"));
  ASSERT_TRUE(change) << change.error().message;
  EXPECT_THAT(summary(*change), ElementsAre("M a.txt", "A t.txt"));
  const auto work_tree = opened.read_diff(range_of(Kind::worktree));
  ASSERT_FALSE(work_tree);
  EXPECT_THAT(work_tree.error().message, HasSubstr("bare repository"));
  EXPECT_THAT(opened.read_diff({})->files, IsEmpty());
}

TEST(Range, CommitsWithoutACommonOneAreRefusedForThreeDots) {
  TwoBranches repository;
  repository.git({"checkout", "-q", "--orphan", "other"});
  repository.commit("orphan");
  auto opened = repository.open();
  const auto change = opened.read_diff(parse_range("main...other"));
  ASSERT_FALSE(change);
  EXPECT_EQ(change.error().code, "PEER-E126");
  EXPECT_THAT(change.error().message, HasSubstr("main..other"));
  EXPECT_TRUE(opened.read_diff(parse_range("main..other")));
}

TEST(Range, CrissCrossMergesHaveABase) {
  TwoBranches repository;
  repository.git({"merge", "-q", "--no-ff", "-m", "one", "topic"});
  repository.git({"checkout", "-q", "topic"});
  repository.git({"merge", "-q", "--no-ff", "-m", "two", repository.main_tip});
  repository.write("last.txt", "x\n");
  repository.commit();
  const auto change = repository.read("main...topic");
  EXPECT_TRUE(change.merge_base == repository.main_tip || change.merge_base == repository.topic);
}

}  // namespace
}  // namespace peer
