// `ast-grep-ignore` in a file, and other tools' words beside rules of one's own.
#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "analyzers/parse/parse.hpp"
#include "analyzers/rules/suppression.hpp"

namespace peer {
namespace {

constexpr std::array<std::string_view, 1> kRules{"r"};

/// Which of the calls foo(N) of a file `ast-grep-ignore` silences for a user's rule `r`: "x" or
/// ".".
std::string by_ast_grep(const std::string& text, bool users = true, std::string path = "a.js") {
  const auto file = parse(std::move(path), text);
  std::vector<Finding> findings;
  for (auto at = text.find("foo("); at != std::string::npos; at = text.find("foo(", at + 1)) {
    findings.emplace_back().rule = "r";
    findings.back().category = "security";
    findings.back().at =
        file.locate({static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + 4)});
  }
  (void)apply_suppressions(findings, file, Side::new_side, nullptr, [&](std::string_view) {
    return users ? RuleSource::users : RuleSource::peer;
  });
  std::string out;
  for (const auto& finding : findings)
    out += finding.suppressed ? 'x' : '.';
  return out;
}

TEST(AstGrepIgnore, MeansWhatItMeansToAstGrep) {
  EXPECT_EQ(by_ast_grep("foo(1) // ast-grep-ignore\nfoo(2)\n"), "x.");
  EXPECT_EQ(by_ast_grep("x()\n// ast-grep-ignore\nfoo(1)\nfoo(2)\n"), "x.");
  EXPECT_EQ(by_ast_grep("x()\n// ast-grep-ignore\n\nfoo(1)\n"), ".") << "the next line only";
  EXPECT_EQ(by_ast_grep("x()\n// ast-grep-ignore: q\nfoo(1)\n// ast-grep-ignore: q , r\nfoo(2)\n"),
            ".x");
  EXPECT_EQ(by_ast_grep("x()\n// ast-grep-ignore: r because\nfoo(1)\n"), "x");
  EXPECT_EQ(by_ast_grep("x()\n// ast-grep-ignore: q r\nfoo(1)\n"), ".");
  EXPECT_EQ(by_ast_grep("x()\n// please ast-grep-ignore\nfoo(1)\n//-1- ast-grep-ignored\nfoo(2)\n"),
            ".x")
      << "no letter before it";
  EXPECT_EQ(by_ast_grep("x()\n// ast-grep-ignore because\nfoo(1)\n"), "x");
  EXPECT_EQ(by_ast_grep("x()\n// ast-grep-ignore:\nfoo(1)\n"), ".") << "a list of nothing";
  EXPECT_EQ(by_ast_grep("foo(\n 3\n) // ast-grep-ignore\nfoo(4)\n"), "x.")
      << "where the statement begins";
  EXPECT_EQ(by_ast_grep("x()\n// ast-grep-ignore: r\n// ast-grep-ignore: q\nfoo(1)\n"), ".");
  EXPECT_EQ(by_ast_grep("s = 'ast-grep-ignore'\nfoo(1)\n"), ".");
  EXPECT_EQ(by_ast_grep("/* ast-grep-ignore: r */ foo(1)\nfoo(2) /* ast-grep-ignore: r */\n"),
            ".x");
}

TEST(AstGrepIgnore, OnTheFirstLineAboveAnEmptyOneIsAboutTheFile) {
  EXPECT_EQ(by_ast_grep("// ast-grep-ignore\n\nfoo(1)\nfoo(2)\n"), "xx");
  EXPECT_EQ(by_ast_grep("// ast-grep-ignore: r\n\nfoo(1)\nfoo(2)\n"), "xx");
  EXPECT_EQ(by_ast_grep("// ast-grep-ignore: q\n\nfoo(1)\n"), ".");
  EXPECT_EQ(by_ast_grep("// ast-grep-ignore\nfoo(1)\nfoo(2)\n"), "x.");
  EXPECT_EQ(by_ast_grep("// license\n// ast-grep-ignore\n\nfoo(1)\n"), ".");
  EXPECT_EQ(by_ast_grep("# ast-grep-ignore\n\nfoo(1)\n", true, "a.py"), "x");
}

TEST(AstGrepIgnore, WhatPeerKnowsOfSecurityNeedsItsNameToBeSilenced) {
  EXPECT_EQ(by_ast_grep("x()\n// ast-grep-ignore\nfoo(1)\n// ast-grep-ignore: r\nfoo(2)\n", false),
            ".x");
  EXPECT_EQ(by_ast_grep("// ast-grep-ignore\n\nfoo(1)\n", false), ".");
}

TEST(AstGrepIgnore, ALintersEverythingIsNotAboutRulesOfOnesOwn) {
  EXPECT_EQ(by_ast_grep("foo(1) # noqa\n", true, "a.py"), ".");
  EXPECT_EQ(by_ast_grep("foo(1) // eslint-disable-line\nfoo(2) // nosemgrep: r\n"), ".x");
}

TEST(AstGrepIgnore, AnUnusedOneIsToldWhereThatIsAskedFor) {
  const std::string text =
      "// ast-grep-ignore: zzz\nx();\ny(); // ast-grep-ignore\nz(); // ast-grep-ignore\n";
  const auto file = parse("a.js", text);
  std::vector<Finding> findings(1);
  findings[0].rule = "r";
  findings[0].at = file.locate({static_cast<std::uint32_t>(text.find("y()")),
                                static_cast<std::uint32_t>(text.find("y()") + 3)});
  SuppressionScope scope{kRules, [](std::string_view) { return true; },
                         [](std::uint32_t) { return true; }};
  const auto ask = [&] {
    return apply_suppressions(findings, file, Side::new_side, &scope,
                              [](std::string_view) { return RuleSource::users; });
  };
  EXPECT_TRUE(ask().empty());
  scope.ast_grep_ignores = true;
  const auto remarks = ask();
  ASSERT_EQ(remarks.size(), 2U);
  EXPECT_EQ(remarks[0].at.span, (Span{0, 23}));
  EXPECT_EQ(remarks[1].at.start.line, 4U);
  EXPECT_EQ(remarks[1].fix->edits, (std::vector<Edit>{{remarks[1].at.span, ""}}));
}

}  // namespace
}  // namespace peer
