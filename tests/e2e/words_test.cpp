// Commands that explain and set up: explain-error, rules, init, config, doctor, completion, man.
#include <fstream>

#include <nlohmann/json.hpp>

#include "base/text.hpp"
#include "bot/cli.hpp"
#include "tests/e2e/story_fixture.hpp"

namespace peer::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class Words : public Story {};

TEST_F(Words, ExplainErrorWithoutAnArgumentTellsOfTheLastRun) {
  const auto nothing_yet = peer({"explain-error"});
  EXPECT_EQ(nothing_yet.exit_code, 2);
  EXPECT_THAT(nothing_yet.out, HasSubstr("run `peer review` first"));
  make_small_change();
  (void)peer({"review", "HEAD~1.."});
  const auto ran = peer({"explain-error"});
  EXPECT_EQ(ran.exit_code, 0);
  EXPECT_THAT(ran.out, HasSubstr("a.py:1:8  warning  unused-import"));
  EXPECT_THAT(ran.out, HasSubstr("Why: "));
  EXPECT_THAT(ran.out, HasSubstr("`peer fix-all` can do it"));
  RunOptions below;
  below.folder = repo.folder() / ".git";
  std::filesystem::create_directories(repo.folder() / "sub");
  below.folder = repo.folder() / "sub";
  EXPECT_EQ(peer({"explain-error"}, below).out, ran.out)
      << "the same repository from a folder below";
}

TEST_F(Words, OfAThousandFindingsTheWorstAreKept) {
  std::string text = "x = 1\nif x == None:\n    x = 2\n";
  for (int i = 0; i < 1100; ++i)
    text += "import a" + std::to_string(i) + "\n";
  repo.write("a.py", text);
  repo.write("z.txt", "<<<<<<< ours\nx = 3\n=======\nx = 4\n>>>>>>> theirs\n");
  repo.commit();
  (void)peer({"audit"});
  const auto ran = peer({"explain-error"});
  EXPECT_THAT(ran.out, HasSubstr("merge-conflict-marker"));
  EXPECT_THAT(ran.out, HasSubstr("Only the 1,000 worst of 1,10"));
  EXPECT_THAT(ran.out, Not(HasSubstr("a1099")));
}

TEST_F(Words, ExplainErrorOfARuleShowsItsExamples) {
  const auto ran = peer({"explain-error", "unused-import"});
  EXPECT_EQ(ran.exit_code, 0);
  EXPECT_THAT(ran.out, HasSubstr("Reported ("));
  EXPECT_EQ(peer({"rules", "show", "unused-import"}).out, ran.out);
}

TEST_F(Words, ExplainErrorOfAPlaceSaysWhatIsWrongThere) {
  make_small_change();
  EXPECT_THAT(peer({"explain-error", "a.py:1"}).out, HasSubstr("json is imported and never used"));
  EXPECT_THAT(peer({"explain-error", "a.py:1:3"}).out,
              HasSubstr("json is imported and never used"));
  EXPECT_THAT(peer({"explain-error", "a.py:3"}).out, HasSubstr("finds nothing there"));
  EXPECT_THAT(peer({"explain-error", "a.py"}).out, HasSubstr("json is imported and never used"));
  const auto missing = peer({"explain-error", "b.py:3"});
  EXPECT_EQ(missing.exit_code, 2);
  EXPECT_THAT(missing.out, HasSubstr("there is no file b.py here"));
}

TEST_F(Words, ExplainErrorOfAPlaceIsNotTheLastRun) {
  repo.write("z1.py", kUnused);
  repo.write("z2.py", "import re\n\nprint(2)\n");
  (void)peer({"review", "."});
  const auto before = peer({"explain-error"}).out;
  EXPECT_THAT(before, HasSubstr("z1.py:1"));
  EXPECT_THAT(before, HasSubstr("z2.py:1"));
  EXPECT_THAT(peer({"explain-error", "z1.py:1"}).out, Not(HasSubstr("z2.py")));
  EXPECT_EQ(peer({"explain-error"}).out, before);
  repo.commit("z");
  EXPECT_EQ(peer({"baseline", "create"}).exit_code, 0);
  EXPECT_EQ(peer({"explain-error"}).out, before) << "nor is a baseline";
}

TEST_F(Words, ExplainErrorSaysTheSameReasonsOnceAndWrapsThem) {
  repo.write("z1.py", "import json\nimport re\n\nprint(1)\n");
  repo.write("z2.py", kUnused);
  RunOptions output;
  output.input =
      "z1.py:1:8: F401 [*] `json` imported but unused\nz1.py:2:8: F401 [*] `re` imported but "
      "unused\n";
  for (const auto& ran : {peer({"explain-error", "z1.py"}), peer({"explain-error", "-"}, output)}) {
    const auto why = ran.out.find("Why: ");
    ASSERT_NE(why, std::string::npos) << ran.out;
    EXPECT_EQ(ran.out.find("Why: ", why + 1), std::string::npos) << ran.out;
    EXPECT_THAT(ran.out, HasSubstr("Why and fix: as above, of unused-import\n"));
  }
  repo.write("a.py",
             "import subprocess\n\ndef run(name):\n    subprocess.call(\"ls \" + name, "
             "shell=True)\n    eval(name)\n");
  for (const auto& words :
       {Strings{"explain-error", "a.py"}, Strings{"explain-error", "python-shell-injection"},
        Strings{"rules", "show", "python-shell-injection"}}) {
    const auto ran = peer(words);
    EXPECT_THAT(ran.out, HasSubstr("Fix: "));
    EXPECT_THAT(ran.out, HasSubstr("\n     ")) << "a paragraph goes on below its first word";
    bool reasons = false;
    for (const auto line : split_lines(ran.out)) {
      reasons = line.starts_with("Why: ") || line.starts_with("Fix: ") ||
                (reasons && line.starts_with("     "));
      EXPECT_TRUE(!reasons || line.size() <= 80) << line;
    }
  }
}

TEST_F(Words, ExplainErrorReadsTheOutputOfOtherTools) {
  repo.write("a.py", kUnused);
  repo.write("a.c", "int main(void) {\n  return x;\n}\n");
  RunOptions output;
  output.input =
      "a.c:2:10: error: 'x' undeclared (first use in this function)\na.py:1:8: F401 [*] `json` "
      "imported but unused\n";
  const auto ran = peer({"explain-error", "-"}, output);
  EXPECT_EQ(ran.exit_code, 0);
  EXPECT_THAT(ran.out, HasSubstr("a.c:2:10  gcc error\n'x' undeclared"));
  EXPECT_THAT(ran.out, HasSubstr("  >     2 |   return x;"));
  EXPECT_THAT(ran.out, HasSubstr("More: peer explain-error unused-import"));
  repo.write("a.js", "eval(x)\n");
  output.input =
      "/x/a.js\n  1:1  error  eval can be harmful  no-eval\n\na.c:2:11: error: expected ';' before "
      "'}' token\n";
  const auto of_the_pack = peer({"explain-error", "-"}, output);
  EXPECT_THAT(of_the_pack.out, HasSubstr("More: peer explain-error javascript-code-evaluation"));
  EXPECT_THAT(of_the_pack.out, HasSubstr("More: peer explain-error syntax-error"));
  output.input = "all is well\n";
  EXPECT_EQ(peer({"explain-error", "-"}, output).exit_code, 2);
  output.input = "/etc/passwd:1:1: error: x\n../../../../../../etc/passwd:1:1: error: y\n";
  EXPECT_THAT(peer({"explain-error", "-"}, output).out, Not(HasSubstr("root:")));
}

TEST_F(Words, InitWritesAConfigurationThatIsValid) {
  EXPECT_EQ(peer({"init"}).exit_code, 0);
  const auto checked = peer({"config", "check"});
  EXPECT_EQ(checked.exit_code, 0);
  EXPECT_EQ(checked.out, "the configuration is valid\n");
  const auto again = peer({"init"});
  EXPECT_EQ(again.exit_code, 2);
  EXPECT_THAT(again.out, HasSubstr("--force"));
  EXPECT_EQ(peer({"init", "--force"}).exit_code, 0);
}

TEST_F(Words, EveryLineOfTheWrittenConfigurationWorksUncommented) {
  ASSERT_EQ(peer({"init"}).exit_code, 0);
  std::string text;
  const auto written = read(".peer.yml");
  for (const auto line : split_lines(written)) {
    const bool setting = line.starts_with("#") && !line.starts_with("# ") && line.size() > 1;
    text += std::string(setting ? line.substr(1) : line) + "\n";
  }
  repo.write(".peer.yml", text);
  const auto checked = peer({"config", "check"});
  EXPECT_EQ(checked.exit_code, 0) << checked.out << text;
}

TEST_F(Words, MistakesInTheConfigurationEndWithTwoTheLineAndTheNearestKey) {
  struct Row {
    std::string_view text;
    std::vector<std::string_view> says;
  };
  const std::vector<Row> rows{
      {"# a comment\nfail_onn: error\n", {".peer.yml:2", "fail_onn", "did you mean fail_on?"}},
      {"parse:\n  max_byte: 3\n", {".peer.yml:2", "did you mean parse.max_bytes?"}},
      {"fail_on: fatal\n", {".peer.yml:1", "error, warning, info, hint, never"}},
      {"parse.budget_ms: 1\n", {".peer.yml:1", "50"}},
      {"parse.budget_ms: soon\n", {".peer.yml:1", "parse.budget_ms"}},
      {"exclude: {a: b}\n", {".peer.yml:1", "takes a list"}},
      {"fail_on: [error]\n", {".peer.yml:1", "a single value"}},
      {"fail_on: error\nfail_on: hint\n", {".peer.yml", "line 2", "fail_on"}},
      {"fail_on: \"\n", {".peer.yml"}},
      {"- a\n- b\n", {".peer.yml", "mapping"}},
      {"jobs: 3\n", {".peer.yml:1", "PEER_JOBS"}},
      {"a: &x [1]\nb: *x\n", {".peer.yml"}},
      {"\tfail_on: error\n", {".peer.yml"}},
  };
  for (const auto& row : rows) {
    repo.write(".peer.yml", row.text);
    for (const Strings& command :
         {Strings{"config", "check"}, Strings{"review", "."}, Strings{"audit"}}) {
      if (command[0] == "audit") repo.commit("configuration");
      const auto ran = peer(command);
      EXPECT_EQ(ran.exit_code, 2) << row.text << ran.out;
      for (const auto part : row.says)
        EXPECT_THAT(ran.out, HasSubstr(std::string(part))) << row.text;
    }
  }
}

TEST_F(Words, ConfigCheckReadsTheRulesToo) {
  repo.write(".peer/rules/bad.yml",
             "id: bad\nlanguage: Python\nmessage: m\nrule:\n  regex: \"a(b\"\n");
  const auto checked = peer({"config", "check"});
  EXPECT_EQ(checked.exit_code, 2) << checked.out;
  EXPECT_THAT(checked.out, HasSubstr("missing )"));
  EXPECT_THAT(checked.out, Not(HasSubstr("is valid")));
  const auto place = checked.out.find(".peer/rules/bad.yml:");
  ASSERT_NE(place, std::string::npos);
  EXPECT_EQ(checked.out.find(".peer/rules/bad.yml:", place + 1), std::string::npos)
      << "it is told once: " << checked.out;
  const auto of_rules = peer({"rules", "check"}).out;
  const auto sentence = of_rules.substr(0, of_rules.find('\n'));
  EXPECT_THAT(checked.out, HasSubstr(sentence)) << "as `rules check` says it";
  repo.write(".peer/rules/bad.yml",
             "id: good\nlanguage: Python\nmessage: m\nrule:\n  pattern: eval($A)\n");
  const auto mended = peer({"config", "check"});
  EXPECT_EQ(mended.exit_code, 0) << mended.out;
  EXPECT_EQ(mended.out, "the configuration is valid\n");
  std::filesystem::create_directories(home.path() / "mine");
  std::ofstream(home.path() / "mine/r.yml")
      << "id: r\nlanguage: Pyton\nmessage: m\nrule:\n  pattern: a\n";
  EXPECT_EQ(peer({"config", "check", "--rules", (home.path() / "mine").string()}).exit_code, 2);
}

TEST_F(Words, AMisnamedConfigurationIsToldOf) {
  repo.write(".peer.yaml", "fail_on: error\n");
  repo.write("a.py", kTidy);
  repo.commit();
  for (const Strings& words : {Strings{"config", "check"}, Strings{"audit"}}) {
    const auto ran = peer(words);
    EXPECT_EQ(ran.exit_code, 2) << words.front();
    EXPECT_THAT(ran.out, HasSubstr(".peer.yaml is not read: the file is called .peer.yml"));
  }
  repo.write(".peer.yml", "fail_on: error\n");
  EXPECT_EQ(peer({"config", "check"}).exit_code, 0) << "where both are, one is in force";
}

TEST_F(Words, ConfigShowSaysWhereASettingComesFrom) {
  repo.write(".peer.yml", "fail_on: info\nmin_severity: info\n");
  std::filesystem::create_directories(home.path() / ".config/peer");
  std::ofstream(home.path() / ".config/peer/config.yml") << "min_severity: warning\njobs: 3\n";
  RunOptions options;
  options.environment = {"PEER_FILTER=file"};
  const auto shown = peer({"config", "show", "--color", "never"}, options).out;
  EXPECT_THAT(shown, HasSubstr("fail_on: info  # .peer.yml\n"));
  EXPECT_THAT(shown, HasSubstr("min_severity: warning  # " +
                               (home.path() / ".config/peer/config.yml").string()));
  EXPECT_THAT(shown, HasSubstr("filter: file  # environment\n"));
  EXPECT_THAT(shown, HasSubstr("color: never  # flag\n"));
  EXPECT_THAT(shown, HasSubstr("isolate: auto  # default\n"));
}

TEST_F(Words, TheSchemaIsJson) {
  EXPECT_TRUE(parse_json(peer({"config", "schema"}).out).has_value());
}

TEST_F(Words, EveryRuleThatIsListedIsShown) {
  int rules = 0;
  const auto listed = peer({"rules", "list"}).out;
  for (const auto line : split_lines(listed)) {
    if (line.size() < 10) continue;
    const std::string id(split(line.substr(9), ' ')[0]);
    if (++rules % 10 != 1) continue;  // each is a process
    EXPECT_EQ(peer({"rules", "show", id}).exit_code, 0) << id;
  }
  EXPECT_GE(rules, 60);
}

TEST_F(Words, DoctorSaysWhatWorksHere) {
  repo.write("a.py", kTidy);
  repo.commit();
  const auto ran = peer({"doctor"});
  EXPECT_EQ(ran.exit_code, 0) << ran.out;
  for (const auto* word : {"libgit2 1.", "SQLite 3.", "hiredis ", "libseccomp 2.", "zlib 1.",
                           "expat 2.", "libyaml 0.", "nettle 3.", "ABI 1", "libcurl ", "repository",
                           "main", "cache.db", "state.db", "isolation", "verify-cmd"})
    EXPECT_THAT(ran.out, HasSubstr(word));
  repo.write(".peer.yml", "nonsense: 1\n");
  const auto wrong = peer({"doctor"});
  EXPECT_EQ(wrong.exit_code, 2);
  EXPECT_THAT(wrong.out, HasSubstr("wrong  configuration"));
}

TEST_F(Words, BashCompletesCommandsAndFlags) {
  const auto ran = shell(
      "set -eu; source <(\"$PEER\" completion bash)\n"
      "COMP_WORDS=(peer fi); COMP_CWORD=1; COMPREPLY=(); _peer; echo \"${COMPREPLY[@]}\"\n"
      "COMP_WORDS=(peer fix-all --pre); COMP_CWORD=2; COMPREPLY=(); _peer; echo "
      "\"${COMPREPLY[@]}\"\n"
      "COMP_WORDS=(peer baseline cr); COMP_CWORD=2; COMPREPLY=(); _peer; echo "
      "\"${COMPREPLY[@]}\"\n");
  EXPECT_EQ(ran.exit_code, 0) << ran.out;
  EXPECT_EQ(ran.out, "fix-all\n--preview\ncreate\n");
}

TEST_F(Words, BashCompletesTheValuesOfFlags) {
  const auto ran = shell(
      "set -eu; touch files-are-not-values; source <(\"$PEER\" completion bash)\n"
      "try() { COMP_WORDS=(\"$@\"); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); COMPREPLY=(); _peer; "
      "echo \"${COMPREPLY[*]-}\"; }\n"
      "try peer review --fail-on ''; try peer review --fail-on = ''; try peer review --fail-on =; "
      "try peer review --fail-on w\n"
      "try peer review -f co; try peer review --min-confidence ''; try peer compress --level s; "
      "try peer audit --publish g\n"
      "try peer review --isolate ''; try peer review --base ''; try peer review --baseline "
      "files\n");
  EXPECT_EQ(ran.exit_code, 0) << ran.out;
  EXPECT_EQ(ran.out,
            "error warning info hint never\nerror warning info hint never\nerror warning info hint "
            "never\nwarning\n"
            "codequality\nlow medium high\nsignatures symbols\ngithub gitlab\n"
            "auto always never\n\nfiles-are-not-values\n");
}

TEST_F(Words, TheOtherShellsNameEveryCommand) {
  for (const auto* name : {"zsh", "fish"}) {
    const auto text = peer({"completion", name}).out;
    for (const auto& command : all_commands())
      EXPECT_THAT(text, HasSubstr(std::string(split(command.name, ' ')[0]))) << name;
  }
}

TEST_F(Words, ZshAndFishReadTheirCompletion) {
  for (const auto* name : {"zsh", "fish"}) {
    const std::string shell_name(name);
    ASSERT_EQ(shell("command -v " + shell_name).exit_code, 0)
        << name << " is not installed: ci/setup --tests installs it";
    const auto ran = shell("set -eu; \"$PEER\" completion " + shell_name + " > peer.completion; " +
                           shell_name + " -n peer.completion");
    EXPECT_EQ(ran.exit_code, 0) << name << ": " << ran.out;
    EXPECT_EQ(ran.out, "") << name;
  }
}

TEST_F(Words, FishCompletesCommands) {
  ASSERT_EQ(shell("command -v fish").exit_code, 0)
      << "fish is not installed: ci/setup --tests installs it";
  const auto ran = shell(
      "\"$PEER\" completion fish > peer.fish; fish -N -c 'source peer.fish; complete -C \"peer "
      "fix\"'");
  EXPECT_EQ(ran.exit_code, 0) << ran.out;
  EXPECT_THAT(ran.out, HasSubstr("fix-all"));
  const auto values =
      shell("fish -N -c 'source peer.fish; complete -C \"peer review --fail-on \"'");
  EXPECT_THAT(values.out, HasSubstr("warning"));
  EXPECT_THAT(values.out, Not(HasSubstr("peer.fish"))) << "no files";
}

TEST_F(Words, TheManualPageIsWellFormed) {
  const auto page = peer({"man"}).out;
  EXPECT_THAT(page, ::testing::StartsWith(".TH PEER 1"));
  int no_fill = 0;
  for (const auto line : split_lines(page)) {
    no_fill += line == ".nf" ? 1 : line == ".fi" ? -1 : 0;
    EXPECT_TRUE(no_fill == 0 || no_fill == 1);
    EXPECT_FALSE(line.starts_with("'")) << line;
    if (!line.starts_with('.')) continue;
    const auto request = split(line, ' ')[0];
    const Strings known{".TH", ".SH", ".SS", ".TP", ".PP", ".B", ".I", ".nf", ".fi"};
    EXPECT_THAT(known, ::testing::Contains(std::string(request))) << line;
  }
  EXPECT_EQ(no_fill, 0);
  for (const auto& command : all_commands())
    EXPECT_THAT(page, HasSubstr(".SS peer " + std::string(command.name)));
}

TEST_F(Words, EveryCommandHasHelp) {
  for (const auto& command : all_commands()) {
    Strings words;
    for (const auto part : split(command.name, ' '))
      words.emplace_back(part);
    words.push_back("--help");
    const auto ran = peer(words);
    EXPECT_EQ(ran.exit_code, 0);
    EXPECT_EQ(ran.out, help_text(&command));
  }
  EXPECT_EQ(peer({}).exit_code, 0);
  for (const auto& words : {Strings{"rules", "--help"}, Strings{"help", "rules"}}) {
    const auto ran = peer(words);
    EXPECT_EQ(ran.exit_code, 0);
    EXPECT_THAT(ran.out, HasSubstr("\n  rules check "));
  }
  for (const auto* word : {"--version", "-V", "version"})
    EXPECT_THAT(peer({word}).out, ::testing::StartsWith("peer ")) << word;
}

}  // namespace
}  // namespace peer::testing
