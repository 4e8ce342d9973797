// What the outline of each language holds, written as "kind qualified.name".
#include "analyzers/parse/outline.hpp"

#include <random>
#include <set>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "analyzers/languages/language.hpp"
#include "analyzers/parse/parse.hpp"

namespace peer {
namespace {

using ::testing::ElementsAre;

std::vector<std::string> outlined(const std::string& path, const std::string& code) {
  const auto file = parse(path, code);
  EXPECT_FALSE(file.tree()->root().has_error()) << code;
  const auto outline = outline_of(file);
  std::vector<std::string> out;
  for (const auto& symbol : outline.symbols)
    out.push_back(std::string(to_string(symbol.kind)) + " " + outline.qualified_name(symbol));
  return out;
}

TEST(Outline, AroundAPlaceNamesTheSameAsTheWhole) {
  const std::string code =
      "import os\n@decorated(lambda: 1)\nclass A(B):\n  x = [f(1) for f in fs]\n  def "
      "__init__(self): pass\n  @property\n"
      "  async def f(self):\n    def g(): return 1\n    return g\nclass C:\n  class D:\n    def "
      "h(self): return 2\nprint(A)\n";
  const auto file = parse("a.py", code);
  const auto whole = outline_of(file);
  const auto named = [](const Outline& outline, Span span) {
    const auto* symbol = outline.enclosing(span);
    return symbol == nullptr ? std::string("nothing") : outline.qualified_name(*symbol);
  };
  std::set<std::string> names;
  for (std::uint32_t i = 0; i < code.size(); ++i) {
    const std::vector<std::uint32_t> one{i};
    const auto few = outline_around(file, one);
    for (const Span span :
         {Span{i, i}, Span{i, i + 1}, Span{i, static_cast<std::uint32_t>(code.size())}})
      EXPECT_EQ(named(few, span), named(whole, span)) << i;
    names.insert(named(few, {i, i + 1}));
  }
  EXPECT_THAT(names,
              ElementsAre("A", "A.__init__", "A.f", "A.f.g", "C", "C.D", "C.D.h", "nothing"));
  const std::vector<std::uint32_t> in_h{static_cast<std::uint32_t>(code.find("return 2"))};
  const auto around = outline_around(file, in_h);
  for (const auto& symbol : around.symbols)
    EXPECT_NE(symbol.name, "g") << "what is in A is not walked through";
}

TEST(Outline, OfPython) {
  EXPECT_THAT(
      outlined("a.py",
               "import os, sys\nfrom a.b import c\nclass A(B):\n  def __init__(self): pass\n"
               "  @property\n  async def f(self):\n    def g(): pass\nsquare = lambda x: x * x\n"),
      ElementsAre("import os, sys", "import a.b", "class A", "constructor A.__init__", "method A.f",
                  "function A.f.g", "function square"));
}

TEST(Outline, OfC) {
  EXPECT_THAT(
      outlined(
          "a.c",
          "#include \"a.h\"\n#define MAX(a, b) ((a) > (b) ? (a) : (b))\nint declared(int);\n"
          "typedef struct { int x; } point;\ntypedef struct node { int x; } node;\n"
          "typedef int (*callback)(void);\nstatic char *const *f(void) { int g(int); return 0; }\n"
          "void (*signal(int n, void (*h)(int)))(int) { return h; }\nint (*pointer)(int);\nenum e "
          "{ A };\n"),
      ElementsAre("import a.h", "macro MAX", "function declared", "struct point", "struct node",
                  "type callback", "function f", "function signal", "enum e"));
}

TEST(Outline, OfCpp) {
  EXPECT_THAT(
      outlined(
          "a.cpp",
          "namespace n::m {\ntemplate <class T> struct Box<T*> : Base { operator bool() const; };\n"
          "class A {\n  A();\n  ~A() {}\n  A& operator=(const A&) = delete;\n  int "
          "(*pointer)(int);\n"
          "  friend void swap(A&, A&) {}\n  struct Inner;\n};\n}\n"
          "n::m::A::A() : x{1} {}\nbool n::m::operator==(const A& a, const A& b) { return true; }\n"
          "template <> void f<int>() {}\nusing Name = int;\nenum class Color { red };\n"),
      ElementsAre("module n::m", "struct n::m.Box", "method n::m.Box.operator bool", "class n::m.A",
                  "constructor n::m.A.A", "method n::m.A.~A",
                  "method n::m.A.operator=", "method n::m.A.swap", "constructor n::m::A.A",
                  "method n::m.operator==", "function f", "type Name", "enum Color"));
}

TEST(Outline, OfFunctionsInsideErrors) {
  const auto file = parse("a.cpp", "class ??? {\nint f() { return 1; }\nint g() { return 2; }\n");
  ASSERT_TRUE(file.tree()->root().has_error());
  EXPECT_EQ(outline_of(file).symbols.size(), 2U);
}

TEST(Outline, OfJavaScript) {
  EXPECT_THAT(
      outlined("a.js",
               "import a from 'x';\nconst f = () => {}, g = function own() {};\nexport default "
               "class A {\n"
               "  #p() {}\n  static h = async () => 1;\n  get size() { return 1; }\n}\n"
               "A.prototype.k = function () {};\nexports.m = function* () {};\n"
               "const api = { run() {}, stop: () => 1 };\nmodule.exports = function named() {};\n"
               "var Old = (function () { function Old() {} return Old; })();\nlist.map(function "
               "each(x) {});\n"
               "const Mixin = class { n() {} };\n"),
      ElementsAre("import x", "function f", "function g", "class A", "method A.#p", "method A.h",
                  "method A.size", "method A.k", "function m", "variable api", "method api.run",
                  "method api.stop", "function named", "variable Old", "function Old.Old",
                  "function each", "class Mixin", "method Mixin.n"));
}

TEST(Outline, OfTypeScript) {
  EXPECT_THAT(
      outlined(
          "a.ts",
          "import fs = require('fs');\nexport abstract class A<T> {\n  constructor(x: number) {}\n"
          "  abstract f(): void;\n  private g = (x: T): T => x;\n}\n"
          "declare function h(x: string): void;\nnamespace N { export enum E { a } }\n"
          "interface I { new (x: number): I; m?(): void; }\ntype U = 'a' | 'b';\n"),
      ElementsAre("import fs", "class A", "constructor A.constructor", "method A.f", "method A.g",
                  "function h", "module N", "enum N.E", "interface I", "constructor I.new",
                  "method I.m", "type U"));
}

TEST(Outline, OfGo) {
  EXPECT_THAT(
      outlined(
          "a.go",
          "package a\nimport (\n\t\"fmt\"\n\tx \"net/http\"\n)\ntype S[T any] struct{ a int }\n"
          "type I interface { M(int) string }\ntype A = int\nfunc (s *S[T]) P() {}\n"
          "func (S) V() {}\nfunc f() { g := func() {}; g() }\n"),
      ElementsAre("import fmt", "import net/http", "struct S", "interface I", "method I.M",
                  "type A", "method S.P", "method S.V", "function f"));
}

TEST(Outline, OfRust) {
  EXPECT_THAT(
      outlined(
          "a.rs",
          "use std::{fmt, io};\nmod inner { pub fn f() {} }\npub struct P(i32);\nenum E { A }\n"
          "impl<T> fmt::Display for a::P<T> { fn fmt(&self) {} }\nmacro_rules! m { () => {} }\n"
          "trait Q { fn g(&self) {} }\ntype X = i32;\n"),
      ElementsAre("import std::{fmt, io}", "module inner", "function inner.f", "struct P", "enum E",
                  "extension P", "method P.fmt", "macro m", "trait Q", "method Q.g", "type X"));
}

TEST(Outline, OfRuby) {
  EXPECT_THAT(
      outlined(
          "a.rb",
          "require_relative 'x'\nmodule M\n  class A::B < C\n    class << self\n      def s; end\n"
          "    end\n    def self.t; end\n    def ==(other) = true\n    attr_reader :x\n  end\nend\n"
          "def free; end\n"),
      ElementsAre("import x", "module M", "class M.A.B", "method M.A.B.s", "method M.A.B.t",
                  "method M.A.B.==", "function free"));
}

TEST(Outline, OfCSharp) {
  EXPECT_THAT(
      outlined("a.cs",
               "using System.Text;\nnamespace N;\nrecord R(int X);\nstruct S {\n"
               "  public static S operator +(S a, S b) => a;\n  ~S() {}\n  void F() { int G() => "
               "1; }\n}\n"
               "delegate void D(int x);\n"),
      ElementsAre("import System.Text", "module N", "class R", "struct S", "method S.operator +",
                  "method S.~S", "method S.F", "function S.F.G", "type D"));
}

TEST(Outline, KnowsWhatASymbolIsMadeOf) {
  const std::string code = "int  add(int a,\n         int b) {\n  return a + b;\n}\n";
  const auto file = parse("a.c", code);
  const auto outline = outline_of(file);
  ASSERT_EQ(outline.symbols.size(), 1U);
  const auto& add = outline.symbols[0];
  EXPECT_EQ(add.signature(code), "int add(int a, int b)");
  EXPECT_EQ(file.text(add.name_span), "add");
  ASSERT_TRUE(add.body.has_value());
  EXPECT_EQ(file.text(*add.body), "{\n  return a + b;\n}");
  EXPECT_EQ(file.text(add.span), code.substr(0, code.size() - 1));
}

/// The innermost function or type by looking at each.
const Symbol* enclosing_by_search(const Outline& outline, Span span) {
  const Symbol* innermost = nullptr;
  for (const auto& symbol : outline.symbols)
    if ((symbol.is_callable() || symbol.is_type()) && symbol.span.contains(span))
      innermost = &symbol;
  return innermost;
}

TEST(Outline, FindsTheEnclosingSymbolOfAnySpan) {
  std::mt19937 random(11);
  for (const auto* language : all_languages()) {
    const auto file = parse("a", std::string(language->sample), {}, {}, language);
    const auto outline = outline_of(file);
    const auto size = static_cast<std::uint32_t>(file.text().size());
    for (int round = 0; round < 300; ++round) {
      const auto begin = static_cast<std::uint32_t>(random() % (size - 1));
      const Span span{begin, begin + 1 + static_cast<std::uint32_t>(random() % (size - begin))};
      EXPECT_EQ(outline.enclosing(span), enclosing_by_search(outline, span))
          << language->name << " " << span.begin << ".." << span.end;
    }
  }
}

TEST(Outline, NestsSpansAndKeepsSourceOrder) {
  for (const auto* language : all_languages()) {
    const auto file = parse("a", std::string(language->sample), {}, {}, language);
    const auto outline = outline_of(file);
    for (std::size_t i = 0; i < outline.symbols.size(); ++i) {
      const auto& symbol = outline.symbols[i];
      if (i > 0) {
        EXPECT_LE(outline.symbols[i - 1].span.begin, symbol.span.begin) << language->name;
      }
      if (symbol.body) {
        EXPECT_TRUE(symbol.span.contains(*symbol.body)) << language->name << symbol.name;
      }
      if (!symbol.parent) continue;
      ASSERT_LT(*symbol.parent, i);
      EXPECT_TRUE(outline.symbols[*symbol.parent].span.contains(symbol.span)) << language->name;
    }
  }
}

}  // namespace
}  // namespace peer
