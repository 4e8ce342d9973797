#include <gtest/gtest.h>

#include "tests/analyzers/taint/programs.hpp"

namespace peer::taint {
namespace {

const Sample kSamples[] = {
    {"a source", "sink(source());", Expected::tainted},
    {"a literal", "sink('x');", Expected::constant},
    {"a parameter", "sink(p);", Expected::variable},
    {"an assignment", "const a = source(); let b; b = a; sink(b);", Expected::tainted},
    {"overwritten", "let a = source(); a = 'x'; sink(a);", Expected::constant},
    {"var", "var a; if (p) { var a = source(); } sink(a);", Expected::tainted},
    {"a block's own name", "let a = 'x'; { let a = source(); } sink(a);", Expected::constant},
    {"a template", "const a = source(); sink(`x ${a}`);", Expected::tainted},
    {"a template of constants", "const a = 'y'; sink(`x ${a}`);", Expected::constant},
    {"added", "sink('x' + source());", Expected::tainted},
    {"added to", "let a = 'x'; a += source(); sink(a);", Expected::tainted},
    {"a method of it", "sink(source().trim().toLowerCase());", Expected::tainted},
    {"a member of it", "sink(source().body.name);", Expected::tainted},
    {"destructuring an object", "const {a, b} = {a: source(), b: 'x'}; sink(b);",
     Expected::constant},
    {"destructuring the wrong member", "const {a, b: c} = {a: 'x', b: source()}; sink(c);",
     Expected::tainted},
    {"destructuring with a default", "const {a = 'x'} = source(); sink(a);", Expected::tainted},
    {"destructuring an array", "const [a, b] = [source(), 'x']; sink(a);", Expected::tainted},
    {"destructuring the other", "const [a, b] = [source(), 'x']; sink(b);", Expected::constant},
    {"a member of an object", "const o = {a: source(), b: 'x'}; sink(o.b);", Expected::constant},
    {"the other member", "const o = {a: source(), b: 'x'}; sink(o.a);", Expected::tainted},
    {"a member set later", "const o = {}; o.a = source(); sink(o.a);", Expected::tainted},
    {"an object by key", "const o = {}; o['a'] = source(); o.b = 'x'; sink(o['b']);",
     Expected::constant},
    {"an array", "const a = []; a.push(source()); sink(a.join(' '));", Expected::tainted},
    {"spread", "const a = [source()]; sink([...a, 'x']);", Expected::tainted},
    {"spread of an object", "const a = {x: source()}; sink({...a}.x);", Expected::tainted},
    {"a number", "sink(parseInt(source(), 10));", Expected::constant},
    {"plus makes no text of a number", "sink('x' + Number(source()));", Expected::constant},
    {"or a default", "sink(source() || 'x');", Expected::tainted},
    {"constants either way", "sink(p ? 'x' : 'y');", Expected::constant},
    {"a ternary", "sink(p ? source() : 'y');", Expected::tainted},
    {"an allow-list", "const a = source(); if (!['x', 'y'].includes(a)) return; sink(a);",
     Expected::constant},
    {"indexOf", "const a = source(); if (ALLOWED.indexOf(a) === -1) { return; } sink(a);",
     Expected::constant},
    {"a strict comparison", "const a = source(); if (a === 'x') sink(a);", Expected::constant},
    {"a pattern", "const a = source(); if (!/^[a-z]+$/.test(a)) throw new Error(); sink(a);",
     Expected::constant},
    {"a pattern that is not anchored",
     "const a = source(); if (!/[a-z]/.test(a)) throw new Error(); sink(a);", Expected::tainted},
    {"a validator", "const a = source(); if (isValidName(a)) sink(a);", Expected::constant},
    {"a validator that fails", "const a = source(); if (!isValidName(a)) sink(a);",
     Expected::tainted},
    {"switch",
     "let a = 'x'; switch (p) { case 1: a = source(); break; default: a = 'y'; } sink(a);",
     Expected::tainted},
    {"switch on a constant",
     "let a; switch ('b') { case 'a': a = source(); break; case 'b': a = 'x'; } sink(a);",
     Expected::constant},
    {"a loop", "for (const a of source()) sink(a);", Expected::tainted},
    {"a loop over keys", "for (const a in source()) { sink(a); }", Expected::tainted},
    {"a while loop", "let a = 'x'; while (p()) { sink(a); a = source(); }", Expected::tainted},
    {"try", "let a; try { a = source(); } catch (e) { a = 'x'; } finally { p(); } sink(a);",
     Expected::tainted},
    {"await", "sink(await source());", Expected::tainted},
    {"then", "source().then(a => sink(a));", Expected::tainted},
    {"a callback of what it is", "source().forEach(function (a) { sink(a); });", Expected::tainted},
    {"map", "sink(['x'].map(a => a + source()));", Expected::tainted},
    {"a function inside", "const a = source(); function g() { sink(a); } g();", Expected::tainted},
    {"an arrow", "const g = () => sink(source());", Expected::tainted},
    {"a function of the file", "sink(same(source()));", Expected::tainted},
    {"a function of the file that gives a constant", "sink(other(source()));", Expected::constant},
    {"a function kept in a constant", "sink(arrow(source()));", Expected::tainted},
    {"a constant of the file", "sink(FILE + limit);", Expected::constant},
    {"a variable of the file that changes", "sink(changing);", Expected::variable},
    {"a promise made of it", "sink(Promise.resolve(source()));", Expected::tainted},
    {"typeof", "sink(typeof source());", Expected::constant},
    {"an optional chain", "sink(source()?.a?.b);", Expected::tainted},
    {"assigned in a condition", "let a; if ((a = source())) sink(a);", Expected::tainted},
    {"logical assignment", "let a; a ||= source(); sink(a);", Expected::tainted},
    {"a comma", "sink((p(), source()));", Expected::tainted},
    {"an element of markup", "sink(<b title='x'>{source()}</b>);", Expected::tainted},
};

TEST(JavaScriptTaint, JudgesEveryConstruct) {
  judge_all("javascript", "a.js", kSamples,
            "const FILE = 'x';\nconst limit = 5;\nlet changing = 'x';\nfunction change(x) { "
            "changing = x; }\nfunction same(x) { return 'a' + x; }\nfunction other(x) { return "
            "'a'; }\nconst arrow = x => x;\nfunction f(p) {\n",
            "\n}\n");
}

}  // namespace
}  // namespace peer::taint
