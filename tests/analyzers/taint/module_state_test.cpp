// What functions leave in variables of the file for each other.
#include <gtest/gtest.h>

#include "tests/analyzers/taint/programs.hpp"

namespace peer::taint {
namespace {

constexpr auto kTainted = Expected::tainted;
constexpr auto kVariable = Expected::variable;
constexpr auto kConstant = Expected::constant;

TEST(ModuleState, C) {
  const Sample samples[] = {
      {"written by one, read by another",
       "static char *a; void f(void) { a = source(); } void g(void) { f(); sink(a); }", kTainted},
      {"by a third that calls both",
       "static char *a; void f(void) { a = source(); } void g(void) { sink(a); } int main(void) { "
       "f(); g(); }",
       kTainted},
      {"copied into",
       "static char a[9]; void f(void) { strcpy(a, source()); } void g(void) { f(); sink(a); }",
       kTainted},
      {"a macro from elsewhere",
       "void f(void) { strcpy(PLACE, source()); } void g(void) { f(); sink(PLACE); }", kConstant},
      {"a variable in capitals",
       "static char PLACE[9]; void f(void) { strcpy(PLACE, source()); } void g(void) { f(); "
       "sink(PLACE); }",
       kTainted},
      {"a member",
       "static struct s a; void f(void) { a.b = source(); } void g(void) { f(); sink(a.b); }",
       kTainted},
      {"a variable of its own",
       "static char *a = \"x\"; void f(void) { char *a = source(); } void g(void) { f(); sink(a); "
       "}",
       kConstant},
      {"written again before",
       "static char *a; void f(void) { a = source(); } void g(void) { f(); a = \"x\"; sink(a); }",
       kConstant},
      {"of what it is given",
       "static char *a; void f(char *b) { a = b; } void g(void) { f(\"x\"); sink(a); }", kVariable},
  };
  judge_all("c", "a.c", samples);
}

TEST(ModuleState, Others) {
  const Sample python[] = {
      {"global", "a = None\ndef f():\n  global a\n  a = source()\ndef g():\n  f()\n  sink(a)\n",
       kTainted},
      {"without", "a = 'x'\ndef f():\n  a = source()\ndef g():\n  f()\n  sink(a)\n", kConstant},
  };
  judge_all("python", "a.py", python);
  const Sample javascript[] = {
      {"let", "let a = 'x';\nfunction f() { a = source(); }\nfunction g() { f(); sink(a); }\n",
       kTainted},
      {"its own",
       "let a = 'x';\nfunction f() { let a = source(); }\nfunction g() { f(); sink(a); }\n",
       kConstant},
  };
  judge_all("javascript", "a.js", javascript);
  const Sample go[] = {
      {"a package's variable",
       "package a\nvar a string\nfunc f() { a = source() }\nfunc g() { f(); sink(a) }\n", kTainted},
      {"another key of an empty map",
       "package a\nfunc f() { m := map[string]string{}; m[\"a\"] = \"x\"; m[\"b\"] = source(); "
       "sink(m[\"a\"]) }\n",
       kConstant},
      {"through a pointer",
       "package a\nfunc f(a *string) { *a = source() }\nfunc g() { var x string; f(&x); sink(x) "
       "}\n",
       kTainted}};
  judge_all("go", "a.go", go);
  const Sample php[] = {{"global",
                         "<?php\nfunction f() { global $a; $a = source(); }\nfunction g() { global "
                         "$a; f(); sink($a); }\n",
                         kTainted}};
  judge_all("php", "a.php", php);
}

TEST(ModuleState, OneImplementation) {
  const Sample java[] = {
      {"of an interface",
       "interface I { void f(String a); } class A implements I { public void f(String a) { "
       "sink(a); } } class B { private I i; void g() { i.f(source()); } }",
       kTainted},
      {"its result",
       "interface I { String f(String a); } class A implements I { public String f(String a) { "
       "return \"x\"; } } class B { private I i; void g() { sink(i.f(source())); } }",
       kConstant},
      {"what a stream reads",
       "class A { void f() { byte[] b = new byte[9]; in(source()).read(b); sink(new String(b)); } "
       "}",
       kTainted},
      {"of two",
       "interface I { String f(String a); } class A implements I { public String f(String a) { "
       "return \"x\"; } } class C implements I { public String f(String a) { return a; } } class B "
       "{ private I i; void g() { sink(i.f(source())); } }",
       kTainted},
  };
  judge_all("java", "A.java", java);
}

TEST(OwnFunctions, GivenConstants) {
  const Sample javascript[] = {
      {"another branch",
       "function pick(x, kind) { switch (kind) { case 'a': return x; default: return 'fixed'; } } "
       "function f() { sink(pick(source(), 'b')); }",
       kConstant},
      {"this branch",
       "function pick(x, kind) { switch (kind) { case 'a': return x; default: return 'fixed'; } } "
       "function f() { sink(pick(source(), 'a')); }",
       kTainted},
      {"both, one after the other",
       "function pick(x, kind) { if (kind) { return x; } return 'fixed'; } function f() { "
       "pick(source(), true); sink(pick(source(), false)); }",
       kConstant},
      {"not a constant",
       "function pick(x, kind) { if (kind == 'a') { return x; } return 'fixed'; } function f(k) { "
       "sink(pick(source(), k)); }",
       kTainted},
      {"a function that calls itself",
       "function pick(x, n) { if (n == 0) { return x; } return pick(x, 0); } function f() { "
       "sink(pick(source(), 1)); }",
       kTainted},
  };
  judge_all("javascript", "a.js", javascript);
}

TEST(OwnFunctions, OfVariablesOfOneName) {
  constexpr std::string_view kClasses =
      "class A:\n  def act(self, v):\n    return v\nclass B:\n  def act(self, v):\n    return "
      "'x'\ndef make(n):\n  return A() if n else B()\n";
  const std::string before(kClasses);
  const std::string other = "def g():\n  thing = B()\n  thing.act(source())\n";
  const std::string factory =
      before + "def f():\n  thing = make(1)\n  sink(thing.act(source()))\n" + other;
  const std::string own = before + "def f():\n  thing = B()\n  sink(thing.act(source()))\n" + other;
  const Sample python[] = {{"of another class in another function", factory.c_str(), kTainted},
                           {"of that class", own.c_str(), kConstant}};
  judge_all("python", "a.py", python);
}

TEST(OwnFunctions, MembersThatAreNumbers) {
  const Sample rust[] = {
      {"a number",
       "struct P { page: u32, name: String }\nfn f() { let p: P = source(); sink(p.page); }",
       kConstant},
      {"a text",
       "struct P { page: u32, name: String }\nfn f() { let p: P = source(); sink(p.name); }",
       kTainted},
      {"a text elsewhere",
       "struct P { page: u32 }\nstruct Q { page: String }\nfn f() { let p = source(); "
       "sink(p.page); }",
       kTainted},
  };
  judge_all("rust", "a.rs", rust);
  const Sample csharp[] = {{"a number",
                            "class P { public int Page { get; set; } } class A { void F() { P p = "
                            "source(); sink(p.Page); } }",
                            kConstant}};
  judge_all("csharp", "A.cs", csharp);
  const Sample kotlin[] = {
      {"a number",
       "data class P(val page: Int, val name: String)\nfun f() {\n  val p: P = source()\n  "
       "sink(p.page)\n}\n",
       kConstant},
      {"a call with a type", "fun f() {\n  val p = Json.read<Order>(source())\n  sink(p)\n}\n",
       kTainted}};
  judge_all("kotlin", "a.kt", kotlin);
}

}  // namespace
}  // namespace peer::taint
