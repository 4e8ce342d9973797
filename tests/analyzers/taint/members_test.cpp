// What a function is given is known member by member: one that comes from outside does not make the
// others so.
#include <gtest/gtest.h>

#include "tests/analyzers/taint/programs.hpp"

namespace peer::taint {
namespace {

constexpr auto kTainted = Expected::tainted;
constexpr auto kVariable = Expected::variable;
constexpr auto kConstant = Expected::constant;

TEST(Members, OfParametersInJavaScript) {
  const Sample samples[] = {
      {"the one from outside", "function f(c) { sink(c.a); } f({a: source(), b: 'x'});", kTainted},
      {"another one", "function f(c) { sink(c.b); } f({a: source(), b: 'x'});", kVariable},
      {"one that nobody knows",
       "function f(c) { sink(c.b); } const o = make(); o.a = source(); f(o);", kVariable},
      {"the whole", "function f(c) { sink(c); } f({a: source(), b: 'x'});", kTainted},
      {"one of unknown name", "function f(c) { sink(c[p]); } f({a: source(), b: 'x'});", kTainted},
      {"of what is from outside as a whole", "function f(c) { sink(c.a); } f(source());", kTainted},
      {"a member of a member", "function f(c) { sink(c.q.a); } f({q: {a: source(), b: 'x'}});",
       kTainted},
      {"another member of a member",
       "function f(c) { sink(c.q.b); } f({q: {a: source(), b: 'x'}});", kVariable},
      {"deeper than anybody looks",
       "function f(c) { sink(c.q.r.s.t.b); } f({q: {r: {s: {t: {a: source(), b: 'x'}}}}});",
       kTainted},
      {"through a second function",
       "function g(d) { sink(d.b); } function f(c) { g(c); } f({a: source(), b: 'x'});", kVariable},
      {"the one from outside through a second function",
       "function g(d) { sink(d.a); } function f(c) { g(c); } f({a: source(), b: 'x'});", kTainted},
      {"a member given on",
       "function g(d) { sink(d.b); } function f(c) { g(c.q); } f({q: {a: source(), b: 'x'}});",
       kVariable},
      {"taken apart", "function f({a, b}) { sink(b); } f({a: source(), b: 'x'});", kVariable},
      {"taken apart inside",
       "function f(c) { const {a, b} = c; sink(b); } f({a: source(), b: 'x'});", kVariable},
      {"by another name", "function f(c) { const d = c; sink(d.b); } f({a: source(), b: 'x'});",
       kVariable},
      {"either of two", "function f(c, d) { sink((p ? c : d).b); } f({a: source()}, {b: 'x'});",
       kTainted},
      {"what is made of it", "function f(c) { sink(parse(c).b); } f({a: source(), b: 'x'});",
       kTainted},
      {"what it gives back", "function f(c) { return c.b; } sink(f({a: source(), b: 'x'}));",
       kConstant},
      {"itself given back", "function f(c) { return c; } sink(f({a: source(), b: 'x'}).b);",
       kConstant},
      {"itself given back, the other",
       "function f(c) { return c; } sink(f({a: source(), b: 'x'}).a);", kTainted},
      {"made clean and given back",
       "function f(c) { return clean(c); } sink(f({a: source(), b: 'x'}).a);", kConstant},
      {"put into another one",
       "function f(c, d) { d.x = c.b; } const o = {}; f({a: source(), b: 'x'}, o); sink(o.x);",
       kConstant},
      {"put into another one, the other",
       "function f(c, d) { d.x = c.a; } const o = {}; f({a: source(), b: 'x'}, o); sink(o.x);",
       kTainted},
      {"written inside", "function f(c) { c.b = source(); sink(c.b); } f({b: 'x'});", kTainted},
      {"another one written inside", "function f(c) { c.b = source(); sink(c.a); } f({a: 'x'});",
       kVariable},
      {"put into it under an unknown name",
       "function f(c) { c[p] = parse(c); sink(c.b); } f({a: source(), b: 'x'});", kTainted},
      {"an element of a list", "function f(c) { sink(c[1]); } f([source(), 'x']);", kVariable},
      {"a loop over all", "function f(c) { for (const k of c) sink(k); } f([source(), 'x']);",
       kTainted},
  };
  judge_all("javascript", "a.js", samples);
}

TEST(Members, OfParametersInOtherLanguages) {
  const Sample python[] = {
      {"a member", "def f(c):\n  sink(c.b)\no = make()\no.a = source()\no.b = 'x'\nf(o)\n",
       kVariable},
      {"the other", "def f(c):\n  sink(c.a)\no = make()\no.a = source()\no.b = 'x'\nf(o)\n",
       kTainted},
      {"by key", "def f(c):\n  sink(c['b'])\nf({'a': source(), 'b': 'x'})\n", kVariable},
      {"by the other key", "def f(c):\n  sink(c['a'])\nf({'a': source(), 'b': 'x'})\n", kTainted},
  };
  judge_all("python", "a.py", python);
  const Sample go[] = {
      {"a field", "func f(c T) { sink(c.b) }\nfunc g() { f(T{a: source(), b: \"x\"}) }", kVariable},
      {"the other", "func f(c T) { sink(c.a) }\nfunc g() { f(T{a: source(), b: \"x\"}) }",
       kTainted},
      {"behind a pointer", "func f(c *T) { sink(c.b) }\nfunc g() { f(&T{a: source(), b: \"x\"}) }",
       kVariable},
  };
  judge_all("go", "a.go", go, "package p\n", "");
  const Sample php[] = {
      {"by key", "<?php function f($c) { sink($c['b']); } f(['a' => source(), 'b' => 'x']);",
       kVariable},
      {"the other", "<?php function f($c) { sink($c['a']); } f(['a' => source(), 'b' => 'x']);",
       kTainted},
  };
  judge_all("php", "a.php", php);
  const Sample c[] = {
      {"a member",
       "void f(struct t *c) { sink(c->b); }\nvoid g(void) { struct t o; o.a = source(); "
       "o.b = \"x\"; f(&o); }",
       kVariable},
      {"the other",
       "void f(struct t *c) { sink(c->a); }\nvoid g(void) { struct t o; o.a = "
       "source(); o.b = \"x\"; f(&o); }",
       kTainted},
  };
  judge_all("c", "a.c", c);
}

}  // namespace
}  // namespace peer::taint
