#include <gtest/gtest.h>

#include "tests/analyzers/taint/programs.hpp"

namespace peer::taint {
namespace {

const Sample kSamples[] = {
    {"a source", "sink(source())", Expected::tainted},
    {"a literal", "sink(\"x\")", Expected::constant},
    {"a parameter", "sink(p)", Expected::variable},
    {"a number", "sink(n)", Expected::constant},
    {"define", "a := source(); b := a; sink(b)", Expected::tainted},
    {"overwritten", "a := source(); a = \"x\"; sink(a)", Expected::constant},
    {"var", "var a string = source(); sink(a)", Expected::tainted},
    {"var without a value", "var a string; a = source(); sink(a)", Expected::tainted},
    {"const", "const a = \"x\"; sink(a + \"y\")", Expected::constant},
    {"added", "sink(\"x\" + source())", Expected::tainted},
    {"added to", "a := \"x\"; a += source(); sink(a)", Expected::tainted},
    {"Sprintf", "sink(fmt.Sprintf(\"%s\", source()))", Expected::tainted},
    {"Sprintf of constants", "sink(fmt.Sprintf(\"%s\", \"x\"))", Expected::constant},
    {"two values", "a, err := source(); _ = err; sink(a)", Expected::tainted},
    {"two values in order", "a, b := source(), \"x\"; _ = a; sink(b)", Expected::constant},
    {"swapped", "a, b := source(), \"x\"; a, b = b, a; sink(a)", Expected::constant},
    {"a hidden name", "a := \"x\"; if a := source(); a != \"\" { p = a }; sink(a)",
     Expected::constant},
    {"an assigned name", "a := \"x\"; if p != \"\" { a = source() }; sink(a)", Expected::tainted},
    {"in the if", "if a := source(); a != \"\" { sink(a) }", Expected::tainted},
    {"Atoi", "a, _ := strconv.Atoi(source()); sink(fmt.Sprint(a))", Expected::constant},
    {"a slice", "a := []string{source(), \"x\"}; sink(a[1])", Expected::constant},
    {"a slice's other element", "a := []string{source(), \"x\"}; sink(a[0])", Expected::tainted},
    {"append", "a := []string{}; a = append(a, source()); sink(a)", Expected::tainted},
    {"append of constants", "a := []string{\"x\"}; a = append(a, \"y\"); sink(a)",
     Expected::constant},
    {"a map", "m := map[string]string{\"a\": source(), \"b\": \"x\"}; sink(m[\"b\"])",
     Expected::constant},
    {"a map filled", "m := map[string]string{}; m[\"a\"] = source(); sink(m[\"a\"])",
     Expected::tainted},
    {"a struct", "o := T{A: source(), B: \"x\"}; sink(o.B)", Expected::constant},
    {"a struct's other field", "o := &T{A: source(), B: \"x\"}; sink(o.A)", Expected::tainted},
    {"a field that is set", "var o T; o.A = source(); sink(o.A)", Expected::tainted},
    {"range", "for _, a := range source() { sink(a) }", Expected::tainted},
    {"range over constants", "for _, a := range []string{\"x\", \"y\"} { sink(a) }",
     Expected::constant},
    {"for", "a := \"x\"; for i := 0; i < 3; i++ { sink(a); a = source() }", Expected::tainted},
    {"while", "a := \"x\"; for p != \"\" { a += source() }; sink(a)", Expected::tainted},
    {"for ever", "for { a := source(); if a != \"\" { sink(a); break } }", Expected::tainted},
    {"switch", "a := \"x\"; switch p { case \"a\": a = source(); default: a = \"y\" }; sink(a)",
     Expected::tainted},
    {"switch on a constant",
     "a := \"x\"; switch \"b\" { case \"a\": a = source(); case \"b\": a = \"y\" }; sink(a)",
     Expected::constant},
    {"switch on its own value", "a := source(); switch a { case \"x\", \"y\": sink(a) }",
     Expected::constant},
    {"switch of conditions", "a := source(); switch { case a == \"x\": sink(a) }",
     Expected::constant},
    {"type switch", "var o any = source(); switch v := o.(type) { case string: sink(v) }",
     Expected::tainted},
    {"an allow-list", "a := source(); if !allowed[a] { return }; sink(a)", Expected::constant},
    {"equal", "a := source(); if a == \"x\" { sink(a) }", Expected::constant},
    {"slices.Contains", "a := source(); if !slices.Contains(ALLOWED, a) { return }; sink(a)",
     Expected::constant},
    {"a builder", "var b strings.Builder; b.WriteString(source()); sink(b.String())",
     Expected::tainted},
    {"Fprintf", "var b bytes.Buffer; fmt.Fprintf(&b, \"%s\", source()); sink(b.String())",
     Expected::tainted},
    {"Unmarshal", "var o T; json.Unmarshal(source(), &o); sink(o.A)", Expected::tainted},
    {"a closure", "a := source(); go func() { sink(a) }()", Expected::tainted},
    {"defer", "a := source(); defer sink(a)", Expected::tainted},
    {"a conversion", "sink(string([]byte(source())))", Expected::tainted},
    {"a number's conversion", "sink(int64(source()))", Expected::constant},
    {"a function of the file", "sink(same(source()))", Expected::tainted},
    {"one of two results", "a, _ := two(source()); sink(a)", Expected::tainted},
    {"a constant of the file", "sink(limit)", Expected::constant},
    {"a slice expression", "a := source(); sink(a[1:])", Expected::tainted},
    {"a type assertion", "sink(source().(string))", Expected::tainted},
    {"a pointer", "a := source(); b := &a; sink(*b)", Expected::tainted},
};

TEST(GoTaint, JudgesEveryConstruct) {
  judge_all("go", "a.go", kSamples,
            "package a\n\nconst limit = \"x\"\n\nvar allowed = map[string]bool{\"x\": "
            "true}\n\nfunc same(x string) string { return \"a\" + x }\n\nfunc two(x string) "
            "(string, error) { return x, nil }\n\nfunc f(p string, n int) {\n",
            "\n}\n");
}

}  // namespace
}  // namespace peer::taint
