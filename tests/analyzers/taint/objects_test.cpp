// What methods leave in their object for each other, and functions in what they are given.
#include <string>

#include <gtest/gtest.h>

#include "tests/analyzers/taint/programs.hpp"

namespace peer::taint {
namespace {

constexpr auto kTainted = Expected::tainted;
constexpr auto kConstant = Expected::constant;
constexpr auto kVariable = Expected::variable;

TEST(TaintObjects, Python) {
  const std::string job =
      "class Job:\n  def __init__(self):\n    self.parts = []\n    self.name = 'a'\n    self.size "
      "= 1\n"
      "  def add(self, part):\n    self.parts.append(part)\n  def call(self, name):\n    self.name "
      "= name\n"
      "  def call_safe(self, name):\n    self.name = int(name)\n";
  const std::string by_parts = job + "  def run(self):\n    sink(' '.join(self.parts))\n";
  const std::string by_name = job + "  def run(self):\n    sink(self.name)\n";
  const std::string by_size = job + "  def run(self):\n    sink(self.size)\n";
  const std::string whole = job + "  def run(self):\n    sink(describe(self))\n";
  const std::string own =
      "class Job:\n  def load(self):\n    self.name = source()\n  def run(self):\n    ";
  const struct {
    const char* what;
    std::string code;
    Expected expected;
  } cases[] = {
      {"a list that another method adds to",
       by_parts + "def f():\n  j = Job()\n  j.add(source())\n  j.run()\n", kTainted},
      {"a member that another method sets",
       by_name + "def f():\n  j = Job()\n  j.call(source())\n  j.run()\n", kTainted},
      {"to a number", by_name + "def f():\n  j = Job()\n  j.call_safe(source())\n  j.run()\n",
       kVariable},
      {"another member than that",
       by_size + "def f():\n  j = Job()\n  j.call(source())\n  j.run()\n", kConstant},
      {"the object is not what its members hold",
       whole + "def f():\n  j = Job()\n  j.call(source())\n  j.run()\n", kVariable},
      {"nothing from outside", by_name + "def f():\n  j = Job()\n  j.call('b')\n  j.run()\n",
       kVariable},
      {"a member of an object of the file",
       job + "def f():\n  j = Job()\n  j.call(source())\n  sink(j.name)\n", kTainted},
      {"another member of it", job + "def f():\n  j = Job()\n  j.call(source())\n  sink(j.size)\n",
       kConstant},
      {"a method that asks for it itself", own + "sink(self.name)\n", kTainted},
      {"a member that nobody set", own + "sink(self.other)\n", kVariable},
      {"two objects of one class",
       by_name + "def f():\n  a = Job()\n  b = Job()\n  a.call(source())\n  b.run()\n", kVariable},
      {"what one of them gives back",
       job + "  def text(self):\n    return ' '.join(self.parts)\ndef f():\n  a = Job()\n  "
             "a.add(source())\n  sink(a.text())\n",
       kTainted},
      {"what the other gives back",
       job + "  def text(self):\n    return ' '.join(self.parts)\ndef f():\n  a = Job()\n  b = "
             "Job()\n  a.add(source())\n  b.add('c')\n  sink(b.text())\n",
       kConstant},
      {"what a constructor is given comes back",
       "class Job:\n  def __init__(self, x, y):\n    self.x = x\n    self.y = y\n  def "
       "text(self):\n    return self.x\ndef f():\n  sink(Job(source(), 'b').text())\n",
       kTainted},
      {"the other thing that it is given",
       "class Job:\n  def __init__(self, x, y):\n    self.x = x\n    self.y = y\n  def "
       "text(self):\n    return self.y\ndef f():\n  sink(Job(source(), 'b').text())\n",
       kConstant},
      {"a method that gives its object back",
       "class Job:\n  def __init__(self):\n    self.x = 'a'\n  def call(self, x):\n    self.x = "
       "x\n    return self\n  def text(self):\n    return self.x\ndef f():\n  "
       "sink(Job().call(source()).text())\n",
       kTainted},
      {"after a sanitizer in the method",
       "class Job:\n  def __init__(self):\n    self.x = 'a'\n  def call(self, x):\n    self.x = "
       "clean(x)\n    return self\n  def text(self):\n    return self.x\ndef f():\n  "
       "sink(Job().call(source()).text())\n",
       kConstant},
      {"two classes under one name",
       "class One:\n  def __init__(self, x):\n    self.x = x\n  def run(self):\n    "
       "log(self.x)\nclass Two:\n  def __init__(self, x):\n    self.x = x\n  def run(self):\n    "
       "sink(self.x)\n"
       "def f():\n  a = Two('b')\n  a.run()\ndef g():\n  a = One(source())\n  a.run()\n",
       kVariable},
      {"a map that is filled",
       "def fill(into, x):\n  into['a'] = x\ndef f():\n  m = {}\n  fill(m, source())\n  "
       "sink(m['a'])\n",
       kTainted},
      {"another key of it",
       "def fill(into, x):\n  into['a'] = x\ndef f():\n  m = {'b': 'c'}\n  fill(m, source())\n  "
       "sink(m['b'])\n",
       kConstant},
      {"a name that is given another value",
       "def fill(into, x):\n  into = {}\n  into['a'] = x\ndef f():\n  m = {'a': 'b'}\n  fill(m, "
       "source())\n  sink(m['a'])\n",
       kConstant},
  };
  for (const auto& each : cases) {
    const auto outcome = judge("python", "a.py", each.code);
    EXPECT_TRUE(outcome.parses) << each.what;
    EXPECT_EQ(outcome.verdict, each.expected) << each.what << "\n" << each.code;
  }
}

TEST(TaintObjects, ClassesInClasses) {
  const Sample cases[] = {
      {"whose outer class learns more",
       "class Outer {\n  String x;\n  void set(String y) { x = y; }\n  void run() { sink(x); }\n"
       "  static class Inner {\n    String z;\n    void set(String y) { z = y; }\n    void run() { "
       "sink(z); }\n  }\n}\n"
       "class A { void f() { Outer o = new Outer(); o.set(source()); o.run(); } }\n",
       kTainted},
  };
  judge_all("java", "A.java", cases);
}

TEST(TaintObjects, OtherLanguages) {
  const Sample java[] = {
      {"a member without `this`",
       "class Job { private String x; void set(String y) { x = y; } void run() { sink(x); } } "
       "class A { void f() { Job j = new Job(); j.set(source()); j.run(); } }",
       kTainted},
      {"a builder",
       "class Job { private StringBuilder b = new StringBuilder(); void add(String y) { "
       "b.append(y); } void run() { sink(b.toString()); } } "
       "class A { void f() { Job j = new Job(); j.add(\"a\"); j.add(source()); j.run(); } }",
       kTainted},
  };
  judge_all("java", "A.java", java);
  const Sample javascript[] = {
      {"a member",
       "class Job { set(x) { this.x = x; } run() { sink(this.x); } }\nfunction f() { const j = new "
       "Job(); j.set(source()); j.run(); }\n",
       kTainted},
      {"an object that is filled",
       "function fill(o, x) { o.a = x; }\nfunction f() { const o = {}; fill(o, source()); "
       "sink(o.a); }\n",
       kTainted},
  };
  judge_all("javascript", "a.js", javascript);
  const Sample go[] = {
      {"a member of a struct",
       "package a\ntype Job struct{ x string }\nfunc (j *Job) Set(x string) { j.x = x }\nfunc (j "
       "*Job) Run() { sink(j.x) }\n"
       "func f() {\n\tj := &Job{}\n\tj.Set(source())\n\tj.Run()\n}\n",
       kTainted},
      {"a struct that was made of it",
       "package a\ntype Job struct{ x string }\nfunc (j *Job) Run() { sink(j.x) }\nfunc f() {\n\tj "
       ":= &Job{x: source()}\n\tj.Run()\n}\n",
       kTainted},
  };
  judge_all("go", "a.go", go);
  const Sample c[] = {
      {"a buffer that a function of the file fills",
       "void fill(char *to, const char *from) { strcpy(to, from); }\nvoid f(void) { char a[9]; "
       "fill(a, source()); sink(a); }\n",
       kTainted},
      {"a buffer that was written anew",
       "void f(char *b) { char a[9]; strcpy(a, source()); strcpy(a, b); sink(a); }\n", kVariable},
      {"a buffer that something was added to",
       "void f(char *b) { char a[9]; strcpy(a, source()); strcat(a, b); sink(a); }\n", kTainted},
      {"the second half of a buffer",
       "void f(char *b) { char a[9]; strcpy(a, source()); strcpy(&a[4], b); sink(a); }\n",
       kTainted},
      {"a buffer that was wiped",
       "void f(char *b) { char a[9]; strcpy(a, source()); memset(a, 0, 9); sink(a); }\n",
       kConstant},
      {"a pointer into a buffer",
       "void f(char *b) { char a[9]; char *p = a; p += 2; strcpy(p, source()); sink(a); }\n",
       kTainted},
      {"a part of a buffer",
       "void f(void) { char a[9]; strcpy(a, source()); for (char *p = a; *p; p++) *p = 'x'; "
       "sink(a); }\n",
       kTainted},
      {"its first sign is a constant",
       "void f(void) { char *a = source(); if (*a != '/') return; sink(a); }\n", kTainted},
      {"up to its end",
       "void f(void) { char a[9]; strcpy(a, source()); for (char *p = a; *p != '\\0'; p++) *p = "
       "lower(*p); sink(a); }\n",
       kTainted},
      {"part by part",
       "void f(void) { char a[9]; char *p = a; while (more()) *p++ = source(); sink(a); }\n",
       kTainted},
      {"a pointer that is moved elsewhere",
       "void f(char *b) { char a[9] = \"x\"; char *p = a; p = b; strcpy(p, source()); sink(a); }\n",
       kConstant},
      {"what a pointer points to", "void f(void) { int x; int *p = &x; *p = source(); sink(x); }\n",
       kTainted},
      {"what two pointers point to",
       "void f(void) { char *x; char **p = &x; void *q = p; *(char **)q = source(); sink(x); }\n",
       kTainted},
      {"a pointer to something else by now",
       "void f(void) { char *x = \"a\"; char **p = &x; p = other(); *p = source(); sink(x); }\n",
       kConstant},
      {"a function that a variable holds",
       "static void run(char *c) { sink(c); }\nvoid f(void) { void (*g)(char *) = run; "
       "g(source()); }\n",
       kTainted},
      {"another function by now",
       "static void run(char *c) { sink(c); }\nvoid f(void) { void (*g)(char *) = run; g = other; "
       "g(source()); run(\"a\"); }\n",
       kVariable},
      {"a buffer that is filled with what has a longer name of the same beginning",
       "void fill(char *r, const char *raw) { strcpy(r, raw); }\nvoid f(void) { char a[9]; fill(a, "
       "source()); sink(a); }\n",
       kTainted},
  };
  judge_all("c", "a.c", c);
  const Sample php[] = {
      {"a member",
       "<?php class Job { private $x; function set($y) { $this->x = $y; } function run() { "
       "sink($this->x); } } "
       "function f() { $j = new Job(); $j->set(source()); $j->run(); }",
       kTainted},
  };
  judge_all("php", "a.php", php);
  const Sample ruby[] = {
      {"a member",
       "class Job\n  def set(y)\n    @x = y\n  end\n  def run\n    sink(@x)\n  end\nend\ndef f\n  "
       "j = Job.new\n  j.set(source())\n  j.run\nend\n",
       kTainted},
  };
  judge_all("ruby", "a.rb", ruby);
  const Sample csharp[] = {
      {"a member",
       "class Job { private string x; public void Set(string y) { x = y; } public void Run() { "
       "sink(x); } } class A { void F() { var j = new Job(); j.Set(source()); j.Run(); } }",
       kTainted},
      {"what is given out",
       "class A { void Fill(out string x) { x = source(); } void F() { Fill(out var y); sink(y); } "
       "}",
       kTainted},
  };
  judge_all("csharp", "A.cs", csharp);
}

}  // namespace
}  // namespace peer::taint
