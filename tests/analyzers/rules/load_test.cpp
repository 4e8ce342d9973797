#include <gmock/gmock.h>

#include "tests/analyzers/rules/rule_fixture.hpp"

namespace peer::rules {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

/// "line:column id message [nearest]" of each problem.
std::vector<std::string> problems(std::string_view yaml) {
  std::vector<std::string> out;
  for (const auto& problem : load(yaml).problems)
    out.push_back(std::to_string(problem.line) + ":" + std::to_string(problem.column) + " " +
                  problem.rule_id + " " + problem.message + " [" + problem.nearest + "]");
  return out;
}

TEST(RuleLoading, AMisspeltKeyNamesTheNearest) {
  EXPECT_THAT(problems("id: r\nlanguage: js\nrule:\n  patern: a\n"),
              ElementsAre(HasSubstr("4:3 r `patern` is no key of a rule object [pattern]")));
  EXPECT_THAT(problems("id: r\nlanguage: js\nrule: {}\n"), ElementsAre(HasSubstr("at least one")));
}

TEST(RuleLoading, UnknownKindsAndFieldsNameTheNearest) {
  EXPECT_THAT(problems("id: r\nlanguage: js\nrule: {kind: call_expresion}"),
              ElementsAre(HasSubstr("[call_expression]")));
  EXPECT_THAT(problems("id: r\nlanguage: js\nrule: {kind: array, has: {field: bodi, kind: array}}"),
              ElementsAre(HasSubstr("[body]")));
}

TEST(RuleLoading, OneBadRuleIsOffAndTheRestRun) {
  const std::string_view yaml =
      "id: bad\nlanguage: js\nrule: {regexp: x}\n---\nid: good\nlanguage: js\nrule: {pattern: a}\n";
  EXPECT_THAT(scan(yaml, "a.js", "a"), ElementsAre(HasSubstr("! `regexp`"), "good: a"));
}

TEST(RuleLoading, UnknownTopLevelKeysAndOddUtilityIdsAreFine) {
  const std::string_view yaml =
      "id: r\nlanguage: js\nast-grep-essentials: true\nutils:\n  a (b) = c: {pattern: a}\nrule: "
      "{matches: a (b) = c}\n";
  EXPECT_THAT(scan(yaml, "a.js", "a"), ElementsAre("r: a"));
}

TEST(RuleLoading, UtilityCyclesAreErrorsUnlessARelationStandsBetween) {
  EXPECT_THAT(problems("id: r\nlanguage: js\nutils: {a: {all: [{matches: b}]}, b: {not: {matches: "
                       "a}}}\nrule: {pattern: x}"),
              ElementsAre(HasSubstr("comes back to itself")));
  EXPECT_THAT(
      problems(
          "id: r\nlanguage: js\nutils: {a: {kind: array, has: {matches: a}}}\nrule: {matches: a}"),
      IsEmpty());
  EXPECT_THAT(problems("id: r\nlanguage: js\nrule: {kind: array, matches: nowhere}"),
              ElementsAre(HasSubstr("not defined")));
}

TEST(RuleLoading, UndefinedVariablesAreNamed) {
  EXPECT_THAT(
      problems(
          "id: r\nlanguage: js\nrule: {pattern: f($ARG)}\nfix: g($ARGS)\nmessage: $ARG of $OTHER"),
      ElementsAre(HasSubstr("`ARGS` of `fix` is bound nowhere [ARG]"),
                  HasSubstr("`OTHER` of `message`")));
  EXPECT_THAT(problems("id: r\nlanguage: js\nrule: {pattern: f($A)}\nconstraints: {B: {regex: x}}"),
              ElementsAre(HasSubstr("`B`")));
  EXPECT_THAT(problems("id: r\nlanguage: js\nrule: {pattern: f($A)}\ntransform: {B: {substring: "
                       "{source: $A}}}\nfix: $B"),
              IsEmpty());
}

TEST(RuleLoading, ARuleForAnyNodeIsRefused) {
  EXPECT_THAT(problems("id: r\nlanguage: js\nrule: {pattern: $A}"),
              ElementsAre(HasSubstr("any node")));
  EXPECT_THAT(problems("id: r\nlanguage: js\nrule: {regex: x}"),
              ElementsAre(HasSubstr("any node")));
}

TEST(RuleLoading, RegularExpressionsNameWhatRe2Lacks) {
  EXPECT_THAT(problems("id: r\nlanguage: js\nrule:\n  kind: string\n  regex: 'a(?=b)'"),
              ElementsAre(HasSubstr("5:10 r in the regular expression `(?=`")));
  EXPECT_THAT(problems("id: r\nlanguage: js\nrule: {kind: string, regex: '[a-z&&[^b]]'}"),
              ElementsAre(HasSubstr("`&&`")));
}

TEST(RuleLoading, PatternsThatAreNoCodeAreRefused) {
  EXPECT_THAT(problems("id: r\nlanguage: js\nrule: {pattern: ''}"),
              ElementsAre(HasSubstr("holds no code")));
  EXPECT_THAT(problems("id: r\nlanguage: js\nrule: {pattern: 'a; b'}"),
              ElementsAre(HasSubstr("more than one node")));
  EXPECT_THAT(problems("id: r\nlanguage: js\nrule: {pattern: $$$A}"),
              ElementsAre(HasSubstr("alone is no pattern")));
  EXPECT_THAT(problems("id: r\nlanguage: js\nrule: {pattern: {context: a, selector: array}}"),
              ElementsAre(HasSubstr("names no node")));
}

TEST(RuleLoading, APatternThatCannotMeanWhatItSaysIsTold) {
  const auto found = problems("id: r\nlanguage: C\nrule: {pattern: 'sprintf($$$A)'}");
  EXPECT_THAT(found, ElementsAre(HasSubstr("alone is read as a `macro_type_specifier`")));
  EXPECT_THAT(found, ElementsAre(HasSubstr("selector: call_expression")));
  EXPECT_THAT(
      problems(
          "id: r\nlanguage: C\nrule: {pattern: {context: 'void f() { sprintf($$$A); }', selector: "
          "call_expression}}"),
      IsEmpty());
}

TEST(RuleLoading, ACallInGoThatIsReadAsAConversionIsTold) {
  const auto told = [](const std::string& pattern) {
    return problems("id: r\nlanguage: go\nrule: {pattern: '" + pattern + "'}");
  };
  EXPECT_THAT(
      told("fmt.Println($A)"),
      ElementsAre(AllOf(HasSubstr("alone is read as a `type_conversion_expression`"),
                        HasSubstr("\"func f() { fmt.Println($A) }\", selector: call_expression"))));
  for (const std::string calm : {"$A + $B", "[]byte($A)", "fmt.Println($A, $B)", "x := $A"})
    EXPECT_THAT(told(calm), IsEmpty()) << calm;
}

TEST(RuleLoading, AMisspeltKeyOfARelationIsToldAndPassedOver) {
  EXPECT_THAT(
      scan("id: r\nlanguage: js\nrule: {pattern: a, inside: {kind: program, stopby: end, stopBy: "
           "end}}",
           "a.js", "a"),
      ElementsAre(HasSubstr("`stopby` is no key of a relation, and is passed over [stopBy]"),
                  "r: a"));
}

TEST(RuleLoading, AliasesAreReadAndBombsAreNot) {
  EXPECT_THAT(
      scan("id: r\nlanguage: js\nrule: &x {pattern: a}\nmetadata: {again: *x}\n", "a.js", "a"),
      ElementsAre("r: a"));
  std::string bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n";
  for (int i = 1; i < 12; ++i)
    bomb += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [*a" + std::to_string(i - 1) +
            ", *a" + std::to_string(i - 1) + ", *a" + std::to_string(i - 1) + ", *a" +
            std::to_string(i - 1) + "]\n";
  EXPECT_THAT(problems(bomb), ElementsAre(HasSubstr("aliases stand for over")));
}

TEST(RuleLoading, LanguagesGoByTheirAliasesInAnyCase) {
  for (const auto* name : {"js", "JavaScript", "JAVASCRIPT", "jsx"})
    EXPECT_THAT(matches(name, "{pattern: a}", "a.js", "a"), ElementsAre("a"));
  EXPECT_THAT(problems("id: r\nlanguage: Pyton\nrule: {pattern: a}"),
              ElementsAre(HasSubstr("[python]")));
}

TEST(RuleLoading, ARuleMayBeForMoreLanguages) {
  const std::string_view yaml =
      "id: r\nlanguage: JavaScript\nmetadata: {peer: {also: [TypeScript, Tsx]}}\nrule: {pattern: "
      "f($A)}";
  EXPECT_THAT(scan(yaml, "a.ts", "f(1)"), ElementsAre("r: f(1)"));
  EXPECT_THAT(scan(yaml, "a.tsx", "f(1)"), ElementsAre("r: f(1)"));
  EXPECT_THAT(scan(yaml, "a.js", "f(1)"), ElementsAre("r: f(1)"));
}

TEST(RuleLoading, FilesAndIgnoresSayWhere) {
  const std::string_view yaml =
      "id: r\nlanguage: js\nfiles: ['src/**', {glob: 'LIB/*.js', caseInsensitive: true}]\nignores: "
      "['**/test/**']\nrule: {pattern: a}";
  EXPECT_THAT(scan(yaml, "src/x/a.js", "a"), ElementsAre("r: a"));
  EXPECT_THAT(scan(yaml, "lib/a.js", "a"), ElementsAre("r: a"));
  EXPECT_THAT(scan(yaml, "src/test/a.js", "a"), IsEmpty());
  EXPECT_THAT(scan(yaml, "a.js", "a"), IsEmpty());
}

TEST(RuleLoading, SeveritiesComeFromOutsideToo) {
  const RuleText text{.name = "r.yml",
                      .text =
                          "id: a\nlanguage: js\nrule: {pattern: a}\n---\nid: b\nlanguage: "
                          "js\nseverity: off\nrule: {pattern: b}\n"};
  const auto loaded = RuleSet::load(std::span(&text, 1),
                                    {.severities = {{"a", std::nullopt}, {"b", Severity::error}}});
  ASSERT_EQ(loaded.set.rules().size(), 1U);
  EXPECT_EQ(loaded.set.rules()[0]->id, "b");
  EXPECT_EQ(loaded.set.rules()[0]->severity, Severity::error);
}

TEST(RuleLoading, BuiltInTextsWaitForAFileOfTheirLanguage) {
  static constexpr std::string_view kLanguages[] = {"javascript"};
  const RuleText texts[] = {{.name = "x.yml",
                             .text = "id: x\nlanguage: js\nrule: {pattern: a}",
                             .origin = Origin::built_in,
                             .id = "x",
                             .languages = kLanguages}};
  const auto loaded = RuleSet::load(texts);
  EXPECT_FALSE(loaded.set.empty());
  const auto file = file_of("a.js", "a");
  EXPECT_EQ(loaded.set.scan(file).matches.size(), 1U);
  const auto other = file_of("a.py", "a");
  EXPECT_THAT(loaded.set.scan(other).matches, IsEmpty());
}

TEST(RuleLoading, TheDigestChangesWithWhatIsLoaded) {
  EXPECT_NE(load("id: a\nlanguage: js\nrule: {pattern: a}").set.digest(),
            load("id: a\nlanguage: js\nrule: {pattern: b}").set.digest());
  EXPECT_EQ(load("id: a\nlanguage: js\nrule: {pattern: a}").set.digest(),
            load("id: a\nlanguage: js\nrule: {pattern: a}").set.digest());
}

}  // namespace
}  // namespace peer::rules
