#include "bot/git/tree_plan.hpp"

#include <random>
#include <set>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "bot/git/tree_sizes.hpp"
#include "tests/bot/git/tree_bomb.hpp"

namespace peer {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using Kind = RangeSpec::Kind;

struct Bombed : GitFixture {
  std::string first;
  Bombed() {
    write("a.txt", "a\n");
    write("src/b.txt", "b\n");
    first = commit();
  }
  void head_is(const std::string& tree, const std::string& parent) const {
    git({"update-ref", "refs/heads/main", commit_tree(*this, tree, parent)});
  }
};

struct Opened {
  RepositoryHandle repo;
  git_oid tree{};
  Opened(const GitFixture& repository, const std::string& tree_id) {
    start_libgit2();
    EXPECT_EQ(
        take(repo,
             [&](auto** raw) { return git_repository_open(raw, repository.folder().c_str()); }),
        0);
    EXPECT_TRUE(parse_id(tree_id, tree));
  }
};

std::vector<std::string> skipped(const ChangeSet& change) {
  std::vector<std::string> paths;
  for (const auto& file : change.files)
    if (!file.skipped.empty()) paths.push_back(file.path);
  return paths;
}

TEST(TreeSizes, CountsPathsWithoutWalkingThem) {
  const Bombed repository;
  const Opened bomb(repository, make_tree_bomb(repository, 10, 9));
  const auto size = TreeSizes(bomb.repo.get()).of(bomb.tree);
  ASSERT_TRUE(size) << size.error().message;
  EXPECT_EQ(size->entries, 1'111'111'110U);
  // each of the nine levels is named once for every path below it
  std::uint64_t bytes = 0, paths = 1;
  for (std::uint64_t level = 1; level <= 9; ++level) {
    paths *= 10;
    bytes += paths * level * 11;
  }
  EXPECT_EQ(size->path_bytes, bytes);
}

TEST(TreeSizes, StopsAtTheLargestNumber) {
  const Bombed repository;
  const Opened bomb(repository, make_tree_bomb(repository, 10, 40));
  EXPECT_EQ(TreeSizes(bomb.repo.get()).of(bomb.tree)->entries,
            std::numeric_limits<std::uint64_t>::max());
}

/// What `plan_trees` says of `tree` alone.
TreePlan plan_of(const GitFixture& repository, const std::string& tree) {
  const Opened opened(repository, tree);
  TreeHandle handle;
  EXPECT_EQ(take(handle,
                 [&](auto** raw) { return git_tree_lookup(raw, opened.repo.get(), &opened.tree); }),
            0);
  return plan_trees(opened.repo.get(), nullptr, handle.get(), {}).value();
}

TEST(TreePlan, TakesHundredsOfThousandsOfFilesThatAreReal) {
  const Bombed repository;
  EXPECT_THAT(plan_of(repository, make_tree_bomb(repository, 300'000, 1)).taken, ElementsAre(""));
}

TEST(TreePlan, TakesTreesThatRepeatThemselvesALittle) {
  const Bombed repository;
  EXPECT_THAT(plan_of(repository, make_tree_bomb(repository, 300, 2)).taken, ElementsAre(""));
}

TEST(TreePlan, IsFullAfterManyFoldersThatRepeatThemselves) {
  const Bombed repository;
  std::string list;
  const auto bomb = make_tree_bomb(repository, 300, 2);
  for (int i = 0; i < 50; ++i)
    list += fmt::format("040000 tree {}\tbomb{:02}\n", bomb, i);
  repository.write("../list", list);
  const auto plan =
      plan_of(repository, repository.git({"-c", "alias.made=!git mktree <../list", "made"}));
  EXPECT_THAT(plan.taken, ElementsAre("bomb00"));
  EXPECT_EQ(plan.full_at, "bomb01");
}

TEST(TreeBomb, AnAuditLeavesOutTheSmallestFolderThatExplainsIt) {
  const Bombed repository;
  const auto bomb = make_tree_bomb(repository, 10, 9);
  repository.write("../list", fmt::format("040000 tree {}\tbomb\n100644 blob {}\tbeside.txt\n",
                                          bomb, repository.git({"rev-parse", "HEAD:a.txt"})));
  const auto lib = repository.git({"-c", "alias.made=!git mktree <../list", "made"});
  repository.head_is(beside_head(repository, "lib", lib), repository.first);
  const auto change = repository.read(range_of(Kind::tree));
  EXPECT_THAT(summary(change),
              ElementsAre("= a.txt", "= lib/beside.txt", "= lib/bomb/", "= src/b.txt"));
  EXPECT_THAT(skipped(change), ElementsAre("lib/bomb/"));
  EXPECT_TRUE(change.incomplete);
  ASSERT_EQ(change.degraded.size(), 1U);
  EXPECT_THAT(change.degraded[0], HasSubstr("PEER-E105: 1,111,111,110 files and folders, most of "
                                            "them the same, over the limit of 100,000"));
}

TEST(TreeBomb, AChangeThatAddsOneIsComparedBesideIt) {
  const Bombed repository;
  repository.head_is(beside_head(repository, "bomb", make_tree_bomb(repository, 10, 9)),
                     repository.first);
  const auto change = repository.read(repository.first + "..main");
  EXPECT_THAT(skipped(change), ElementsAre("bomb/"));
  EXPECT_TRUE(change.incomplete);
  // and one that takes it away, or whose base and head both have it
  EXPECT_THAT(skipped(repository.read("main.." + repository.first)), ElementsAre("bomb/"));
  repository.git(
      {"update-ref", "refs/heads/more",
       commit_tree(repository,
                   beside_head(repository, "src2", repository.git({"rev-parse", "HEAD:src"})),
                   "main")});
  const auto more = repository.read("main..more");
  EXPECT_THAT(summary(more), ElementsAre("A src2/b.txt"));
  EXPECT_FALSE(more.incomplete);
}

TEST(TreeBomb, TwoThatDifferInEveryPathEnd) {
  const Bombed repository;
  const auto one = beside_head(repository, "bomb", make_tree_bomb(repository, 10, 9, "one\n"));
  const auto other = beside_head(repository, "bomb", make_tree_bomb(repository, 10, 9, "other\n"));
  const auto change =
      repository.read(commit_tree(repository, one) + ".." + commit_tree(repository, other));
  EXPECT_TRUE(change.incomplete);
  ASSERT_FALSE(change.degraded.empty());
  EXPECT_THAT(change.degraded[0], HasSubstr("PEER-E105"));
}

TEST(TreeBomb, OneWithoutAnyFileEnds) {
  const Bombed repository;
  auto id = repository.git({"mktree"});
  for (int level = 0; level < 9; ++level) {
    std::string list;
    for (int i = 0; i < 10; ++i)
      list += fmt::format("040000 tree {}\td{}\n", id, i);
    repository.write("../list", list);
    id = repository.git({"-c", "alias.made=!git mktree <../list", "made"});
  }
  repository.head_is(beside_head(repository, "bomb", id), repository.first);
  EXPECT_TRUE(repository.read(range_of(Kind::tree)).incomplete);
  EXPECT_TRUE(repository.read(repository.first + "..main").incomplete);
}

TEST(TreeBomb, TheWorkTreeAndTheIndexAreNotComparedWithOne) {
  const Bombed repository;
  repository.head_is(beside_head(repository, "bomb", make_tree_bomb(repository, 10, 9)),
                     repository.first);
  for (const auto kind : {Kind::staged, Kind::worktree}) {
    const auto change = repository.read(range_of(kind));
    EXPECT_THAT(change.files, IsEmpty());
    EXPECT_TRUE(change.incomplete);
    ASSERT_EQ(change.degraded.size(), 1U);
    EXPECT_THAT(change.degraded[0], HasSubstr("PEER-E105"));
  }
}

TEST(TreeBomb, AFolderOfOneIsNotListed) {
  const Bombed repository;
  repository.head_is(beside_head(repository, ".peer", make_tree_bomb(repository, 10, 9)),
                     repository.first);
  EXPECT_EQ(repository.open().list_at("main", ".peer").error().code, "PEER-E105");
  EXPECT_THAT(repository.open().list_at("main", "src").value(), ElementsAre("src/b.txt"));
}

TEST(TreeBomb, PathsThatAreAskedForAreLookedAtAlone) {
  const Bombed repository;
  repository.head_is(beside_head(repository, "bomb", make_tree_bomb(repository, 10, 9)),
                     repository.first);
  DiffOptions asked;
  asked.paths = {"src/", "./", "src/b.txt"};
  asked.paths.erase(asked.paths.begin() + 1);
  auto opened = repository.open();
  const auto change = opened.read_diff(range_of(Kind::tree), asked);
  ASSERT_TRUE(change);
  EXPECT_THAT(summary(*change), ElementsAre("= src/b.txt"));
  EXPECT_FALSE(change->incomplete);
}

TEST(DeepTree, IsWalkedAndComparedWithoutRecursion) {
  const Bombed repository;
  // made by one program: a process for each of twenty thousand levels would take minutes
  repository.write("../script",
                   "exec >../pack.txt\nid=$(git rev-parse HEAD:src)\nfor i in $(seq 3000); do "
                   "id=$(printf '040000 tree %s\\td\\n' $id | git mktree); done; echo $id\n");
  repository.git({"-c", "alias.made=!sh ../script", "made"});
  const auto id = repository.git({"-c", "alias.made=!cat ../pack.txt", "made"});
  repository.head_is(beside_head(repository, "deep", id), repository.first);
  EXPECT_EQ(repository.read(range_of(Kind::tree)).files.size(), 3U);
  EXPECT_EQ(repository.read(repository.first + "..main").files.size(), 1U);
}

/// The lines of `git diff --raw` as summary() writes them: the letter and the paths.
std::vector<std::string> as_git_says(const GitFixture& repository, const std::string& from,
                                     const std::string& to, const std::string& path) {
  std::istringstream lines(
      repository.git({"diff", "--no-renames", "--name-status", from, to, "--", path}));
  std::vector<std::string> said;
  for (std::string line; std::getline(lines, line);)
    said.push_back(line.substr(0, 1) + " " + line.substr(2));
  std::sort(said.begin(), said.end());
  return said;
}

/// summary() without renames: a renamed file is a deleted and an added one.
std::vector<std::string> without_renames(const ChangeSet& change) {
  std::vector<std::string> lines;
  for (const auto& file : change.files) {
    const bool moved = file.status == ChangeStatus::renamed || file.status == ChangeStatus::copied;
    if (file.status == ChangeStatus::renamed) lines.push_back("D " + file.old_path);
    if (moved)
      lines.push_back("A " + file.path);
    else if (file.status == ChangeStatus::mode_changed)
      lines.push_back("M " + file.path);
    else
      lines.push_back(summary(ChangeSet{"", "", "", "", {file}, {}, false, false}).front());
  }
  std::sort(lines.begin(), lines.end());
  lines.erase(std::unique(lines.begin(), lines.end()), lines.end());  // one file may become several
  return lines;
}

/// Names that are beginnings of others, and sort before and after '/'.
std::string random_path(std::mt19937& random) {
  static const std::vector<std::string> kNames{"a",  "a-b", "a.b", "a0",  "b",  "#c",
                                               "!d", " e",  "f*",  "[g]", "h$", "a/"};
  std::string path;
  for (auto depth = random() % 3; depth > 0; --depth)
    path += kNames[random() % (kNames.size() - 1)] + "x/";
  return path + kNames[random() % (kNames.size() - 1)];
}

TEST(ComparedTrees, AreWhatGitSaysOfRandomChanges) {
  std::mt19937 random(20261121);
  GitFixture repository;
  std::string last = repository.commit("empty");
  std::set<std::string> files;
  for (int round = 0; round < 25; ++round) {
    for (auto changes = random() % 12; changes > 0; --changes) {
      if (!files.empty() && random() % 3 == 0) {
        auto at = files.begin();
        std::advance(at, random() % files.size());
        repository.remove(*at);
        files.erase(at);
        continue;
      }
      const auto path = random_path(random);
      std::error_code error;
      if (std::filesystem::is_directory(repository.folder() / path, error)) continue;
      repository.write(path, std::to_string(random() % 4) + "\nline\n");
      files.insert(path);
    }
    const auto next = repository.commit();
    EXPECT_EQ(without_renames(repository.read(last + ".." + next)),
              as_git_says(repository, last, next, "."));
    auto opened = repository.open();
    DiffOptions asked;
    asked.paths = {"ax"};
    const auto narrowed = opened.read_diff(parse_range(last + ".." + next), asked);
    ASSERT_TRUE(narrowed);
    EXPECT_EQ(without_renames(*narrowed), as_git_says(repository, last, next, "ax"));
    last = next;
  }
}

}  // namespace
}  // namespace peer
