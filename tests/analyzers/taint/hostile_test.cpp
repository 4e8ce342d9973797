// Code that was written to keep the analysis busy: every answer comes within its limit of steps.
#include <gtest/gtest.h>

#include "tests/analyzers/taint/programs.hpp"

namespace peer::taint {
namespace {

constexpr std::uint64_t kMostSteps = AnalysisLimits{}.file_steps + 1'000'000;

std::string times(std::size_t count, const std::string& text) {
  std::string all;
  for (std::size_t i = 0; i < count; ++i)
    all += text;
  return all;
}

TEST(HostileTaint, AHundredThousandParentheses) {
  const std::string nested = times(100'000, "(") + "source()" + times(100'000, ")");
  const Outcome python = judge("python", "a.py", "def f():\n  sink(" + nested + ")\n");
  ASSERT_TRUE(python.parses);
  EXPECT_EQ(python.verdict, Expected::tainted);
  const Outcome java = judge("java", "A.java", "class A { void f() { sink(" + nested + "); } }");
  ASSERT_TRUE(java.parses);
  EXPECT_EQ(java.verdict, Expected::tainted);
  const Outcome rust = judge("rust", "a.rs", "fn f() { sink(" + nested + "); }");
  ASSERT_TRUE(rust.parses);
  EXPECT_EQ(rust.verdict, Expected::tainted);
}

/// Code in a macro is tokens, however deep.
TEST(HostileTaint, MacrosInMacros) {
  constexpr std::size_t kDepth = 20'000;
  const Outcome outcome =
      judge("rust", "a.rs",
            "fn f() { let a = source(); let b = " + times(kDepth, "format!(\"{}\", ") + "a" +
                times(kDepth, ")") + "; sink(b); }");
  ASSERT_TRUE(outcome.parses);
  EXPECT_EQ(outcome.verdict, Expected::tainted);
}

/// What a short condition says of both its halves is not asked of a long one, each branch of which
/// would ask for all of it.
TEST(HostileTaint, AConditionOfThousandsOfComparisons) {
  const auto program = [](std::size_t comparisons) {
    return "function f() { const a = source(); if (" + times(comparisons, "a !== 'x' && ") +
           "a !== 'y') return; sink(a); }";
  };
  EXPECT_EQ(judge("javascript", "a.js", program(2)).verdict, Expected::constant);
  const Outcome outcome = judge("javascript", "a.js", program(20'000));
  ASSERT_TRUE(outcome.parses);
  EXPECT_EQ(outcome.verdict, Expected::tainted);
}

TEST(HostileTaint, FiftyThousandAssignments) {
  std::string code = "def f():\n  a0 = source()\n";
  for (int i = 0; i < 50'000; ++i)
    code += "  a" + std::to_string(i + 1) + " = a" + std::to_string(i) + "\n";
  const Outcome outcome = judge("python", "a.py", code + "  sink(a50000)\n");
  ASSERT_TRUE(outcome.parses);
  EXPECT_EQ(outcome.verdict, Expected::tainted);
  EXPECT_LT(outcome.steps, 1'000'000U);
}

TEST(HostileTaint, TenThousandPartsOfOneText) {
  const Outcome outcome =
      judge("javascript", "a.js",
            "function f(p) { sink('a'" + times(10'000, " + 'b'") + " + source()); }");
  ASSERT_TRUE(outcome.parses);
  EXPECT_EQ(outcome.verdict, Expected::tainted);
  EXPECT_LT(outcome.steps, 200'000U);
}

TEST(HostileTaint, BranchesInBranches) {
  std::string code = "function f(p) { let a = 'x';\n";
  for (int i = 0; i < 2'000; ++i)
    code +=
        "if (p(" + std::to_string(i) + ")) { let b" + std::to_string(i) + " = a; a = source();\n";
  const Outcome outcome = judge("javascript", "a.js", code + times(2'000, "}") + " sink(a); }");
  ASSERT_TRUE(outcome.parses);
  EXPECT_LE(outcome.steps, kMostSteps);
}

TEST(HostileTaint, TenThousandAlternatives) {
  std::string code = "function f(p) { let a = 'x'; if (p) { a = 'y'; }\n";
  for (int i = 0; i < 10'000; ++i)
    code += "else if (p == " + std::to_string(i) + ") { a = source(); }\n";
  const Outcome outcome = judge("javascript", "a.js", code + " sink(a); }");
  ASSERT_TRUE(outcome.parses);
  EXPECT_LE(outcome.steps, kMostSteps);
}

TEST(HostileTaint, LoopsInLoops) {
  std::string code = "function f(p) { let a = 'x', b = 'x', c = 'x';\n";
  for (int i = 0; i < 60; ++i)
    code += "while (p()) { c = b; b = a; a = a + source();\n";
  const Outcome outcome = judge("javascript", "a.js", code + times(60, "}") + " sink(c); }");
  ASSERT_TRUE(outcome.parses);
  EXPECT_LE(outcome.steps, kMostSteps);
}

TEST(HostileTaint, ListsThatGrow) {
  std::string code = "def f():\n  a = []\n" + times(20'000, "  a.append(source())\n");
  const Outcome outcome = judge("python", "a.py", code + "  sink(a[7])\n");
  ASSERT_TRUE(outcome.parses);
  EXPECT_EQ(outcome.verdict, Expected::tainted);
}

TEST(HostileTaint, ListsInLists) {
  const std::string code =
      "def f():\n  sink(" + times(20'000, "[") + "source()" + times(20'000, "]") + ")\n";
  const Outcome outcome = judge("python", "a.py", code);
  ASSERT_TRUE(outcome.parses);
  EXPECT_EQ(outcome.verdict, Expected::tainted);
}

TEST(HostileTaint, FunctionsThatCallEachOther) {
  std::string code;
  for (int i = 0; i < 3'000; ++i)
    code += "def f" + std::to_string(i) + "(x):\n  sink(f" + std::to_string((i + 1) % 3'000) +
            "(x) + f" + std::to_string((i * 7) % 3'000) + "(source()))\n  return x\n";
  const Outcome outcome = judge("python", "a.py", code);
  ASSERT_TRUE(outcome.parses);
  EXPECT_EQ(outcome.verdict, Expected::tainted);
  EXPECT_LE(outcome.steps, kMostSteps);
}

/// Each of whose methods sets a member of its own and calls the next one.
TEST(HostileTaint, AnObjectOfThousandsOfMembers) {
  constexpr int kMethods = 3'000;
  std::string code = "class A:\n  def __init__(self, x):\n    self.a0 = x\n";
  for (int i = 0; i < kMethods; ++i) {
    const auto number = std::to_string(i);
    code.append("  def m")
        .append(number)
        .append("(self, x):\n    self.a")
        .append(number)
        .append(" = x\n    self.m");
    code.append(std::to_string((i + 1) % kMethods)).append("(x)\n");
  }
  code.append(
      "  def last(self):\n    sink(self.a1)\ndef f():\n  a = A(1)\n  a.m1(source())\n  a.last()\n");
  const Outcome outcome = judge("python", "a.py", code);
  ASSERT_TRUE(outcome.parses);
  EXPECT_LE(outcome.steps, kMostSteps);
  EXPECT_EQ(outcome.verdict, Expected::tainted);
}

TEST(HostileTaint, WhatDoesNotParse) {
  for (const char* code :
       {"def f(:\n  sink(source()\n", "sink(", "def", "x = [(((", "sink(source())) + ]\n",
        "class A:\n  def (self): sink(\n", "f'{source(", "match x:\n case"})
    (void)judge("python", "a.py", code);
  for (const char* code :
       {"class A { void f( { sink(source()", "sink(;", "class", "void f() { x = ; sink(x"})
    for (const char* language :
         {"java", "javascript", "go", "php", "csharp", "ruby", "c", "cpp", "kotlin", "rust"})
      (void)judge(language, "a", code);
}

}  // namespace
}  // namespace peer::taint
