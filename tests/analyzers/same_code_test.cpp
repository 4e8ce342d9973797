#include "analyzers/same_code.hpp"

#include <gtest/gtest.h>

#include "analyzers/parse/parse.hpp"

namespace peer {
namespace {

CodeComparison compared(const std::string& path, const std::string& before,
                        const std::string& after) {
  const auto a = parse(path, before), b = parse(path, after);
  return compare_code(a, {0, static_cast<std::uint32_t>(before.size())}, b,
                      {0, static_cast<std::uint32_t>(after.size())});
}

TEST(SameCode, LayoutAndCommentsAreNoDifference) {
  EXPECT_EQ(compared("a.c", "int f(int a){return a+1;}\n",
                     "// adds one\nint f(int a)\n{\n  return a + 1;\n}\n")
                .sameness,
            Sameness::same);
  EXPECT_EQ(compared("a.py", "def f(a):\n  return a  # x\n", "def f(a):\n    return a\n").sameness,
            Sameness::same);
  EXPECT_EQ(compared("a.go", "package a\n", "package a\n").reason, "not a byte differs");
}

TEST(SameCode, IndentationThatMeansSomethingIsOne) {
  EXPECT_EQ(compared("a.py", "def f(a):\n    if a:\n        g()\n    h()\n",
                     "def f(a):\n    if a:\n        g()\n        h()\n")
                .sameness,
            Sameness::open);
}

TEST(SameCode, ValuesAndOperatorsAloneAreAChange) {
  const auto limit =
      compared("a.c", "int f(int a) { return a < 10; }\n", "int f(int a) { return a <= 10; }\n");
  EXPECT_EQ(limit.sameness, Sameness::changed);
  EXPECT_EQ(limit.reason, "< became <=");
  EXPECT_EQ(compared("a.js", "f('a', 1);\n", "f('a', 2);\n").reason, "1 became 2");
  EXPECT_EQ(compared("a.py", "f(True, 'a b')\n", "f(False, 'a b')\n").reason, "True became False");
  EXPECT_EQ(compared("a.py", "f('a b')\n", "f('a  b')\n").reason, "'a b' became 'a  b'");
}

TEST(SameCode, WhatStandsInStringsAndMacrosCounts) {
  EXPECT_EQ(compared("a.js", "f(`a  b`);\n", "f(`a b`);\n").sameness, Sameness::changed);
  EXPECT_EQ(compared("a.js", "f(`a ${x}`);\n", "f(`a ${y}`);\n").sameness, Sameness::open);
  EXPECT_EQ(compared("a.py", "f(' a')\n", "f('a')\n").sameness, Sameness::changed);
  EXPECT_NE(compared("a.c", "FOO(1) BAR(x)\nint f(void) { return 1; }\n",
                     "FOO(2) BAR(x)\nint f(void) { return 1; }\n")
                .sameness,
            Sameness::same);
}

TEST(SameCode, OtherNamesAndOtherShapesAreForSomebodyElse) {
  EXPECT_EQ(compared("a.js", "let a = f(); g(a);\n", "let b = f(); g(b);\n").sameness,
            Sameness::open);
  EXPECT_EQ(compared("a.js", "g(f());\n", "const a = f();\ng(a);\n").sameness, Sameness::open);
  EXPECT_EQ(compared("a.js", "g(a, b);\n", "g(b, a);\n").sameness, Sameness::open);
}

TEST(SameCode, WhatDoesNotParseIsTheSameOnlyLineByLine) {
  EXPECT_EQ(compared("a.py", "def f(:\n  x\n", "def f(:  \n  x\r\n").sameness, Sameness::same);
  EXPECT_EQ(compared("a.py", "def f(:\n  x\n", "def f(:\n    x\n").sameness, Sameness::open);
  EXPECT_EQ(compared("notes.txt", "a b\n", "a  b\n").sameness, Sameness::open);
}

TEST(SameCode, OnlyWhatStandsInTheSpansCounts) {
  const std::string before = "int f() { return 1; }\nint g() { return 2; }\n";
  const std::string after = "int f() { return 9; }\nint g()  { return 2; }\n";
  const auto a = parse("a.c", before), b = parse("a.c", after);
  EXPECT_EQ(compare_code(a, {22, 43}, b, {22, 44}).sameness, Sameness::same);
  EXPECT_EQ(compare_code(a, {0, 21}, b, {0, 21}).sameness, Sameness::changed);
}

}  // namespace
}  // namespace peer
