#include <gtest/gtest.h>

#include "tests/analyzers/taint/programs.hpp"

namespace peer::taint {
namespace {

const Sample kSamples[] = {
    {"a source", "sink(source());", Expected::tainted},
    {"a literal", "sink(\"x\");", Expected::constant},
    {"a parameter", "sink(p);", Expected::variable},
    {"a number", "sink(n);", Expected::constant},
    {"an assignment", "var a = source(); string b = a; sink(b);", Expected::tainted},
    {"overwritten", "var a = source(); a = \"x\"; sink(a);", Expected::constant},
    {"added", "sink(\"x\" + source());", Expected::tainted},
    {"interpolated", "var a = source(); sink($\"x {a}\");", Expected::tainted},
    {"interpolated with a format", "var a = source(); sink($\"x {a,10:N}\");", Expected::tainted},
    {"interpolated constants", "const string a = \"y\"; sink($\"x {a}\");", Expected::constant},
    {"string.Format", "sink(string.Format(\"{0}\", source()));", Expected::tainted},
    {"string.Format of constants", "sink(string.Format(\"{0}\", \"x\"));", Expected::constant},
    {"verbatim", "sink(@\"c:\\x\");", Expected::constant},
    {"a builder",
     "var b = new StringBuilder(); b.Append(\"x\"); b.Append(source()); sink(b.ToString());",
     Expected::tainted},
    {"a builder of constants",
     "var b = new StringBuilder(\"x\"); b.Append(\"y\"); sink(b.ToString());", Expected::constant},
    {"int.Parse", "sink(\"x\" + int.Parse(source()));", Expected::constant},
    {"out", "int.TryParse(source(), out var a); sink(a);", Expected::constant},
    {"out of something", "g(source(), out var a); sink(a);", Expected::tainted},
    {"a number by its type", "int a = g(source()); sink(a);", Expected::constant},
    {"a cast", "sink((string) source());", Expected::tainted},
    {"as", "sink(source() as string);", Expected::tainted},
    {"is", "if (source() is string a) { sink(a); }", Expected::tainted},
    {"a conditional", "sink(p == null ? \"x\" : source());", Expected::tainted},
    {"a default", "sink(source() ?? \"x\");", Expected::tainted},
    {"if", "string a; if (n > 1) { a = source(); } else { a = \"x\"; } sink(a);",
     Expected::tainted},
    {"an allow-list", "var a = source(); if (!Allowed.Contains(a)) return; sink(a);",
     Expected::constant},
    {"equal", "var a = source(); if (a == \"x\") sink(a);", Expected::constant},
    {"a pattern of constants", "var a = source(); if (a is \"x\" or \"y\") sink(a);",
     Expected::constant},
    {"a pattern that is not had",
     "var a = source(); if (a is not (\"x\" or \"y\")) return; sink(a);", Expected::constant},
    {"the other way round", "var a = source(); if (a is not \"x\") sink(a);", Expected::tainted},
    {"a pattern that is a type", "var a = source(); if (a is string) sink(a);", Expected::tainted},
    {"a pattern, or a condition", "var a = source(); if (a is null || a != \"x\") return; sink(a);",
     Expected::constant},
    {"a pattern, and a condition", "var a = source(); if (a is not null && a == \"x\") sink(a);",
     Expected::constant},
    {"a pattern, and another condition",
     "var a = source(); if (a is not null && b == \"x\") sink(a);", Expected::tainted},
    {"a sink behind a pattern", "var a = source(); if (a is not null && sink(a)) return;",
     Expected::tainted},
    {"a list", "var l = new List<string>(); l.Add(\"x\"); l.Add(source()); sink(l[0]);",
     Expected::constant},
    {"a list's other element",
     "var l = new List<string>(); l.Add(\"x\"); l.Add(source()); sink(l[1]);", Expected::tainted},
    {"a dictionary",
     "var m = new Dictionary<string, string>(); m[\"a\"] = source(); m[\"b\"] = \"x\"; "
     "sink(m[\"b\"]);",
     Expected::constant},
    {"an array", "var a = new[] { \"x\", source() }; sink(a[0]);", Expected::constant},
    {"an array's other element", "string[] a = { \"x\", source() }; sink(a[1]);",
     Expected::tainted},
    {"foreach", "foreach (var a in source()) { sink(a); }", Expected::tainted},
    {"for", "var a = \"x\"; for (int i = 0; i < 3; i++) { sink(a); a = source(); }",
     Expected::tainted},
    {"while", "var a = \"x\"; while (n > 0) { a += source(); } sink(a);", Expected::tainted},
    {"switch",
     "string a; switch (p) { case \"a\": a = source(); break; default: a = \"x\"; break; } "
     "sink(a);",
     Expected::tainted},
    {"switch on a constant",
     "string a; switch ('B') { case 'A': a = source(); break; case 'B': a = \"x\"; break; default: "
     "a = source(); break; } sink(a);",
     Expected::constant},
    {"a switch expression", "var a = p switch { \"a\" => source(), _ => \"x\" }; sink(a);",
     Expected::tainted},
    {"a switch expression of constants",
     "var a = p switch { \"a\" => \"y\", _ => \"x\" }; sink(a);", Expected::constant},
    {"try",
     "string a; try { a = source(); } catch (E e) { a = \"x\"; } finally { n = 1; } sink(a);",
     Expected::tainted},
    {"using", "using (var a = source()) { sink(a); }", Expected::tainted},
    {"a using declaration", "using var a = source(); sink(a);", Expected::tainted},
    {"await", "sink(await source());", Expected::tainted},
    {"a lambda", "var a = source(); Run(() => sink(a));", Expected::tainted},
    {"a lambda's parameter", "source().Select(a => sink(a));", Expected::tainted},
    {"a member", "sink(fromOutside);", Expected::tainted},
    {"a constant member", "sink(constant + this.constant + LIMIT);", Expected::constant},
    {"a property with a value", "sink(Name);", Expected::constant},
    {"a property without", "sink(Other);", Expected::variable},
    {"a method", "sink(Same(source()));", Expected::tainted},
    {"a method with an arrow", "sink(Arrow(source()));", Expected::tainted},
    {"a method that gives a constant", "sink(Constant(source()));", Expected::constant},
    {"an initialiser", "var o = new O { A = source() }; sink(o);", Expected::tainted},
    {"a conditional access", "sink(source()?.Name);", Expected::tainted},
    {"a tuple", "var (a, b) = (source(), \"x\"); sink(b);", Expected::constant},
};

TEST(CSharpTaint, JudgesEveryConstruct) {
  judge_all("csharp", "a.cs", kSamples,
            "class A {\n  private const string LIMIT = \"x\";\n  private readonly string constant "
            "= \"x\";\n  private string fromOutside;\n  public string Name { get; } = \"x\";\n  "
            "public string Other { get; set; }\n  static readonly HashSet<string> Allowed = new() "
            "{ \"x\" };\n  public A() { fromOutside = source(); }\n  string Same(string x) { "
            "return \"a\" + x; }\n  string Arrow(string x) => x;\n  string Constant(string x) { "
            "return \"x\"; }\n  async void F(string p, int n) {\n",
            "\n  }\n}\n");
}

}  // namespace
}  // namespace peer::taint
