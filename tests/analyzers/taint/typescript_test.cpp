#include <gtest/gtest.h>

#include "tests/analyzers/taint/programs.hpp"

namespace peer::taint {
namespace {

const Sample kSamples[] = {
    {"a source", "sink(source());", Expected::tainted},
    {"with types", "const a: string = source() as string; sink(a!);", Expected::tainted},
    {"a constant with a type", "const a: string = 'x'; sink(a);", Expected::constant},
    {"satisfies", "sink(source() satisfies string);", Expected::tainted},
    {"a member", "sink(this.a);", Expected::tainted},
    {"a constant member", "sink(this.b);", Expected::constant},
    {"a private member", "sink(this.#c);", Expected::constant},
    {"a typed argument", "sink(this.same<string>(source()));", Expected::tainted},
    {"an optional parameter", "sink(q);", Expected::variable},
    {"a generic call", "sink(g<string>(source()));", Expected::tainted},
    {"a non-null element",
     "const m: Record<string, string> = {}; m['k'] = source(); sink(m['k']!);", Expected::tainted},
};

TEST(TypeScriptTaint, JudgesEveryConstruct) {
  judge_all(
      "typescript", "a.ts", kSamples,
      "class A {\n  private a: string;\n  readonly b = 'x';\n  #c = 'y';\n  constructor() { this.a "
      "= source(); }\n  same<T>(x: T): T { return x; }\n  f(p: string, q?: string): void {\n",
      "\n  }\n}\n");
}

}  // namespace
}  // namespace peer::taint
