#include <gtest/gtest.h>

#include "tests/analyzers/taint/programs.hpp"

namespace peer::taint {
namespace {

constexpr auto kTainted = Expected::tainted;
constexpr auto kConstant = Expected::constant;
constexpr auto kVariable = Expected::variable;

const Sample kCases[] = {
    {"a source", "def f():\n  sink(source())\n", kTainted},
    {"a literal", "def f():\n  sink('ls')\n", kConstant},
    {"a parameter", "def f(x):\n  sink(x)\n", kVariable},
    {"an assignment", "def f():\n  a = source()\n  b = a\n  sink(b)\n", kTainted},
    {"overwritten by a constant", "def f():\n  a = source()\n  a = 'x'\n  sink(a)\n", kConstant},
    {"several targets", "def f():\n  a = b = source()\n  sink(b)\n", kTainted},
    {"the walrus", "def f():\n  if (a := source()):\n    sink(a)\n", kTainted},
    {"added text", "def f():\n  sink('ls ' + source())\n", kTainted},
    {"added to", "def f():\n  a = 'ls '\n  a += source()\n  sink(a)\n", kTainted},
    {"percent formatting", "def f():\n  sink('ls %s' % source())\n", kTainted},
    {"a format string", "def f():\n  a = source()\n  sink(f'ls {a}')\n", kTainted},
    {"a format string of constants", "def f():\n  a = 'x'\n  sink(f'ls {a}')\n", kConstant},
    {"str.format", "def f():\n  sink('ls {}'.format(source()))\n", kTainted},
    {"str.format of constants", "def f():\n  sink('ls {}'.format('x'))\n", kConstant},
    {"neighbouring strings", "def f():\n  sink('a' 'b')\n", kConstant},
    {"a join of a list", "def f():\n  sink(' '.join(['ls', source()]))\n", kTainted},
    {"unpacking takes the right one", "def f():\n  a, b = source(), 'x'\n  sink(b)\n", kConstant},
    {"unpacking takes the wrong one", "def f():\n  a, b = source(), 'x'\n  sink(a)\n", kTainted},
    {"unpacking what is unknown", "def f():\n  a, b = source()\n  sink(b)\n", kTainted},
    {"a list's element", "def f():\n  a = [source(), 'x']\n  sink(a[1])\n", kConstant},
    {"a list's other element", "def f():\n  a = [source(), 'x']\n  sink(a[0])\n", kTainted},
    {"a list's last element", "def f():\n  a = ['x', source()]\n  sink(a[-1])\n", kTainted},
    {"any element", "def f(i):\n  a = ['x', source()]\n  sink(a[i])\n", kTainted},
    {"any of constants", "def f(i):\n  a = ['x', 'y']\n  sink(a[i])\n", kConstant},
    {"append", "def f():\n  a = []\n  a.append(source())\n  sink(a)\n", kTainted},
    {"append and pop",
     "def f():\n  a = []\n  a.append('x')\n  a.append(source())\n  a.append('y')\n"
     "  a.pop(0)\n  sink(a[0])\n",
     kTainted},
    {"append and pop the other",
     "def f():\n  a = []\n  a.append('x')\n  a.append(source())\n"
     "  a.append('y')\n  a.pop(0)\n  sink(a[1])\n",
     kConstant},
    {"a dictionary's value", "def f():\n  a = {'k': source(), 'j': 'x'}\n  sink(a['k'])\n",
     kTainted},
    {"its other value", "def f():\n  a = {'k': source(), 'j': 'x'}\n  sink(a['j'])\n", kConstant},
    {"its value by get", "def f():\n  a = {}\n  a['k'] = source()\n  sink(a.get('k'))\n", kTainted},
    {"a dictionary's constants by an unknown key",
     "def f(k):\n  a = {'k': 'x', 'j': 'y'}\n  sink(a[k])\n", kConstant},
    {"dict()", "def f():\n  a = dict(k=source())\n  sink(a['k'])\n", kTainted},
    {"a slice", "def f():\n  sink(source()[1:])\n", kTainted},
    {"a method of a tainted value", "def f():\n  sink(source().strip())\n", kTainted},
    {"a member of a tainted value", "def f():\n  sink(source().name)\n", kTainted},
    {"an unknown call", "def f():\n  sink(g(source()))\n", kTainted},
    {"a number", "def f():\n  sink(int(source()))\n", kConstant},
    {"a length", "def f():\n  sink(len(source()))\n", kConstant},
    {"a comparison", "def f():\n  sink(source() == 'x')\n", kConstant},
    {"a sanitizer", "def f():\n  sink(clean(source()))\n", kConstant},
    {"a sanitizer, then more", "def f():\n  sink(clean(source()) + source())\n", kTainted},
    {"a conditional expression", "def f(c):\n  sink(source() if c else 'x')\n", kTainted},
    {"a conditional of constants", "def f(c):\n  sink('y' if c else 'x')\n", kConstant},
    {"a decided conditional",
     "def f():\n  n = 106\n  sink('x' if 7 * 42 - n > 150 else source())\n", kConstant},
    {"a conditional decided otherwise",
     "def f():\n  n = 106\n  sink('x' if 7 * 42 - n > 500 else source())\n", kTainted},
    {"a branch", "def f(c):\n  a = 'x'\n  if c:\n    a = source()\n  sink(a)\n", kTainted},
    {"both branches constant", "def f(c):\n  if c:\n    a = 'x'\n  else:\n    a = 'y'\n  sink(a)\n",
     kConstant},
    {"a branch that leaves",
     "def f(c):\n  a = 'x'\n  if c:\n    a = source()\n    return\n  sink(a)\n", kConstant},
    {"elif",
     "def f(c):\n  if c == 1:\n    a = 'x'\n  elif c == 2:\n    a = source()\n  else:\n"
     "    a = 'y'\n  sink(a)\n",
     kTainted},
    {"or with a default", "def f():\n  sink(source() or 'x')\n", kTainted},
    {"an allow-list",
     "def f():\n  a = source()\n  if a not in ['x', 'y']:\n    return\n  sink(a)\n", kConstant},
    {"an allow-list that is a constant",
     "ALLOWED = {'x', 'y'}\ndef f():\n  a = source()\n"
     "  if a in ALLOWED:\n    sink(a)\n",
     kConstant},
    {"a deny-list", "def f():\n  a = source()\n  if a in ['x', 'y']:\n    return\n  sink(a)\n",
     kTainted},
    {"the branch of an allow-list that fails",
     "def f():\n  a = source()\n  if a in ['x']:\n    pass\n  else:\n    sink(a)\n", kTainted},
    {"equal to a constant", "def f():\n  a = source()\n  if a == 'x':\n    sink(a)\n", kConstant},
    {"and", "def f(c):\n  a = source()\n  if c and a in ('x',):\n    sink(a)\n", kConstant},
    {"or does not help", "def f(c):\n  a = source()\n  if c or a in ('x',):\n    sink(a)\n",
     kTainted},
    {"or of refusals",
     "def f(c):\n  a = source()\n  if not a or a not in ('x',):\n    raise E()\n"
     "  sink(a)\n",
     kConstant},
    {"digits only", "def f():\n  a = source()\n  if not a.isdigit():\n    return\n  sink(a)\n",
     kConstant},
    {"a full match",
     "def f():\n  a = source()\n  if not re.fullmatch('[a-z]+', a):\n    return\n"
     "  sink(a)\n",
     kConstant},
    {"part of a text is no allow-list", "def f():\n  a = source()\n  if 'x' in a:\n    sink(a)\n",
     kTainted},
    {"a loop over it", "def f():\n  for a in source():\n    sink(a)\n", kTainted},
    {"a loop over constants", "def f():\n  for a in ['x', 'y']:\n    sink(a)\n", kConstant},
    {"a chain through rounds",
     "def f(n):\n  a = b = c = 'x'\n  while n():\n    sink(c)\n    c = b\n"
     "    b = a\n    a = source()\n",
     kTainted},
    {"a loop that collects",
     "def f(n):\n  a = []\n  for i in n:\n    a.append(source())\n  sink(a)\n", kTainted},
    {"break", "def f(n):\n  a = 'x'\n  for i in n:\n    a = source()\n    break\n  sink(a)\n",
     kTainted},
    {"continue",
     "def f(n):\n  a = 'x'\n  for i in n:\n    a = source()\n    if i:\n      continue\n"
     "    a = 'y'\n  sink(a)\n",
     kTainted},
    {"while True", "def f():\n  while True:\n    a = source()\n    if a:\n      break\n  sink(a)\n",
     kTainted},
    {"try", "def f():\n  a = 'x'\n  try:\n    a = source()\n  except E:\n    pass\n  sink(a)\n",
     kTainted},
    {"except sees half of it",
     "def f():\n  a = 'x'\n  try:\n    a = source()\n    g()\n  except E:\n"
     "    sink(a)\n",
     kTainted},
    {"a try that cleans or leaves",
     "def f():\n  a = source()\n  try:\n    a = int(a)\n"
     "  except ValueError:\n    return\n  sink(a)\n",
     kConstant},
    {"finally", "def f():\n  a = source()\n  try:\n    return 1\n  finally:\n    sink(a)\n",
     kTainted},
    {"with", "def f():\n  with open(source()) as a:\n    sink(a)\n", kTainted},
    {"a comprehension", "def f():\n  sink([x + 'y' for x in source()])\n", kTainted},
    {"a filtered comprehension", "def f():\n  sink([x for x in source() if x in ('a', 'b')])\n",
     kConstant},
    {"a module's constant", "A = 'x'\ndef f():\n  sink(A + 'y')\n", kConstant},
    {"a module's variable", "a = source()\ndef f():\n  sink(a)\n", kTainted},
    {"a module's constant that a function changes",
     "a = 'x'\ndef g(y):\n  global a\n  a = y\ndef f():\n  sink(a)\n", kVariable},
    {"code outside of functions", "a = source()\nsink(a)\n", kTainted},
    {"a constant of unknown home", "def f():\n  sink(settings.SHELL_PATH + BASE)\n", kConstant},
    {"an unknown name", "def f():\n  sink(other)\n", kVariable},
    {"a member set in the constructor",
     "class A:\n  def __init__(self):\n    self.a = source()\n"
     "  def f(self):\n    sink(self.a)\n",
     kTainted},
    {"a constant member",
     "class A:\n  def __init__(self):\n    self.a = 'x'\n  def f(self):\n"
     "    sink(self.a)\n",
     kConstant},
    {"a constant of the class", "class A:\n  a = 'x'\n  def f(self):\n    sink(self.a + A.a)\n",
     kConstant},
    {"a member that another method sets",
     "class A:\n  def __init__(self):\n    self.a = 'x'\n"
     "  def g(self, y):\n    self.a = y\n  def f(self):\n    sink(self.a)\n",
     kVariable},
    {"a member set here", "class A:\n  def f(self):\n    self.a = source()\n    sink(self.a)\n",
     kTainted},
    {"a lambda sees what is around", "def f():\n  a = source()\n  g(lambda: sink(a))\n", kTainted},
    {"a function in the function",
     "def f():\n  a = source()\n  def g():\n    sink(a)\n  return g\n", kTainted},
    {"its own name", "def f():\n  a = source()\n  def g():\n    a = 'x'\n    sink(a)\n  return g\n",
     kConstant},
    {"a function that gives its argument back",
     "def g(x):\n  return 'ls ' + x\ndef f():\n  sink(g(source()))\n", kTainted},
    {"a function that gives a constant",
     "def g(x):\n  return 'ls'\ndef f():\n  sink(g(source()))\n", kConstant},
    {"a function that gives a source", "def g():\n  return source()\ndef f():\n  sink(g())\n",
     kTainted},
    {"the other argument", "def g(x, y):\n  return y\ndef f():\n  sink(g(source(), 'x'))\n",
     kConstant},
    {"a function that cleans", "def g(x):\n  return clean(x)\ndef f():\n  sink(g(source()))\n",
     kConstant},
    {"two functions deep",
     "def h(x):\n  return x\ndef g(x):\n  return h(x)\ndef f():\n"
     "  sink(g(source()))\n",
     kTainted},
    {"a method of the class",
     "class A:\n  def g(self, x):\n    return 'y'\n  def f(self):\n"
     "    sink(self.g(source()))\n",
     kConstant},
    {"a recursive function",
     "def g(x):\n  return g(x) if x else 'y'\ndef f():\n  sink(g(source()))\n", kTainted},
    {"match on a constant",
     "def f():\n  a = 'B'\n  match a:\n    case 'A':\n      b = source()\n"
     "    case 'B':\n      b = 'x'\n    case _:\n      b = source()\n  sink(b)\n",
     kConstant},
    {"match on something",
     "def f(a):\n  match a:\n    case 'A':\n      b = source()\n"
     "    case _:\n      b = 'x'\n  sink(b)\n",
     kTainted},
    {"dead code", "def f():\n  return 1\n  sink(source())\n", kConstant},
    {"a decided branch", "def f():\n  a = 'x'\n  if False:\n    a = source()\n  sink(a)\n",
     kConstant},
};

TEST(PythonTaint, JudgesEveryConstruct) {
  for (const Sample& example : kCases) {
    const Outcome outcome = judge("python", "a.py", example.code);
    EXPECT_EQ(outcome.verdict, example.expected) << example.what << "\n" << example.code;
    EXPECT_EQ(outcome.given_up, 0U) << example.what;
    EXPECT_TRUE(outcome.parses) << example.what;
  }
}

TEST(PythonTaint, TellsTheWayIntoAFunction) {
  const Outcome outcome =
      judge("python", "a.py",
            "def run(a):\n  sink(a)\n\ndef f():\n  b = source()\n  run(b)\n\nrun('x')\n");
  EXPECT_EQ(outcome.verdict, Expected::tainted);
  EXPECT_EQ(outcome.lines, (std::vector<std::uint32_t>{5, 5, 6}));
  const Outcome module = judge("python", "a.py", "def run(a):\n  sink(a)\n\nrun(source())\n");
  EXPECT_EQ(module.verdict, Expected::tainted);
}

TEST(PythonTaint, TellsTheWay) {
  const Outcome outcome =
      judge("python", "a.py", "def f():\n  a = source()\n  b = 'x' + a\n\n  c = b\n  sink(c)\n");
  EXPECT_EQ(outcome.lines, (std::vector<std::uint32_t>{2, 2, 3, 5}));
}

}  // namespace
}  // namespace peer::taint
