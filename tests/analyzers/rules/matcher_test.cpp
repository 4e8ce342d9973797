#include "analyzers/rules/match/matcher.hpp"

#include <gmock/gmock.h>

#include "analyzers/languages/language.hpp"
#include "tests/analyzers/rules/rule_fixture.hpp"

namespace peer::rules {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> js(std::string_view rule, std::string_view text) {
  return matches("JavaScript", rule, "a.js", text);
}

TEST(Matcher, APatternMatchesItsOwnCode) {
  EXPECT_THAT(js("{pattern: const a = 123}", "const a=123; var a = 123;"),
              ElementsAre("const a=123;"));
  EXPECT_THAT(js("{pattern: f(1)}", "f( 1 )\ng(1)\nf(2)"), ElementsAre("f( 1 )"));
}

TEST(Matcher, AVariableMatchesOneNamedNode) {
  EXPECT_THAT(js("{pattern: 'return $A'}", "function f() { return 123; return; }"),
              ElementsAre("return 123;"));
  EXPECT_THAT(js("{pattern: 'return $$A'}", "function f() { return; }"), ElementsAre("return;"));
}

TEST(Matcher, TheSameVariableTwiceIsTheSameCode) {
  EXPECT_THAT(js("{pattern: $A === $A}", "a === a; a === b; f(x, 1) === f(x,1); f(x) === f(y)"),
              ElementsAre("a === a", "f(x, 1) === f(x,1)"));
  EXPECT_THAT(js("{pattern: $_A === $_A}", "a === b"), ElementsAre("a === b"));
}

TEST(Matcher, AnEllipsisTakesUntilWhatFollowsMatches) {
  EXPECT_THAT(js("{pattern: 'foo($$$A, c)'}", "foo(a, b, c); foo(c); foo(a)"),
              ElementsAre("foo(a, b, c)", "foo(c)"));
  EXPECT_THAT(js("{pattern: foo($$$)}", "foo(); foo(1, 2)"), ElementsAre("foo()", "foo(1, 2)"));
  EXPECT_THAT(js("{pattern: 'if (t) { $$$A } else { $$$A }'}",
                 "if (t) { a(); b() } else { a(); b() }\nif (t) { a() } else { b() }"),
              ElementsAre("if (t) { a(); b() } else { a(); b() }"));
}

TEST(Matcher, StrictnessSaysWhatMayBeSkipped) {
  const std::string_view text = "foo(bar /* c */)\nfoo(bar,)\nfoo(baz)";
  const auto with = [&](std::string_view strictness) {
    return js("{pattern: {context: foo(bar), strictness: " + std::string(strictness) + "}}", text);
  };
  EXPECT_THAT(with("cst"), IsEmpty());
  EXPECT_THAT(with("smart"), ElementsAre("foo(bar /* c */)", "foo(bar,)"));
  EXPECT_THAT(with("ast"), ElementsAre("foo(bar,)"));
  EXPECT_THAT(with("relaxed"), ElementsAre("foo(bar /* c */)", "foo(bar,)"));
  EXPECT_THAT(with("signature"), ElementsAre("foo(bar /* c */)", "foo(bar,)", "foo(baz)"));
}

TEST(Matcher, RelationsLookAroundTheNode) {
  EXPECT_THAT(
      js("{pattern: a(), inside: {kind: if_statement, stopBy: end}}", "a(); if (x) { a() }"),
      ElementsAre("a()"));
  EXPECT_THAT(js("{kind: call_expression, has: {field: function, regex: ^x$}}", "x(); y()"),
              ElementsAre("x()"));
  EXPECT_THAT(js("{pattern: a(), inside: {kind: expression_statement, precedes: {pattern: b();}}}",
                 "a(); b(); a(); c();"),
              ElementsAre("a()"));
  EXPECT_THAT(js("{kind: expression_statement, follows: {regex: first, stopBy: end}}",
                 "first(); x(); y();"),
              ElementsAre("x();", "y();"));
}

TEST(Matcher, AnAncestorOfTheSameExtentHasItsOwnSiblings) {
  EXPECT_THAT(matches("C#",
                      "{kind: expression_statement, inside: {follows: {stopBy: end, kind: "
                      "global_statement}}}",
                      "a.cs", "int x = 1;\nf(x);"),
              ElementsAre("f(x);"));
}

TEST(Matcher, StopByARuleEndsTheSearchWithTheNodeThatMatches) {
  const auto rule =
      "{pattern: $X(), inside: {kind: function_declaration, stopBy: {kind: arrow_function}}}";
  EXPECT_THAT(
      matches(
          "JavaScript",
          "{pattern: g(), inside: {kind: function_declaration, stopBy: {kind: arrow_function}}}",
          "a.js", "function f() { g(); const h = () => { g() } }"),
      ElementsAre("g()"));
  EXPECT_FALSE(load(std::string("id: r\nlanguage: js\nrule: ") + rule).problems.size() > 0);
}

TEST(Matcher, CompositesCombine) {
  EXPECT_THAT(js("{any: [{pattern: a}, {pattern: b}]}", "a; b; c"), ElementsAre("a", "b"));
  EXPECT_THAT(js("{all: [{pattern: $A + $B}, {not: {pattern: $A + $A}}]}", "a + b; a + a"),
              ElementsAre("a + b"));
}

TEST(Matcher, UtilitiesAreSharedAndMayCallThemselvesThroughARelation) {
  const std::string rule = R"(
id: r
language: js
utils:
  lit: {any: [{kind: number}, {kind: string}]}
  deep: {any: [{matches: lit}, {kind: array, has: {matches: deep}}]}
rule: {kind: array, has: {matches: deep}}
)";
  EXPECT_THAT(scan(rule, "a.js", "[[[1]], x]"), ElementsAre("r: [[[1]], x]", "r: [[1]]", "r: [1]"));
}

TEST(Matcher, ConstraintsFilterVariables) {
  const std::string rule = R"(
id: r
language: js
rule: {pattern: $F($A)}
constraints: {F: {regex: ^log$}, A: {kind: string}}
)";
  EXPECT_THAT(scan(rule, "a.js", "log('x'); log(1); warn('x')"), ElementsAre("r: log('x')"));
}

TEST(Matcher, SelectorsSayWhatRuleObjectsCould) {
  const std::string_view text = "f(x, y); g([x])";
  EXPECT_THAT(js("{kind: 'call_expression > identifier'}", text), ElementsAre("f", "g"));
  EXPECT_THAT(js("{kind: 'arguments identifier'}", text), ElementsAre("x", "y", "x"));
  EXPECT_THAT(js("{kind: 'arguments > identifier ~ identifier'}", text), ElementsAre("y"));
  EXPECT_THAT(js("{kind: 'call_expression:has(array)'}", text), ElementsAre("g([x])"));
  EXPECT_THAT(js("{kind: 'identifier:nth-child(2)'}", text), ElementsAre("y"));
  EXPECT_THAT(js("{kind: 'array, call_expression:not(:has(array))'}", text),
              ElementsAre("f(x, y)", "[x]"));
}

TEST(Matcher, NthChildCountsNamedSiblings) {
  const std::string_view text = "[1, 2, 3, 4, 'x']";
  EXPECT_THAT(js("{kind: number, nthChild: 2}", text), ElementsAre("2"));
  EXPECT_THAT(js("{kind: number, nthChild: 2n+1}", text), ElementsAre("1", "3"));
  EXPECT_THAT(
      js("{kind: number, nthChild: {position: 1, reverse: true, ofRule: {kind: number}}}", text),
      ElementsAre("4"));
}

TEST(Matcher, RangesCountCharacters) {
  EXPECT_THAT(
      js("{kind: identifier, range: {start: {line: 0, column: 6}, end: {line: 0, column: 7}}}",
         "'h\u00e9\u00e9';a;b"),
      ElementsAre("a"));
}

TEST(Matcher, AContextWithASelectorMeansThePart) {
  EXPECT_THAT(
      matches("C", "{pattern: {context: 'void f() { gets($A); }', selector: call_expression}}",
              "a.c", "int main() { gets(x); }"),
      ElementsAre("gets(x)"));
  EXPECT_THAT(
      matches("TypeScript",
              "{pattern: {context: 'class A { $P = 1 }', selector: public_field_definition}}",
              "a.ts", "class B { x = 1; y = 2 }"),
      ElementsAre("x = 1"));
}

TEST(Matcher, DollarsAreReplacedWhereTheGrammarKnowsThemNot) {
  EXPECT_THAT(matches("Python", "{pattern: print($A)}", "a.py", "print(1)"),
              ElementsAre("print(1)"));
  EXPECT_THAT(matches("Go", "{pattern: '$A := $B'}", "a.go", "package a\nfunc f() { x := 1 }"),
              ElementsAre("x := 1"));
  EXPECT_THAT(matches("Rust", "{pattern: $A.unwrap()}", "a.rs", "fn f() { x.unwrap(); }"),
              ElementsAre("x.unwrap()"));
  EXPECT_THAT(matches("C++", "{pattern: '$A->b()'}", "a.cpp", "void f() { x->b(); }"),
              ElementsAre("x->b()"));
  EXPECT_THAT(matches("PHP", "{pattern: eval($X)}", "a.php", "<?php\neval($code);"),
              ElementsAre("eval($code)"));
  EXPECT_THAT(matches("CSS", "{pattern: '.a { color: $C; }'}", "a.css", ".a { color: red; }"),
              ElementsAre(".a { color: red; }"));
}

TEST(Matcher, WhatItBoundIsFoundByName) {
  const auto loaded = load(
      "id: r\nlanguage: js\nrule: {pattern: '$F($A, $$$REST)', inside: {kind: "
      "expression_statement}}");
  const std::string_view text = "f(a, b, c)";
  const auto file = file_of("a.js", text);
  const auto result = loaded.set.scan(file);
  ASSERT_EQ(result.matches.size(), 1U);
  const auto& captures = result.matches[0].captures;
  EXPECT_EQ(captures.text("F", text), "f");
  EXPECT_EQ(captures.text("A", text), "a");
  EXPECT_EQ(captures.list_text("REST", text), "b, c");
  EXPECT_EQ(captures.list("REST").size(), 3U);
  EXPECT_FALSE(captures.single("B"));
  ASSERT_EQ(captures.labels().size(), 1U);
  EXPECT_EQ(captures.labels()[0].text(text), "f(a, b, c)");
}

TEST(Matcher, EachCallIsLookedUpAmongTheSameDeclarations) {
  // was the name of this call declared as a function of the module `m`? which declarations could
  // say so does not depend on the name
  const auto imported = [](std::string_view extra) {
    return "{kind: call_expression, all: [{has: {field: function, pattern: $F}}, {inside: {kind: "
           "program, stopBy: end, has: {stopBy: end, "
           "kind: variable_declarator, all: [{has: {field: name, pattern: $F}}, " +
           std::string(extra) + "{has: {field: value, regex: '^require'}}]}}}]}";
  };
  const std::string_view code =
      "const a = require('m').a, b = 1, c = require('m').c, d = other('m');\n"
      "a(1); b(1); c(1); d(1); e(1); a(2); b(2); c(2); { const b = require('m').b; } b(3); a(3);\n";
  EXPECT_THAT(matches("js", imported(""), "a.js", code),
              ElementsAre("a(1)", "b(1)", "c(1)", "a(2)", "b(2)", "c(2)", "b(3)", "a(3)"));
  // a `not` that asks for what is bound
  EXPECT_THAT(
      matches("js", imported("{not: {has: {field: value, has: {stopBy: end, pattern: $F}}}}, "),
              "a.js",
              "const a = require('m').x, b = require(b), c = require('m').y;\na(1); b(1); c(1); "
              "a(2); b(2); c(2);\n"),
      ElementsAre("a(1)", "c(1)", "a(2)", "c(2)"));
  // nothing but what is bound is asked for
  EXPECT_THAT(
      matches("js",
              "{kind: call_expression, all: [{has: {field: function, pattern: $F}}, {inside: "
              "{kind: program, stopBy: end, has: "
              "{stopBy: end, any: [{kind: variable_declarator, has: {field: name, pattern: $F}}, "
              "{kind: import_specifier, has: {pattern: $F}}]}}}]}",
              "a.js", "import {x} from 'm'; const a = 1;\na(1); x(1); y(1); a(2); x(2); y(2);\n"),
      ElementsAre("a(1)", "x(1)", "a(2)", "x(2)"));
}

TEST(Matcher, WhatIsBoundBeforeMustAgree) {
  const std::string_view text = "f(a); g(a); g(b)";
  const auto file = file_of("a.js", text);
  Subject subject(file.tree()->root(), text);
  const auto compiled = [&](std::string_view rule) {
    const auto yaml = *load_yaml(rule);
    std::vector<Problem> problems;
    auto matcher = compile_matcher(*find_language("javascript"), {.rule = &yaml}, problems);
    EXPECT_THAT(problems, IsEmpty());
    return matcher;
  };
  const auto calls_of_f = compiled("{pattern: f($X)}");  // captures name what is their matcher's
  Captures captures;
  ASSERT_TRUE(calls_of_f.find(subject, subject.root(), captures));
  Captures again = captures;
  EXPECT_EQ(compiled("{pattern: g($X)}").find(subject, subject.root(), again).text(text), "g(a)");
  std::vector<std::string> all;
  compiled("{pattern: g($X)}").find_all(subject, subject.root(), [&](Node node, const Captures&) {
    all.emplace_back(node.text(text));
    return true;
  });
  EXPECT_THAT(all, ElementsAre("g(a)", "g(b)"));
}

}  // namespace
}  // namespace peer::rules
