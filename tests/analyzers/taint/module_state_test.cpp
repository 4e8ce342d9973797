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
      {"written by one, read by another", "static char *a; void f(void) { a = source(); } void g(void) { f(); sink(a); }", kTainted},
      {"by a third that calls both", "static char *a; void f(void) { a = source(); } void g(void) { sink(a); } int main(void) { f(); g(); }", kTainted},
      {"copied into", "static char a[9]; void f(void) { strcpy(a, source()); } void g(void) { f(); sink(a); }", kTainted},
      {"a member", "static struct s a; void f(void) { a.b = source(); } void g(void) { f(); sink(a.b); }", kTainted},
      {"a variable of its own", "static char *a = \"x\"; void f(void) { char *a = source(); } void g(void) { f(); sink(a); }", kConstant},
      {"written again before", "static char *a; void f(void) { a = source(); } void g(void) { f(); a = \"x\"; sink(a); }", kConstant},
      {"of what it is given", "static char *a; void f(char *b) { a = b; } void g(void) { f(\"x\"); sink(a); }", kVariable},
  };
  judge_all("c", "a.c", samples);
}

TEST(ModuleState, Others) {
  const Sample python[] = {
      {"global", "a = None\ndef f():\n  global a\n  a = source()\ndef g():\n  f()\n  sink(a)\n", kTainted},
      {"without", "a = 'x'\ndef f():\n  a = source()\ndef g():\n  f()\n  sink(a)\n", kConstant},
  };
  judge_all("python", "a.py", python);
  const Sample javascript[] = {
      {"let", "let a = 'x';\nfunction f() { a = source(); }\nfunction g() { f(); sink(a); }\n", kTainted},
      {"its own", "let a = 'x';\nfunction f() { let a = source(); }\nfunction g() { f(); sink(a); }\n", kConstant},
  };
  judge_all("javascript", "a.js", javascript);
  const Sample go[] = {{"a package's variable", "package a\nvar a string\nfunc f() { a = source() }\nfunc g() { f(); sink(a) }\n", kTainted},
                       {"through a pointer", "package a\nfunc f(a *string) { *a = source() }\nfunc g() { var x string; f(&x); sink(x) }\n", kTainted}};
  judge_all("go", "a.go", go);
  const Sample php[] = {{"global", "<?php\nfunction f() { global $a; $a = source(); }\nfunction g() { global $a; f(); sink($a); }\n", kTainted}};
  judge_all("php", "a.php", php);
}

TEST(ModuleState, OneImplementation) {
  const Sample java[] = {
      {"of an interface", "interface I { void f(String a); } class A implements I { public void f(String a) { sink(a); } } class B { private I i; void g() { i.f(source()); } }", kTainted},
      {"its result", "interface I { String f(String a); } class A implements I { public String f(String a) { return \"x\"; } } class B { private I i; void g() { sink(i.f(source())); } }", kConstant},
      {"of two", "interface I { String f(String a); } class A implements I { public String f(String a) { return \"x\"; } } class C implements I { public String f(String a) { return a; } } class B { private I i; void g() { sink(i.f(source())); } }", kTainted},
  };
  judge_all("java", "A.java", java);
}

}  // namespace
}  // namespace peer::taint
