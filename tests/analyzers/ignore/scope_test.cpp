#include "analyzers/ignore/scope.hpp"

#include <array>
#include <random>
#include <string>

#include <gtest/gtest.h>

namespace peer {
namespace {

TEST(Semgrepignore, ReadsPatternsAndTakesGitignoreIn) {
  const auto filter = read_semgrepignore(
      "# c\n:include .gitignore\ntests/\n!tests/keep.py\n:other x\n", "*.log\n# c\n");
  EXPECT_TRUE(filter.excludes("tests/a.py"));
  EXPECT_FALSE(filter.excludes("tests/keep.py"));
  EXPECT_TRUE(filter.excludes("deep/x.log"));
  EXPECT_FALSE(filter.excludes("a.py"));
  EXPECT_FALSE(read_semgrepignore("tests/\n", "*.log").excludes("x.log"));
}

TEST(Coderabbit, ReadsPathFilters) {
  const auto only =
      read_coderabbit("reviews:\n  path_filters:\n    - \"src/**\"\n    - \"!src/gen/**\"\n");
  ASSERT_TRUE(only.has_value());
  EXPECT_FALSE(only->excludes("src/a.py"));
  EXPECT_TRUE(only->excludes("src/gen/a.py"));
  EXPECT_TRUE(only->excludes("docs/a.md"));
  const auto all_but = read_coderabbit("reviews: {path_filters: ['!**/*.lock']}\n");
  ASSERT_TRUE(all_but.has_value());
  EXPECT_TRUE(all_but->excludes("a/b.lock"));
  EXPECT_FALSE(all_but->excludes("a/b.py"));
}

TEST(Coderabbit, WithoutFiltersNothingIsExcludedAndMistakesAreSaid) {
  for (const char* text : {"", "language: en\n", "reviews:\n", "reviews:\n  path_filters:\n"})
    EXPECT_FALSE(read_coderabbit(text)->excludes("a.py")) << text;
  const auto wrong = read_coderabbit("reviews:\n  path_filters: '!x'\n");
  ASSERT_TRUE(wrong.has_value());
  EXPECT_EQ(wrong->problems.size(), 1U);
  EXPECT_FALSE(wrong->excludes("x"));
  EXPECT_EQ(read_coderabbit("a: *x\n").error().code, "PEER-E140");
}

TEST(PrAgent, ReadsGlobsAndRegexesOfTheIgnoreTable) {
  const auto filter = read_pr_agent(
      "glob = ['outside.py']\n[config]\nmodel = \"\"\"\n[ignore]\nglob = ['text.py']\n\"\"\"\n"
      "[ignore] # here\nglob = [\n  '*.py', # all\n  \"docs/**\",\n]\nregex = ['src/.*\\.c$', "
      "\"\\\\.h\"]\n"
      "globs = ['x.go']\n[other]\nglob = ['y.rs']\n");
  EXPECT_TRUE(filter.excludes("a/b.py"));
  EXPECT_TRUE(filter.excludes("docs/a/b.md"));
  EXPECT_TRUE(filter.excludes("src/a.c"));
  EXPECT_FALSE(filter.excludes("lib/src/a.c"));
  EXPECT_TRUE(filter.excludes(".h"));
  for (const char* path : {"x.go", "y.rs", "src/a.cc"})
    EXPECT_FALSE(filter.excludes(path)) << path;
  EXPECT_TRUE(filter.problems.empty());
}

TEST(PrAgent, SaysWhichPatternItLeftOut) {
  const auto filter = read_pr_agent("[ignore]\nregex = ['(?!x)', 'a(', 'ok']\n");
  EXPECT_EQ(filter.problems.size(), 2U);
  EXPECT_TRUE(filter.excludes("ok.py"));
}

TEST(IgnoreFiles, SurviveWhateverTheyAreGiven) {
  constexpr std::array<std::string_view, 22> kParts{"[ignore]",
                                                    "\n",
                                                    "glob",
                                                    "=",
                                                    "[",
                                                    "]",
                                                    "'",
                                                    "\"",
                                                    "\"\"\"",
                                                    "'''",
                                                    "\\",
                                                    "#",
                                                    ",",
                                                    "*",
                                                    "**/",
                                                    "!",
                                                    ":include .gitignore",
                                                    "reviews:",
                                                    "\n  path_filters:",
                                                    "- ",
                                                    "a/b",
                                                    "(\xFF"};
  std::mt19937 random(8);
  for (int round = 0; round < 5000; ++round) {
    std::string text;
    for (auto n = random() % 30; n > 0; --n)
      text += kParts[random() % kParts.size()];
    (void)read_pr_agent(text).excludes("a/b");
    (void)read_semgrepignore(text, text).excludes("a/b");
    if (const auto filter = read_coderabbit(text)) (void)filter->excludes("a/b");
  }
}

TEST(Scope, WhatPeopleExcludeIsOutAndTheReasonSaysWhere) {
  ScopeRules rules;
  rules.exclude = GlobList({"legacy/"});
  rules.semgrep = read_semgrepignore("fixtures/\n", "");
  rules.coderabbit = *read_coderabbit("reviews: {path_filters: ['!docs/**']}");
  rules.pr_agent = read_pr_agent("[ignore]\nglob = ['*.sql']\n");
  const auto reason = [&](std::string_view path) { return decide_scope(path, {}, rules).reason; };
  EXPECT_EQ(reason("legacy/a.c"), "excluded by the configuration");
  EXPECT_EQ(reason("x/fixtures/a.c"), "excluded by .semgrepignore");
  EXPECT_EQ(reason("docs/a.md"), "excluded by .coderabbit.yaml (path_filters)");
  EXPECT_EQ(reason("db/a.sql"), "excluded by .pr_agent.toml (ignore)");
  EXPECT_EQ(decide_scope("src/a.c", {}, rules), Scope{});
  rules.exclude = GlobList({"legacy/", "*.h"});
  rules.exclude_asked = GlobList({"*.h"});
  EXPECT_EQ(reason("legacy/a.c"), "excluded by the configuration");
  EXPECT_EQ(reason("src/a.h"), "excluded by --exclude");
}

TEST(Scope, GeneratedAndVendoredFilesAreOutUnlessAskedFor) {
  const ScopeRules rules;
  const auto reason = [&](std::string_view path) { return decide_scope(path, {}, rules).reason; };
  EXPECT_EQ(reason("web/package-lock.json"), "generated (lock file)");
  EXPECT_EQ(reason("web/App.MIN.js"), "generated (minified)");
  EXPECT_EQ(reason("dist/app.js"), "generated (build output)");
  EXPECT_EQ(reason("dist/readme.py"), "");
  EXPECT_EQ(reason("api/x.pb.go"), "generated (protocol buffers)");
  EXPECT_EQ(reason("a/node_modules/b/c.js"), "vendored (node_modules/)");
  EXPECT_EQ(reason("vendor/x.go"), "vendored (vendor/)");
  EXPECT_EQ(reason("vendor"), "");
  EXPECT_EQ(reason("src/vendors/x.go"), "");
  ScopeRules all;
  all.include_generated = all.include_vendored = true;
  for (const char* path : {"go.sum", "vendor/x.go"})
    EXPECT_TRUE(decide_scope(path, {true, true}, all).in) << path;
}

TEST(Scope, GitattributesOutranksNames) {
  const ScopeRules rules;
  EXPECT_TRUE(decide_scope("go.sum", {.generated = false, .vendored = {}}, rules).in);
  EXPECT_TRUE(decide_scope("vendor/ours.go", {.generated = {}, .vendored = false}, rules).in);
  EXPECT_EQ(decide_scope("a.go", {.generated = true, .vendored = {}}, rules).reason,
            "generated (.gitattributes linguist-generated)");
  EXPECT_EQ(decide_scope("a.go", {.generated = {}, .vendored = true}, rules).reason,
            "vendored (.gitattributes linguist-vendored)");
}

}  // namespace
}  // namespace peer
