#include <gtest/gtest.h>

#include "tests/analyzers/taint/programs.hpp"

namespace peer::taint {
namespace {

const Sample kSamples[] = {
    {"a source", "sink(source());", Expected::tainted},
    {"a literal", "sink(\"x\");", Expected::constant},
    {"a parameter", "sink(p);", Expected::variable},
    {"a number", "sink(n);", Expected::constant},
    {"a pointer", "char *a = source(); char *b = a; sink(b);", Expected::tainted},
    {"overwritten", "char *a = source(); a = \"x\"; sink(a);", Expected::constant},
    {"declared first", "char *a; a = source(); sink(a);", Expected::tainted},
    {"either of constants", "char *a; if (n) a = \"x\"; else a = \"y\"; sink(a);",
     Expected::constant},
    {"strcpy", "char a[9]; strcpy(a, source()); sink(a);", Expected::tainted},
    {"strcpy of a constant", "char a[9]; strcpy(a, \"x\"); sink(a);", Expected::constant},
    {"sprintf", "char a[9]; sprintf(a, \"%s\", source()); sink(a);", Expected::tainted},
    {"strcat", "char a[9] = \"x\"; strcat(a, source()); sink(a);", Expected::tainted},
    {"atoi", "int a = atoi(source()); sink(a);", Expected::constant},
    {"an element", "char *a[2]; a[0] = source(); a[1] = \"x\"; sink(a[0]);", Expected::tainted},
    {"a member", "struct s o; o.a = source(); sink(o.a);", Expected::tainted},
    {"a member behind a pointer", "o->a = source(); sink(o->a);", Expected::tainted},
    {"written by address", "char *a; get(source(), &a); sink(a);", Expected::tainted},
    {"strcmp", "char *a = source(); if (strcmp(a, \"x\") == 0) sink(\"x\");", Expected::constant},
    {"a loop", "char *a = \"x\"; for (int i = 0; i < 3; i++) { sink(a); a = source(); }",
     Expected::tainted},
    {"while", "char *a = \"x\"; while (n) { a = source(); } sink(a);", Expected::tainted},
    {"switch",
     "char *a = \"x\"; switch (n) { case 1: a = source(); break; default: a = \"y\"; } sink(a);",
     Expected::tainted},
    {"exit", "char *a = source(); if (n) { exit(1); } else { a = \"x\"; } sink(a);",
     Expected::constant},
    {"a conditional", "sink(n ? source() : \"x\");", Expected::tainted},
    {"a cast", "sink((const char *) source());", Expected::tainted},
    {"a constant of the file", "sink(name);", Expected::constant},
    {"a function", "sink(same(source()));", Expected::tainted},
    {"neighbouring strings", "sink(\"x\" \"y\");", Expected::constant},
};

TEST(CTaint, JudgesEveryConstruct) {
  judge_all("c", "a.c", kSamples,
            "static const char *name = \"x\";\n\nstatic char *same(char *x) { return x; }\n\nvoid "
            "f(char *p, int n, struct s *o) {\n",
            "\n}\n");
}

}  // namespace
}  // namespace peer::taint
