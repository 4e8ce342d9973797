// What the reference refuses in a rule file is refused, and what it runs is run.
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "analyzers/rules/rule_book.hpp"

namespace peer::rules {
namespace {

constexpr const char* kRule = "id: r\nlanguage: js\nrule: {pattern: foo($A)}\n";

/// "runs", "runs, with a note", or "refused".
std::string outcome(const std::string& yaml) {
  const auto loaded = RuleBook::load(std::vector<RuleText>{{.name = "r.yml", .text = yaml}});
  bool noted = false;
  for (const auto& problem : loaded.problems) {
    if (problem.level == Problem::Level::error) return "refused";
    noted = true;
  }
  return noted ? "runs, with a note" : "runs";
}

std::string with(const std::string& keys) { return outcome(kRule + keys + "\n"); }
std::string object(const std::string& rule) {
  return outcome("id: r\nlanguage: js\nrule:\n  kind: number\n  " + rule + "\n");
}

TEST(Refusals, ANumberIsNoPattern) {
  for (const std::string value :
       {"1", "-0", "true", "1.5", "0x1", ".inf", "1_000", "+1", "1e3", "TRUE", "[a]"}) {
    EXPECT_EQ(object("pattern: " + value), "refused") << value;
    EXPECT_EQ(object("pattern: {context: " + value + "}"), "refused") << value;
    EXPECT_EQ(object("regex: " + value), "refused") << value;
    EXPECT_EQ(with("fix: " + value), "refused") << value;
    EXPECT_EQ(with("fix: {template: " + value + "}"), "refused") << value;
  }
  for (const std::string value : {"'1'", "\"-0\"", "yes", "2020-01-01", "!!str 1"}) {
    EXPECT_EQ(object("pattern: " + value), "runs") << value;
    EXPECT_EQ(object("regex: " + value), "runs") << value;
    EXPECT_EQ(with("fix: " + value), "runs") << value;
  }
}

TEST(Refusals, AnExpressionThatOnlyListsTextsIsReadLikeAnyOther) {
  EXPECT_EQ(object("regex: '^(foo|bar)$'"), "runs");
  EXPECT_EQ(object("regex: '\\<foo$'"), "refused");
  EXPECT_EQ(object("regex: '^(foo|bar\\>)$'"), "refused");
}

TEST(Refusals, TextsAreTexts) {
  EXPECT_EQ(with("message: [a]"), "refused");
  EXPECT_EQ(with("message: null"), "refused");
  EXPECT_EQ(with("note: {a: 1}"), "refused");
  EXPECT_EQ(with("url: [a]"), "refused");
  EXPECT_EQ(with("metadata: [a]"), "refused");
  EXPECT_EQ(with("severity: null"), "refused");
  EXPECT_EQ(with("message: 1.5\nnote: null\nurl: ~\nmetadata: {a: 1}"), "runs");
}

TEST(Refusals, ALabelNeedsItsStyle) {
  for (const std::string value : {"{A: {}}", "{A: {style: foo}}", "{A: primary}",
                                  "{A: {style: Primary}}", "[A]", "{A: null}"})
    EXPECT_EQ(with("labels: " + value), "refused") << value;
  for (const std::string value :
       {"{A: {style: primary}}", "{A: {style: secondary, message: 1, foo: 1}}", "null"})
    EXPECT_EQ(with("labels: " + value), "runs") << value;
}

TEST(Refusals, ChildrenAreCountedFromOne) {
  for (const std::string value :
       {"-1", "true", "1.5", "{position: -1}", "{position: 1, reverse: 1}", "{a: 1}"})
    EXPECT_EQ(object("nthChild: " + value), "refused") << value;
  for (const std::string value : {"1", "0", "'-1'", "{position: '-1'}", "+1", "2n+1"})
    EXPECT_EQ(object("nthChild: " + value), "runs") << value;
}

TEST(Refusals, AGlobIsWhole) {
  for (const std::string value :
       {"[1]", "['[src/a.js']", "['{a']", "['a}']", "['a\\']", "['[a-']", "['[z-a]']", "['{a,{b}']",
        "['[!]']", "['[]']", "a", "[{glob: 1}]", "[{glob: a, caseInsensitive: 1}]", "[null]"}) {
    EXPECT_EQ(with("files: " + value), "refused") << value;
    EXPECT_EQ(with("ignores: " + value), "refused") << value;
  }
  for (const std::string value :
       {"['a{b,{c,d}}']", "['a**b']", "['[]a]']", "[{glob: a, x: 1}]", "['[!a]']", "['\\{a']"})
    EXPECT_EQ(with("files: " + value), "runs") << value;
}

TEST(Refusals, WhatTheReferenceReadsPastIsNoted) {
  EXPECT_EQ(with("transform: {B: {replace: {source: $A, replace: a, by: b, extra: 1}}}"),
            "runs, with a note");
  EXPECT_EQ(with("transform: {B: {rewrite: {source: $A, rewriters: [nope]}}}"),
            "runs, with a note");
  EXPECT_EQ(with("transform: {B: 'replace($A, replace=a, by=b, extra=1)'}"), "refused");
  EXPECT_EQ(with("transform: {B: 'replace($A, replace=1, by=2)'}"), "runs");
  EXPECT_EQ(with("transform: {B: \"substring($A, startChar='1')\"}"), "runs");
  EXPECT_EQ(with("transform: {B: {replace: {source: $A, replace: 1, by: x}}}"), "refused");
  EXPECT_EQ(with("transform: {B: {replace: {source: $A, replace: a, by: 1}}}"), "refused");
}

TEST(Severities, OfAnIdCountBeforeThoseOfAll) {
  const std::string yaml = std::string(kRule) + "---\nid: q\nlanguage: js\nrule: {kind: number}\n";
  const auto severities = [&](const LoadOptions& options) {
    const auto loaded =
        RuleSet::load(std::vector<RuleText>{{.name = "r.yml", .text = yaml}}, options);
    std::string out;
    for (const auto* rule : loaded.set.rules())
      out += rule->id + (rule->severity == Severity::error ? "! " : "? ");
    return out;
  };
  EXPECT_EQ(severities({{{"r", Severity::error}, {"", std::nullopt}}}), "r! ");
  EXPECT_EQ(severities({{{"", std::nullopt}, {"r", Severity::error}}}), "r! ");
  EXPECT_EQ(severities({{{"r", std::nullopt}, {"", Severity::error}}}), "q! ");
  EXPECT_EQ(severities({{{"r", Severity::error}, {"", Severity::hint}}}), "r! q? ");
}

TEST(Refusals, ARuleWithoutAnIdIsCalledAsItsFile) {
  const auto ids = [](const std::string& yaml, std::string_view name) {
    const auto loaded = RuleBook::load(std::vector<RuleText>{{.name = name, .text = yaml}});
    std::vector<std::string> list;
    for (const auto* rule : loaded.book->set().rules())
      list.push_back(rule->id);
    return list;
  };
  const std::string one = "language: js\nrule: {pattern: foo($A)}\n";
  EXPECT_EQ(ids(one, "rules/no.foo.yml"), std::vector<std::string>{"no.foo"});
  EXPECT_EQ(ids(one + "---\nid: own\n" + one + "---\n" + one, "stem.yml"),
            (std::vector<std::string>{"stem-0", "own", "stem-2"}));
}

}  // namespace
}  // namespace peer::rules
