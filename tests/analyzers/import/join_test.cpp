// Other tools' findings among our own: one finding for one thing, and fixes proved like our own.
#include "analyzers/import/join.hpp"

#include <algorithm>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "analyzers/fix/rounds.hpp"
#include "tests/analyzers/import/words.hpp"

namespace peer::test {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

Finding imported(const SourceFile& file, std::string_view rule, std::string_view marked,
                 std::string_view tool, std::vector<int> cwe = {}) {
  const auto at = static_cast<std::uint32_t>(file.text().find(marked));
  Finding finding;
  finding.rule = rule;
  finding.category = "maintainability";
  finding.path = file.path();
  finding.at = file.locate({at, at + static_cast<std::uint32_t>(marked.size())});
  finding.message = "says " + std::string(rule);
  finding.tools = {std::string(tool)};
  finding.cwe = std::move(cwe);
  return finding;
}

/// A whole file, or with `added` a change of which these lines are new.
FileJob job_of(const std::string& path, std::string text, std::vector<LineRange> added = {}) {
  FileJob job;
  job.file.path = job.file.old_path = path;
  job.whole_file = added.empty();
  if (!added.empty()) {
    Hunk hunk;
    hunk.new_lines = {1, 100};
    hunk.added = std::move(added);
    job.file.hunks = {hunk};
    job.before = "";
  }
  job.after = std::move(text);
  return job;
}

std::vector<std::string> said(const FileReview& review) {
  std::vector<std::string> all;
  for (const auto& finding : review.findings) {
    std::string words = finding.rule;
    for (const auto& tool : finding.tools)
      words += " " + tool;
    all.push_back(words);
  }
  return all;
}

const std::string kPython = "import json\n\n\ndef f(a):\n    return eval(a)\n";

TEST(Join, CompletesWhatItAdds) {
  auto job = job_of("a.py", kPython);
  const auto file = text_file("a.py", kPython);
  job.imported = {imported(file, "lint/no-eval", "eval(a)", "lint 1")};
  const auto review = examine(job, {});
  const auto it = std::find_if(review.findings.begin(), review.findings.end(),
                               [](const Finding& f) { return f.rule == "lint/no-eval"; });
  ASSERT_NE(it, review.findings.end());
  EXPECT_EQ(it->symbol, "f");
  EXPECT_EQ(it->fingerprint.size(), 16U);
  EXPECT_THAT(it->frame.lines, ::testing::Contains("    return eval(a)"));
  EXPECT_TRUE(it->in_change);
}

TEST(Join, OnlyWhatStandsOnAddedLinesIsInTheChange) {
  auto job = job_of("a.py", kPython, {{5, 1}});
  const auto file = text_file("a.py", kPython);
  job.imported = {imported(file, "lint/x", "def f", "lint"),
                  imported(file, "lint/y", "eval", "lint")};
  const auto review = examine(job, {});
  int seen = 0;
  for (const auto& finding : review.findings) {
    if (finding.rule.starts_with("lint/")) {
      EXPECT_EQ(finding.in_change, finding.rule == "lint/y");
      ++seen;
    }
  }
  EXPECT_EQ(seen, 2);
}

TEST(Join, TheSameOfAToolAndOfOursIsOneFinding) {
  const std::string unused = "import json\n\nprint(1)\n";
  auto job = job_of("a.py", unused);
  const auto file = text_file("a.py", unused);
  job.imported = {imported(file, "unused-import", "import json", "ruff 0.4"),
                  imported(file, "pyflakes/F401", "json", "pyflakes")};
  const auto review = examine(job, {});
  EXPECT_THAT(said(review), ElementsAre("unused-import peer ruff 0.4 pyflakes"));
  EXPECT_TRUE(review.findings[0].fix.has_value()) << "our fix stays";
  EXPECT_EQ(review.findings[0].fingerprint,
            examine(job_of("a.py", unused), {}).findings.at(0).fingerprint);
}

TEST(Join, TheSameOfTwoToolsIsOneFindingAndOfOneToolStaysTwo) {
  auto job = job_of("a.py", "x = run(a, run(b))\ny = 1\n");
  const auto file = text_file("a.py", *job.after);
  const auto add = [&](std::string_view rule, std::string_view marked, std::string_view tool,
                       std::vector<int> cwe = {}) {
    job.imported.push_back(imported(file, rule, marked, tool, std::move(cwe)));
  };
  add("bandit/B602", "run(a, run(b))", "bandit 1.7", {78});
  add("semgrep/shell", "run(a", "semgrep 1", {77});
  EXPECT_THAT(said(examine(job, {})), ElementsAre("bandit/B602 bandit 1.7 semgrep 1"))
      << "one class of weakness";
  job.imported.clear();
  add("lint/r", "run(a, run(b))", "lint");
  add("lint/r", "run(b)", "lint");
  add("lint/r", "run(b)", "lint");
  EXPECT_THAT(said(examine(job, {})), ElementsAre("lint/r lint", "lint/r lint"))
      << "the third is the second again";
  job.imported.clear();
  add("a/other", "run(a", "a", {79});
  add("b/rule", "run(a", "b", {89});
  EXPECT_THAT(said(examine(job, {})), UnorderedElementsAre("a/other a", "b/rule b"));
  job.imported.clear();
  add("a/r", "x = run", "a");
  add("b/r", "y = 1", "b");
  EXPECT_EQ(examine(job, {}).findings.size(), 2U) << "on different lines";
}

TEST(Join, WhatPeerWroteEarlierIsWhatItSaysNow) {
  const std::string unused = "import json\n\nprint(1)\n";
  auto job = job_of("a.py", unused);
  job.imported = {imported(text_file("a.py", unused), "unused-import", "json", "peer 0.1.0")};
  EXPECT_THAT(said(examine(job, {})), ElementsAre("unused-import"));
}

TEST(Join, FingerprintsDiffer) {
  auto job = job_of("a.py", "f(1)\nf(1)\nf(1)\n");
  const auto file = text_file("a.py", *job.after);
  for (std::uint32_t i = 0; i < 3; ++i) {
    auto finding = imported(file, "lint/x", "f(1)", "lint");
    finding.at = file.locate({i * 5, i * 5 + 4});
    job.imported.push_back(finding);
  }
  const auto findings = examine(job, {}).findings;
  ASSERT_EQ(findings.size(), 3U);
  EXPECT_NE(findings[0].fingerprint, findings[1].fingerprint);
  EXPECT_NE(findings[1].fingerprint, findings[2].fingerprint);
}

TEST(Join, CommentsAndOptionsSilence) {
  auto job = job_of("a.py", "x = eval(a)  # peer-ignore: lint/no-eval -- known\ny = exec(a)\n");
  const auto file = text_file("a.py", *job.after);
  job.imported = {imported(file, "lint/no-eval", "eval(a)", "lint"),
                  imported(file, "lint/no-exec", "exec(a)", "lint")};
  const auto review = examine(job, {});
  ASSERT_EQ(review.findings.size(), 2U);
  EXPECT_EQ(review.findings[0].suppressed, (Suppression{"inline", "known"}));
  EXPECT_FALSE(review.findings[1].suppressed.has_value());
  ExamineOptions options;
  options.disabled_rules = {"lint/no-exec"};
  EXPECT_THAT(said(examine(job, options)), ElementsAre("lint/no-eval lint"));
  options.security_only = true;
  EXPECT_THAT(examine(job, options).findings, IsEmpty());
  job.imported[0].category = "security";
  EXPECT_THAT(said(examine(job, options)), ElementsAre("lint/no-eval lint"));
}

TEST(Join, WhatDoesNotFitTheTextIsLeftOut) {
  auto job = job_of("a.py", "x = 1\n");
  Finding finding;
  finding.rule = "lint/x";
  finding.at.span = {4, 4000};
  job.imported = {finding};
  EXPECT_THAT(examine(job, {}).findings, IsEmpty());
}

TEST(Join, CrowdedLinesTakeBoundedTime) {
  auto job = job_of("a.py", "x = 1\n");
  const auto file = text_file("a.py", *job.after);
  for (int i = 0; i < 20'000; ++i) {
    auto finding = imported(file, "lint/x", "x = 1", i % 2 == 0 ? "lint" : "other");
    finding.message += std::to_string(i);
    job.imported.push_back(std::move(finding));
  }
  EXPECT_GT(examine(job, {}).findings.size(), 1U);
}

// fixes
// ---------------------------------------------------------------------------------------------

Examine examiner() {
  return [](const FileJob& job) { return examine(job, {}); };
}

Fix fix_at(const SourceFile& file, std::string_view marked, std::string text,
           Safety safety = Safety::safe) {
  const auto at = static_cast<std::uint32_t>(file.text().find(marked));
  return {"fix",
          {{{at, at + static_cast<std::uint32_t>(marked.size())}, std::move(text)}},
          safety,
          "import:lint",
          {}};
}

TEST(ImportedFix, IsAppliedOnceItsProofHolds) {
  auto job = job_of("a.js", "var a = 1;\nvar b = 2;\n");
  const auto file = text_file("a.js", *job.after);
  job.imported = {imported(file, "eslint/no-var", "var a = 1;", "eslint"),
                  imported(file, "eslint/no-var", "var b = 2;", "eslint")};
  job.imported[0].fix = fix_at(file, "var a", "let a");
  job.imported[1].fix = fix_at(file, "var b", "let b");
  const auto result = run_rounds(
      job, [](const Finding&) { return Wish::apply; }, examiner());
  EXPECT_EQ(result.bytes, "let a = 1;\nlet b = 2;\n");
  for (const auto& tried : result.fixes) {
    EXPECT_EQ(tried.outcome, FixOutcome::applied);
    EXPECT_TRUE(tried.proof.holds());
  }
  EXPECT_THAT(result.review.findings, IsEmpty());
}

TEST(ImportedFix, ThatBreaksTheSyntaxIsRejected) {
  auto job = job_of("a.js", "var a = 1;\nvar b = 2;\n");
  const auto file = text_file("a.js", *job.after);
  job.imported = {imported(file, "eslint/x", "var a = 1;", "eslint"),
                  imported(file, "eslint/y", "var b = 2;", "eslint")};
  job.imported[0].fix = fix_at(file, "var a = 1", "var a = (");
  job.imported[1].fix = fix_at(file, "var b", "let b");
  const auto result = run_rounds(
      job, [](const Finding&) { return Wish::apply; }, examiner());
  EXPECT_EQ(result.bytes, "var a = 1;\nlet b = 2;\n");
  ASSERT_EQ(result.fixes.size(), 2U);
  EXPECT_EQ(result.fixes[0].outcome, FixOutcome::failed);
  EXPECT_EQ(result.fixes[0].proof.failure()->step, ProofStep::parses);
}

TEST(ImportedFix, ThatBringsAFindingOfOursIsRejected) {
  auto job = job_of("a.py", "x = 1\n");
  const auto file = text_file("a.py", *job.after);
  job.imported = {imported(file, "lint/x", "x = 1", "lint")};
  job.imported[0].fix = fix_at(file, "x = 1", "import json\nx = 1");
  const auto result = run_rounds(
      job, [](const Finding&) { return Wish::apply; }, examiner());
  EXPECT_EQ(result.bytes, "x = 1\n");
  EXPECT_EQ(result.fixes.at(0).proof.failure()->step, ProofStep::nothing_new);
}

TEST(ImportedFix, OfWhatOurRuleSaysTooMustSatisfyOurRule) {
  auto job = job_of("a.js", "debugger;\nf();\n");
  const auto file = text_file("a.js", *job.after);
  job.imported = {imported(file, "debug-leftover", "debugger;", "eslint 9")};
  job.imported[0].fix = fix_at(file, "debugger;", "debugger ;");
  const auto clears = run_rounds(
      job, [](const Finding&) { return Wish::apply; }, examiner());
  ASSERT_EQ(clears.fixes.size(), 1U);
  if (clears.fixes[0].fix.origin == "import:lint") {  // our rule offers no fix of its own
    EXPECT_EQ(clears.fixes[0].outcome, FixOutcome::failed);
    EXPECT_EQ(clears.fixes[0].proof.failure()->step, ProofStep::clears);
    EXPECT_EQ(clears.bytes, *job.after);
  } else {
    EXPECT_EQ(clears.fixes[0].outcome, FixOutcome::applied);
  }
}

TEST(ImportedFix, ThatOverlapsAnotherWaitsOrIsLeft) {
  auto job = job_of("a.js", "var a = !!b;\n");
  const auto file = text_file("a.js", *job.after);
  job.imported = {imported(file, "eslint/no-var", "var a = !!b;", "eslint"),
                  imported(file, "eslint/cast", "!!b", "eslint"),
                  imported(file, "eslint/other", "a", "eslint")};
  job.imported[0].fix = fix_at(file, "var", "let");
  job.imported[1].fix = fix_at(file, "!!b", "b");
  job.imported[2].fix = fix_at(file, "var a", "const a");
  const auto result = run_rounds(
      job, [](const Finding&) { return Wish::apply; }, examiner());
  EXPECT_TRUE(result.bytes == "let a = b;\n" || result.bytes == "const a = b;\n") << result.bytes;
}

TEST(ImportedFix, FindingsWithoutFixesMoveAlong) {
  auto job = job_of("a.js", "var a = 1;\nf(b);\n");
  const auto file = text_file("a.js", *job.after);
  job.imported = {imported(file, "eslint/no-var", "var a = 1;", "eslint"),
                  imported(file, "eslint/no-f", "f(b)", "eslint")};
  job.imported[0].fix = fix_at(file, "var a = 1;", "const a = 1; // longer\n");
  const auto result = run_rounds(
      job, [](const Finding&) { return Wish::apply; }, examiner());
  ASSERT_EQ(result.review.findings.size(), 1U);
  EXPECT_EQ(result.review.findings[0].rule, "eslint/no-f");
  EXPECT_EQ(std::string_view(result.bytes).substr(result.review.findings[0].at.span.begin, 4),
            "f(b)");
}

}  // namespace
}  // namespace peer::test
