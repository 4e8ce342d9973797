// The other formats, in the shape in which the tools write them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/analyzers/import/words.hpp"

namespace peer::test {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

// as ESLint 9 writes it; the emoji makes offsets differ from bytes
constexpr std::string_view kScript = "var a = 1;\nif (a == \"\xF0\x9F\x98\x80\" && !!a) {\n}\n";
constexpr std::string_view kEslint = R"json([{"filePath":"/srv/a.js","messages":[
  {"ruleId":"no-var","severity":2,"message":"Unexpected var, use let or const instead.","line":1,"column":1,"nodeType":"VariableDeclaration",
   "messageId":"unexpectedVar","endLine":1,"endColumn":11,"fix":{"range":[0,3],"text":"let"}},
  {"ruleId":"eqeqeq","severity":1,"message":"Expected '===' and instead saw '=='.","line":2,"column":7,"endLine":2,"endColumn":9,
   "suggestions":[{"messageId":"replaceOperator","fix":{"range":[17,19],"text":"==="},"desc":"Use '===' instead of '=='."}]},
  {"ruleId":"no-extra-boolean-cast","severity":2,"message":"Redundant double negation.","line":2,"column":18,"endLine":2,"endColumn":21,
   "fix":{"range":[28,31],"text":"a"}},
  {"ruleId":null,"fatal":true,"severity":2,"message":"Parsing error: Unexpected token ;","line":3,"column":1}],
 "suppressedMessages":[{"ruleId":"no-x","severity":1,"message":"m","line":1,"column":5,"suppressions":[{"kind":"directive","justification":"old"}]}],
 "errorCount":3,"source":"var a = 1;\nif (a == \"\ud83d\ude00\" && !!a) {\n}\n"}])json";

TEST(Eslint, GivesMessagesFixesAndSuggestions) {
  const auto placed = placed_in(read_findings(std::string(kEslint)), std::string(kScript));
  EXPECT_THAT(all_words(placed.findings),
              ElementsAre("error eslint/no-var 1:1-1:11 Unexpected var, use let or const instead.",
                          "warning eslint/eqeqeq 2:7-2:9 Expected '===' and instead saw '=='.",
                          "error eslint/no-extra-boolean-cast 2:18-2:21 Redundant double negation.",
                          "error syntax-error 3:1-3:2 Parsing error: Unexpected token ;",
                          "warning eslint/no-x 1:5-1:6 m"));
  EXPECT_EQ(placed.inexact, 0U);
  EXPECT_EQ(placed.findings[0].fix->edits, (std::vector<Edit>{{{0, 3}, "let"}}));
  EXPECT_EQ(placed.findings[0].fix->safety, Safety::safe);
  EXPECT_EQ(placed.findings[1].fix->safety, Safety::unsafe) << "a suggestion";
  const auto span = placed.findings[2].fix->edits.at(0).span;
  EXPECT_EQ(kScript.substr(span.begin, span.size()), "!!a") << "offsets count UTF-16 units";
  EXPECT_EQ(placed.findings[4].suppressed, (Suppression{"inline", "old"}));
}

TEST(Eslint, AMarkOfByteOrderIsNotCounted) {
  const auto placed =
      placed_in(read_findings(std::string(kEslint)), "\xEF\xBB\xBF" + std::string(kScript));
  EXPECT_EQ(placed.inexact, 0U);
  EXPECT_EQ(placed.findings[0].at.span, (Span{3, 13}));
  EXPECT_EQ(placed.findings[0].fix->edits, (std::vector<Edit>{{{3, 6}, "let"}}));
}

TEST(Eslint, FixesOfATextThatChangedSinceAreNotOffered) {
  const auto placed =
      placed_in(read_findings(std::string(kEslint)), "// new\n" + std::string(kScript));
  EXPECT_EQ(placed.inexact, 5U);
  for (const auto& finding : placed.findings)
    EXPECT_FALSE(finding.fix.has_value());
}

TEST(Eslint, PathAndSourceMayStandBehindTheMessages) {
  const auto told = read_findings(
      R"([{"messages":[{"ruleId":"a","severity":1,"message":"m","line":1,"column":1}],"filePath":"x.js"},{"filePath":"y.js","messages":[]},
    {"messages":[{"ruleId":"b","severity":1,"message":"n","line":1,"column":1}],"filePath":"z.js"}])");
  ASSERT_EQ(told.findings.size(), 2U);
  EXPECT_EQ(told.findings[0].path, "x.js");
  EXPECT_EQ(told.findings[1].path, "z.js");
}

TEST(Eslint, BadRangesGiveNoFix) {
  for (const auto* range : {"[5,2]", "[-1,0]", "[0]", "[0,99999]", "\"x\"", "[0,1e300]"}) {
    const auto json = fmt::format(
        R"([{{"filePath":"a.js","messages":[{{"ruleId":"a","severity":2,"message":"m","line":1,"column":1,"fix":{{"range":{},"text":"z"}}}}]}}])",
        range);
    const auto placed = placed_in(read_findings(json), std::string(kScript));
    ASSERT_EQ(placed.findings.size(), 1U) << range;
    EXPECT_FALSE(placed.findings[0].fix.has_value()) << range;
  }
}

TEST(Checkstyle, GivesWhatLintersWrite) {
  constexpr std::string_view kXml =
      R"xml(<?xml version="1.0" encoding="utf-8"?><checkstyle version="4.3"><file name="/srv/a.js"><error line="1" column="5" severity="error" )xml"
      R"xml(message="Unexpected &apos;var&apos; &lt;x&gt;. (no-var)" source="eslint.rules.no-var" /><error line="2" severity="warning" message="long" )xml"
      R"xml(source="com.puppycrawl.tools.checkstyle.checks.sizes.LineLengthCheck"/></file><file name="b.js"></file></checkstyle>)xml";
  EXPECT_THAT(read_in(kXml, std::string(kScript)),
              ElementsAre("error eslint/no-var 1:5-1:6 Unexpected 'var' <x>.",
                          "warning checkstyle/LineLengthCheck 2:1-2:24 long"));
}

TEST(Checkstyle, CountsTabsAsCheckstyleDoes) {
  constexpr std::string_view kXml =
      R"(<checkstyle><file name="A.java"><error line="1" column="9" message="m" source="com.puppycrawl.tools.checkstyle.checks.imports.UnusedImportsCheck"/></file></checkstyle>)";
  EXPECT_THAT(read_in(kXml, "\timport x;\n", "A.java"),
              ElementsAre("warning unused-import 1:2-1:8 m"));
}

TEST(Checkstyle, EntitiesAreRefusedAndNothingIsFetched) {
  const auto bomb = read_findings(
      R"(<?xml version="1.0"?><!DOCTYPE c [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]><checkstyle><file name="&b;"/></checkstyle>)");
  EXPECT_THAT(bomb.problem, HasSubstr("declares an entity"));
  const auto outside = read_findings(
      R"(<!DOCTYPE c SYSTEM "file:///etc/passwd"><checkstyle><file name="a"><error line="1" message="m" source="s"/></file></checkstyle>)");
  EXPECT_EQ(outside.findings.size(), 1U);
  EXPECT_THAT(
      read_findings(
          R"(<!DOCTYPE c [<!ENTITY x SYSTEM "file:///etc/passwd">]><checkstyle>&x;</checkstyle>)")
          .problem,
      HasSubstr("entity"));
}

TEST(Checkstyle, WhatCameBeforeAMistakeIsThere) {
  const auto told = read_findings(
      R"(<checkstyle><file name="a"><error line="1" message="m" source="s"/><error line="2" )");
  EXPECT_EQ(told.findings.size(), 1U);
  EXPECT_THAT(told.problem, HasSubstr("line 1"));
  EXPECT_THAT(read_findings("<html><body>").problem, HasSubstr("line 1"));
  EXPECT_THAT(read_findings("<html/>").problem, HasSubstr("not checkstyle's"));
  std::string deep;
  for (int i = 0; i < 100'000; ++i)
    deep += "<a>";
  EXPECT_THAT(read_findings(deep).problem, HasSubstr("too deep"));
}

// the emoji takes four bytes: "b" is the eleventh byte of line 2
constexpr std::string_view kBytes = "let a = 1;\nf(\"\xF0\x9F\x98\x80\", b);\n";
constexpr std::string_view kDiagnostic =
    R"({"message":"no b","location":{"path":"a.js","range":{"start":{"line":2,"column":11},"end":{"line":2,"column":12}}},"severity":"WARNING",)"
    R"("source":{"name":"Super Lint"},"code":{"value":"L7"},"suggestions":[{"range":{"start":{"line":2,"column":11},"end":{"line":2,"column":12}},"text":"c"}]})";

TEST(Rdjson, CountsBytesAndTakesSuggestions) {
  const auto json = fmt::format(
      R"({{"diagnostics":[{},{{"message":"whole","location":{{"path":"a.js","range":{{"start":{{"line":1}}}}}}}},{{"message":"x"}}],"source":{{"name":"other"}},"severity":"ERROR"}})",
      kDiagnostic);
  const auto told = read_findings(json);
  EXPECT_THAT(told.notes, ElementsAre("1 diagnostic has no path"));
  const auto placed = placed_in(told, std::string(kBytes));
  EXPECT_THAT(all_words(placed.findings), ElementsAre("warning super-lint/L7 2:9-2:10 no b",
                                                      "error other/finding 1:1-1:11 whole"));
  EXPECT_EQ(placed.findings[0].fix->safety, Safety::unsafe);
  EXPECT_EQ(placed.findings[0].fix->edits, (std::vector<Edit>{{{21, 22}, "c"}}));
}

TEST(Rdjson, OfOneDiagnosticToALineGoesOnAfterABadOne) {
  const auto told = read_findings(fmt::format("{}\n{{oops\n\n{}\n", kDiagnostic, kDiagnostic));
  EXPECT_EQ(told.findings.size(), 2U);
  EXPECT_EQ(told.problem, "1 line is no JSON, the first is line 2");
}

TEST(CompilerText, OfClangCountsBytesAndKeepsNotesAndFixIts) {
  constexpr std::string_view kC =
      "struct s { int color; };\nint f(struct s *p) {\n\tint u\xC3\xA9 = 1; return p->colour;\n}\n";
  const auto told = read_findings(
      "a.c:3:28: error: no member named 'colour' in 'struct s'; did you mean 'color'?\n\tint u = "
      "1; return p->colour;\n"
      "                     ^~~~~~\nfix-it:\"a.c\":{3:25-3:31}:\"color\"\na.c:1:16: note: 'color' "
      "declared here\nfix-it:\"a.c\":{1:1-1:2}:\"x\"\n"
      "a.c:3:6: warning: unused variable [-Wunused-variable]\n1 warning and 1 error generated.\n");
  const auto placed = placed_in(told, std::string(kC), "a.c");
  ASSERT_EQ(placed.findings.size(), 2U);
  EXPECT_EQ(short_words(placed.findings[1]),
            "warning clang/unused-variable 3:6-3:8 unused variable");
  ASSERT_TRUE(placed.findings[0].fix.has_value());
  const auto span = placed.findings[0].fix->edits.at(0).span;
  EXPECT_EQ(kC.substr(span.begin, span.size()), "colour");
  EXPECT_EQ(placed.findings[0].fix->edits.size(), 1U) << "a fix-it of a note is a choice";
  ASSERT_EQ(placed.findings[0].related.size(), 1U);
  EXPECT_EQ(placed.findings[0].related[0].message, "'color' declared here");
}

TEST(CompilerText, OfGccCountsColumnsOfATerminal) {
  EXPECT_THAT(read_in("a.c: In function 'f':\na.c:1:9: error: bad thing\n",
                      "\tx = \xE6\xBC\xA2; y\n", "a.c"),
              ElementsAre("error gcc/error 1:2-1:3 bad thing"));
  EXPECT_THAT(read_in("a.c:1:17: warning: w [-Werror=foo]\n", "\tx = \xE6\xBC\xA2; y\n", "a.c"),
              ElementsAre("warning gcc/foo 1:9-1:10 w"));
}

TEST(CompilerText, OfOtherToolsIsTold) {
  EXPECT_THAT(read_in("src/a.ts(1,5): error TS2322: no.\n", "let a = 1;\n"),
              ElementsAre("error tsc/TS2322 1:5-1:6 no."));
  EXPECT_THAT(read_in("a.sh:1:1: warning: quote it [SC2086]\n", "x $y\n"),
              ElementsAre("warning shellcheck/SC2086 1:1-1:2 quote it"));
  EXPECT_THAT(read_in("a.py:1: error: no attribute  [attr-defined]\n", "x.y\n"),
              ElementsAre("error mypy/attr-defined 1:1-1:4 no attribute"));
  EXPECT_THAT(read_in("a.cc:1:1: warning: use nullptr [modernize-use-nullptr]\n", "x\n"),
              ElementsAre("warning clang-tidy/modernize-use-nullptr 1:1-1:2 use nullptr"));
}

TEST(CompilerText, OfNoToolIsAProblem) {
  EXPECT_THAT(read_findings("hello\n").problem, HasSubstr("none of the formats"));
  EXPECT_THAT(read_findings(std::string(1 << 20U, ':')).problem, HasSubstr("none of the formats"));
  EXPECT_EQ(read_findings(" \n").problem, "") << "a compiler that has nothing to say";
}

TEST(Formats, AreToldApartByWhatTheyHold) {
  for (const auto& [text, format] : std::initializer_list<std::pair<std::string, std::string>>{
           {sarif("\"results\":[]"), "SARIF"},
           {"\xEF\xBB\xBF" + sarif("\"results\":[]"), "SARIF"},
           {R"({"runs":[]})", "SARIF"},
           {R"({"source":{"name":"x"},"diagnostics":[]})", "rdjson"},
           {std::string(kDiagnostic), "rdjsonl"},
           {"[]", "ESLint JSON"},
           {"[ {\"messages\":[],\"filePath\":\"a\"}]", "ESLint JSON"},
           {"\n<checkstyle/>", "checkstyle"},
           {"[ERROR] a\nb.c:1:2: error: x\n", "compiler text"}}) {
    EXPECT_EQ(read_findings(text).format, format) << text;
    EXPECT_EQ(read_findings(text).problem, "") << text;
  }
  for (const auto* text : {"{}", "[1,2]", "[{\"a\":1}]", "{\"runs\":", "{\"version\":\"2.1.0\"}",
                           "[{", "{\"message\":1}"})
    EXPECT_NE(read_findings(text).problem, "") << text;
  EXPECT_THAT(read_findings(std::string("\0\1\2", 3)).problem, HasSubstr("binary"));
}

}  // namespace
}  // namespace peer::test
