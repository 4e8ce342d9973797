#include "analyzers/rules/suppression.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "analyzers/checks/check.hpp"
#include "analyzers/examine.hpp"
#include "analyzers/languages/language.hpp"
#include "analyzers/rules/directive.hpp"
#include "base/text.hpp"
#include "tests/patience.hpp"

namespace peer {
namespace {

constexpr std::array<std::string_view, 4> kRules{"alpha-rule", "beta-rule", "secret-key",
                                                 "unused-suppression"};

struct Outcome {
  std::vector<Finding> findings;
  std::vector<Finding> remarks;
};

/// Findings of `rule` on each of `lines`, then the suppressions of the file applied to them.
Outcome apply(const std::string& path, const std::string& text,
              std::vector<std::pair<std::uint32_t, std::string>> found,
              std::vector<std::string> not_run = {}) {
  const auto file = parse(path, text);
  Outcome out;
  for (const auto& [line, rule] : found) {
    Finding finding;
    finding.rule = rule;
    finding.category = rule == "secret-key" ? "secrets" : "correctness";
    finding.at = file.locate(file.lines().line_span(line));
    out.findings.push_back(std::move(finding));
  }
  const SuppressionScope scope{kRules,
                               [&](std::string_view rule) {
                                 return std::find(not_run.begin(), not_run.end(), rule) ==
                                        not_run.end();
                               },
                               [](std::uint32_t) { return true; }};
  out.remarks = apply_suppressions(out.findings, file, Side::new_side, &scope);
  return out;
}

/// "x" where silenced, "." where not.
std::string marks(const Outcome& outcome) {
  std::string out;
  for (const auto& finding : outcome.findings)
    out += finding.suppressed ? 'x' : '.';
  return out;
}

std::vector<std::string> messages(const Outcome& outcome) {
  std::vector<std::string> out;
  for (const auto& remark : outcome.remarks)
    out.push_back(remark.message);
  return out;
}

using Messages = std::vector<std::string>;

/// The text after the only remark's fix.
std::string fixed(const std::string& text, const Outcome& outcome) {
  if (outcome.remarks.size() != 1 || !outcome.remarks[0].fix) return "no fix";
  auto out = text;
  for (const auto& edit : outcome.remarks[0].fix->edits)
    out.replace(edit.span.begin, edit.span.size(), edit.text);
  return out;
}

TEST(Suppression, SilencesItsOwnLineAndOnlyTheRulesItNames) {
  const auto out = apply("a.py", "x = 1  # peer-ignore: alpha-rule -- a test\ny = 2\n",
                         {{1, "alpha-rule"}, {1, "beta-rule"}, {2, "alpha-rule"}});
  EXPECT_EQ(marks(out), "x..");
  EXPECT_EQ(out.findings[0].suppressed, (Suppression{"inline", "a test"}));
  EXPECT_EQ(messages(out), Messages{});
}

TEST(Suppression, AloneOnItsLineItSilencesTheNextLineOfCode) {
  const auto out = apply(
      "a.c",
      "/* peer-ignore: alpha-rule, beta-rule */\n// more\n\n/* and\nmore */\nint x;\nint y;\n",
      {{6, "alpha-rule"}, {6, "beta-rule"}, {7, "alpha-rule"}});
  EXPECT_EQ(marks(out), "xx.");
}

TEST(Suppression, WithoutIdsItSilencesEveryRule) {
  EXPECT_EQ(marks(apply("a.js", "let x // peer-ignore\n", {{1, "alpha-rule"}, {1, "secret-key"}})),
            "xx");
  EXPECT_EQ(marks(apply("a.js", "// peer-ignore -- why\nlet x\n", {{2, "alpha-rule"}})), "x");
}

TEST(Suppression, ReadsIdsWithoutTheColonButNoSentences) {
  EXPECT_EQ(marks(apply("a.js", "let x // peer-ignore alpha-rule\n", {{1, "alpha-rule"}})), "x");
  EXPECT_EQ(marks(apply("a.js", "let x // peer-ignore is handy\n", {{1, "alpha-rule"}})), ".");
  EXPECT_EQ(marks(apply("a.js", "let x // see peer-ignore: alpha-rule\n", {{1, "alpha-rule"}})),
            ".");
  EXPECT_EQ(marks(apply("a.js", "let x // my-peer-ignore: alpha-rule\n", {{1, "alpha-rule"}})),
            ".");
}

TEST(Suppression, AWholeFileIsSilencedFromItsFirstTenLines) {
  const std::string mark = "// peer-ignore-file: alpha-rule -- generated\n";
  const auto out = apply("a.go", mark + std::string(20, '\n') + "package x\n",
                         {{22, "alpha-rule"}, {22, "beta-rule"}});
  EXPECT_EQ(marks(out), "x.");
  EXPECT_EQ(out.findings[0].suppressed, (Suppression{"file", "generated"}));
  const auto late =
      apply("a.go", std::string(10, '\n') + mark + "package x\n", {{12, "alpha-rule"}});
  EXPECT_EQ(marks(late), ".");
  EXPECT_EQ(messages(late),
            Messages{"peer-ignore-file counts only within the first ten lines of a file"});
}

TEST(Suppression, TextInsideAStringIsNoComment) {
  EXPECT_EQ(marks(apply("a.py", "x = '# peer-ignore: alpha-rule'\n", {{1, "alpha-rule"}})), ".");
  EXPECT_EQ(
      marks(apply("a.js", "x = `\n// peer-ignore: alpha-rule\n`; y()\n", {{3, "alpha-rule"}})),
      ".");
  EXPECT_EQ(marks(apply("a.rb", "x = <<~E\n  # peer-ignore: alpha-rule\nE\ny\n",
                        {{3, "alpha-rule"}, {4, "alpha-rule"}})),
            "..");
}

TEST(Suppression, IsUnderstoodInTheCommentsOfEveryLanguage) {
  for (const auto* language : all_languages()) {
    std::vector<std::pair<std::string, std::string>> forms;
    for (const auto marker : language->line_comments)
      forms.emplace_back(marker, "");
    for (const auto& block : language->block_comments)
      if (block.open != "=begin") forms.emplace_back(block.open, block.close);
    if (forms.empty()) continue;
    for (const auto& [open, close] : forms) {
      const auto comment = open + " peer-ignore: alpha-rule " + close + "\n";
      const std::string start = language->name == "php" ? "<?php\n" : "";
      const auto first = static_cast<std::uint32_t>(2 + split_lines(start).size());
      auto code = std::string(language->sample);
      if (code.starts_with("<?php") || code.starts_with("#!"))
        code = code.substr(code.find('\n') + 1);
      code = code.substr(code.find_first_not_of('\n'));
      const auto out = apply("a" + std::string(language->extensions[0]), start + comment + code,
                             {{first, "alpha-rule"}});
      EXPECT_EQ(marks(out), "x") << language->name << "\n" << start + comment + code;
    }
  }
}

TEST(Suppression, FilesWithoutAGrammarHaveCommentsToo) {
  for (const std::string comment :
       {"# peer-ignore: alpha-rule", "## peer-ignore: alpha-rule", "; peer-ignore: alpha-rule",
        "-- peer-ignore: alpha-rule", "% peer-ignore: alpha-rule", "// peer-ignore: alpha-rule",
        "<!-- peer-ignore: alpha-rule -->", "/* peer-ignore: alpha-rule */"}) {
    EXPECT_EQ(marks(apply("a.unknown", "value " + comment + "\n", {{1, "alpha-rule"}})), "x")
        << comment;
    EXPECT_EQ(marks(apply("a.unknown", comment + "\nvalue\n", {{2, "alpha-rule"}})), "x")
        << comment;
  }
  EXPECT_EQ(marks(apply("a.unknown", "say peer-ignore: alpha-rule\n", {{1, "alpha-rule"}})), ".");
}

TEST(Suppression, AMacrosTextEndsWhereItsCommentBegins) {
  EXPECT_EQ(marks(apply("a.c", "#define A f() // peer-ignore: alpha-rule\nint x;\n",
                        {{1, "alpha-rule"}})),
            "x");
  EXPECT_EQ(marks(apply("a.cpp", "#define A \"peer-ignore: alpha-rule\"\n", {{1, "alpha-rule"}})),
            ".");
}

TEST(Suppression, JsxCommentsStandInBraces) {
  EXPECT_EQ(
      marks(apply("a.jsx", "const a = <p>\n  {/* peer-ignore: alpha-rule */}\n  <b/>\n</p>;\n",
                  {{3, "alpha-rule"}})),
      "x");
}

TEST(Suppression, HonoursOtherToolsWhereTheyNameOurRules) {
  const auto silenced = [](const std::string& path, const std::string& text, std::uint32_t line,
                           const std::string& rule) {
    return marks(apply(path, text, {{line, rule}})) == "x";
  };
  EXPECT_TRUE(silenced("a.py", "import os  # noqa: F401\n", 1, "unused-import"));
  EXPECT_TRUE(silenced("a.py", "import os  # noqa: E501,F401 why not\n", 1, "unused-import"));
  EXPECT_TRUE(silenced("a.py", "import os  # type: ignore # NOQA\n", 1, "unused-import"));
  EXPECT_TRUE(silenced("a.py", "# ruff: noqa: F401\nimport os\n", 2, "unused-import"));
  EXPECT_TRUE(silenced("a.py", "# flake8: noqa\nimport os\n", 2, "unused-import"));
  EXPECT_FALSE(silenced("a.py", "import os  # noqa: E501\n", 1, "unused-import"));
  EXPECT_FALSE(silenced("a.py", "# noqa\nimport os\n", 2, "unused-import"));
  EXPECT_TRUE(silenced("a.cpp", "int x; // NOLINT(alpha-rule, other)\n", 1, "alpha-rule"));
  EXPECT_TRUE(silenced("a.cpp", "int x; // ugly, NOLINT(alpha-rule)\n", 1, "alpha-rule"));
  EXPECT_TRUE(silenced("a.cpp", "// NOLINTNEXTLINE(alpha-rule)\nint x;\n", 2, "alpha-rule"));
  EXPECT_FALSE(silenced("a.cpp", "int x; // NOLINT(other)\n", 1, "alpha-rule"));
  EXPECT_FALSE(silenced("a.cpp", "int x; // NOLINTBEGIN(alpha-rule)\n", 1, "alpha-rule"));
  EXPECT_TRUE(silenced("a.ts",
                       "// eslint-disable-next-line no-x, @typescript-eslint/no-unused-vars -- y\n"
                       "import a from 'a'\n",
                       2, "unused-import"));
  EXPECT_TRUE(silenced("a.ts", "f() // eslint-disable-line alpha-rule\n", 1, "alpha-rule"));
  EXPECT_TRUE(silenced("a.py", "f()  # nosemgrep: python.lang.alpha-rule\n", 1, "alpha-rule"));
  EXPECT_TRUE(silenced("a.js", "// ast-grep-ignore: alpha-rule\nf()\n", 2, "alpha-rule"));
  EXPECT_TRUE(silenced("a.js", "f() // ast-grep-ignore\n", 1, "alpha-rule"));
}

TEST(Suppression, WhatIsWrittenAboutLintHidesNoSecret) {
  for (const std::string comment : {"# noqa", "# nosemgrep", "# ast-grep-ignore", "# NOLINT"})
    EXPECT_EQ(marks(apply("a.py", "k = 1  " + comment + "\n", {{1, "secret-key"}})), ".")
        << comment;
  EXPECT_EQ(marks(apply("a.py", "k = 1  # peer-ignore: secret-key\n", {{1, "secret-key"}})), "x");
}

TEST(Suppression, AnUnusedOneIsReportedAndItsFixRemovesIt) {
  const std::string text = "int x; /* peer-ignore: alpha-rule -- old */\nint y;\n";
  const auto out = apply("a.c", text, {{2, "alpha-rule"}});
  EXPECT_EQ(messages(out), Messages{"this comment silences nothing of alpha-rule"});
  EXPECT_EQ(out.remarks[0].rule, "unused-suppression");
  EXPECT_EQ(out.remarks[0].severity, Severity::hint);
  EXPECT_EQ(out.remarks[0].fix->safety, Safety::safe);
  EXPECT_EQ(fixed(text, out), "int x;\nint y;\n");
}

TEST(Suppression, TheFixLeavesEverythingElseAlone) {
  const auto after = [](const std::string& path, const std::string& text) {
    return fixed(text, apply(path, text, {}));
  };
  EXPECT_EQ(after("a.py", "a()\r\n  # peer-ignore: alpha-rule\r\nb()\r\n"), "a()\r\nb()\r\n");
  EXPECT_EQ(after("a.c", "f(/* peer-ignore: alpha-rule */x);\n"), "f( x);\n");
  EXPECT_EQ(after("a.py", "a()  # peer-ignore: alpha-rule"), "a()");
  EXPECT_EQ(after("a.py", "# peer-ignore: alpha-rule"), "");
  EXPECT_EQ(after("a.jsx", "x = <p>\n {/* peer-ignore: alpha-rule */}\n</p>;\n"),
            "x = <p>\n</p>;\n");
  EXPECT_EQ(after("a.rs", "/// peer-ignore: alpha-rule\nfn f() {}\n"), "fn f() {}\n");
  EXPECT_EQ(after("a.html", "<p>\n<!-- peer-ignore: alpha-rule -->\n</p>\n"), "<p>\n</p>\n");
  // a comment that says more is for people to change
  EXPECT_EQ(after("a.py", "a()  # type: ignore # peer-ignore: alpha-rule\n"), "no fix");
  EXPECT_EQ(after("a.c", "/* text\n   peer-ignore: alpha-rule\n   more */\nint x;\n"), "no fix");
}

TEST(Suppression, OnlyTheUnusedRuleOfSeveralIsTakenOut) {
  const std::string text = "int x; // peer-ignore: alpha-rule,  beta-rule -- why\n";
  const auto out = apply("a.c", text, {{1, "beta-rule"}});
  EXPECT_EQ(messages(out), Messages{"this comment silences nothing of alpha-rule"});
  EXPECT_EQ(fixed(text, out), "int x; // peer-ignore: beta-rule -- why\n");
}

TEST(Suppression, NothingIsCalledUnusedThatWasNotLookedFor) {
  EXPECT_EQ(messages(apply("a.py", "a()  # peer-ignore: alpha-rule\n", {}, {"alpha-rule"})),
            Messages{});
  EXPECT_EQ(messages(apply("a.py", "a()  # peer-ignore\n", {}, {"alpha-rule"})), Messages{});
  EXPECT_EQ(messages(apply("a.py", "a()  # peer-ignore\n", {})),
            Messages{"this comment silences nothing"});
  EXPECT_EQ(messages(apply("a.py", "a()  # peer-ignore: ruff/F401, my.tool:x\n", {})), Messages{});
  EXPECT_EQ(messages(apply("a.py", "a()  # noqa: F401\n", {})), Messages{});
}

TEST(Suppression, AnUnknownRuleIsNamedWithTheNearest) {
  const auto out = apply("a.py", "a()  # peer-ignore: alpah-rule, zzzzzz\n", {{1, "alpha-rule"}});
  EXPECT_EQ(marks(out), ".");
  EXPECT_EQ(messages(out),
            (Messages{"no rule is called \"alpah-rule\"; did you mean \"alpha-rule\"?",
                      "no rule is called \"zzzzzz\""}));
}

TEST(Suppression, TheRemarkItselfCanBeSilenced) {
  const auto out =
      apply("a.py", "# peer-ignore-file: unused-suppression\na()  # peer-ignore: alpha-rule\n", {});
  ASSERT_EQ(out.remarks.size(), 1U);
  EXPECT_TRUE(out.remarks[0].suppressed.has_value());
}

TEST(Suppression, IsPartOfExaminingAFile) {
  FileJob job;
  job.file.path = job.file.old_path = "a.py";
  job.after =
      "# peer-ignore: merge-conflict-marker -- an example\n<<<<<<< a\n1\n=======\n2\n>>>>>>> b\n"
      "x = 1  # peer-ignore: merge-conflict-marker\n";
  job.whole_file = true;
  const auto has = [](const FileReview& review, std::string_view rule, bool suppressed) {
    return std::count_if(review.findings.begin(), review.findings.end(), [&](const Finding& f) {
      return f.rule == rule && f.suppressed.has_value() == suppressed;
    });
  };
  const auto review = examine(job, {});
  EXPECT_EQ(has(review, "merge-conflict-marker", true), 1);
  EXPECT_EQ(has(review, "unused-suppression", false), 1);
  for (const auto& finding : review.findings) {
    EXPECT_FALSE(finding.fingerprint.empty());
    EXPECT_FALSE(finding.frame.lines.empty());
    EXPECT_TRUE(finding.in_change);
  }
  ExamineOptions without;
  without.disabled_rules = {"merge-conflict-marker"};
  EXPECT_EQ(has(examine(job, without), "unused-suppression", false), 0);
  without.disabled_rules = {"unused-suppression"};
  EXPECT_EQ(has(examine(job, without), "unused-suppression", false), 0);
  ExamineOptions security;
  security.security_only = true;
  EXPECT_EQ(has(examine(job, security), "unused-suppression", false), 0);
  // in a change, what was not looked at is not called unused
  job.whole_file = false;
  job.before = job.after;
  EXPECT_EQ(has(examine(job, {}), "unused-suppression", false), 0);
}

TEST(Suppression, HostileFilesCostLittle) {
  const auto repeated = [](const std::string& part) {
    std::string text;
    while (text.size() < (1U << 20U) - 100)
      text += part;
    return text;
  };
  for (const std::string path : {"a.c", "a.py", "a.go", "a.unknown", "a.html"}) {
    for (const std::string part :
         {"/*peer-ignore*/", "// peer-ignore: a-b\n", "# noqa", "# peer-ignore: a-b\n/*\n",
          "peer-ignore", "<!-- peer-ignore: x-y -->", "(/*NOLINT(",
          "# peer-ignore: a-b, c-d, e-f\n\n", "//NOLINT ", "/*ast-grep-ignore*/",
          "# ast-grep-ignore: a,b\n", "(/* ast-grep-ignore */", "#nosec ", "# nosec B101\n",
          "//#nosec G101\n", "if a { //nolint:gosec\n", "a(). //nolint:gosec\n"}) {
      const auto file = parse(path, repeated(part), {.budget = std::chrono::milliseconds(200)});
      std::vector<Finding> findings(2000);
      for (auto& finding : findings) {
        finding.rule = "alpha-rule";
        finding.at = file.locate({0, 1});
      }
      const SuppressionScope scope{kRules, [](std::string_view) { return true; },
                                   [](std::uint32_t) { return true; }};
      const auto begin = std::chrono::steady_clock::now();
      (void)apply_suppressions(findings, file, Side::new_side, &scope);
      EXPECT_LT(std::chrono::steady_clock::now() - begin, patience(std::chrono::seconds(4)))
          << path << " " << part;
    }
  }
}

TEST(Suppression, SurvivesWhateverItIsGiven) {
  constexpr std::array<std::string_view, 24> kParts{"peer-ignore",
                                                    "peer-ignore-file",
                                                    ":",
                                                    " ",
                                                    "--",
                                                    "alpha-rule",
                                                    ",",
                                                    "\n",
                                                    "\r\n",
                                                    "/*",
                                                    "*/",
                                                    "//",
                                                    "#",
                                                    "<!--",
                                                    "-->",
                                                    "noqa",
                                                    "NOLINT(",
                                                    ")",
                                                    "eslint-disable-line",
                                                    "{",
                                                    "}",
                                                    "'",
                                                    "x",
                                                    "\xFF"};
  std::mt19937 random(3);
  for (int round = 0; round < 3000; ++round) {
    std::string text;
    for (auto n = random() % 40; n > 0; --n)
      text += kParts[random() % kParts.size()];
    const std::array<std::string, 4> paths{"a.c", "a.py", "a.jsx", "a.unknown"};
    const auto path = paths[random() % paths.size()];
    const auto lines = LineIndex(text).line_count();
    const auto out =
        apply(path, text, {{1 + static_cast<std::uint32_t>(random()) % (lines + 1), "alpha-rule"}});
    for (const auto& remark : out.remarks) {
      ASSERT_LE(remark.at.span.end, text.size());
      ASSERT_LE(remark.at.span.begin, remark.at.span.end);
      if (!remark.fix) continue;
      for (const auto& edit : remark.fix->edits) {
        ASSERT_LE(edit.span.begin, edit.span.end);
        ASSERT_LE(edit.span.end, text.size());
      }
    }
  }
}

}  // namespace
}  // namespace peer
