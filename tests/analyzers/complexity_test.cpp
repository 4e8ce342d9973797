// Numbers worked out by hand from the definitions that analyzers/complexity.hpp names.
#include "analyzers/complexity.hpp"

#include <map>
#include <string>

#include <gtest/gtest.h>

#include "analyzers/languages/language.hpp"
#include "analyzers/parse/parse.hpp"

namespace peer {
namespace {

std::map<std::string, Complexity> measure(const std::string& path, const std::string& code) {
  const auto file = parse(path, code);
  const auto outline = outline_of(file);
  EXPECT_NE(file.tree(), nullptr);
  EXPECT_FALSE(file.tree()->root().has_error()) << path << "\n" << code;
  std::map<std::string, Complexity> measured;
  for (const auto& function : complexity_of(file, outline))
    measured[outline.symbols[function.symbol].name] = function.value;
  return measured;
}

/// One function that every language can say:
///   for x in items            cyclomatic +1   cognitive 1
///     if a and b or c         +1 +2           2, runs 2
///       return                                             (deep: nesting 2)
///     else if d               +1              1
///       x()
///     else                                    1
///       while e               +1              3
///         x()
/// together: cyclomatic 1 + 6 = 7, cognitive 1 + 2 + 2 + 1 + 1 + 3 = 10.
struct Same {
  const char* path;
  const char* code;
};

const Same kSame[] = {
    {"a.c",
     "void f(void) { for (;;) { if (a && b || c) { return; } else if (d) { x(); } else { while (e) "
     "{ x(); } } } }"},
    {"a.cpp",
     "void f() { for (auto i : items) { if (a and b || c) { return; } else if (d) { x(); } else { "
     "while (e) { x(); } } } }"},
    {"A.java",
     "class A { void f() { for (int i : items) { if (a && b || c) { return; } else if (d) { x(); } "
     "else { while (e) { x(); } } } } }"},
    {"a.go",
     "package a\nfunc f() { for _, i := range items { if a && b || c { return } else if d { x() } "
     "else { for e { x() } } } }\n"},
    {"a.py",
     "def f():\n    for i in items:\n        if a and b or c:\n            return\n        elif "
     "d:\n            x()\n        else:\n            while e:\n                x()\n"},
    {"a.js",
     "function f() { for (const i of items) { if (a && b || c) { return; } else if (d) { x(); } "
     "else { while (e) { x(); } } } }"},
    {"a.ts",
     "function f(): void { for (const i of items) { if (a && b || c) { return; } else if (d) { "
     "x(); } else { while (e) { x(); } } } }"},
    {"a.tsx",
     "const f = () => { for (const i of items) { if (a && b || c) { return; } else if (d) { x(); } "
     "else { while (e) { x(); } } } };"},
    {"a.rs",
     "fn f() { for i in items { if a && b || c { return; } else if d { x(); } else { while e { "
     "x(); } } } }"},
    {"a.rb",
     "def f\n  for i in items do\n    if a && b || c\n      return\n    elsif d\n      x\n    "
     "else\n      while e do\n        x\n      end\n    end\n  end\nend\n"},
    {"a.php",
     "<?php function f() { foreach ($items as $i) { if ($a && $b || $c) { return; } elseif ($d) { "
     "x(); } else { while ($e) { x(); } } } }"},
    {"a.cs",
     "class A { void f() { foreach (var i in items) { if (a && b || c) { return; } else if (d) { "
     "x(); } else { while (e) { x(); } } } } }"},
    {"a.kt",
     "fun f() { for (i in items) { if (a && b || c) { return } else if (d) { x() } else { while "
     "(e) { x() } } } }\n"},
    {"a.swift",
     "func f() { for i in items { if a && b || c { return } else if d { x() } else { while e { x() "
     "} } } }\n"},
    {"a.scala",
     "object A { def f(): Unit = { for (i <- items) { if (a && b || c) { x() } else if (d) { x() } "
     "else { while (e) { x() } } } } }\n"},
    {"a.lua",
     "function f() for i = 1, 9 do if a and b or c then return elseif d then x() else while e do "
     "x() end end end end\n"},
    {"a.sh",
     "f() {\n  for i in items; do\n    if a && b || c; then\n      return\n    elif d; then\n      "
     "x\n    else\n      while e; do\n        x\n      done\n    fi\n  done\n}\n"},
};

TEST(Complexity, IsTheSameForTheSameFunctionInEveryLanguage) {
  for (const auto& [path, code] : kSame) {
    const auto found = measure(path, code);
    ASSERT_EQ(found.count("f"), 1U) << path;
    EXPECT_EQ(found.at("f").cyclomatic, 7U) << path;
    EXPECT_EQ(found.at("f").cognitive, 10U) << path;
  }
}

/// Switch or match with two labels and a default (cyclomatic +2, cognitive +1), under it in one arm
/// a loop (+1, +2).
const Same kChoices[] = {
    {"a.c",
     "void f(int n) { switch (n) { case 1: while (a) { x(); } break; case 2: y(); break; default: "
     "z(); } }"},
    {"a.cpp",
     "void f(int n) { switch (n) { case 1: while (a) { x(); } break; case 2: y(); break; default: "
     "z(); } }"},
    {"A.java",
     "class A { void f(int n) { switch (n) { case 1: while (a) { x(); } break; case 2: y(); break; "
     "default: z(); } } }"},
    {"a.go",
     "package a\nfunc f(n int) { switch n { case 1: for a { x() }\ncase 2: y()\ndefault: z() } "
     "}\n"},
    {"a.py",
     "def f(n):\n    match n:\n        case 1:\n            while a:\n                x()\n        "
     "case 2:\n            y()\n        case _:\n            z()\n"},
    {"a.js",
     "function f(n) { switch (n) { case 1: while (a) { x(); } break; case 2: y(); break; default: "
     "z(); } }"},
    {"a.rs", "fn f(n: i32) { match n { 1 => { while a { x(); } } 2 => y(), _ => z() } }"},
    {"a.rb",
     "def f(n)\n  case n\n  when 1\n    while a do\n      x\n    end\n  when 2 then y\n  else z\n  "
     "end\nend\n"},
    {"a.php",
     "<?php function f($n) { switch ($n) { case 1: while ($a) { x(); } break; case 2: y(); break; "
     "default: z(); } }"},
    {"a.cs",
     "class A { void f(int n) { switch (n) { case 1: while (a) { x(); } break; case 2: y(); break; "
     "default: z(); break; } } }"},
    {"a.kt", "fun f(n: Int) { when (n) { 1 -> { while (a) { x() } }\n2 -> y()\nelse -> z() } }\n"},
    {"a.swift",
     "func f(n: Int) { switch n { case 1: while a { x() }\ncase 2: y()\ndefault: z() } }\n"},
    {"a.scala",
     "object A { def f(n: Int): Unit = { n match { case 1 => while (a) { x() }\ncase 2 => "
     "y()\ncase _ => z() } } }\n"},
    {"a.sh",
     "f() {\n  case $1 in\n    1) while a; do x; done ;;\n    2) y ;;\n    *) z ;;\n  esac\n}\n"},
};

TEST(Complexity, CountsASwitchOnceAndItsLabelsAsPaths) {
  for (const auto& [path, code] : kChoices) {
    const auto found = measure(path, code);
    ASSERT_EQ(found.count("f"), 1U) << path;
    EXPECT_EQ(found.at("f").cyclomatic, 4U) << path;
    EXPECT_EQ(found.at("f").cognitive, 3U) << path;
  }
}

TEST(Complexity, CountsRunsOfLikeOperatorsInOrderOfTheSource) {
  const auto cognitive = [](const std::string& condition) {
    return measure("a.js", "function f() { return " + condition + "; }").at("f").cognitive;
  };
  EXPECT_EQ(cognitive("a"), 0U);
  EXPECT_EQ(cognitive("a && b && c && d"), 1U);
  EXPECT_EQ(cognitive("a && b && c || d || e && f"), 3U);
  EXPECT_EQ(cognitive("a && !(b && c)"), 2U) << "a negated group is a run of its own";
  EXPECT_EQ(cognitive("a && (b && c)"), 1U) << "parentheses alone change nothing";
  EXPECT_EQ(cognitive("(a && b) || (c && d)"), 3U);
  EXPECT_EQ(cognitive("(a && b) === (c && d)"), 2U);
  EXPECT_EQ(cognitive("g(a && b, c && d) && e"), 3U);
  EXPECT_EQ(cognitive("a ?? b ?? c"), 0U) << "null-coalescing is shorthand";
}

TEST(Complexity, CountsHandlersTernariesAndJumps) {
  // for 1, for 2, if 3, continue OUT 1 = 7: the paper's sumOfPrimes
  EXPECT_EQ(measure("A.java",
                    "class A { int sum(int max) { int total = 0; OUT: for (int i = 1; i <= max; "
                    "++i) { for (int j = 2; j < i; "
                    "++j) { if (i % j == 0) { continue OUT; } } total += i; } return total; } }")
                .at("sum"),
            (Complexity{4, 7}));
  // if 1, for 2, while 3, catch 1, if in catch 2 = 9
  EXPECT_EQ(measure("A.java",
                    "class A { void my() { try { if (a) { for (int i = 0; i < 9; i++) { while (b) "
                    "{ } } } } catch (E | F e) { "
                    "if (c) { } } } }")
                .at("my"),
            (Complexity{6, 9}));
  EXPECT_EQ(
      measure("a.c", "int f(void) { if (a) goto out; return b ? c : d ? e : g; out: return 0; }")
          .at("f"),
      (Complexity{4, 1 + 1 + 1 + 2}));
  EXPECT_EQ(measure("a.py", "def f():\n    return 1 if a else 2\n").at("f"), (Complexity{2, 1}));
  EXPECT_EQ(
      measure("a.py", "def f():\n    for x in y:\n        pass\n    else:\n        pass\n").at("f"),
      (Complexity{2, 2}));
  EXPECT_EQ(measure("a.rs", "fn f() { 'o: loop { loop { break 'o; } } }").at("f"),
            (Complexity{3, 1 + 2 + 1}));
  EXPECT_EQ(measure("a.rs", "fn f() -> i32 { loop { break 3; } }").at("f"), (Complexity{2, 1}));
  EXPECT_EQ(
      measure("a.php", "<?php function f() { while (1) { while (2) { continue 2; } break; } }")
          .at("f"),
      (Complexity{3, 1 + 2 + 1}));
  EXPECT_EQ(measure("a.kt", "fun f() { o@ for (i in a) { for (j in b) { break@o } } }\n").at("f"),
            (Complexity{3, 4}));
  EXPECT_EQ(
      measure("a.swift", "func f() { guard let a = b else { return }\n guard c else { return } }\n")
          .at("f"),
      (Complexity{3, 2}));
  EXPECT_EQ(
      measure("a.rb",
              "def f\n  x if a\n  y unless b\n  begin\n    z\n  rescue E\n    w\n  end\nend\n")
          .at("f"),
      (Complexity{4, 3}));
  EXPECT_EQ(
      measure("a.scala",
              "object A { def f() = try { x() } catch { case a: E => y() case b: F => z() } }\n")
          .at("f"),
      (Complexity{3, 1}));
  EXPECT_EQ(
      measure("a.c", "void f(void) {\n#ifdef A\n  if (a) x();\n#else\n  if (b) y();\n#endif\n}\n")
          .at("f"),
      (Complexity{3, 1 + 2 + 1 + 2}));
  EXPECT_EQ(
      measure("a.cs", "class A { int f(int n) => n switch { 1 => 2, 3 => 4, _ => 5 }; }").at("f"),
      (Complexity{3, 1}));
  EXPECT_EQ(measure("A.java", "class A { void f() { if (a) { } else { if (b) { } } } }").at("f"),
            (Complexity{3, 1 + 1 + 2}))
      << "an if inside an else block is nested, not an else if";
}

TEST(Complexity, GivesLambdasToTheFunctionAroundThem) {
  // the paper's myMethod2: the lambda raises nesting, the if in it is 2
  EXPECT_EQ(
      measure("A.java", "class A { void f() { Runnable r = () -> { if (a) { } }; } }").at("f"),
      (Complexity{2, 2}));
  EXPECT_EQ(measure("a.go", "package a\nfunc f() { g(func() { if a { } }) }\n").at("f"),
            (Complexity{2, 2}));
  EXPECT_EQ(measure("a.rb", "def f\n  a.each { |x| y if x }\nend\n").at("f"), (Complexity{2, 2}));
  EXPECT_EQ(measure("a.js", "const f = (a) => { if (a) { } };").at("f"), (Complexity{2, 1}))
      << "the arrow is the function";
  EXPECT_EQ(measure("a.kt", "fun f() { g { if (a) { x() } } }\n").at("f"), (Complexity{2, 2}));
  EXPECT_EQ(measure("a.rs", "fn f() { g(|x| { if x { } }) }").at("f"), (Complexity{2, 2}));
}

TEST(Complexity, MeasuresANamedInnerFunctionByItselfAndForTheOuterOne) {
  const auto found = measure("a.py",
                             "def outer():\n    if a:\n        x()\n    def inner():\n        if "
                             "b:\n            y()\n    return inner\n");
  EXPECT_EQ(found.at("inner"), (Complexity{2, 1}));
  EXPECT_EQ(found.at("outer"), (Complexity{2, 1 + 2}));
  const auto decorator = measure("a.py",
                                 "def wrap(g):\n    def inner(x):\n        if x:\n            "
                                 "return g(x)\n    return inner\n");
  EXPECT_EQ(decorator.at("inner"), (Complexity{2, 1}));
  EXPECT_EQ(decorator.at("wrap"), (Complexity{1, 0}))
      << "a function that only wraps another has no complexity of its own";
}

TEST(Complexity, NestingEndsWithTheBranchThatAnInnerFunctionClosed) {
  EXPECT_EQ(
      measure("a.py",
              "def outer():\n    if a:\n        def inner():\n            x()\n    if b:\n    "
              "    y()\n")
          .at("outer"),
      (Complexity{3, 2}));
  EXPECT_EQ(
      measure("a.rb", "def f\n  if a\n    def g\n      x\n    end\n  end\n  y if b\nend\n").at("f"),
      (Complexity{3, 2}));
}

TEST(Complexity, AConditionBelongsToTheFunctionItBeganIn) {
  const auto found =
      measure("a.ts", "function outer(it) { if (a && b) { it.next = () => { if (c) { x() } } } }");
  EXPECT_EQ(found.at("next"), (Complexity{2, 1}));
  EXPECT_EQ(found.at("outer"), (Complexity{3, 1 + 1 + 3}));
}

// the grammar takes such a class for the type that the function behind it returns
TEST(Complexity, OfAClassWithoutItsEndIsNotThatOfTheFunctionBehindIt) {
  const auto file = parse("a.cpp",
                          "class A {\n  bool f(int x) { while (x) { if (x) { return x; } } return "
                          "true; }\n}\nbool g(int a) { return a; }\n");
  const auto outline = outline_of(file);
  std::map<std::string, std::uint32_t> measured;
  for (const auto& function : complexity_of(file, outline))
    measured[outline.symbols[function.symbol].name] = function.value.cognitive;
  EXPECT_EQ(measured["f"], 3U);
  EXPECT_EQ(measured["g"], 0U);
}

TEST(Complexity, SurvivesHostileNesting) {
  constexpr std::size_t kDeep = 20'000;
  std::string code = "function f() { return ";
  for (std::size_t i = 0; i < kDeep; ++i)
    code += "(a && ";
  code += "b";
  code.append(kDeep, ')');
  code += "; }";
  const auto file = parse("a.js", code);
  const auto outline = outline_of(file);
  for (const auto& function : complexity_of(file, outline))
    EXPECT_EQ(function.value.cognitive, 1U);
  std::string functions;
  for (std::size_t i = 0; i < kDeep; ++i)
    functions += "function f(){if(a){";
  const auto nested = parse("b.js", functions);
  (void)complexity_of(nested, outline_of(nested));  // must come back, soon
}

TEST(Complexity, EveryTableNamesKindsOfItsGrammar) {
  for (const auto* language : all_languages()) {
    const TSLanguage* grammar = language->grammar();
    for (const auto& branch : language->branches) {
      bool known = false;
      for (std::uint32_t id = 0; id < ts_language_symbol_count(grammar); ++id)
        known = known || branch.node == ts_language_symbol_name(grammar, static_cast<TSSymbol>(id));
      EXPECT_TRUE(known) << language->name << ": " << branch.node;
    }
  }
}

}  // namespace
}  // namespace peer
