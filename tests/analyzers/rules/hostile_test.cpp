// Hostile code against hostile rules: an answer in bounded time, and never a crash.
#include <chrono>

#include <gmock/gmock.h>

#include "tests/analyzers/rules/rule_fixture.hpp"

namespace peer::rules {
namespace {

using testing::IsEmpty;

std::string repeated(std::string_view text, std::size_t count) {
  std::string out;
  for (std::size_t i = 0; i < count; ++i)
    out += text;
  return out;
}

struct Answer {
  std::size_t matches = 0;
  bool complete = true;
};

Answer answer(const std::string& rule, const std::string& text) {
  const auto loaded = load(rule);
  EXPECT_THAT(loaded.problems, IsEmpty());
  const auto file = parse("a.js", text, {.budget = std::chrono::seconds(30)});
  EXPECT_NE(file.tree(), nullptr);
  const auto result = loaded.set.scan(file);
  return {result.matches.size(), result.complete};
}

const std::string kHead = "id: r\nlanguage: js\n";

TEST(HostileRules, OneHundredThousandParenthesesAreMatched) {
  const auto deep = repeated("(", 100'000) + "a" + repeated(")", 100'000);
  EXPECT_EQ(answer(kHead + "rule: {pattern: ($A)}", deep).matches, 100'000U);
  // quadratic by what is asked: it ends early, and says so
  EXPECT_FALSE(
      answer(kHead + "rule: {kind: parenthesized_expression, inside: {kind: number, stopBy: end}}",
             deep)
          .complete);
}

TEST(HostileRules, AUtilityThatCallsItselfGoesNoDeeperThanItMay) {
  const std::string rule =
      kHead +
      "utils: {u: {any: [{kind: number}, {kind: array, has: {matches: u}}]}}\nrule: {matches: u}";
  EXPECT_EQ(answer(rule, repeated("[", 50) + "1" + repeated("]", 50)).matches, 51U);
  EXPECT_FALSE(answer(rule, repeated("[", 20'000) + "1" + repeated("]", 20'000)).complete);
}

TEST(HostileRules, SiblingsWithoutNumberAreWalkedOnce) {
  const auto wide = "f(" + repeated("x, ", 100'000) + "y)";
  EXPECT_EQ(answer(kHead + "rule: {kind: identifier, nthChild: {position: 5, reverse: true}}", wide)
                .matches,
            1U);
  EXPECT_EQ(answer(kHead + "rule: {pattern: 'f($$$, y)'}", wide).matches, 1U);
  EXPECT_EQ(
      answer(kHead + "rule: {kind: identifier, precedes: {regex: ','}, follows: {regex: ','}}",
             wide)
          .matches,
      99'999U);
}

TEST(HostileRules, ExponentialRulesEndEarly) {
  for (const std::string key : {"any", "all"}) {
    std::string utils = "utils:\n";
    for (int i = 0; i < 40; ++i) {
      const auto next = "{matches: u" + std::to_string(i + 1) + "}";
      utils += "  u" + std::to_string(i) + ": {" + key + ": [" + next + ", " + next + "]}\n";
    }
    utils += "  u40: {regex: q+}\n";
    EXPECT_FALSE(answer(kHead + utils + "rule: {kind: identifier, matches: u0}", "x; qq;").complete)
        << key;
  }
}

TEST(HostileRules, WaysThatDoubleAtEachLevelAreNotAllAskedWhereTheyBegin) {
  constexpr int kLevels = 40;
  std::string yaml =
      "id: r\nlanguage: js\nutils:\n  u40: {any: [{pattern: needle($A)}, {pattern: here($A)}]}\n";
  for (int i = kLevels - 1; i >= 0; --i) {
    const auto next = "{matches: u" + std::to_string(i + 1) + "}";
    yaml += "  u" + std::to_string(i) + ": {any: [" + next + ", " + next + "]}\n";
  }
  yaml += "rule: {matches: u0}\n";
  EXPECT_THAT(scan(yaml, "a.js", "here(1)\n"), testing::ElementsAre("r: here(1)"));
}

TEST(HostileRules, PatternsAsDeepAsTheyLikeAreRefused) {
  const auto deep = repeated("f(", 1'000) + "x" + repeated(")", 1'000);
  const auto loaded = load(kHead + "rule: {pattern: '" + deep + "'}");
  ASSERT_EQ(loaded.problems.size(), 1U);
  EXPECT_THAT(loaded.problems[0].message, testing::HasSubstr("levels deep"));
}

}  // namespace
}  // namespace peer::rules
