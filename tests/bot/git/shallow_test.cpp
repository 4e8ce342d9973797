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

/// A pull request as GitHub keeps it: refs/pull/1/head with two commits, refs/pull/1/merge, and a
/// main that went on.
struct PullRequest : GitFixture {
  std::string fork_point, base, head, merge;
  PullRequest() {
    write("a.txt", "1\n2\n3\n");
    write("old.txt", "old\n");
    commit("first");
    fork_point = commit("fork point");
    git({"checkout", "-q", "-b", "pr"});
    write("a.txt", "1\ntwo\n3\n");
    commit("pr one");
    write("new.txt", "new\n");
    head = commit("pr two");
    git({"checkout", "-q", "main"});
    write("elsewhere.txt", "x\n");
    remove("old.txt");
    base = commit("main went on");
    git({"checkout", "-q", "--detach"});
    git({"merge", "-q", "--no-ff", "-m", "Merge " + head + " into " + base, "pr"});
    merge = git({"rev-parse", "HEAD"});
    git({"update-ref", "refs/pull/1/merge", merge});
    git({"update-ref", "refs/pull/1/head", head});
    git({"checkout", "-q", "main"});
  }
  /// What actions/checkout does.
  [[nodiscard]] Repository checkout(std::string_view ref, int depth) const {
    const auto folder = scratch() / ("job" + std::to_string(++jobs_));
    run_git(scratch(), {"init", "-q", "-b", "main", folder.native()});
    run_git(folder,
            {"remote", "add", "origin", "file://" + folder.parent_path().native() + "/repo"});
    fetch(folder, "+" + std::string(ref) + ":refs/remotes/" + std::string(ref.substr(5)), depth);
    run_git(folder, {"checkout", "-q", "--detach", "refs/remotes/" + std::string(ref.substr(5))});
    return open_or_throw(folder);
  }
  static void fetch(const fs::path& folder, const std::string& what, int depth) {
    std::vector<std::string> arguments = {"fetch", "-q", "--no-tags"};
    if (depth > 0) arguments.push_back("--depth=" + std::to_string(depth));
    arguments.insert(arguments.end(), {"origin", what});
    run_git(folder, arguments);
  }
  /// The range that a pull_request event gives.
  [[nodiscard]] RangeSpec event() const {
    auto range = range_of(Kind::three_dots, base, head);
    range.fall_back = true;
    return range;
  }

 private:
  mutable int jobs_ = 0;
};

TEST(Shallow, MergeOfAPullRequestAtDepthTwoGivesTheExactChange) {
  const PullRequest pull;
  auto job = pull.checkout("refs/pull/1/merge", 2);
  for (const auto& range : {pull.event(), RangeSpec{}}) {
    const auto change = job.read_diff(range);
    ASSERT_TRUE(change) << change.error().message;
    EXPECT_THAT(summary(*change), ElementsAre("M a.txt", "A new.txt"));
    EXPECT_EQ(change->description, "HEAD^1..HEAD");
    EXPECT_EQ(change->base, pull.base);
    EXPECT_EQ(change->head, pull.merge);
    EXPECT_FALSE(change->incomplete);
    EXPECT_THAT(change->degraded, IsEmpty());
  }
}

TEST(Shallow, MergeOfAPullRequestAtDepthOneGivesItsFilesIncomplete) {
  const PullRequest pull;
  auto job = pull.checkout("refs/pull/1/merge", 1);
  for (const auto& range : {pull.event(), RangeSpec{}}) {
    const auto change = job.read_diff(range);
    ASSERT_TRUE(change) << change.error().message;
    EXPECT_TRUE(change->whole_files);
    EXPECT_TRUE(change->incomplete);
    EXPECT_THAT(summary(*change), ElementsAre("= a.txt", "= elsewhere.txt", "= new.txt"));
    ASSERT_FALSE(change->degraded.empty());
    EXPECT_THAT(change->degraded.back(), HasSubstr("PEER-E120"));
    EXPECT_THAT(change->degraded.back(), HasSubstr("fetch-depth: 2"));
  }
}

TEST(Shallow, HeadOfAPullRequestWithoutItsBaseIsReviewedAlone) {
  const PullRequest pull;
  auto job = pull.checkout("refs/pull/1/head", 2);
  for (const auto& range : {pull.event(), RangeSpec{}}) {
    const auto change = job.read_diff(range);
    ASSERT_TRUE(change) << change.error().message;
    EXPECT_THAT(summary(*change),
                ElementsAre("A new.txt"));  // the last commit, never the whole request
    EXPECT_TRUE(change->incomplete);
    EXPECT_THAT(change->degraded.at(0), HasSubstr("PEER-E120"));
    EXPECT_THAT(change->degraded.at(0), HasSubstr("fetch-depth: 0"));
  }
}

TEST(Shallow, BaseAndHeadFetchedAloneAreNeverComparedWithEachOther) {
  const PullRequest pull;
  auto job = pull.checkout("refs/pull/1/head", 1);
  PullRequest::fetch(*job.work_tree(), pull.base, 1);
  const auto change = job.read_diff(pull.event());
  ASSERT_TRUE(change) << change.error().message;
  EXPECT_TRUE(change->incomplete);
  EXPECT_TRUE(change->whole_files);
  for (const auto& file : change->files)
    EXPECT_NE(file.status, ChangeStatus::deleted);
}

TEST(Shallow, FindsAMergeBaseOnThisSideOfTheEdge) {
  const PullRequest pull;
  auto job = pull.checkout("refs/pull/1/head", 3);
  PullRequest::fetch(*job.work_tree(), pull.base, 2);
  const auto change = job.read_diff(pull.event());
  ASSERT_TRUE(change) << change.error().message;
  EXPECT_EQ(change->merge_base, pull.fork_point);
  EXPECT_THAT(summary(*change), ElementsAre("M a.txt", "A new.txt"));
  EXPECT_FALSE(change->incomplete);
}

TEST(Shallow, AFullCheckoutOfTheMergeUsesTheRealMergeBase) {
  const PullRequest pull;
  auto job = pull.checkout("refs/pull/1/merge", 0);
  const auto change = job.read_diff(pull.event());
  ASSERT_TRUE(change) << change.error().message;
  EXPECT_EQ(change->merge_base, pull.fork_point);
  EXPECT_EQ(change->head, pull.head);
}

TEST(Shallow, AMergeOfMainIntoAFeatureBranchIsNotTakenForAPullRequest) {
  PullRequest pull;
  pull.git({"checkout", "-q", "pr"});
  pull.git({"merge", "-q", "--no-ff", "-m", "Merge branch 'main' into pr", "main"});
  const auto clone = pull.clone({"--depth=2", "--branch=pr", "--single-branch"});
  run_git(clone, {"remote", "set-head", "origin", "-d"});
  auto job = open_or_throw(clone);
  const auto change = job.read_diff({});
  ASSERT_TRUE(change) << change.error().message;
  EXPECT_TRUE(change->incomplete);  // HEAD^1..HEAD is what main brought, not the request
}

TEST(Shallow, ADepthOneCloneGivesTheFilesOfItsCommit) {
  const PullRequest pull;
  auto job = open_or_throw(pull.clone({"--depth=1"}));
  EXPECT_TRUE(job.is_shallow());
  const auto change = job.read_diff(parse_range("HEAD"));
  ASSERT_TRUE(change) << change.error().message;
  EXPECT_TRUE(change->whole_files);
  EXPECT_TRUE(change->incomplete);
  EXPECT_THAT(summary(*change), ElementsAre("= a.txt", "= elsewhere.txt"));
  EXPECT_THAT(change->degraded.at(0), HasSubstr("its files are examined as they stand"));
}

TEST(Shallow, ACleanDepthOneCloneOfTheDefaultBranchHasAnEmptyStandardRange) {
  const PullRequest pull;
  auto job = open_or_throw(pull.clone({"--depth=1"}));
  const auto change = job.read_diff({});
  ASSERT_TRUE(change) << change.error().message;
  EXPECT_THAT(change->files, IsEmpty());
  EXPECT_EQ(change->description, "origin/main..worktree");
}

TEST(Shallow, AMissingHeadIsAnErrorAndNoReviewOfSomethingElse) {
  const PullRequest pull;
  auto job =
      open_or_throw(pull.clone({"--depth=1"}));  // as pull_request_target checks out: the base
  const auto change = job.read_diff(pull.event());
  ASSERT_FALSE(change);
  EXPECT_EQ(change.error().code, "PEER-E123");
  EXPECT_THAT(change.error().message, HasSubstr("check out the head of the change"));
}

TEST(Shallow, AnUnfetchedNameIsUnknownAndTheHintSaysShallow) {
  const PullRequest pull;
  auto job = open_or_throw(pull.clone({"--depth=1"}));
  const auto change = job.read_diff(parse_range("HEAD~3..HEAD"));
  ASSERT_FALSE(change);
  EXPECT_EQ(change.error().code, "PEER-E122");
  EXPECT_THAT(change.error().message, HasSubstr("shallow"));
}

TEST(ForcePush, OfABranchInAFullCloneIsComparedWithTheMergeBaseOfTheDefaultBranch) {
  const PullRequest pull;
  auto job = open_or_throw(pull.clone({}));
  auto range = range_of(Kind::three_dots, std::string(40, 'b'), pull.head);
  range.fall_back = true;
  const auto change = job.read_diff(range);
  ASSERT_TRUE(change) << change.error().message;
  EXPECT_EQ(change->merge_base, pull.fork_point);
  EXPECT_THAT(summary(*change), ElementsAre("M a.txt", "A new.txt"));
  EXPECT_FALSE(change->incomplete);
  ASSERT_EQ(change->degraded.size(), 1U);
  EXPECT_THAT(change->degraded[0], HasSubstr("PEER-E120: bbbbbbb is not in this clone"));
  EXPECT_THAT(change->degraded[0], HasSubstr("merge base with origin/main"));
}

TEST(ForcePush, OfTheDefaultBranchInAFullCloneIsNotToldToDeepenTheClone) {
  const PullRequest pull;
  auto job = open_or_throw(pull.clone({}));
  auto range = range_of(Kind::three_dots, std::string(40, 'b'), pull.base);
  range.fall_back = true;
  const auto change = job.read_diff(range);
  ASSERT_TRUE(change) << change.error().message;
  EXPECT_TRUE(change->incomplete);
  ASSERT_FALSE(change->degraded.empty());
  EXPECT_THAT(change->degraded[0], HasSubstr("git fetch origin " + std::string(40, 'b')));
  EXPECT_THAT(change->degraded[0], testing::Not(HasSubstr("unshallow")));
}

TEST(ForcePush, ABeforeThatIsGoneReviewsTheHeadCommitAlone) {
  const PullRequest pull;
  auto job = open_or_throw(pull.clone({}));
  auto range = range_of(Kind::three_dots, std::string(40, 'b'), pull.base);
  range.fall_back = true;
  const auto change = job.read_diff(range);
  ASSERT_TRUE(change) << change.error().message;
  EXPECT_TRUE(change->incomplete);
  EXPECT_EQ(change->head, pull.base);
}

TEST(PartialClone, NamesTheMissingObjectAndPairsEqualContentOnly) {
  GitFixture repository;
  repository.git({"config", "uploadpack.allowFilter", "true"});
  std::string text;
  for (int i = 0; i < 50; ++i)
    text += "line " + std::to_string(i) + "\n";
  repository.write("moved.txt", text);
  repository.write("same.txt", "just moved\n" + text);
  repository.commit();
  repository.remove("moved.txt");
  repository.write("renamed.txt", text + "one more\n");
  repository.remove("same.txt");
  repository.write("same2.txt", "just moved\n" + text);
  repository.commit();
  const auto clone = repository.clone({"--filter=blob:none", "--no-checkout"});
  auto opened = open_or_throw(clone);
  const auto change = opened.read_diff(parse_range("HEAD"));
  ASSERT_TRUE(change) << change.error().message;
  EXPECT_THAT(summary(*change),
              ElementsAre("D moved.txt", "A renamed.txt", "R same.txt -> same2.txt"));
  EXPECT_THAT(change->degraded.at(0), HasSubstr("Renames and copies"));
  const auto id = repository.git({"rev-parse", "HEAD:renamed.txt"});
  EXPECT_THAT(file_at(*change, "renamed.txt").skipped, HasSubstr(id));
  EXPECT_THAT(file_at(*change, "renamed.txt").skipped, HasSubstr("partial clone"));
}

}  // namespace
}  // namespace peer
