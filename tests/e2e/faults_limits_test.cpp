// Repositories of a few kilobytes that stand for gigabytes: the limit is named, the rest is
// examined, memory is bounded.
#include <algorithm>
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "tests/bot/git/tree_bomb.hpp"
#include "tests/e2e/story_fixture.hpp"

namespace peer::testing {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

class Limits : public Story {
 protected:
  std::string first;
  void SetUp() override {
    repo.write("a.py", kUnused);
    first = repo.commit();
  }
  /// HEAD holds a folder of `wide` to the power of `deep` files, added by the last commit beside a
  /// change of b.py.
  void add_bomb(int wide, int deep) {
    repo.write("b.py", kUnused);
    repo.commit();
    const auto tree = beside_head(repo, "bomb", make_tree_bomb(repo, wide, deep));
    repo.git({"update-ref", "refs/heads/main", commit_tree(repo, tree, first)});
  }
  /// Runs "$PEER" with `words` in at most `kilobytes` of memory.
  Ran held(const std::string& words, int kilobytes = 2'000'000) const {
    auto ran = shell(fmt::format("$MEMORY {}; exec \"$PEER\" {}", kilobytes, words));
    std::replace(ran.out.begin(), ran.out.end(), '\n', ' ');  // sentences are wrapped
    return ran;
  }
};

const char* const kSaid =
    "PEER-E105: 1,111,111,110 files and folders, most of them the same, over the limit of 100,000";

TEST_F(Limits, AnAuditExaminesWhatStandsBesideATreeBomb) {
  add_bomb(10, 9);
  const auto ran = held("audit");
  EXPECT_EQ(ran.exit_code, 3) << ran.out;
  EXPECT_THAT(ran.out,
              AllOf(HasSubstr(kSaid), HasSubstr("bomb/"), HasSubstr("b.py"), HasSubstr("a.py")));
  const auto seen = report({"audit"});
  EXPECT_EQ(found_in(seen), (Strings{"unused-import a.py:1", "unused-import b.py:1"}));
  EXPECT_EQ(seen.at("complete"), false);
  EXPECT_EQ(seen.at("coverage").at("files").size(), 3U);
}

TEST_F(Limits, AReviewExaminesWhatStandsBesideATreeBomb) {
  add_bomb(10, 9);
  for (const std::string range : {"main~1..main", "main", "main~1...main"}) {
    const auto ran = held("review " + range);
    EXPECT_EQ(ran.exit_code, 3) << ran.out;
    EXPECT_THAT(ran.out, AllOf(HasSubstr(kSaid), HasSubstr("bomb/"), HasSubstr("b.py"),
                               Not(HasSubstr("a.py:"))));
  }
  EXPECT_EQ(report({"review", "main"}).at("complete"), false);
}

TEST_F(Limits, TheWorkTreeAndTheIndexAreNotComparedWithATreeBomb) {
  add_bomb(10, 9);
  for (const auto* words : {"review --staged", "review --base HEAD", "review"}) {
    const auto ran = held(words);
    EXPECT_EQ(ran.exit_code, 3) << words << ran.out;
    EXPECT_THAT(ran.out, AllOf(HasSubstr("PEER-E105: 1,111,111,113 files and folders"),
                               HasSubstr("Nothing was compared")))
        << words;
  }
}

TEST_F(Limits, AChangeBesideATreeBombThatWasThereIsReviewedInFull) {
  add_bomb(10, 9);
  const auto bombed = repo.git({"rev-parse", "main"});
  repo.write("c.py", kUnused);
  repo.git({"read-tree", first});
  repo.git({"add", "c.py"});
  repo.write("../bomb", repo.git({"ls-tree", bombed, "bomb"}) + "\n");
  const auto list = repo.git({"ls-tree", repo.git({"write-tree"})}) + "\n" +
                    repo.git({"ls-tree", bombed, "bomb", "b.py"}) + "\n";
  repo.write("../list", list);
  const auto tree = repo.git({"-c", "alias.made=!git mktree <../list", "made"});
  repo.git({"update-ref", "refs/heads/main", commit_tree(repo, tree, bombed)});
  const auto ran = held("review main~1..main");
  EXPECT_EQ(ran.exit_code, 0) << ran.out;
  EXPECT_EQ(found({"review", "main~1..main"}), Strings{"unused-import c.py:1"});
}

TEST_F(Limits, ACompressedBlobIsNotUnpacked) {
  ASSERT_EQ(shell("head -c 700000000 /dev/zero > ../zeros; cp ../zeros zeros.txt; git add "
                  "zeros.txt; rm ../zeros")
                .exit_code,
            0);
  repo.write("b.py", kUnused);
  repo.git({"add", "b.py"});
  repo.git({"commit", "-q", "-m", "zeros"});
  repo.remove("zeros.txt");
  for (const auto* words : {"review main", "audit", "review --base HEAD~1 --head HEAD"}) {
    const auto ran = held(words, 524'288);
    EXPECT_EQ(ran.exit_code, 3) << words << ran.out;
    EXPECT_THAT(ran.out, AllOf(HasSubstr("zeros.txt"), HasSubstr("limit"), HasSubstr("b.py")));
  }
}

}  // namespace
}  // namespace peer::testing
