// Where a limit ends a search, the review of the file says so.
#include <fmt/format.h>
#include <stop_token>

#include <gmock/gmock.h>

#include "analyzers/examine.hpp"
#include "analyzers/rules/rule_book.hpp"
#include "analyzers/rules/rule_findings.hpp"

namespace peer::rules {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

FileReview review(std::string_view yaml, std::string path, std::string text) {
  const auto loaded = RuleBook::load(std::vector<RuleText>{{.name = "rule.yml", .text = yaml}});
  EXPECT_THAT(loaded.problems, IsEmpty());
  FileJob job;
  job.file.path = std::move(path);
  job.after = std::move(text);
  job.whole_file = true;
  ExamineOptions options;
  options.rules = loaded.book;
  options.only_rules = true;
  return examine(job, options);
}

TEST(Limits, ARuleThatIsTooMuchWorkIsNotCalledDone) {
  const auto found = review(
      "id: r\nlanguage: js\nrule: {kind: parenthesized_expression, inside: {kind: number, stopBy: "
      "end}}",
      "a.js", std::string(20'000, '(') + "a" + std::string(20'000, ')'));
  EXPECT_FALSE(found.complete);
  EXPECT_THAT(found.reason, HasSubstr("limit was reached"));
}

TEST(Limits, UtilitiesThatDoubleAtEachLevelAreCalledByTheRulesName) {
  std::string yaml = "id: doubles\nlanguage: js\nutils:\n  u40: {nthChild: 7}\n";
  for (int i = 39; i >= 0; --i)
    yaml += fmt::format("  u{}: {{any: [{{matches: u{}}}, {{matches: u{}}}]}}\n", i, i + 1, i + 1);
  yaml +=
      "rule: {all: [{kind: identifier}, {matches: u0}]}\n---\n"
      "id: calm\nlanguage: js\nrule: {kind: number}\n";
  const auto found = review(yaml, "a.js", "1\na\nb\n");
  EXPECT_FALSE(found.complete);
  EXPECT_THAT(found.reason, HasSubstr("the rule doubles was still searching"));
}

TEST(Limits, ARuleThatMatchesWithoutEndIsCutShortAndTheOthersRun) {
  std::string text = "last()\n";
  for (std::uint32_t i = 0; i < kMostFindings; ++i)
    text += "a;";
  const auto rule = [](std::string_view id, std::string_view object) {
    return fmt::format("id: {}\nlanguage: js\nrule: {}\n---\n", id, object);
  };
  const auto rules = rule("names", "{kind: identifier}") + rule("calls", "{pattern: last()}");
  const auto exact = review(rule("names", "{kind: identifier}"), "a.js", text.substr(7));
  EXPECT_TRUE(exact.complete) << exact.reason;
  EXPECT_EQ(exact.findings.size(), kMostFindings);
  const auto found = review(rules, "a.js", text);
  EXPECT_FALSE(found.complete);
  EXPECT_THAT(found.reason, HasSubstr("names matches it more than 20000 times"));
  EXPECT_EQ(found.findings.size(), kMostFindings + 1);
}

TEST(Limits, ATransformThatGrowsWithoutEndGivesNoFixAndTheOthersAreMade) {
  std::string yaml = "id: grows\nlanguage: js\nrule: {pattern: foo($A)}\ntransform:\n";
  for (int i = 0; i < 20; ++i)
    yaml += fmt::format("  T{}: {{replace: {{source: ${}, replace: '.', by: '$0$0$0$0'}}}}\n",
                        i + 1, i == 0 ? std::string("A") : fmt::format("T{}", i));
  yaml += "fix: bar($T20)\n---\nid: other\nlanguage: js\nrule: {pattern: foo($A)}\nfix: bar($A)\n";
  const auto found = review(yaml, "a.js", "foo(1)\n");
  ASSERT_EQ(found.findings.size(), 2U);
  EXPECT_FALSE(found.findings[0].fix);
  ASSERT_TRUE(found.findings[1].fix);
  EXPECT_EQ(found.findings[1].fix->edits[0].text, "bar(1)");
  EXPECT_FALSE(found.complete);
  EXPECT_THAT(found.reason, HasSubstr("a fix would have been too long"));
}

TEST(Limits, AFixThatRepeatsItselfWithoutEndIsNotMade) {
  std::string fix;
  for (int i = 0; i < 40'000; ++i)
    fix += "$A";
  const auto found = review("id: r\nlanguage: js\nrule: {pattern: foo($A)}\nfix: " + fix, "a.js",
                            "foo('" + std::string(10'000, 'x') + "')\n");
  ASSERT_EQ(found.findings.size(), 1U);
  EXPECT_FALSE(found.findings[0].fix);
  EXPECT_FALSE(found.complete);
}

TEST(Limits, ARunThatIsStoppedTellsSo) {
  const auto loaded = RuleBook::load(std::vector<RuleText>{
      {.name = "rule.yml", .text = "id: r\nlanguage: js\nrule: {pattern: foo($A)}\n"}});
  const auto file = parse("a.js", "foo(1)\n");
  std::stop_source stop;
  stop.request_stop();
  const auto found = find_by_rules(file, *loaded.book, {}, stop.get_token());
  EXPECT_THAT(found.findings, IsEmpty());
  EXPECT_FALSE(found.complete);
  EXPECT_THAT(found.reason, HasSubstr("stopped"));
}

TEST(Limits, ARuleThatIsOffIsNotEvenTried) {
  std::string slow = "id: slow\nlanguage: js\nutils:\n";  // it ends the search by its limit
  for (int i = 0; i < 40; ++i) {
    const auto next = "{matches: u" + std::to_string(i + 1) + "}";
    slow += "  u" + std::to_string(i) + ": {any: [" + next + ", " + next + "]}\n";
  }
  slow += "  u40: {regex: q+}\nrule: {kind: identifier, matches: u0}\n";
  const auto loaded = RuleBook::load(std::vector<RuleText>{
      {.name = "rule.yml", .text = "id: r\nlanguage: js\nrule: {pattern: foo($A)}\n"},
      {.name = "slow.yml", .text = slow}});
  const auto file = parse("a.js", "x; qq; foo(1)\n");
  EXPECT_FALSE(find_by_rules(file, *loaded.book).complete);
  const RuleIds off{"slow"};
  const auto found = find_by_rules(file, *loaded.book, {.off = &off});
  EXPECT_TRUE(found.complete) << found.reason;
  EXPECT_THAT(found.findings, SizeIs(1));
}

TEST(Limits, LookingThroughTheWholeFileForEachNodeIsNotTooMuch) {
  constexpr std::string_view kImported =
      "id: imported\nlanguage: js\nrule:\n  pattern: $F($$$)\n  inside:\n    kind: program\n    "
      "stopBy: end\n"
      "    has: {stopBy: end, kind: import_specifier, has: {pattern: $F}}\n";
  std::string text = "import { used } from 'fs';\nused(0);\n";
  for (int i = 0; i < 5'000; ++i)
    text += fmt::format("call{}(1, 2, [3], {{}});\n", i);
  const auto found = review(kImported, "a.js", text + "used(1);\n");
  EXPECT_TRUE(found.complete) << found.reason;
  EXPECT_THAT(found.findings, SizeIs(2));
}

}  // namespace
}  // namespace peer::rules
