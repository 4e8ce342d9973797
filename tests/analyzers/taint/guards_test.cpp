// What a condition says of more than the name it speaks of: of the address whose host it looks at,
// of an expression that is read again, of what a function of the file checks.
#include <gtest/gtest.h>

#include "tests/analyzers/taint/programs.hpp"

namespace peer::taint {
namespace {

constexpr auto kTainted = Expected::tainted;
constexpr auto kConstant = Expected::constant;
constexpr auto kVariable = Expected::variable;

TEST(TaintGuards, Python) {
  const Sample cases[] = {
      {"the host of a parsed address",
       "def f():\n  a = source()\n  if urlparse(a).hostname not in HOSTS:\n    return\n  sink(a)\n",
       kConstant},
      {"the host in a variable",
       "def f():\n  a = source()\n  host = urlparse(a).hostname\n  if host in HOSTS:\n    "
       "sink(a)\n",
       kConstant},
      {"the parsed address in a variable",
       "def f():\n  a = source()\n  p = urlsplit(a)\n  if p.netloc != 'example.com':\n    raise "
       "ValueError\n  sink(a)\n",
       kConstant},
      {"the scheme says nothing of the host",
       "def f():\n  a = source()\n  if urlparse(a).scheme not in ('https',):\n    return\n  "
       "sink(a)\n",
       kTainted},
      {"the host of another address",
       "def f(b):\n  a = source()\n  if urlparse(b).hostname in HOSTS:\n    sink(a)\n", kTainted},
      {"a variable that was assigned anew",
       "def f(b):\n  a = source()\n  p = urlparse(a)\n  p = urlparse(b)\n  if p.hostname in "
       "HOSTS:\n    sink(a)\n",
       kTainted},
      {"small letters", "def f():\n  a = source()\n  if a.lower() in KINDS:\n    sink(a)\n",
       kConstant},
      {"the end of a name",
       "def f():\n  a = source()\n  if a.split('.')[-1] in KINDS:\n    sink(a)\n", kTainted},
      {"no match",
       "def f():\n  a = source()\n  if re.fullmatch('[a-z]+', a) is None:\n    return\n  sink(a)\n",
       kConstant},
      {"a match that is no match",
       "def f():\n  a = source()\n  if re.fullmatch('[a-z]+', a) is None:\n    sink(a)\n",
       kTainted},
      {"a compiled pattern for the whole text",
       "WORD = re.compile(r'^[a-z]+$')\ndef f():\n  a = source()\n  if not WORD.match(a):\n    "
       "return\n  sink(a)\n",
       kConstant},
      {"a compiled pattern for the beginning",
       "WORD = re.compile(r'^[a-z]+')\ndef f():\n  a = source()\n  if not WORD.match(a):\n    "
       "return\n  sink(a)\n",
       kTainted},
      {"a table of constants", "NAMES = {'a': 'x'}\ndef f():\n  sink(NAMES.get(source(), 'y'))\n",
       kConstant},
      {"a table with an otherwise from outside",
       "NAMES = {'a': 'x'}\ndef f():\n  sink(NAMES.get('b', source()))\n", kTainted},
      {"a table in capitals from elsewhere",
       "from a import NAMES\ndef f():\n  sink(NAMES.get(source()))\n", kConstant},
      {"a cache from elsewhere", "def f(cache):\n  sink(cache.get(source()))\n", kTainted},
      {"one of two constants",
       "def f():\n  a = source()\n  if a == 'x' or a == 'y':\n    sink(a)\n", kConstant},
      {"neither of two constants",
       "def f():\n  a = source()\n  if a != 'x' and a != 'y':\n    a = 'x'\n  sink(a)\n",
       kConstant},
      {"a constant or something else",
       "def f(b):\n  a = source()\n  if a == 'x' or b == 'y':\n    sink(a)\n", kTainted},
      {"that it exists", "def f():\n  a = source()\n  if os.path.exists(a):\n    sink(a)\n",
       kTainted},
      {"a function of the file says yes",
       "def known(x):\n  return x in KINDS\ndef f():\n  a = source()\n  if not known(a):\n    "
       "return\n  sink(a)\n",
       kConstant},
      {"a function that asks nothing",
       "def known(x):\n  return len(x) < 9\ndef f():\n  a = source()\n  if not known(a):\n    "
       "return\n  sink(a)\n",
       kTainted},
      {"a function of the file raises",
       "def ensure_known(x):\n  if x not in KINDS:\n    raise ValueError\ndef f():\n  a = "
       "source()\n  ensure_known(a)\n  sink(a)\n",
       kConstant},
      {"it was asked about something else",
       "def ensure_known(x, y):\n  if x not in KINDS:\n    raise ValueError\ndef f(b):\n  a = "
       "source()\n  ensure_known(b, a)\n  sink(a)\n",
       kTainted},
  };
  judge_all("python", "a.py", cases);
}

TEST(TaintGuards, WhatCSharpSaysOfNull) {
  const Sample cases[] = {
      {"a method unless it is null", "class A { void F() { var x = source()?.Trim(); sink(x); } }",
       kTainted},
      {"a member unless it is null", "class A { void F() { var x = source()?.Name; sink(x); } }",
       kTainted},
      {"told that it is not null", "class A { void F() { var x = source()!; sink(x); } }",
       kTainted},
      {"not", "class A { void F(bool a) { sink(!a); } }", kConstant},
  };
  judge_all("csharp", "A.cs", cases);
}

TEST(TaintGuards, AReadingThatIsReadAgain) {
  const Sample cases[] = {
      {"checked and read again",
       "class A { void f() { if (KINDS.contains(source())) sink(source()); } }", kConstant},
      {"checked and left",
       "class A { void f() { if (!KINDS.contains(source())) return; sink(source()); } }",
       kConstant},
      {"behind the check",
       "class A { void f() { if (KINDS.contains(source())) { g(); } sink(source()); } }", kTainted},
      {"in the other arm",
       "class A { void f() { if (KINDS.contains(source())) { g(); } else { sink(source()); } } }",
       kTainted},
  };
  judge_all("java", "A.java", cases);
}

TEST(TaintGuards, TheHostOfAnAddressInJava) {
  const Sample cases[] = {
      {"of the parsed one",
       "class A { void f() { String a = source(); URI u = URI.create(a); if "
       "(!HOSTS.contains(u.getHost())) throw new E(); sink(a); } }",
       kConstant},
      {"equal to a constant",
       "class A { void f() { String a = source(); URL u = new URL(a); if "
       "(\"example.com\".equals(u.getHost())) sink(u); } }",
       kConstant},
      {"of its path",
       "class A { void f() { String a = source(); URI u = URI.create(a); if "
       "(PATHS.contains(u.getPath())) sink(a); } }",
       kTainted},
  };
  judge_all("java", "A.java", cases);
}

TEST(TaintGuards, ObjectsOfTheFile) {
  const Sample cases[] = {
      {"a member that the constructor sets",
       "class Job:\n  def __init__(self, x):\n    self.x = x\n  def run(self):\n    "
       "sink(self.x)\ndef f():\n  Job(source()).run()\n",
       kTainted},
      {"by name",
       "class Job:\n  def __init__(self, y, x):\n    self.x = x\n  def run(self):\n    "
       "sink(self.x)\ndef f():\n  Job(1, x=source()).run()\n",
       kTainted},
      {"the other member",
       "class Job:\n  def __init__(self, x, y):\n    self.x = x\n    self.y = y\n  def "
       "run(self):\n    sink(self.y)\ndef f():\n  Job(source(), 'a').run()\n",
       kVariable},
      {"a method of an object in a variable",
       "class Store:\n  def read(self, name):\n    sink(name)\nstore = Store()\ndef f():\n  "
       "store.read(source())\n",
       kTainted},
      {"a method of that name of another object",
       "class Store:\n  def read(self, name):\n    sink(name)\ndef f(file):\n  "
       "file.read(source())\n",
       kVariable},
  };
  judge_all("python", "a.py", cases);
  const Sample bodies[] = {
      {"a block in a class body",
       "class App < Base\n  get('/x') do\n    sink(source())\n  end\nend\n", kTainted},
      {"a name that calls",
       "class App\n  def a\n    sink(name)\n  end\n  def name\n    source()\n  end\nend\n",
       kTainted},
      {"a name that is a variable",
       "class App\n  def a\n    name = 'x'\n    sink(name)\n  end\n  def name\n    source()\n  "
       "end\nend\n",
       kConstant},
      {"a default", "class App\n  def a(name = source())\n    sink(name)\n  end\nend\n", kTainted},
  };
  judge_all("ruby", "a.rb", bodies);
  const Sample typed[] = {
      {"a member with a type",
       "class Store { void read(String n) { sink(n); } } class A { private final Store store; void "
       "f() { store.read(source()); } }",
       kTainted},
      {"a constructor",
       "class Job { private String x; Job(String x) { this.x = x; } void run() { sink(x); } } "
       "class A { void f() { new Job(source()).run(); } }",
       kTainted},
  };
  judge_all("java", "A.java", typed);
  const Sample go[] = {
      {"a method of a struct",
       "package a\ntype Store struct{}\nfunc (s *Store) Read(name string) { sink(name) }\nfunc "
       "f(store *Store) { store.Read(source()) }\n",
       kTainted},
  };
  judge_all("go", "a.go", go);
  const Sample php[] = {
      {"a promoted member",
       "<?php class Job { public function __construct(private string $x) {} function run() { "
       "sink($this->x); } } function f() { (new Job(source()))->run(); }",
       kTainted},
  };
  judge_all("php", "a.php", php);
}

TEST(TaintGuards, AnswersThatAreKept) {
  const Sample javascript[] = {
      {"not among them",
       "function f() { const a = source(); const ok = ALLOWED.includes(a); if (!ok) return; "
       "sink(a); }",
       kConstant},
      {"chosen by it",
       "function f() { const a = source(); const ok = ALLOWED.includes(a); sink(ok ? a : 'x'); }",
       kConstant},
      {"where it is not",
       "function f() { const a = source(); const ok = ALLOWED.includes(a); if (ok) return; "
       "sink(a); }",
       kTainted},
      {"of two answers",
       "function f(b) { const a = source(); const known = ALLOWED.includes(a); const ok = known && "
       "b; if (!ok) return; sink(a); }",
       kConstant},
      {"a position",
       "function f() { const a = source(); const at = ALLOWED.indexOf(a); if (at < 0) return; "
       "sink(a); }",
       kConstant},
      {"what was asked about is another",
       "function f(b) { let a = 'x'; const ok = ALLOWED.includes(a); a = source(); if (!ok) "
       "return; sink(a); }",
       kTainted},
      {"the answer is another",
       "function f(b) { const a = source(); let ok = ALLOWED.includes(a); ok = b; if (!ok) return; "
       "sink(a); }",
       kTainted},
      {"of a function of the file",
       "function isKnown(x) { return KINDS.includes(x); }\nfunction f() { const a = source(); "
       "const ok = isKnown(a); if (!ok) return; sink(a); }",
       kConstant},
      {"whether it succeeded",
       "function move(x) { if (x == 'y') return false; return true; }\nfunction f() { const a = "
       "source(); const done = move(a); if (!done) return; sink(a); }",
       kTainted},
      {"the answer was made wider",
       "function f(b) { const a = source(); let ok = ALLOWED.includes(a); ok ||= b; if (!ok) "
       "return; sink(a); }",
       kTainted},
      {"about something else",
       "function f(b) { const a = source(); const ok = ALLOWED.includes(b); if (!ok) return; "
       "sink(a); }",
       kTainted},
      {"what is made of it is no answer",
       "function f() { const a = source(); const data = safeLoad(a); if (!data) return; sink(a); }",
       kTainted},
      {"a switch on what is read again",
       "function f() { switch (source().b) { case 'x': sink(source().b); } }", kConstant},
      {"a switch on something else",
       "function f() { switch (source().c) { case 'x': sink(source().b); } }", kTainted},
  };
  judge_all("javascript", "a.js", javascript);
  const Sample python[] = {
      {"a pattern",
       "def f():\n  a = source()\n  m = re.fullmatch('[a-z]+', a)\n  if m is None:\n    return\n  "
       "sink(a)\n",
       kConstant},
      {"of a list",
       "def f():\n  a = source()\n  good = a in ('x', 'y')\n  if not good:\n    return\n  "
       "sink(a)\n",
       kConstant},
      {"in a loop that asks of another",
       "def f(b):\n  a = source()\n  good = a in ('x', 'y')\n  for a in b:\n    pass\n  a = "
       "source()\n  if good:\n    sink(a)\n",
       kTainted},
  };
  judge_all("python", "a.py", python);
  const Sample go[] = {
      {"of a map",
       "package a\nfunc f() {\n\ta := source()\n\tok := allowed[a]\n\tif !ok "
       "{\n\t\treturn\n\t}\n\tsink(a)\n}\nvar allowed = map[string]bool{\"x\": true}\n",
       kConstant},
      {"whether it is there",
       "package a\nfunc f() {\n\ta := source()\n\t_, ok := allowed[a]\n\tif !ok "
       "{\n\t\treturn\n\t}\n\tsink(a)\n}\nvar allowed = map[string]bool{\"x\": true}\n",
       kConstant},
      {"of a function that gives two",
       "package a\nfunc f() {\n\ta := source()\n\t_, ok := parse(a)\n\tif !ok "
       "{\n\t\treturn\n\t}\n\tsink(a)\n}\n",
       kTainted},
  };
  judge_all("go", "a.go", go);
}

TEST(Guards, OfAHostThatWasTakenOut) {
  const Sample javascript[] = {
      {"unpacked",
       "function f() { const a = source(); const { hostname } = new URL(a); if (hostname !== "
       "'x.example.com') return; sink(a); }",
       kConstant},
      {"another part",
       "function f() { const a = source(); const { protocol } = new URL(a); if (protocol !== "
       "'https:') return; sink(a); }",
       kTainted},
  };
  judge_all("javascript", "a.js", javascript);
  const Sample rust[] = {
      {"or an error",
       "fn f() -> R { let a = Url::parse(source())?; let host = a.host_str().ok_or(1)?; if "
       "!ALLOWED.contains(&host) { return Err(2); } sink(a); }",
       kConstant},
  };
  judge_all("rust", "a.rs", rust);
  const Sample kotlin[] = {
      {"within the comparison",
       "fun f() {\n  val a = source()\n  if (URI(a).host != \"x.example.com\") return\n  "
       "sink(a)\n}\n",
       kConstant},
      {"of another part",
       "fun f() {\n  val a = source()\n  if (URI(a).scheme != \"https\") return\n  sink(a)\n}\n",
       kTainted},
  };
  judge_all("kotlin", "a.kt", kotlin);
}

}  // namespace
}  // namespace peer::taint
