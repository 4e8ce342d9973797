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
  EXPECT_EQ(peer({"explain-error"}, below).out, ran.out) << "the same repository from a folder below";
}

TEST_F(Words, OfAThousandFindingsTheWorstAreKept) {
  std::string text = "x = 1\nif x == None:\n    x = 2\n";
  for (int i = 0; i < 1100; ++i) text += "import a" + std::to_string(i) + "\n";
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
  EXPECT_THAT(peer({"explain-error", "a.py:1:3"}).out, HasSubstr("json is imported and never used"));
  EXPECT_THAT(peer({"explain-error", "a.py:3"}).out, HasSubstr("finds nothing there"));
  EXPECT_THAT(peer({"explain-error", "a.py"}).out, HasSubstr("json is imported and never used"));
  const auto missing = peer({"explain-error", "b.py:3"});
  EXPECT_EQ(missing.exit_code, 2);
  EXPECT_THAT(missing.out, HasSubstr("there is no file b.py here"));
}

TEST_F(Words, ExplainErrorReadsTheOutputOfOtherTools) {
  repo.write("a.py", kUnused);
  repo.write("a.c", "int main(void) {\n  return x;\n}\n");
  RunOptions output;
  output.input = "a.c:2:10: error: 'x' undeclared (first use in this function)\na.py:1:8: F401 [*] `json` imported but unused\n";
  const auto ran = peer({"explain-error", "-"}, output);
  EXPECT_EQ(ran.exit_code, 0);
  EXPECT_THAT(ran.out, HasSubstr("a.c:2:10  gcc error\n'x' undeclared"));
  EXPECT_THAT(ran.out, HasSubstr("  >     2 |   return x;"));
  EXPECT_THAT(ran.out, HasSubstr("More: peer explain-error unused-import"));
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
    for (const Strings& command : {Strings{"config", "check"}, Strings{"review", "."}, Strings{"audit"}}) {
      if (command[0] == "audit") repo.commit("configuration");
      const auto ran = peer(command);
      EXPECT_EQ(ran.exit_code, 2) << row.text << ran.out;
      for (const auto part : row.says) EXPECT_THAT(ran.out, HasSubstr(std::string(part))) << row.text;
    }
  }
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
  EXPECT_THAT(shown, HasSubstr("min_severity: warning  # " + (home.path() / ".config/peer/config.yml").string()));
  EXPECT_THAT(shown, HasSubstr("filter: file  # environment\n"));
  EXPECT_THAT(shown, HasSubstr("color: never  # flag\n"));
  EXPECT_THAT(shown, HasSubstr("isolate: auto  # default\n"));
}

TEST_F(Words, TheSchemaIsJson) { EXPECT_TRUE(parse_json(peer({"config", "schema"}).out).has_value()); }

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
  for (const auto* word : {"libgit2", "SQLite", "repository", "main", "cache.db", "state.db", "isolation", "verify-cmd"})
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
      "COMP_WORDS=(peer fix-all --pre); COMP_CWORD=2; COMPREPLY=(); _peer; echo \"${COMPREPLY[@]}\"\n"
      "COMP_WORDS=(peer baseline cr); COMP_CWORD=2; COMPREPLY=(); _peer; echo \"${COMPREPLY[@]}\"\n");
  EXPECT_EQ(ran.exit_code, 0) << ran.out;
  EXPECT_EQ(ran.out, "fix-all\n--preview\ncreate\n");
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
    ASSERT_EQ(shell("command -v " + shell_name).exit_code, 0) << name << " is not installed: ci/setup --tests installs it";
    const auto ran = shell("set -eu; \"$PEER\" completion " + shell_name + " > peer.completion; " + shell_name +
                           " -n peer.completion");
    EXPECT_EQ(ran.exit_code, 0) << name << ": " << ran.out;
    EXPECT_EQ(ran.out, "") << name;
  }
}

TEST_F(Words, FishCompletesCommands) {
  ASSERT_EQ(shell("command -v fish").exit_code, 0) << "fish is not installed: ci/setup --tests installs it";
  const auto ran = shell("\"$PEER\" completion fish > peer.fish; fish -N -c 'source peer.fish; complete -C \"peer fix\"'");
  EXPECT_EQ(ran.exit_code, 0) << ran.out;
  EXPECT_THAT(ran.out, HasSubstr("fix-all"));
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
  for (const auto& command : all_commands()) EXPECT_THAT(page, HasSubstr(".SS peer " + std::string(command.name)));
}

TEST_F(Words, EveryCommandHasHelp) {
  for (const auto& command : all_commands()) {
    Strings words;
    for (const auto part : split(command.name, ' ')) words.emplace_back(part);
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
  for (const auto* word : {"--version", "-V", "version"}) EXPECT_THAT(peer({word}).out, ::testing::StartsWith("peer ")) << word;
}

}  // namespace
}  // namespace peer::testing
