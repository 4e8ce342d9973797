#include "bot/rules/find_rules.hpp"

#include <cstdlib>
#include <fmt/format.h>
#include <fstream>

#include <gtest/gtest.h>

#include "analyzers/examine.hpp"
#include "analyzers/rules/rule_book.hpp"
#include "bot/isolate/packing.hpp"
#include "bot/trusted.hpp"

namespace peer {
namespace {

namespace fs = std::filesystem;

constexpr const char* kRule =
    "id: no-foo\nlanguage: Python\nseverity: warning\nrule: {pattern: foo($A)}\n";

class FindRules : public ::testing::Test {
 protected:
  FindRules() {
    std::string name = (fs::temp_directory_path() / "peer-rules-XXXXXX").string();
    folder_ = mkdtemp(name.data());
    session_.folder = folder_;
  }
  ~FindRules() override { fs::remove_all(folder_); }

  void write(const std::string& path, const std::string& text) const {
    fs::create_directories((folder_ / path).parent_path());
    std::ofstream(folder_ / path) << text;
  }
  [[nodiscard]] Result<FoundRules> find(const std::vector<std::string>& rules) const {
    Invocation invocation;
    if (!rules.empty()) invocation.flags["rules"] = rules;
    return find_rules(invocation, session_, read_work_tree(folder_), list_work_tree(folder_));
  }
  static std::vector<std::string> names(const FoundRules& found) {
    std::vector<std::string> list;
    for (const auto& file : found.sources.files)
      list.push_back(file.name + (file.is_utility ? " (utility)" : ""));
    return list;
  }

  fs::path folder_;
  Session session_;
};

// a folder of 400 rules once took 400 MB
TEST_F(FindRules, AFolderTakesNoMoreMemoryThanItsFiles) {
  for (int i = 0; i < 20; ++i)
    write(fmt::format("rules/{}.yml", i), kRule);
  const auto found = find({"rules"});
  ASSERT_TRUE(found);
  ASSERT_EQ(found->sources.files.size(), 20U);
  for (const auto& file : found->sources.files)
    EXPECT_LT(file.text.capacity(), 4096U) << file.name;
}

TEST_F(FindRules, ThoseOfTheRepositoryNeedNoFlag) {
  write(".peer/rules/a.yml", kRule);
  write(".peer/rules/utils/u.yml", kRule);
  write(".peer/rules/tests/a-test.yml", "id: no-foo\nvalid: [bar(1)]\n");
  const auto found = find({});
  ASSERT_TRUE(found);
  EXPECT_EQ(names(*found),
            (std::vector<std::string>{".peer/rules/a.yml", ".peer/rules/utils/u.yml (utility)"}));
  EXPECT_TRUE(found->sources.built_in);
}

TEST_F(FindRules, AFileAFolderAndAProjectCanBeNamed) {
  write("one.yml", kRule);
  write("many/x/a.yaml", kRule);
  write("many/readme.md", "");
  write("project/sgconfig.yml",
        "ruleDirs: [rules]\nutilDirs: [utils, gone]\nlanguageGlobs: {html: ['*.vue']}\n");
  write("project/rules/p.yml", kRule);
  write("project/utils/u.yml", kRule);
  write("project/other.yml", kRule);
  const auto found = find({"one.yml", "many", "project"});
  ASSERT_TRUE(found);
  EXPECT_EQ(names(*found), (std::vector<std::string>{"one.yml", "many/x/a.yaml",
                                                     "utils/u.yml (utility)", "rules/p.yml"}));
  EXPECT_EQ(found->notes, std::vector<std::string>{"project: there is no folder gone"});
  EXPECT_EQ(found->sources.language_globs.size(), 1U);
  EXPECT_FALSE(find({"nowhere"}));
}

TEST_F(FindRules, WhatCouldNotBeReadIsCounted) {
  write("many/good.yml", kRule);
  write("many/large.yml", std::string(1'100'000, '#'));
  fs::create_symlink("nowhere.yml", folder_ / "many/dangling.yml");
  fs::create_symlink("/dev/zero", folder_ / "many/endless.yml");
  const auto found = find({"many"});
  ASSERT_TRUE(found);
  EXPECT_EQ(names(*found), std::vector<std::string>{"many/good.yml"});
  EXPECT_EQ(found->unread, 3U);
  EXPECT_EQ(found->notes.size(), 3U);
}

TEST_F(FindRules, NamedSetsAmongOnesOwnRulesAreNotTakenForARule) {
  write("many/a.yml", kRule);
  write("many/sets.yml", "sources:\n  request: [{pattern: read()}]\n");
  const auto found = find({"many"});
  ASSERT_TRUE(found);
  EXPECT_EQ(names(*found), std::vector<std::string>{"many/a.yml"});
  ASSERT_EQ(found->notes.size(), 1U);
  EXPECT_EQ(found->notes[0].substr(0, 25), "many/sets.yml is not read");
}

TEST_F(FindRules, OnlyRulesWithoutARuleIsAMistake) {
  fs::create_directories(folder_ / "empty");
  Invocation invocation;
  invocation.flags["only-rules"] = {};
  const auto error_of = [&] {
    const auto found =
        find_rules(invocation, session_, read_work_tree(folder_), list_work_tree(folder_));
    return found ? "" : found.error().message;
  };
  EXPECT_EQ(error_of(), "--only-rules: there is no rule file in .peer/rules");
  invocation.flags["rules"] = {"empty"};
  EXPECT_EQ(error_of(), "--only-rules: there is no rule file in empty");
  write("empty/a.yml", kRule);
  EXPECT_EQ(error_of(), "");
}

TEST_F(FindRules, PathsThatRulesNameBeginAtTheirProjectsFolder) {
  const auto with = [](const char* files) {
    return std::string(kRule) + "files: [" + files + "]\n";
  };
  write("web/sgconfig.yml", "ruleDirs: [rules]\n");
  write("web/rules/p.yml", with("'src/**'"));
  write("web/src/a.py", "foo(1)\n");
  Invocation invocation;
  invocation.flags["only-rules"] = {};
  const auto is_for = [&](const std::string& rules, const fs::path& root, std::string_view path) {
    invocation.flags["rules"] = {rules};
    const auto found = find_rules(invocation, session_, {}, {}, root);
    const auto loaded = load_rules(found->sources);
    const auto all = loaded.book->set().rules();
    return all.size() == 1 && all[0]->is_for(path);
  };
  EXPECT_TRUE(is_for("web", folder_, "web/src/a.py"));
  EXPECT_FALSE(is_for("web", folder_, "web/b.py"));
  EXPECT_TRUE(is_for("web", folder_, "src/a.py")) << "outside of the project a path is what it is";
  EXPECT_TRUE(is_for("web/sgconfig.yml", folder_ / "web/src", "a.py"));
  EXPECT_TRUE(is_for("web/sgconfig.yml", folder_ / "web", "src/a.py"));
  EXPECT_FALSE(is_for("web/sgconfig.yml", folder_ / "web", "a.py"));
  write("web/one.yml", with("'*.py'"));
  EXPECT_TRUE(is_for("web/one.yml", folder_, "web/a.py"));
}

TEST_F(FindRules, ABadRuleIsSaidAndTheRestRun) {
  write("r.yml", std::string(kRule) + "---\nid: bad\nlanguage: Python\nrule: {patern: x}\n");
  const auto found = find({"r.yml"});
  ASSERT_TRUE(found);
  auto sources = found->sources;
  sources.built_in = false;
  const auto loaded = load_rules(sources);
  ASSERT_FALSE(loaded.problems.empty());
  EXPECT_NE(
      sentence_of(loaded.problems[0]).find("did you mean pattern? (the rule is switched off)"),
      std::string::npos);
  FileJob job;
  job.file.path = "a.py";
  job.after = "foo(1)\n";
  job.whole_file = true;
  ExamineOptions options;
  options.rules = loaded.book;
  options.only_rules = true;
  EXPECT_EQ(examine(job, options).findings.size(), 1U);
  job.after = "bar(1)\n";
  EXPECT_TRUE(examine(job, options).findings.empty());
}

TEST_F(FindRules, SourcesReachAWorkerAsTheyAre) {
  RuleSources sources{{{"a.yml", kRule, true, "web/", "src/"}},
                      false,
                      {{"x", true, Severity::error}},
                      {{"*.vue", "html"}}};
  RuleSources again;
  ASSERT_TRUE(unpack(pack(sources), again));
  EXPECT_EQ(pack(again), pack(sources));
  EXPECT_EQ(load_rules(again).book->set().digest(), load_rules(sources).book->set().digest());
}

}  // namespace
}  // namespace peer
