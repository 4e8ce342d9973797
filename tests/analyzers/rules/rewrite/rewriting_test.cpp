#include <gtest/gtest.h>

#include "analyzers/examine.hpp"
#include "analyzers/fix/apply.hpp"
#include "analyzers/rules/rule_book.hpp"
#include "analyzers/rules/rule_findings.hpp"

namespace peer::rules {
namespace {

struct Answer {
  std::vector<std::string> messages,
      fixed;  ///< of each finding: what it says, and the code with its fix
  std::vector<Related> related;
};

RuleBook::Loaded load(const std::string& yaml) {
  const RuleText text{"rule.yml", yaml, Origin::user, false, {}, {}};
  return RuleBook::load(std::vector<RuleText>{text});
}

Answer ask(const std::string& yaml, const std::string& code) {
  auto loaded = load(yaml);
  for (const auto& problem : loaded.problems)
    ADD_FAILURE() << problem.line << ": " << problem.message;
  FileJob job;
  job.file.path = job.file.old_path = "a.py";
  job.after = code;
  job.whole_file = true;
  ExamineOptions options;
  options.rules = loaded.book;
  options.only_rules = true;
  Answer answer;
  for (const auto& finding : examine(job, options).findings) {
    answer.messages.push_back(finding.message);
    if (finding.fix) answer.fixed.push_back(apply_edits(code, finding.fix->edits).value_or("?"));
    answer.related.insert(answer.related.end(), finding.related.begin(), finding.related.end());
  }
  return answer;
}

std::string first_problem(const std::string& yaml) {
  const auto loaded = load(yaml);
  return loaded.problems.empty() ? "" : loaded.problems[0].message;
}

TEST(Rewriting, KeepsTheLayoutOfWhatItMoves) {
  const auto answer =
      ask("id: a\nlanguage: Python\nrule: {pattern: \"if $C:\\n    $$$B\"}\n"
          "fix: |-\n  while $C:\n      $$$B\n      break\n",
          "def f():\n    if x:\n        a(\n            1)\n        b()\n");
  ASSERT_EQ(answer.fixed.size(), 1U);
  EXPECT_EQ(answer.fixed[0],
            "def f():\n    while x:\n        a(\n            1)\n        b()\n        break\n");
}

TEST(Rewriting, ABuiltInRulesMessageShowsListsToo) {
  const auto message = [](Origin origin) {
    const std::string yaml =
        "id: a\nlanguage: Python\nrule: {pattern: 'log($$$TEXT)'}\nmessage: holds `$TEXT`\n";
    const auto loaded =
        RuleBook::load(std::vector<RuleText>{{"rule.yml", yaml, origin, false, {}, {}}});
    const auto file = parse("a.py", "log(x, 1)\n");
    const auto found = find_by_rules(file, *loaded.book);
    return found.findings.empty() ? "" : found.findings[0].message;
  };
  EXPECT_EQ(message(Origin::built_in), "holds `x, 1`");
  EXPECT_EQ(message(Origin::user), "holds ``") << "as the reference has it";
}

TEST(Rewriting, TakesTheCommaAlong) {
  const auto answer =
      ask("id: a\nlanguage: Python\nrule: {kind: keyword_argument, regex: ^b}\n"
          "fix: {template: '', expandEnd: {regex: ','}}\n",
          "f(a=1, b=2, c=3)\n");
  ASSERT_EQ(answer.fixed.size(), 1U);
  EXPECT_EQ(answer.fixed[0], "f(a=1,  c=3)\n");
}

TEST(Rewriting, RewritersNestAndTheFirstThatMatchesCounts) {
  const auto answer =
      ask("id: a\nlanguage: Python\nrule: {pattern: 'f($$$A)'}\n"
          "transform: {L: {rewrite: {source: $$$A, rewriters: [call, name], joinBy: ';'}}}\n"
          "rewriters:\n"
          "- id: call\n  rule: {pattern: g($X)}\n  transform: {I: {rewrite: {source: $X, "
          "rewriters: [call, name]}}}\n  fix: '<$I>'\n"
          "- {id: name, rule: {kind: identifier, pattern: $N}, fix: '$N!'}\n"
          "fix: h($L)\n",
          "f(a, g(g(b)), 1, c)\n");
  ASSERT_EQ(answer.fixed.size(), 1U);
  EXPECT_EQ(answer.fixed[0], "h(a!;<<b!>>;c!)\n");
}

TEST(Rewriting, RewritersThatNestWithoutEndAreBounded) {
  std::string code = "f(";
  for (int i = 0; i < 3000; ++i)
    code += "g(";
  code += "x" + std::string(3001, ')') + "\n";
  const auto answer =
      ask("id: a\nlanguage: Python\nrule: {pattern: f($A)}\n"
          "transform: {L: {rewrite: {source: $A, rewriters: [r]}}}\n"
          "rewriters: [{id: r, rule: {kind: call, pattern: $X}, transform: {I: {rewrite: {source: "
          "$X, rewriters: [r]}}}, fix: $I}]\n"
          "fix: $L\n",
          code);
  EXPECT_EQ(answer.fixed.size(), 1U);
}

TEST(Rewriting, AMessageHoldsValuesOnOneLine) {
  const auto answer =
      ask("id: a\nlanguage: Python\nrule: {pattern: f($A)}\n"
          "transform: {UP: {convert: {source: $A, toCase: upperCase}}}\nmessage: $A is $UP\n",
          "f(x)\nf([1,\n  2])\n");
  EXPECT_EQ(answer.messages, (std::vector<std::string>{"x is X", "[1, ... is [1, ..."}));
}

TEST(Rewriting, LabelsAndWhatSurroundsAMatchAreShownBesideIt) {
  const auto inside =
      ask("id: a\nlanguage: Python\nrule: {pattern: f($A), inside: {kind: while_statement, stopBy: "
          "end}}\n",
          "while 1:\n  f(x)\n");
  ASSERT_EQ(inside.related.size(), 1U);
  EXPECT_EQ(inside.related[0].at.start.line, 1U);
  const auto label =
      ask("id: a\nlanguage: Python\nrule: {pattern: f($A)}\nlabels: {A: {style: secondary, "
          "message: this one}}\n",
          "f(x)\n");
  ASSERT_EQ(label.related.size(), 1U);
  EXPECT_EQ(label.related[0].message, "this one");
}

TEST(Rewriting, WhatIsBoundNowhereIsNamed) {
  const std::string head = "id: a\nlanguage: Python\nrule: {pattern: f($ARG)}\n";
  EXPECT_EQ(first_problem(head + "transform: {N: {substring: {source: $B}}}\n"),
            "$B is used in transform and bound nowhere");
  EXPECT_EQ(first_problem(head + "transform: {ARG: {substring: {source: $ARG}}}\n"),
            "transform: ARG is made from itself");
  EXPECT_EQ(first_problem(head + "transform: {N: {rewrite: {source: $ARG, rewriters: [r]}}}\n"),
            "no rewriter is called r, which does nothing");
  EXPECT_EQ(first_problem(head + "fix: [{template: x}]\n"), "each fix of a list needs a title");
  EXPECT_EQ(first_problem(head + "rewriters: [{id: r, rule: {kind: call}}]\n"),
            "a rewriter needs id, rule and fix");
}

}  // namespace
}  // namespace peer::rules
