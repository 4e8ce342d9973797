// Every way of saying what is to be examined, on a real repository.
#include <fstream>
#include <map>
#include <random>
#include <sstream>

#include <nlohmann/json.hpp>

#include "tests/e2e/story_fixture.hpp"

namespace peer::testing {
namespace {

using ::testing::HasSubstr;

/// main: a.py. topic: b.py. In the work tree: c.py staged, d.py untracked. Each has its unused
/// import.
class Ranges : public Story {
 protected:
  void SetUp() override {
    repo.write("base.txt", "base\n");
    repo.commit("base");
    repo.git({"checkout", "-q", "-b", "topic"});
    // nothing like a.py, which would be taken for its old name
    repo.write("b.py", "import json\n\n\ndef area(width, height):\n    return width * height\n");
    repo.commit("topic");
    repo.git({"checkout", "-q", "main"});
    repo.write("a.py", kUnused);
    repo.commit("main");
    repo.git({"checkout", "-q", "topic"});
    repo.write("c.py", kUnused);
    repo.git({"add", "c.py"});
    repo.write("d.py", kUnused);
  }
};

const Strings kA{"unused-import a.py:1"}, kB{"unused-import b.py:1"}, kC{"unused-import c.py:1"},
    kD{"unused-import d.py:1"};

Strings operator+(Strings all, const Strings& more) {
  all.insert(all.end(), more.begin(), more.end());
  return all;
}

TEST_F(Ranges, TheDefaultIsAllWorkSinceTheBranchLeftTheDefaultBranch) {
  EXPECT_EQ(found({"review"}), kB + kC + kD);
  EXPECT_EQ(found({"ai-review"}), kB + kC + kD);
}

TEST_F(Ranges, TwoDotsCompareTwoCommits) {
  EXPECT_EQ(found({"review", "main~1..main"}), kA);
  EXPECT_EQ(found({"review", "main..topic"}), kB);
  EXPECT_EQ(report({"review", "main..topic"}).at("change").at("files").size(), 2U)
      << "a.py is gone in topic";
}

TEST_F(Ranges, ThreeDotsStartAtTheMergeBase) {
  EXPECT_EQ(found({"review", "main...topic"}), kB);
  EXPECT_EQ(report({"review", "main...topic"}).at("change").at("files").size(), 1U);
}

TEST_F(Ranges, AnOpenEndIsHeadAsForGit) { EXPECT_EQ(found({"review", "main.."}), kB); }

TEST_F(Ranges, OneCommitIsComparedWithItsParent) {
  EXPECT_EQ(found({"review", "main"}), kA);
  EXPECT_EQ(found({"review", repo.git({"rev-parse", "--short", "topic"})}), kB);
}

TEST_F(Ranges, TheRootCommitIsComparedWithNothing) {
  EXPECT_EQ(report({"review", "main~1"}).at("change").at("files").at(0).at("status"), "added");
}

TEST_F(Ranges, StagedIsWhatTheNextCommitHolds) { EXPECT_EQ(found({"review", "--staged"}), kC); }

TEST_F(Ranges, BaseAndHeadAreWhatAForgeShows) {
  EXPECT_EQ(found({"review", "--base", "main"}), kB + kC + kD);
  EXPECT_EQ(found({"review", "--base", "main", "--head", "topic"}), kB);
}

TEST_F(Ranges, AHeadAloneIsComparedWithTheDefaultBranch) {
  repo.git({"add", "-A"});
  repo.commit("second of topic");
  EXPECT_EQ(found({"review", "--head", "topic"}), kB + kC + kD) << "not its last commit alone";
  EXPECT_THAT(peer({"review", "--head", "nowhere"}).out, HasSubstr("nowhere"));
}

TEST_F(Ranges, TwoWaysToSayWhatIsComparedAreRefused) {
  repo.write("x.diff", repo.git({"diff", "main~1", "main"}) + "\n");
  const std::vector<Strings> rows{{"--staged", "topic"},
                                  {"--diff-file", "x.diff", "main~1..main"},
                                  {"--diff-file", "x.diff", "--staged"},
                                  {"--staged", "--base", "main"},
                                  {"--base", "main", "main~1..main"},
                                  {"--staged", "--head", "main"}};
  for (const auto& row : rows) {
    Strings words{"review"};
    words.insert(words.end(), row.begin(), row.end());
    const auto ran = peer(words);
    EXPECT_EQ(ran.exit_code, 2) << ::testing::PrintToString(row);
    EXPECT_THAT(ran.out, HasSubstr("both say what to compare"));
  }
}

TEST_F(Ranges, AnEmptyRangeOfUnsetVariablesIsRefused) {
  for (const auto* word : {"", "..", "..."})
    EXPECT_EQ(peer({"review", word}).exit_code, 2) << word;
}

TEST_F(Ranges, WhatStandsBehindTwoDashesIsAPath) {
  EXPECT_THAT(peer({"review", "--", "b.py"}).out, HasSubstr("unused-import"));
  EXPECT_THAT(peer({"review", "main~1..main", "--", "a.py"}).out, HasSubstr("1 warning"));
  EXPECT_THAT(peer({"review", "main~1..main", "--", "b.py"}).out, Not(HasSubstr("warning")));
  EXPECT_THAT(peer({"review", "--", "main"}).out, HasSubstr("there is no")) << "not the branch";
}

TEST_F(Ranges, PathsAreExaminedWhole) {
  EXPECT_EQ(found({"review", "b.py"}), kB) << "it did not change since HEAD";
  EXPECT_EQ(found({"review", "."}), kB + kC + kD);
  EXPECT_EQ(found({"review", "c.py", "d.py"}), kC + kD);
}

TEST_F(Ranges, PathsLimitARange) {
  EXPECT_EQ(found({"review", "main...topic", "c.py"}), Strings{});
  EXPECT_EQ(found({"review", "--base", "HEAD", "c.py"}), kC);
}

TEST_F(Ranges, ADiffFileIsExaminedOnTheWorkTree) {
  const auto diff = repo.git({"diff", "main~1", "topic"}) + "\n";
  repo.write(".git/x.diff", diff);
  EXPECT_EQ(found({"review", "--diff-file", ".git/x.diff"}), kB);
  RunOptions piped;
  piped.input = diff;
  EXPECT_EQ(found({"review", "--diff-file", "-"}, piped), kB);
}

TEST_F(Ranges, ADiffFileIsAppliedOnABase) {
  RunOptions piped;
  piped.input = repo.git({"diff", "main~1", "main"}) + "\n";
  EXPECT_EQ(found({"review", "--diff-file", "-", "--base", "main~1"}, piped), kA)
      << "the work tree has no a.py";
}

TEST_F(Ranges, ADiffFileNeedsNoRepository) {
  const ScratchFolder folder;
  RunOptions outside;
  outside.folder = folder.path();
  outside.input = repo.git({"diff", "main~1", "main"}) + "\n";
  std::ofstream(folder.path() / "a.py") << kUnused;
  EXPECT_EQ(found({"review", "--diff-file", "-"}, outside), kA);
}

TEST_F(Ranges, PathsNeedNoRepository) {
  const ScratchFolder folder;
  RunOptions outside;
  outside.folder = folder.path();
  std::ofstream(folder.path() / "x.py") << kUnused;
  EXPECT_EQ(found({"review", "x.py"}, outside), Strings{"unused-import x.py:1"});
}

TEST_F(Ranges, WithoutARepositoryOrPathsItSaysSo) {
  const ScratchFolder folder;
  RunOptions outside;
  outside.folder = folder.path();
  const auto ran = peer({"review"}, outside);
  EXPECT_EQ(ran.exit_code, 2);
  EXPECT_THAT(ran.out, HasSubstr("not in a Git repository"));
}

TEST_F(Ranges, ABareRepositoryIsExaminedByRange) {
  RunOptions bare;
  bare.folder = repo.clone({"--bare"});
  EXPECT_EQ(found({"review", "main...topic"}, bare), kB);
  EXPECT_EQ(found({"audit"}, bare), kB) << "HEAD is topic";
  EXPECT_EQ(found({"review", "HEAD"}, bare), kB) << "the revision, not Git's file of that name";
}

TEST_F(Ranges, ASubfolderSeesTheWholeChangeAndItsOwnPaths) {
  repo.write("src/e.py", kUnused);
  RunOptions below;
  below.folder = repo.folder() / "src";
  EXPECT_EQ(found({"review", "--base", "HEAD"}, below),
            kC + kD + Strings{"unused-import src/e.py:1"});
  EXPECT_EQ(found({"review", "e.py"}, below), Strings{"unused-import src/e.py:1"});
  EXPECT_EQ(found({"review", "--base", "HEAD", "."}, below), Strings{"unused-import src/e.py:1"});
  EXPECT_EQ(found({"review", "../d.py"}, below), kD);
}

TEST_F(Ranges, ALinkedWorkTreeIsOneOfItsOwn) {
  const auto linked = repo.scratch() / "linked";
  repo.git({"worktree", "add", "-q", linked.string(), "main"});
  std::ofstream(linked / "f.py") << kUnused;
  RunOptions there;
  there.folder = linked;
  EXPECT_EQ(found({"review"}, there), Strings{"unused-import f.py:1"});
  EXPECT_EQ(peer({"fix-all"}, there).exit_code, 0);
  EXPECT_EQ(slurp(linked / "f.py"), "\nprint(1)\n");
}

TEST_F(Ranges, ACleanDefaultBranchNamesTheEmptyRange) {
  repo.git({"stash", "-q", "-u"});
  repo.git({"checkout", "-q", "main"});
  const auto ran = peer({"review"});
  EXPECT_EQ(ran.exit_code, 0);
  EXPECT_EQ(ran.out,
            "main..worktree: nothing changed, so nothing was reviewed\n"
            "`peer review HEAD~1..` reviews the last commit, `peer audit` the whole repository\n");
}

TEST_F(Ranges, AnUnknownRevisionIsNamedWithANearOne) {
  const auto ran = peer({"review", "topik..main"});
  EXPECT_EQ(ran.exit_code, 2);
  EXPECT_THAT(ran.out, HasSubstr("topik"));
  EXPECT_THAT(ran.out, HasSubstr("topic"));
}

TEST_F(Ranges, CheckSecurityLooksForSecurityOnly) {
  repo.write("evil.js", "// \xE2\x80\xAE hidden\nlet a = 1;\n");
  EXPECT_EQ(found({"check-security"}), Strings{"trojan-source-bidi evil.js:1"});
}

TEST_F(Ranges, AuditExaminesTheTreeAtHeadOnly) {
  EXPECT_EQ(found({"audit"}), kB);
  RunOptions elsewhere;
  elsewhere.folder = home.path();
  EXPECT_EQ(found({"audit", repo.folder().string()}, elsewhere), kB);
}

TEST_F(Ranges, AFileThatIsNotThereIsNamedOutsideOfARepository) {
  const ScratchFolder folder;
  RunOptions options;
  options.folder = folder.path();
  const auto ran = peer({"review", "nowhere.c"}, options);
  EXPECT_EQ(ran.exit_code, 2);
  EXPECT_THAT(ran.out, HasSubstr("there is no file or folder nowhere.c, and "));
}

/// Some lines of a file are changed, taken away or added, in many places.
std::string edited(std::mt19937& random, const std::string& text) {
  std::istringstream in(text);
  std::string out;
  for (std::string line; std::getline(in, line);) {
    const auto dice = random() % 30;
    if (dice == 0) continue;
    out += dice == 1 ? "changed " + std::to_string(random() % 100) : line;
    out += '\n';
    if (dice == 2) out += "added\n";
  }
  return out;
}

TEST_F(Ranges, TheReportCountsTheHunksThatGitPrints) {
  std::mt19937 random(2106);
  std::map<std::string, std::string> files;
  for (int round = 0; round < 12; ++round) {
    for (int i = 0; i < 6; ++i) {
      const auto name = "r" + std::to_string(random() % 8) + (random() % 2 == 0 ? ".py" : ".txt");
      auto& text = files[name];
      if (text.empty())
        for (auto lines = 1 + random() % 200; lines > 0; --lines)
          text += "line_" + std::to_string(random()) + " = 1\n";
      else if (random() % 8 == 0)
        text.clear();
      else
        text = edited(random, text);
      if (text.empty()) {
        repo.remove(name);
        files.erase(name);
      } else {
        repo.write(name, text);
      }
    }
    repo.commit();
    std::size_t printed = 0;
    std::istringstream diff(repo.git(
        {"diff", "-U3", "--no-color", "--find-renames", "--find-copies", "HEAD~1", "HEAD"}));
    for (std::string line; std::getline(diff, line);)
      printed += line.starts_with("@@ ") ? 1 : 0;
    const auto seen = report({"review", "HEAD~1..HEAD"});
    EXPECT_EQ(seen.at("coverage").at("hunks_total"), printed) << round;
    EXPECT_EQ(seen.at("coverage").at("hunks_examined"), printed) << round;
  }
}

}  // namespace
}  // namespace peer::testing
