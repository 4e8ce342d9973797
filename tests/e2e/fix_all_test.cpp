// peer fix-all: what is written, and what never is.
#include <fmt/format.h>
#include <fstream>
#include <unistd.h>

#include <nlohmann/json.hpp>

#include "tests/e2e/fix_all_fixture.hpp"

namespace peer::testing {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using ::testing::Not;

TEST_F(FixAll, AppliesWhatIsSafeAndSaysWhatItLeft) {
  const auto ran = peer({"fix-all"});
  EXPECT_EQ(ran.exit_code, 1) << "the bidirectional control is still there";
  EXPECT_THAT(ran.out, ::testing::StartsWith(
                           "applied 2 fixes in 2 files, 1 offered (--unsafe or --interactive)\n"
                           "left: 1 finding\n  evil.js:1  error trojan-source-bidi: "));
  EXPECT_EQ(read("a.py"), "\nprint(1)\n");
  EXPECT_EQ(read("b.py"), "\nprint(2)\n");
  EXPECT_EQ(read("evil.js"), kEvil);
  EXPECT_EQ(leftovers(repo.folder()), Strings{});
}

TEST_F(FixAll, UnsafeAppliesTheRestToo) {
  EXPECT_EQ(peer({"fix-all", "--unsafe"}).exit_code, 0);
  EXPECT_EQ(read("evil.js"), "//  hidden\nlet a = 1;\n");
}

TEST_F(FixAll, ShowsNoSecretThatStandsBesideAFix) {
  const auto key = std::string("sk_live_") + "51Hq2kPz8WvNrT4bYcXe7JmLd";
  repo.write("b.py", "import re\nKEY = \"" + key + "\"\nprint(KEY)\n");
  for (const auto& words :
       {Strings{"fix-all", "--preview"}, Strings{"fix-all", "--preview", "--side-by-side"},
        Strings{"fix-all", "--preview", "--format", "json"},
        Strings{"review", "--format", "html"}}) {
    const auto ran = peer(words);
    EXPECT_THAT(ran.out, Not(HasSubstr(key))) << words.back();
    EXPECT_THAT(ran.out, HasSubstr("import re")) << words.back();
  }
  EXPECT_EQ(peer({"fix-all", "--patch", "p.diff"}).exit_code, 1) << "the secret is still there";
  EXPECT_THAT(read("p.diff"), HasSubstr(key)) << "a patch is for git apply, not for people";
}

TEST_F(FixAll, RuleLimitsIt) {
  EXPECT_EQ(peer({"fix-all", "--unsafe", "--rule", "trojan-source-bidi"}).exit_code, 0);
  EXPECT_EQ(read("a.py"), kUnused);
  EXPECT_NE(read("evil.js"), kEvil);
}

TEST_F(FixAll, PathsLimitIt) {
  EXPECT_EQ(peer({"fix-all", "b.py"}).exit_code, 0);
  EXPECT_EQ(read("a.py"), kUnused);
  EXPECT_EQ(read("b.py"), "\nprint(2)\n");
}

TEST_F(FixAll, RunningItTwiceChangesNothing) {
  (void)peer({"fix-all", "--unsafe"});
  const auto after = whole_state();
  const auto again = peer({"fix-all", "--unsafe"});
  EXPECT_EQ(again.out, "applied 0 fixes in 0 files\n");
  EXPECT_EQ(whole_state(), after);
}

TEST_F(FixAll, PreviewWritesNothing) {
  const auto before = whole_state();
  const auto ran = peer({"fix-all", "--preview"});
  EXPECT_EQ(ran.exit_code, 1);
  EXPECT_THAT(ran.out, HasSubstr("-import json"));
  EXPECT_THAT(ran.out, HasSubstr("would apply 2 fixes in 2 files, 1 offered"));
  EXPECT_EQ(whole_state(), before);
  EXPECT_THAT(peer({"fix-all", "--preview", "--side-by-side"}).out, HasSubstr("import json"));
  EXPECT_EQ(whole_state(), before);
}

TEST_F(FixAll, TwoColumnsAreForLookingAlone) {
  const auto before = whole_state();
  const auto ran = peer({"fix-all", "--side-by-side"});
  EXPECT_EQ(ran.out, peer({"fix-all", "--preview", "--side-by-side"}).out);
  EXPECT_THAT(ran.out, HasSubstr("would apply 2 fixes in 2 files"));
  EXPECT_EQ(whole_state(), before);
  EXPECT_EQ(peer({"fix-all", "--side-by-side", "--patch", "p.diff"}).exit_code, 2);
  EXPECT_FALSE(fs::exists(repo.folder() / "p.diff"));
}

TEST_F(FixAll, WhatBelongsToACommitIsRefusedWithoutOne) {
  const auto before = whole_state();
  for (const auto& words : {Strings{"fix-all", "--branch", "x"}, Strings{"fix-all", "-m", "x"},
                            Strings{"fix-all", "--preview", "-m", "x"}}) {
    const auto ran = peer(words);
    EXPECT_EQ(ran.exit_code, 2) << ran.out;
    EXPECT_THAT(ran.out, HasSubstr(" goes with --commit"));
    EXPECT_EQ(whole_state(), before);
  }
}

TEST_F(FixAll, AnEmptyPatchIsNotWritten) {
  const auto ran = peer({"fix-all", "--rule", "no-such-thing-here", "--patch", "p.diff"});
  EXPECT_EQ(ran.exit_code, 2) << "no such rule: " << ran.out;
  repo.write("old.diff", "kept\n");
  for (const std::string name : {"p.diff", "old.diff"}) {
    const auto nothing =
        peer({"fix-all", "--rule", "syntax-error", "--fail-on", "never", "--patch", name});
    EXPECT_EQ(nothing.exit_code, 0) << nothing.out;
    EXPECT_THAT(nothing.out, HasSubstr("wrote no patch\n" + name +
                                       " was not written: there is nothing to put into it"));
  }
  EXPECT_FALSE(fs::exists(repo.folder() / "p.diff"));
  EXPECT_EQ(read("old.diff"), "kept\n");
}

TEST_F(FixAll, WhatIsNotProvedIsNamedOnceWithItsLine) {
  repo.git({"stash", "-q", "-u"});
  repo.write(".github/x.py", "import json\nprint(1)\nimport re\n");  // protected
  repo.write("evil.js", kEvil);
  const auto ran = peer({"fix-all"});
  for (const std::string line : {"1", "3"}) {
    const auto place = ".github/x.py:" + line + "  warning unused-import: ";
    EXPECT_THAT(ran.out, HasSubstr("not fixed: " + place));
    EXPECT_EQ(ran.out.find(place), ran.out.rfind(place)) << ran.out;
  }
  EXPECT_THAT(ran.out, HasSubstr("never used\n    failed at \"in scope\""));
  EXPECT_THAT(ran.out, HasSubstr("left: 3 findings, 2 of them named above\n  evil.js:1  error"));
  EXPECT_THAT(peer({"fix-all", ".github/x.py"}).out, HasSubstr("left: 2 findings, named above\n"));
}

TEST_F(FixAll, APatchIsWhatGitApplyTakesAndGivesTheSameBytes) {
  const auto before = whole_state();
  EXPECT_EQ(peer({"fix-all", "--unsafe", "--patch", ".git/fixes.diff"}).exit_code, 0);
  EXPECT_EQ(whole_state(), before);
  EXPECT_EQ(shell("\"$PEER\" fix-all --unsafe --patch - 2>.git/words").out,
            read(".git/fixes.diff"));
  const auto copy = repo.scratch() / "copy";
  fs::copy(repo.folder(), copy, fs::copy_options::recursive);
  run_git(copy, {"apply", ".git/fixes.diff"});
  (void)peer({"fix-all", "--unsafe"});
  for (const auto* file : {"a.py", "b.py", "evil.js"})
    EXPECT_EQ(slurp(copy / file), read(file)) << file;
}

TEST_F(FixAll, CommitTouchesNeitherIndexNorHeadNorWorkTree) {
  repo.commit("all");
  repo.write("other.txt", "staged\n");
  repo.git({"add", "other.txt"});
  const auto before = whole_state();
  const auto ran =
      peer({"fix-all", "HEAD~1..HEAD", "--commit", "-m", "Tidy up", "--branch", "tidy"});
  EXPECT_EQ(ran.exit_code, 1) << "the bidirectional control is still there: " << ran.out;
  EXPECT_THAT(ran.out, HasSubstr("on tidy; work tree, index and HEAD are as they were"));
  EXPECT_EQ(whole_state(), before);
  EXPECT_EQ(repo.git({"log", "-1", "--format=%s", "tidy"}), "Tidy up");
  EXPECT_EQ(repo.git({"rev-parse", "tidy~1"}), repo.git({"rev-parse", "HEAD"}));
  EXPECT_EQ(repo.git({"fsck", "--strict"}).find("error"), std::string::npos);
  const auto tidy = repo.git({"rev-parse", "tidy"});
  EXPECT_EQ(
      peer({"fix-all", "HEAD~1..HEAD", "--commit", "-m", "Tidy up", "--branch", "tidy"}).exit_code,
      1);
  EXPECT_EQ(repo.git({"rev-parse", "tidy"}), tidy) << "the same fixes are the same commit";
  const auto other = peer({"fix-all", "HEAD~1..HEAD", "--rule", "unused-import", "--unsafe",
                           "--commit", "--branch", "main"});
  EXPECT_EQ(other.exit_code, 2) << "main is there already: " << other.out;
}

TEST_F(FixAll, CommitOfARangeFixesTheCommitAndNotTheWorkTree) {
  repo.commit("topic");
  const auto before = whole_state();
  EXPECT_EQ(peer({"fix-all", "HEAD~1..HEAD", "--commit", "--branch", "tidy", "--fail-on", "never"})
                .exit_code,
            0);
  EXPECT_EQ(whole_state(), before);
  EXPECT_EQ(repo.git({"show", "tidy:a.py"}), "\nprint(1)");
}

TEST_F(FixAll, FixesOfAnotherCommitAreNotWrittenToTheWorkTree) {
  repo.commit("topic");
  repo.commit("later");
  const auto before = whole_state();
  const auto ran = peer({"fix-all", "HEAD~2..HEAD~1"});
  EXPECT_EQ(ran.exit_code, 2);
  EXPECT_THAT(ran.out, HasSubstr("--preview, --patch FILE or --commit"));
  EXPECT_EQ(whole_state(), before);
}

TEST_F(FixAll, InteractiveAppliesWhatIsAnsweredWithYes) {
  RunOptions answers;
  answers.input = "n\n?\ne\ny\nq\n";
  const auto ran = peer({"fix-all", "--interactive"}, answers);
  EXPECT_THAT(ran.out, HasSubstr("apply this fix [y,n,a,q,e,?]?"));
  EXPECT_THAT(ran.out, HasSubstr("a - apply this fix and all later ones"));
  EXPECT_THAT(ran.out, HasSubstr("why: "));
  EXPECT_EQ(read("a.py"), kUnused);
  EXPECT_EQ(read("b.py"), "\nprint(2)\n");
  EXPECT_EQ(read("evil.js"), kEvil);
}

TEST_F(FixAll, InteractiveAllAppliesTheRestAndQuitNothing) {
  const auto before = whole_state();
  RunOptions answers;
  answers.input = "q\n";
  (void)peer({"fix-all", "--interactive"}, answers);
  EXPECT_EQ(whole_state(), before);
  answers.input = "a\n";
  EXPECT_EQ(peer({"fix-all", "--interactive"}, answers).exit_code, 0);
  EXPECT_EQ(read("evil.js"), "//  hidden\nlet a = 1;\n");
}

TEST_F(FixAll, InteractiveEndsWhereTheAnswersEnd) {
  const auto before = whole_state();
  RunOptions answers;
  answers.input = "";
  (void)peer({"fix-all", "--interactive"}, answers);
  EXPECT_EQ(whole_state(), before);
  answers.input = "y";  // without a line end
  (void)peer({"fix-all", "--interactive"}, answers);
  EXPECT_EQ(read("a.py"), "\nprint(1)\n");
  EXPECT_EQ(read("b.py"), "import re\n\nprint(2)\n");
}

/// The same mistake in three files has one fingerprint.
TEST_F(FixAll, AnAnswerIsForTheFileThatWasAskedAbout) {
  repo.git({"checkout", "-q", "-B", "same"});
  repo.git({"clean", "-q", "-f"});
  for (const auto* path : {"a.py", "c.py", "d.py"})
    repo.write(path, kUnused);
  RunOptions answers;
  answers.input = "n\ny\nq\n";
  (void)peer({"fix-all", "--interactive"}, answers);
  EXPECT_EQ(read("a.py"), kUnused);
  EXPECT_EQ(read("c.py"), "\nprint(1)\n");
  EXPECT_EQ(read("d.py"), kUnused);
}

TEST_F(FixAll, AFixOfOneFileIsNoneOfTheSameMistakeInAnother) {
  repo.git({"clean", "-q", "-f"});
  repo.write(".github/c.py", kUnused);  // protected
  EXPECT_EQ(peer({"fix-all", "--fail-on", "warning"}).exit_code, 1);
  EXPECT_EQ(peer({"review", "--fail-on", "warning"}).exit_code, 1);
  EXPECT_EQ(peer({"fix-all", "--fail-on", "warning", "--patch", "p.diff"}).exit_code, 1)
      << "a patch hides nothing that is left";
}

TEST_F(FixAll, WhatWasNotExaminedIsNamed) {
  repo.write("large.py", "x = 1\n" + std::string(2U << 20U, '#') + "\n");
  const auto ran = peer({"fix-all", "--unsafe", "--preview"});
  EXPECT_EQ(ran.exit_code, 3);
  EXPECT_THAT(ran.out, HasSubstr("not examined: large.py"));
  EXPECT_THAT(ran.out, HasSubstr("incomplete: examined "));
  EXPECT_EQ(peer({"fix-all", "--unsafe", "--patch", "p.diff"}).exit_code, 3);
}

TEST_F(FixAll, APatchOnStandardOutputIsAllThatStandsThere) {
  EXPECT_EQ(shell("\"$PEER\" fix-all --patch - 2>words | git apply --check -").exit_code, 0);
  EXPECT_THAT(read("words"), HasSubstr("wrote a patch of 2 fixes in 2 files"));
}

TEST_F(FixAll, TwoWaysOutAreOneTooMany) {
  const auto ran = peer({"fix-all", "--patch", "p.diff", "--commit"});
  EXPECT_EQ(ran.exit_code, 2);
  EXPECT_THAT(ran.out, HasSubstr("--patch and --commit"));
}

TEST_F(FixAll, OfStagedContentsIsWrittenWhereTheWorkTreeIsTheSame) {
  repo.git({"add", "-A"});
  const auto ran = peer({"fix-all", "--staged"});
  EXPECT_EQ(read("a.py"), "\nprint(1)\n") << ran.out;
  EXPECT_EQ(repo.git({"show", ":a.py"}) + "\n", kUnused) << "the index is the user's";
}

TEST_F(FixAll, HundredsOfUnusedImportsInAFileGo) {
  std::string text;
  for (int i = 0; i < 250; ++i)
    text += fmt::format("import module{}\n", i);
  repo.write("many.py", text + "print(1)\n");
  (void)peer({"fix-all", "many.py"});
  EXPECT_EQ(read("many.py"), "print(1)\n");
}

struct Bytes {
  const char* name;
  std::string before;
  std::string after;
};

std::string utf16(std::string_view text) {
  std::string out = "\xFF\xFE";
  for (const char c : text) {
    out += c;
    out += '\0';
  }
  return out;
}

TEST_F(FixAll, EverythingElseInTheFileStaysByteForByte) {
  const std::vector<Bytes> rows{
      {"crlf.py", "import json\r\nimport os\r\nprint(os)\r\n", "import os\r\nprint(os)\r\n"},
      {"mixed.py", "import json\r\nimport os\nprint(os)\r\n# x\n", "import os\nprint(os)\r\n# x\n"},
      {"bom.py", "\xEF\xBB\xBFimport json\nimport os\nprint(os)\n",
       "\xEF\xBB\xBFimport os\nprint(os)\n"},
      {"no_end.py", "import json\nimport os\nprint(os)", "import os\nprint(os)"},
      {"blanks.py", "import json\nimport os   \nprint(os)\t\n\n\n",
       "import os   \nprint(os)\t\n\n\n"},
      {"latin1.py", "# -*- coding: latin-1 -*-\nimport json\nprint('\xE4\xF6')\n",
       "# -*- coding: latin-1 -*-\nprint('\xE4\xF6')\n"},
      {"utf16.py", utf16("import json\r\nimport os\r\nprint(os)\r\n"),
       utf16("import os\r\nprint(os)\r\n")},
  };
  for (const auto& row : rows) {
    repo.write(row.name, row.before);
    fs::permissions(repo.folder() / row.name, fs::perms(0755));
  }
  (void)peer({"fix-all"});
  for (const auto& row : rows) {
    const auto now = read(row.name);
    const bool honest =
        now == row.after || (std::string_view(row.name) == "utf16.py" && now == row.before);
    EXPECT_TRUE(honest) << row.name << ": " << ::testing::PrintToString(now);
    EXPECT_EQ(fs::status(repo.folder() / row.name).permissions(), fs::perms(0755)) << row.name;
  }
}

TEST_F(FixAll, ProtectedPathsAreNeverEdited) {
  const Strings paths{".github/workflows/x.py", ".github/actions/y/z.py", ".gitlab/x.py",
                      "ci/.circleci/x.py", ".circleci/x.py"};
  for (const auto& path : paths)
    repo.write(path, kUnused);
  (void)peer({"fix-all", "--unsafe"});
  EXPECT_EQ(read("a.py"), "\nprint(1)\n");
  EXPECT_EQ(read(".github/workflows/x.py"), kUnused);
  EXPECT_EQ(read(".circleci/x.py"), kUnused);
}

TEST_F(FixAll, AFileThatCannotBeWrittenIsNamedAndTheOthersAreFixed) {
  repo.write("locked/c.py", kUnused);
  fs::permissions(repo.folder() / "locked", fs::perms(0555));
  const auto ran = shell("$HELD \"$PEER\" fix-all");
  fs::permissions(repo.folder() / "locked", fs::perms(0755));
  EXPECT_EQ(ran.exit_code, 1) << ran.out;
  EXPECT_THAT(ran.out, HasSubstr("locked/c.py"));
  EXPECT_THAT(ran.out, HasSubstr("applied 2 fixes in 2 files"))
      << "what was not written was not applied";
  EXPECT_EQ(read("a.py"), "\nprint(1)\n");
}

TEST_F(FixAll, AFileBehindASymbolicLinkIsNotWritten) {
  std::ofstream(repo.scratch() / "outside.py") << kUnused;
  fs::create_symlink(repo.scratch() / "outside.py", repo.folder() / "link.py");
  (void)peer({"fix-all"});
  EXPECT_EQ(slurp(repo.scratch() / "outside.py"), kUnused);
  EXPECT_TRUE(fs::is_symlink(repo.folder() / "link.py"));
}

TEST_F(FixAll, OfStagedContentsIsNotWrittenOverADifferentWorkTree) {
  repo.git({"add", "-A"});
  repo.write("a.py", std::string(kUnused) + "print(2)\n");
  const auto ran = peer({"fix-all", "--staged"});
  EXPECT_EQ(read("a.py"), std::string(kUnused) + "print(2)\n") << ran.out;
}

TEST_F(FixAll, NothingToFixIsSaidAndClean) {
  repo.git({"stash", "-q", "-u"});
  const auto ran = peer({"fix-all"});
  EXPECT_EQ(ran.exit_code, 0);
  EXPECT_EQ(ran.out, "applied 0 fixes in 0 files\n");
  EXPECT_EQ(peer({"fix-all", "--commit"}).out, "applied 0 fixes in 0 files\nnothing to commit\n");
}

}  // namespace
}  // namespace peer::testing
