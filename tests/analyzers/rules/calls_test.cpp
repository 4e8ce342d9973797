// Global utilities with arguments.
#include <gmock/gmock.h>

#include "tests/analyzers/rules/rule_fixture.hpp"

namespace peer::rules {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;

constexpr std::string_view kUtilities = R"(
id: wrap
language: js
arguments: [BODY]
rule: {kind: call_expression, has: {matches: BODY, stopBy: end}}
---
id: both
language: js
arguments: [ONE, OTHER]
rule:
  all:
    - matches: {wrap: {BODY: {matches: ONE}}}
    - not: {matches: {wrap: {BODY: {matches: OTHER}}}}
---
id: plain
language: js
rule: {kind: number}
---
id: itself
language: js
arguments: [X]
rule: {matches: {itself: {X: {matches: X}}}}
---
id: twice
language: js
arguments: [X]
rule: {any: [{matches: {again: {X: {matches: X}}}}, {matches: X}]}
---
id: again
language: js
arguments: [X]
rule: {matches: {wrap: {BODY: {matches: {twice: {X: {matches: X}}}}}}}
)";

std::vector<std::string> found(std::string_view rule, std::string_view more = "") {
  const auto yaml =
      "id: r\nlanguage: js\n" + std::string(more) + "rule: " + std::string(rule) + "\n";
  const std::vector<RuleText> texts{{.name = "wrap.yml", .text = kUtilities, .is_utility = true},
                                    {.name = "r.yml", .text = yaml}};
  const auto loaded = RuleSet::load(texts);
  std::vector<std::string> out;
  for (const auto& problem : loaded.problems)
    out.push_back("! " + problem.message);
  const std::string text = "foo(1)\nbar('x')\nbaz(a, 2, 'y')\n";
  const auto file = file_of("a.js", text);
  const auto result = loaded.set.scan(file);
  for (const auto& match : result.matches)
    out.emplace_back(match.node.text(text));
  return out;
}

TEST(Calls, AUtilityIsCompiledWithWhatItIsGiven) {
  EXPECT_THAT(found("{matches: {wrap: {BODY: {kind: number}}}}"),
              ElementsAre("foo(1)", "baz(a, 2, 'y')"));
  EXPECT_THAT(found("{matches: {wrap: {BODY: {kind: string}}}}"),
              ElementsAre("bar('x')", "baz(a, 2, 'y')"));
}

TEST(Calls, WhatIsGivenIsReadWhereItStands) {
  EXPECT_THAT(found("{matches: {wrap: {BODY: {matches: mine}}}}",
                    "utils: {mine: {kind: string, regex: y}}\n"),
              ElementsAre("baz(a, 2, 'y')"));
  EXPECT_THAT(found("{matches: {both: {ONE: {matches: plain}, OTHER: {kind: string}}}}"),
              ElementsAre("foo(1)"));
  EXPECT_THAT(found("{matches: {wrap: {BODY: {matches: {wrap: {BODY: {kind: number}}}}}}}"),
              IsEmpty());
}

TEST(Calls, WhatDoesNotFitIsRefused) {
  EXPECT_THAT(found("{matches: wrap}"), ElementsAre(StartsWith("! the utility `wrap` takes")));
  EXPECT_THAT(found("{matches: {wrap: {}}}"),
              ElementsAre("! the argument `BODY` of the utility `wrap` is missing"));
  EXPECT_THAT(found("{matches: {wrap: {BODDY: {kind: number}}}}"),
              ElementsAre("! the utility `wrap` has no argument `BODDY`"));
  EXPECT_THAT(found("{matches: {plain: {BODY: {kind: number}}}}"),
              ElementsAre("! the utility `plain` takes no arguments"));
  EXPECT_THAT(found("{matches: {warp: {BODY: {kind: number}}}}"),
              ElementsAre("! no global utility is called `warp`"));
}

TEST(Calls, ThatNeverEndAreRefused) {
  for (const std::string rule :
       {"{matches: {itself: {X: {kind: number}}}}", "{matches: {twice: {X: {kind: number}}}}"}) {
    const auto out = found(rule);
    ASSERT_FALSE(out.empty());
    EXPECT_THAT(out[0], StartsWith("! "));
  }
}

TEST(Calls, AChainOfUtilitiesIsNoDeeperThanTheStack) {
  std::string chain = "utils:\n";
  for (int i = 0; i < 30'000; ++i)
    chain += "  u" + std::to_string(i) + ": {matches: u" + std::to_string(i + 1) + "}\n";
  chain += "  u30000: {kind: number}\n";
  const auto out = found("{matches: u0}", chain);
  ASSERT_FALSE(out.empty());
  EXPECT_THAT(out[0], HasSubstr("nest over 300 deep"));
}

}  // namespace
}  // namespace peer::rules
