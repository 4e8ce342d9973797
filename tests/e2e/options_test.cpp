// What is reported, how, and the exit code.
#include <fmt/format.h>
#include <fstream>

#include <nlohmann/json.hpp>

#include "tests/e2e/story_fixture.hpp"

namespace peer::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr std::string_view kInfo = "debug-leftover", kWarning = "unused-import",
                           kError = "merge-conflict-marker";

/// One commit with one finding of each of info, warning and error.
class Levels : public Story {
 protected:
  void SetUp() override {
    repo.write("a.py", kTidy);
    repo.commit("first");
  }
  void add(std::string_view rule) const {
    if (rule == kInfo) repo.write("info.py", "def f():\n    breakpoint()\n");
    if (rule == kWarning) repo.write("warning.py", kUnused);
    if (rule == kError) repo.write("error.txt", "<<<<<<< HEAD\none\n=======\ntwo\n>>>>>>> x\n");
    if (rule == "incomplete") repo.write("large.py", std::string(2U << 20U, '#') + "\n");
  }
};

TEST_F(Levels, ARuleThatThereIsNotIsRefusedOnTheCommandLine) {
  for (const std::string flag : {"--off", "--error", "--warning", "--info", "--hint"}) {
    const auto ran = peer({"review", flag, "unused-imprt"});
    EXPECT_EQ(ran.exit_code, 2) << flag;
    EXPECT_THAT(ran.out,
                HasSubstr(flag + ": no rule is called unused-imprt; did you mean unused-import?"));
  }
  EXPECT_EQ(peer({"fix-all", "--preview", "--rule", "unused-imprt"}).exit_code, 2);
  EXPECT_EQ(
      peer({"review", "--error", "*", "--off", "eslint/eqeqeq", "--off", "model-review"}).exit_code,
      0);
  repo.write("mine.yml", "id: no-foo\nlanguage: python\nrule: {pattern: foo()}\n");
  EXPECT_EQ(peer({"review", "--off", "no-foo"}).exit_code, 2);
  EXPECT_EQ(peer({"review", "--rules", "mine.yml", "--off", "no-foo"}).exit_code, 0);
}

TEST_F(Levels, ARuleThatThereIsNotIsAMistakeOfTheConfigurationButEndsNoReview) {
  const std::string said = "rules_off: no rule is called unused-imprt; did you mean unused-import?";
  repo.write(".peer.yml",
             "rules_off: [unused-imprt, no-foo]\nper_file_ignores:\n  '*.py': [nonsense, '*']\n");
  repo.write(".peer/rules/mine.yml", "id: no-foo\nlanguage: python\nrule: {pattern: foo()}\n");
  const auto check = peer({"config", "check"});
  EXPECT_EQ(check.exit_code, 2);
  EXPECT_THAT(check.out, HasSubstr(said));
  EXPECT_THAT(check.out, HasSubstr("per_file_ignores: no rule is called nonsense"));
  EXPECT_THAT(check.out, Not(HasSubstr("no-foo")));
  const auto review = peer({"review"});
  EXPECT_EQ(review.exit_code, 0);
  EXPECT_THAT(review.out, HasSubstr(said));
}

TEST_F(Levels, AnAuditRefusesANumberThatIsNone) {
  for (const std::string top : {"x", "3x", "-1", ""})
    EXPECT_EQ(peer({"audit", "--top=" + top}).exit_code, 2) << top;
  EXPECT_EQ(peer({"audit", "--top", "3"}).exit_code, 0);
}

TEST_F(Levels, FindingsAtOrAboveFailOnEndWithOneAndIncompleteRunsWithThree) {
  struct Row {
    Strings what;
    int error, warning, info, hint, never;
  };
  const std::string info(kInfo), warning(kWarning), error(kError), incomplete("incomplete");
  const std::vector<Row> rows{
      {{}, 0, 0, 0, 0, 0},
      {{info}, 0, 0, 1, 1, 0},
      {{warning}, 0, 1, 1, 1, 0},
      {{error}, 1, 1, 1, 1, 0},
      {{error, warning, info}, 1, 1, 1, 1, 0},
      {{incomplete}, 3, 3, 3, 3, 3},
      {{incomplete, info}, 3, 3, 1, 1, 3},
      {{incomplete, error}, 1, 1, 1, 1, 3},
  };
  for (const auto& row : rows) {
    repo.git({"reset", "-q", "--hard"});
    repo.git({"clean", "-q", "-f"});
    for (const auto& what : row.what)
      add(what);
    const std::vector<std::pair<std::string, int>> expected{{"error", row.error},
                                                            {"warning", row.warning},
                                                            {"info", row.info},
                                                            {"hint", row.hint},
                                                            {"never", row.never}};
    for (const auto& [level, code] : expected)
      EXPECT_EQ(peer({"review", "--fail-on", level}).exit_code, code)
          << level << " with " << ::testing::PrintToString(row.what);
  }
}

TEST_F(Levels, ARuleThatIsBrokenMakesARunIncompleteInsteadOfClean) {
  repo.write("rules/broken.yml", "id: mine\nlanguage: python\nrule: {patern: eval($A)}\n");
  repo.write("rules/sound.yml",
             "id: prints\nlanguage: python\nseverity: info\nrule: {pattern: print($A)}\n");
  const auto broken = peer({"check-security", "a.py", "--rules", "rules/broken.yml"});
  EXPECT_EQ(broken.exit_code, 3);
  EXPECT_THAT(broken.out,
              HasSubstr("rule mine: `patern` is no key of a rule object; did you mean"));
  EXPECT_THAT(broken.out, Not(HasSubstr("needs at least one of"))) << "the same mistake told twice";
  EXPECT_THAT(broken.out, HasSubstr("incomplete"));
  EXPECT_THAT(broken.out, HasSubstr("examined 1/1 file, 1 rule switched off"));
  EXPECT_EQ(broken.out.find("rule mine"), broken.out.rfind("rule mine"))
      << "told once where a report for people follows";
  repo.write("large/large.yml", "# " + std::string(3U << 20U, '-') + "\n");
  EXPECT_EQ(peer({"check-security", "a.py", "--rules", "large"}).exit_code, 3)
      << "a rule file that is too large was not read";
  const auto both = report({"review", "a.py", "--rules", "rules"});
  EXPECT_THAT(found_in(both), ::testing::ElementsAre("prints a.py:1")) << "the others run";
  EXPECT_EQ(both["complete"], false);
  EXPECT_EQ(both["coverage"]["rules_off"], 1);
  EXPECT_EQ(examined_by(both["coverage"]["files"][0]), (Strings{"text", "tree", "rules"}));
  EXPECT_EQ(examined_by(report(
                {"review", "a.py", "--rules", "rules", "--only-rules"})["coverage"]["files"][0]),
            Strings{"rules"});
  EXPECT_EQ(report({"check-security", "a.py", "--rules", "rules/sound.yml"})["coverage"].count(
                "rules_off"),
            0U);
}

TEST_F(Levels, MistakesOnTheCommandLineEndWithTwo) {
  struct Row {
    Strings words;
    std::string_view says;
  };
  const std::vector<Row> rows{
      {{"revieuw"}, "did you mean \"review\""},
      {{"review", "--fial-on", "error"}, "did you mean --fail-on"},
      {{"review", "--fail-on", "fatal"}, "error, warning, info, hint, never"},
      {{"review", "--fail-on"}, "fail-on"},
      {{"review", "--format", "xml"}, "terminal"},
      {{"review", "--format", "json", "--format", "sarif"},
       "json and sarif would both go to standard output"},
      {{"review", "--format", "json=-", "--format", "sarif"},
       "json and sarif would both go to standard output"},
      {{"explain-error", std::string(5000, 'a')}, "no rule is called"},
      {{"explain-error", std::string(5000, 'a') + ":3"}, "there is no file"},
      {{"audit", std::string(5000, 'a')}, "is no folder"},
      {{"review", "--format", "json=x", "--format", "sarif=x"},
       "json and sarif would both go to x"},
      {{"review", "-j", "-1"}, "jobs"},
      {{"review", "-j", "many"}, "jobs"},
      {{"review", "--min-confidence", "1.5"}, "low, medium, high"},
      {{"review", "nowhere"}, "nowhere"},
      {{"review", "--config", "nowhere.yml"}, "nowhere.yml"},
      {{"review", "--diff-file", "nowhere.diff"}, "nowhere.diff"},
      {{"review", "--format", "json=nowhere/x.json"}, "nowhere/x.json"},
      {{"rules"}, "list, show"},
      {{"rules", "shwo"}, "did you mean \"show\""},
      {{"rules", "show", "unused-imports"}, "unused-import"},
      {{"audit", "nowhere"}, "nowhere"},
      {{"completion", "tcsh"}, "bash|zsh|fish"},
      {{"explain-error", "unused-imprt"}, "unused-import"},
  };
  for (const auto& row : rows) {
    const auto ran = peer(row.words);
    EXPECT_EQ(ran.exit_code, 2) << ::testing::PrintToString(row.words) << ran.out;
    EXPECT_THAT(ran.out, HasSubstr(std::string(row.says))) << ::testing::PrintToString(row.words);
    EXPECT_THAT(ran.out, ::testing::StartsWith("peer: ")) << ::testing::PrintToString(row.words);
  }
}

TEST_F(Levels, MinSeverityAndMinConfidenceLeaveFindingsOut) {
  for (const auto rule : {kInfo, kWarning, kError})
    add(rule);
  EXPECT_EQ(found({"review"}).size(), 3U);
  EXPECT_EQ(found({"review", "--min-severity", "warning"}).size(), 2U);
  EXPECT_EQ(found({"review", "--min-severity", "error"}),
            Strings{"merge-conflict-marker error.txt:1"});
  const auto all = report({"review"});
  std::size_t sure = 0;
  for (const auto& finding : all.at("findings"))
    sure += finding.at("confidence").get<double>() >= 0.9 ? 1 : 0;
  EXPECT_EQ(found({"review", "--min-confidence", "high"}).size(), sure);
  EXPECT_EQ(found({"review", "--min-confidence", "0.9"}).size(), sure);
}

TEST_F(Levels, RulesAreSwitchedOffAndFilesLeftOut) {
  for (const auto rule : {kInfo, kWarning, kError})
    add(rule);
  EXPECT_EQ(found({"review", "--off", "unused-import", "--off", "debug-leftover"}),
            Strings{"merge-conflict-marker error.txt:1"});
  EXPECT_EQ(found({"review", "--exclude", "*.py"}), Strings{"merge-conflict-marker error.txt:1"});
  const auto shown = peer({"review", "--exclude", "*.py"}).out;
  EXPECT_THAT(shown, HasSubstr("out of scope"));
  EXPECT_THAT(peer({"review", "--exclude", "*.py", "--format", "json"}).out,
              HasSubstr("excluded by --exclude"));
  repo.write(".peer.yml", "exclude: ['*.py']\n");
  EXPECT_THAT(peer({"review", "--format", "json"}).out, HasSubstr("excluded by the configuration"));
}

TEST_F(Levels, TheFilterWidensFromAddedLinesToAllFiles) {
  const std::string old =
      std::string("import json\n") + std::string(20, '\n') + "import os\n\nvalue = 1\n";
  repo.write("x.py", old);
  repo.write(".gitattributes", "gen.py linguist-generated\n");
  repo.write("gen.py", kTidy);
  repo.commit("old");
  repo.write("x.py", old + "other = value\n");
  repo.write("gen.py", kUnused);
  EXPECT_EQ(found({"review", "--filter", "added"}), Strings{});
  EXPECT_EQ(found({"review", "--filter", "context"}), Strings{"unused-import x.py:22"});
  EXPECT_EQ(found({"review", "--filter", "file"}),
            (Strings{"unused-import x.py:1", "unused-import x.py:22"}));
  EXPECT_EQ(found({"review", "--filter", "all"}),
            (Strings{"unused-import gen.py:1", "unused-import x.py:1", "unused-import x.py:22"}));
  EXPECT_EQ(found({"review", "--generated"}), Strings{"unused-import gen.py:1"});
}

TEST_F(Levels, GitattributesTakeBackWhatNamesSay) {
  repo.write(".gitattributes",
             "vendor/ours/** -linguist-vendored\n*.min.js linguist-generated=false\n");
  repo.commit("attributes");
  repo.write("vendor/ours/x.py", kUnused);
  repo.write("vendor/theirs/x.py", kUnused);
  repo.write("a.min.js", "debugger;\n");
  EXPECT_EQ(found({"review"}),
            (Strings{"debug-leftover a.min.js:1", "unused-import vendor/ours/x.py:1"}));
  EXPECT_EQ(found({"review", "vendor/theirs/x.py"}), Strings{"unused-import vendor/theirs/x.py:1"})
      << "who names it means it";
}

TEST_F(Levels, FormatsAreRepeatedEachWithItsFile) {
  add(kWarning);
  const auto ran =
      peer({"review", "-f", "terminal", "-f", "json=.git/r.json", "-f", "sarif=.git/r.sarif", "-f",
            "markdown=.git/r.md", "-f", "codequality=.git/r.cq", "-f", "junit=.git/r.xml", "-f",
            "github-log=.git/r.log"});
  EXPECT_EQ(ran.exit_code, 0);
  EXPECT_THAT(ran.out, HasSubstr("json is imported and never used"));
  for (const auto* json : {".git/r.json", ".git/r.sarif", ".git/r.cq"})
    EXPECT_TRUE(parse_json(read(json)).has_value()) << json;
  EXPECT_EQ(parse_json(read(".git/r.sarif"))->at("runs").at(0).at("results").size(), 1U);
  EXPECT_EQ(parse_json(read(".git/r.cq"))->size(), 1U);
  EXPECT_THAT(read(".git/r.md"), HasSubstr("warning.py"));
  EXPECT_THAT(read(".git/r.xml"), HasSubstr("<testsuite"));
  EXPECT_THAT(read(".git/r.log"), ::testing::StartsWith("::"));
}

TEST_F(Levels, AReportOnStandardOutputIsNothingButTheReport) {
  add(kWarning);
  RunOptions only_out;
  only_out.with_errors = false;
  EXPECT_TRUE(parse_json(peer({"review", "-f", "json"}, only_out).out).has_value());
  EXPECT_TRUE(parse_json(peer({"audit", "-f", "sarif"}, only_out).out).has_value());
}

TEST_F(Levels, AnEmptyChangeIsStillAReport) {
  EXPECT_EQ(report({"review"}).at("verdict"), "clean");
  EXPECT_EQ(peer({"review", "-f", "sarif"}).exit_code, 0);
}

TEST_F(Levels, NothingIsColouredUnlessAskedFor) {
  add(kWarning);
  EXPECT_THAT(peer({"review"}).out, Not(HasSubstr("\x1b[")));
  EXPECT_THAT(peer({"review", "--color", "always"}).out, HasSubstr("\x1b["));
  EXPECT_THAT(peer({"fix-all", "--preview", "--color", "always"}).out, HasSubstr("\x1b["));
}

TEST_F(Levels, QuietPrintsLessAndVerboseMore) {
  add(kWarning);
  const auto usual = peer({"review"}).out;
  EXPECT_LT(peer({"review", "-q"}).out.size(), usual.size());
  EXPECT_GT(peer({"review", "-v"}).out.size(), usual.size());
}

TEST_F(Levels, TheNumberOfThreadsChangesNothing) {
  for (int i = 0; i < 20; ++i)
    repo.write(fmt::format("f{:02}.py", i), kUnused);
  const auto one = found({"review", "-j", "1"});
  EXPECT_EQ(one.size(), 20U);
  EXPECT_EQ(found({"review", "-j", "8"}), one);
  EXPECT_EQ(found({"review", "--isolate", "always", "-j", "2"}), one);
}

}  // namespace
}  // namespace peer::testing
