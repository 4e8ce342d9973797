#include "bot/rules/project.hpp"

#include <gtest/gtest.h>

namespace peer {
namespace {

TEST(RuleProject, SaysWhereRulesUtilitiesAndTestsAre) {
  const auto project = parse_project(
      "ruleDirs: [rules, more]\nutilDirs: [utils]\ntestConfigs:\n- testDir: tests\n- {testDir: t2, "
      "snapshotDir: snaps}\n"
      "languageGlobs:\n  html: ['*.vue']\n  JSON: ['.eslintrc']\n");
  ASSERT_TRUE(project) << project.error().message;
  EXPECT_EQ(project->rule_dirs, (std::vector<std::string>{"rules", "more"}));
  EXPECT_EQ(project->util_dirs, std::vector<std::string>{"utils"});
  ASSERT_EQ(project->tests.size(), 2U);
  EXPECT_EQ(project->tests[0].snapshots, "__snapshots__");
  EXPECT_EQ(project->tests[1].snapshots, "snaps");
  ASSERT_EQ(project->language_globs.size(), 2U);
  EXPECT_EQ(project->language_globs[1].language, "json");
  EXPECT_TRUE(project->notes.empty());
}

TEST(RuleProject, NamesTheNearestKeyAndWhatItDoesNotHonour) {
  const auto project = parse_project("ruleDir: [rules]\ncustomLanguages: {}\n");
  ASSERT_TRUE(project);
  EXPECT_EQ(project->notes, (std::vector<std::string>{
                                "line 1: ruleDir is no key of a project; did you mean ruleDirs?",
                                "customLanguages is not honoured"}));
}

TEST(RuleProject, RefusesWhatIsNoProject) {
  EXPECT_FALSE(parse_project("[a]"));
  EXPECT_FALSE(parse_project("ruleDirs: {a: b}"));
  EXPECT_FALSE(parse_project("testConfigs: [{}]"));
  EXPECT_FALSE(parse_project("languageGlobs: {klingon: ['*.k']}"));
}

}  // namespace
}  // namespace peer
