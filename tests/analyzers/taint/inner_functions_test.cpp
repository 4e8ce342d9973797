// Functions that stand in functions or blocks, lambdas that have a name, and code outside of
// functions.
#include <gtest/gtest.h>

#include "tests/analyzers/taint/programs.hpp"

namespace peer::taint {
namespace {

constexpr auto kTainted = Expected::tainted;
constexpr auto kVariable = Expected::variable;
constexpr auto kConstant = Expected::constant;

TEST(InnerFunctions, Python) {
  const Sample samples[] = {
      {"its parameter", "def f():\n  def g(a):\n    sink(a)\n  g(source())\n", kTainted},
      {"nobody calls it", "def f():\n  def g(a):\n    sink(a)\n  source()\n", kVariable},
      {"its result", "def f():\n  def g():\n    return source()\n  sink(g())\n", kTainted},
      {"another result", "def f():\n  def g(a):\n    return 'x'\n  sink(g(source()))\n", kConstant},
      {"one in another",
       "def f():\n  def g(a):\n    def h(b):\n      sink(b)\n    h(a)\n  g(source())\n", kTainted},
      {"a lambda with a name", "def f():\n  g = lambda a: sink(a)\n  g(source())\n", kTainted},
      {"that of another function",
       "def f():\n  def g(a):\n    sink(a)\ndef h():\n  def g(a):\n    pass\n  g(source())\n",
       kVariable},
      {"what it sees of the outer one",
       "def f():\n  a = source()\n  def g():\n    sink(a)\n  g()\n", kTainted},
  };
  judge_all("python", "a.py", samples);
}

TEST(InnerFunctions, JavaScript) {
  const Sample samples[] = {
      {"in a lambda that is exported",
       "module.exports = function (app) { function g(a) { sink(a); } app.get('/', (q) => { "
       "g(source()); }); };",
       kTainted},
      {"its result there",
       "module.exports = (app) => { function g() { return source(); } app.get('/', () => { "
       "sink(g()); }); };",
       kTainted},
      {"an arrow with a name", "function f() { const g = (a) => { sink(a); }; g(source()); }",
       kTainted},
      {"assigned", "let g; g = function (a) { sink(a); }; g(source());", kTainted},
      {"another one of that name",
       "function f() { function g(a) { sink(a); } } function h() { function g(a) {} g(source()); }",
       kVariable},
  };
  judge_all("javascript", "a.js", samples);
}

TEST(InnerFunctions, Ruby) {
  const Sample samples[] = {
      {"a method in a block",
       "helpers do\n  def g(a)\n    sink(a)\n  end\nend\nget '/' do\n  g(source())\nend\n",
       kTainted},
      {"one that is called by its name alone",
       "helpers do\n  def g\n    source()\n  end\nend\nget '/' do\n  sink(g)\nend\n", kTainted},
      {"in a block of a class",
       "class A < B\n  helpers do\n    def g\n      source()\n    end\n  end\n  get '/' do\n    "
       "sink(g)\n  end\nend\n",
       kTainted},
      {"otherwise", "case\nwhen a then sink('x')\nelse sink(source())\nend\n", kTainted},
  };
  judge_all("ruby", "a.rb", samples);
}

TEST(InnerFunctions, ThatAreObjects) {
  const Sample csharp[] = {
      {"a delegate", "class A { void F() { Action<string> g = a => sink(a); g(source()); } }",
       kTainted},
      {"a local function", "class A { void F() { string G() { return source(); } sink(G()); } }",
       kTainted},
  };
  judge_all("csharp", "A.cs", csharp);
  const Sample java[] = {
      {"a consumer",
       "class A { void f() { Consumer<String> g = a -> sink(a); g.accept(source()); } }", kTainted},
      {"a method of that name",
       "class A { void f() { Consumer<String> g = a -> sink(a); h.accept(source()); } }",
       kVariable},
  };
  judge_all("java", "A.java", java);
  const Sample go[] = {{"a func",
                        "package a\nfunc f() { g := func(a string) { sink(a) }; g(source()) }\n",
                        kTainted}};
  judge_all("go", "a.go", go);
}

TEST(InnerFunctions, ObjectsOutsideOfFunctions) {
  const std::string shop =
      "<?php\nclass S {\n  private $a;\n  function set($x) { $this->a = $x; }\n  function go() { "
      "sink($this->a); }\n}\n";
  const Sample samples[] = {
      {"what a method leaves", "$s = new S(); $s->set(source()); $s->go();\n", kTainted},
      {"a constant", "$s = new S(); $s->set('x'); $s->go();\n", kVariable},
      {"two objects", "$s = new S(); $t = new S(); $t->set(source()); $s->set('x'); $s->go();\n",
       kVariable},
  };
  judge_all("php", "a.php", samples, shop);
}

/// `case "x": case "y":` is one way.
TEST(InnerFunctions, LabelsInARow) {
  const Sample samples[] = {
      {"two labels", "switch (n) { case \"x\": case \"y\": sink(n); break; default: break; }",
       kConstant},
      {"one that runs on", "switch (n) { case \"x\": g(); case \"y\": sink(n); break; }",
       kConstant},
      {"the default runs on", "switch (n) { default: g(); case \"y\": sink(n); break; }", kTainted},
  };
  judge_all("java", "A.java", samples, "class A { void f() { String n = source(); ", " } }");
}

}  // namespace
}  // namespace peer::taint
