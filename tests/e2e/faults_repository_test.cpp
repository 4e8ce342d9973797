// Repositories in odd states: each is examined, or refused by a sentence that names what to do.
#include <fstream>
#include <unistd.h>

#include <nlohmann/json.hpp>

#include "tests/e2e/story_fixture.hpp"

namespace peer::testing {
namespace {

namespace fs = std::filesystem;
using ::testing::Contains;
using ::testing::HasSubstr;

class Odd : public Story {};

TEST_F(Odd, AnEmptyRepositoryHasNothingToReviewYet) {
  for (const auto* command : {"review", "audit", "check-security", "fix-all"}) {
    const auto ran = peer({command});
    EXPECT_EQ(ran.exit_code, 2) << ran.out;
    EXPECT_EQ(ran.out,
              "peer: the branch 'main' has no commit yet, so there is nothing to compare with. "
              "Commit first, or examine what is "
              "staged with --staged, or name files and folders [PEER-E121]\n");
  }
  const auto staged = peer({"review", "--staged"});
  EXPECT_EQ(staged.exit_code, 0) << staged.out;
  EXPECT_THAT(staged.out, HasSubstr("nothing changed"));
}

TEST_F(Odd, OnAnUnbornBranchWhatIsStagedIsNew) {
  repo.write("a.py", kUnused);
  EXPECT_THAT(peer({"review"}).out, HasSubstr("PEER-E121"));
  repo.git({"add", "a.py"});
  EXPECT_EQ(found({"review", "--staged"}), Strings{"unused-import a.py:1"});
  EXPECT_EQ(peer({"fix-all", "a.py"}).exit_code, 0);
  EXPECT_EQ(read("a.py"), "\nprint(1)\n");
}

TEST_F(Odd, ADetachedHeadIsExaminedLikeABranch) {
  make_small_change();
  repo.git({"checkout", "-q", "--detach", "HEAD"});
  EXPECT_EQ(found({"review", "HEAD~1..HEAD"}), Strings{"unused-import a.py:1"});
  repo.write("b.py", kUnused);
  EXPECT_EQ(found({"review"}), Strings{"unused-import b.py:1"});
  repo.commit("b");
  EXPECT_EQ(peer({"fix-all", "HEAD~1..HEAD", "--commit", "--branch", "tidy"}).exit_code, 0);
}

TEST_F(Odd, ARepositoryWithoutADefaultBranchComparesWithHead) {
  make_small_change();
  repo.git({"branch", "-m", "trunk"});
  repo.write("b.py", kUnused);
  const auto seen = report({"review"});
  EXPECT_THAT(found_in(seen), Contains("unused-import b.py:1"));
}

TEST_F(Odd, GitDirInTheEnvironmentDoesNotLeadElsewhere) {
  make_small_change();
  const GitFixture other;
  for (const auto& value :
       {(other.folder() / ".git").string(), std::string("/nonexistent"), std::string()}) {
    RunOptions options;
    options.environment = {"GIT_DIR=" + value, "GIT_WORK_TREE=/", "GIT_INDEX_FILE=/nonexistent",
                           "GIT_OBJECT_DIRECTORY=/nonexistent"};
    const auto ran = peer({"review", "HEAD~1..HEAD"}, options);
    EXPECT_EQ(ran.exit_code, 0) << ran.out;
    EXPECT_THAT(ran.out, HasSubstr("json is imported"));
  }
}

TEST_F(Odd, AGitFileThatPointsNowhereIsSaid) {
  make_small_change();
  const ScratchFolder folder;
  std::ofstream(folder.path() / ".git") << "gitdir: /nonexistent\n";
  std::ofstream(folder.path() / "a.py") << kUnused;
  RunOptions there;
  there.folder = folder.path();
  const auto ran = peer({"review"}, there);
  EXPECT_EQ(ran.exit_code, 2);
  EXPECT_EQ(ran.out, "peer: " + folder.path().string() +
                         " is not in a Git repository. Run Peer inside one, name files or folders "
                         "to examine them as they stand, or run "
                         "`git init` [PEER-E127]\n");
  EXPECT_THAT(found({"review", "a.py"}, there), Contains("unused-import a.py:1"));
}

TEST_F(Odd, ASubmoduleIsReportedAndNeverEntered) {
  const GitFixture inner;
  inner.write("in.py", kUnused);
  inner.git({"add", "-A"});
  inner.git({"commit", "-q", "-m", "in"});
  repo.write("readme.txt", "x\n");
  repo.commit();
  repo.git({"submodule", "add", "-q", inner.folder().string(), "sub"});
  repo.write("a.py", kUnused);
  repo.commit("submodule");
  const auto seen = report({"review", "HEAD~1..HEAD"});
  EXPECT_EQ(found_in(seen), (Strings{"submodule-url .gitmodules:3", "unused-import a.py:1"}));
  EXPECT_THAT(dump_json(seen.at("coverage")), HasSubstr("submodule"));
  EXPECT_EQ(found({"audit"}), Strings{"unused-import a.py:1"});
  EXPECT_EQ(found({"review", "."}), Strings{"unused-import a.py:1"});
}

TEST_F(Odd, AHostileConfigurationRunsNothing) {
  make_small_change();
  const auto mark = (repo.scratch() / "ran").string();
  const auto script = "touch " + mark;
  for (const auto* key :
       {"core.fsmonitor", "core.pager", "core.editor", "diff.external", "diff.x.textconv",
        "filter.x.clean", "filter.x.smudge", "filter.x.process", "core.sshCommand", "gpg.program",
        "credential.helper"})
    repo.git({"config", key, script});
  repo.git({"config", "commit.gpgsign", "true"});
  repo.write(".git/hooks/pre-commit", "#!/bin/sh\n" + script + "\n");
  repo.write(".git/hooks/post-commit", "#!/bin/sh\n" + script + "\n");
  repo.write(".git/hooks/reference-transaction", "#!/bin/sh\n" + script + "\n");
  for (const auto& hook : fs::directory_iterator(repo.folder() / ".git/hooks"))
    fs::permissions(hook, fs::perms(0755));
  repo.write(".gitattributes", "* filter=x diff=x\n");
  repo.write("b.py", kUnused);
  for (const Strings& words :
       {Strings{"review"}, Strings{"audit"}, Strings{"fix-all", "--preview"},
        Strings{"fix-all", "--commit", "--branch", "t"}, Strings{"review", "HEAD~1..HEAD"},
        Strings{"fix-all"}, Strings{"baseline", "create"}, Strings{"doctor"}}) {
    const auto ran = peer(words);
    EXPECT_NE(ran.exit_code, 70) << ran.out;
    EXPECT_FALSE(fs::exists(mark))
        << ::testing::PrintToString(words) << " ran what the configuration of the repository says";
  }
  EXPECT_EQ(read("b.py"), "\nprint(1)\n");
}

TEST_F(Odd, ADamagedRepositoryIsNamedAndNeverClean) {
  make_small_change();
  const auto blob = repo.git({"rev-parse", "HEAD:a.py"});
  fs::remove(repo.folder() / ".git/objects" / blob.substr(0, 2) / blob.substr(2));
  const auto ran = peer({"review", "HEAD~1..HEAD"});
  EXPECT_EQ(ran.exit_code, 3) << ran.out;
  EXPECT_THAT(ran.out, HasSubstr(blob.substr(0, 7)));
}

TEST_F(Odd, ACommitThatIsGoneIsNoUnknownBranch) {
  make_small_change();
  const auto id = repo.git({"rev-parse", "main"});
  const auto object = repo.folder() / ".git/objects" / id.substr(0, 2) / id.substr(2);
  fs::permissions(object, fs::perms::owner_all);
  fs::resize_file(object, 20);  // cut off, as after a power failure
  for (const Strings& words :
       {Strings{"review", "main"}, Strings{"review"}, Strings{"audit"},
        Strings{"review", "HEAD~1..HEAD"}, Strings{"fix-all"}, Strings{"review", "--staged"}}) {
    const auto ran = peer(words);
    EXPECT_EQ(ran.exit_code, 2) << ran.out;
    EXPECT_THAT(ran.out,
                ::testing::AllOf(HasSubstr("PEER-E130"), HasSubstr(id), HasSubstr("git fsck")));
  }
  fs::remove(object);
  for (const Strings& words : {Strings{"review", "main"}, Strings{"audit"}}) {
    const auto ran = peer(words);
    EXPECT_EQ(ran.exit_code, 2) << ran.out;
    EXPECT_THAT(ran.out,
                ::testing::AllOf(HasSubstr("PEER-E130"), HasSubstr(id), HasSubstr("git fsck")));
  }
}

TEST_F(Odd, AFileThatWasCutOffIsSkippedAndTheOthersAreExamined) {
  repo.write("a.py", kUnused);
  repo.write("b.py", std::string(kUnused) + "print(2)\n");
  repo.commit();
  const auto id = repo.git({"rev-parse", "HEAD:b.py"});
  const auto object = repo.folder() / ".git/objects" / id.substr(0, 2) / id.substr(2);
  fs::permissions(object, fs::perms::owner_all);
  fs::resize_file(object, fs::file_size(object) - 8);
  for (const Strings& words : {Strings{"review", "main"}, Strings{"audit"}}) {
    const auto ran = peer(words);
    EXPECT_EQ(ran.exit_code, 3) << ran.out;
    EXPECT_THAT(ran.out, ::testing::AllOf(HasSubstr("json is imported"), HasSubstr("b.py"),
                                          HasSubstr(id.substr(0, 12))));
  }
}

TEST_F(Odd, GarbageInPlaceOfAReferenceIsNamed) {
  make_small_change();
  repo.write(".git/refs/heads/bad", "garbage\n");
  auto ran = peer({"review", "bad"});
  EXPECT_EQ(ran.exit_code, 2);
  EXPECT_THAT(ran.out, ::testing::AllOf(HasSubstr("the reference refs/heads/bad is damaged"),
                                        HasSubstr("PEER-E130")));
  repo.write(".git/HEAD", "garbage\n");
  for (const auto* command : {"review", "audit"}) {
    ran = peer({command});
    EXPECT_EQ(ran.exit_code, 2);
    EXPECT_THAT(ran.out, ::testing::AllOf(HasSubstr("the reference HEAD is damaged"),
                                          HasSubstr("PEER-E130")));
  }
}

TEST_F(Odd, ATruncatedIndexIsNamed) {
  make_small_change();
  repo.write(".git/index", "DIRC");
  const auto index = (repo.folder() / ".git/index").string();
  for (const Strings& words : {Strings{"review", "--staged"}, Strings{"review"}}) {
    const auto ran = peer(words);
    EXPECT_EQ(ran.exit_code, 2) << ran.out;
    EXPECT_THAT(ran.out, ::testing::StartsWith("peer: the index " + index + " is damaged ("));
    EXPECT_THAT(ran.out, HasSubstr("`rm " + index + " && git reset` makes it anew"));
    EXPECT_THAT(ran.out, HasSubstr("[PEER-E136]"));
  }
  EXPECT_EQ(found({"review", "HEAD~1..HEAD"}), Strings{"unused-import a.py:1"})
      << "commits need no index";
}

TEST_F(Odd, AShallowCloneIsExaminedAsFarAsItGoes) {
  make_small_change();
  RunOptions shallow;
  shallow.folder = repo.clone({"--depth=1"});
  EXPECT_EQ(found({"audit"}, shallow), Strings{"unused-import a.py:1"});
  const auto ran = peer({"review", "HEAD~1..HEAD"}, shallow);
  EXPECT_EQ(ran.exit_code, 2) << ran.out;
  EXPECT_EQ(ran.out,
            "peer: there is no revision 'HEAD~1' in this repository. The clone is shallow: if the "
            "revision is older, fetch more "
            "history (fetch-depth: 0, or `git fetch --unshallow`) [PEER-E122]\n");
  const auto alone = peer({"review", "HEAD"}, shallow);
  EXPECT_EQ(alone.exit_code, 3) << alone.out;
  EXPECT_THAT(alone.out, ::testing::AllOf(HasSubstr("PEER-E120"), HasSubstr("fetch-depth: 0"),
                                          HasSubstr("json is imported")));
}

TEST_F(Odd, UnrelatedHistoriesAreNotComparedByGuess) {
  make_small_change();
  repo.git({"checkout", "-q", "--orphan", "other"});
  repo.write("o.py", kUnused);
  repo.commit("orphan");
  const auto ran = peer({"review", "main...other"});
  EXPECT_EQ(ran.exit_code, 2) << ran.out;
  EXPECT_EQ(ran.out,
            "peer: 'main' and 'other' have no common commit, so main...other says nothing. To "
            "compare their trees as they stand, "
            "write main..other [PEER-E126]\n");
  EXPECT_EQ(found({"review", "main..other"}), Strings{"unused-import o.py:1"});
}

TEST_F(Odd, ARepositoryOfAnotherUserIsOpenedOnlyWhenTrusted) {
  if (::geteuid() != 0) GTEST_SKIP() << "only root can give a repository to someone else";
  make_small_change();
  ASSERT_EQ(shell("chown -R 4711:4711 .").exit_code, 0);
  const auto ran = peer({"review", "HEAD~1..HEAD"});
  EXPECT_EQ(ran.exit_code, 2);
  EXPECT_THAT(ran.out, HasSubstr("4711"));
  EXPECT_THAT(ran.out, HasSubstr("--trust-owner"));
  EXPECT_EQ(found({"review", "HEAD~1..HEAD", "--trust-owner"}), Strings{"unused-import a.py:1"});
  RunOptions job;
  job.environment = {"CI=true"};
  EXPECT_EQ(found({"review", "HEAD~1..HEAD"}, job), Strings{"unused-import a.py:1"});
}

TEST_F(Odd, ASha256RepositoryIsRefusedByName) {
  const GitFixture other({"--object-format=sha256"});
  RunOptions there;
  there.folder = other.folder();
  const auto ran = peer({"review"}, there);
  EXPECT_EQ(ran.exit_code, 2) << ran.out;
  EXPECT_THAT(ran.out, HasSubstr("SHA-256"));
}

TEST_F(Odd, ManyMergeBasesAreNoReasonToStop) {
  repo.write("x.txt", "x\n");
  repo.commit("base");
  repo.git({"checkout", "-q", "-b", "left"});
  repo.write("l.py", kUnused);
  const auto left = repo.commit("left");
  repo.git({"checkout", "-q", "-b", "right", "main"});
  repo.write("r.py", std::string(kUnused) + "print(2)\nprint(3)\n");
  const auto right = repo.commit("right");
  repo.git(
      {"merge", "-q", "--no-edit", left});  // criss-cross: each takes in the other's first commit
  repo.git({"checkout", "-q", "left"});
  repo.git({"merge", "-q", "--no-edit", right});
  repo.write("n.py", kUnused);
  repo.commit("new");
  const auto ran = peer({"review", "right...left"});
  EXPECT_EQ(ran.exit_code, 0) << ran.out;
  EXPECT_THAT(found({"review", "right...left"}), Contains("unused-import n.py:1"));
}

TEST_F(Odd, AnOctopusMergeIsComparedWithItsFirstParentAndByMergeBase) {
  repo.write("x.txt", "x\n");
  repo.commit("base");
  const Strings arms{"one", "two", "three"};
  for (const auto& arm : arms) {
    repo.git({"checkout", "-q", "-b", arm, "main"});
    repo.write(arm + ".py", std::string(kUnused) + "print('" + arm + "')\n");
    repo.commit(arm);
  }
  repo.git({"checkout", "-q", "main"});
  repo.write("m.txt", "m\n");
  repo.commit("on main");
  repo.git({"merge", "-q", "-m", "octopus", "one", "two", "three"});
  EXPECT_EQ(repo.git({"rev-list", "--parents", "-1", "HEAD"}).size(), 5 * 41U - 1)
      << "four parents";
  const Strings all{"unused-import one.py:1", "unused-import three.py:1", "unused-import two.py:1"};
  EXPECT_EQ(found({"review", "HEAD"}), all);
  EXPECT_EQ(found({"review", "HEAD^1..HEAD"}), all);
  EXPECT_EQ(found({"review", "HEAD^3...HEAD"}), (Strings{all[0], all[1]}))
      << "what is new since two";
  EXPECT_EQ(peer({"review", "HEAD"}).exit_code, 0);
}

TEST_F(Odd, ALockedIndexStopsNoReview) {
  make_small_change();
  repo.write(".git/index.lock", "");
  EXPECT_EQ(found({"review", "HEAD~1..HEAD"}), Strings{"unused-import a.py:1"});
  repo.write("b.py", kUnused);
  EXPECT_EQ(peer({"fix-all"}).exit_code, 0);
  EXPECT_TRUE(fs::exists(repo.folder() / ".git/index.lock"))
      << "another's lock is not ours to remove";
}

}  // namespace
}  // namespace peer::testing
