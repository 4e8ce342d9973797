#include "analyzers/rules/rewrite/transform.hpp"

#include <gtest/gtest.h>
#include <re2/re2.h>

#include "analyzers/rules/rewrite/regex_replace.hpp"

namespace peer::rules {
namespace {

Result<std::shared_ptr<const RE2>> compile(std::string_view pattern) {
  auto regex = std::make_shared<RE2>(re2::StringPiece(pattern.data(), pattern.size()), RE2::Quiet);
  if (!regex->ok()) return fail(ErrorKind::invalid_input, regex->error());
  return std::shared_ptr<const RE2>(std::move(regex));
}

std::vector<Transform> parse(std::string_view yaml, std::vector<Problem>& problems) {
  const auto map = load_yaml(yaml);
  EXPECT_TRUE(map) << yaml;
  return parse_transforms(*map, compile, problems);
}

std::string result_of(std::string_view operation, std::string_view text) {
  std::vector<Problem> problems;
  const auto parsed = parse("NEW: " + std::string(operation), problems);
  if (!problems.empty() || parsed.empty()) return "(wrong)";
  return transformed(parsed.front(), text).value_or("(none)");
}

std::string error_of(std::string_view yaml) {
  std::vector<Problem> problems;
  (void)parse(yaml, problems);
  return problems.empty() ? "" : std::to_string(problems[0].line) + ": " + problems[0].message;
}

TEST(Transform, ReplacesWithGroupsInBothSpellings) {
  EXPECT_EQ(result_of(R"({replace: {source: $A, replace: '(\w)(\d)', by: '$2$1'}})", "a1 b2"),
            "1a 2b");
  EXPECT_EQ(result_of(R"y('replace($A, replace="(?P<x>\\w)(\\d)", by="${x}_$2")')y", "a1 b2"),
            "a_1 b_2");
  EXPECT_EQ(result_of(R"y("replace($A, replace=b, by='[x, y]')")y", "abc"), "a[x, y]c");
}

TEST(Transform, AGroupNameTakesAllThatCouldBelongToIt) {
  EXPECT_EQ(result_of("{replace: {source: $A, replace: '(b)', by: '$1x|${1}x|$$|$9|$'}}", "abc"),
            "a|bx|$||$c");
}

TEST(Transform, EmptyMatchesStandBetweenCharactersAndNotRightAfterAMatch) {
  EXPECT_EQ(result_of("{replace: {source: $A, replace: 'x*', by: '-'}}", "axb"), "-a-b-");
  EXPECT_EQ(result_of("{replace: {source: $A, replace: '', by: '.'}}", "\xC3\xA9z"),
            ".\xC3\xA9.z.");
}

TEST(Transform, SubstringCountsCharactersFromBothEnds) {
  EXPECT_EQ(result_of("{substring: {source: $A, startChar: 1, endChar: -1}}", "'\xC3\xA4\xC3\xB6'"),
            "\xC3\xA4\xC3\xB6");
  EXPECT_EQ(result_of("{substring: {source: $A, startChar: -2}}", "hello"), "lo");
  EXPECT_EQ(result_of("{substring: {source: $A, startChar: -99, endChar: 99}}", "hello"), "hello");
  EXPECT_EQ(result_of("{substring: {source: $A, startChar: 3, endChar: 2}}", "hello"), "");
  EXPECT_EQ(result_of("'substring($A, startChar=1, endChar=3)'", "hello"), "el");
}

TEST(Transform, ConvertsBetweenWaysOfWritingNames) {
  const auto to = [](const std::string& name, std::string_view text) {
    return result_of("{convert: {source: $A, toCase: " + name + "}}", text);
  };
  EXPECT_EQ(to("camelCase", "parse_XMLHttp-request"), "parseXMLHttpRequest");
  EXPECT_EQ(to("pascalCase", "hello world.txt"), "HelloWorldTxt");
  EXPECT_EQ(to("snakeCase", "XMLHttpRequest"), "xml_http_request");
  EXPECT_EQ(to("kebabCase", "getV2Name"), "get-v2-name");
  EXPECT_EQ(to("upperCase",
               "stra\xC3\x9F"
               "e \xC3\xA9"),
            "STRASSE \xC3\x89");
  EXPECT_EQ(to("lowerCase", "\xC3\x84 B"), "\xC3\xA4 b");
  EXPECT_EQ(to("capitalize", "aBC"), "ABC");
}

TEST(Transform, ConvertSeparatesOnlyWhereItIsTold) {
  EXPECT_EQ(result_of("{convert: {source: $A, toCase: snakeCase, separatedBy: [dash]}}", "a-bC_d"),
            "a_bc_d");
  EXPECT_EQ(result_of("'convert($A, toCase=camelCase, separatedBy=[underscore, dot])'", "a_b.c-d"),
            "aBC-d");
}

TEST(Transform, ComesAfterWhatItIsMadeFrom) {
  std::vector<Problem> problems;
  const auto parsed = parse(
      "C: {substring: {source: $B}}\n"
      "B: {substring: {source: $A}}\n"
      "D: {substring: {source: $$$X}}\n",
      problems);
  ASSERT_EQ(parsed.size(), 3U);
  EXPECT_EQ(parsed[0].name, "B");
  EXPECT_EQ(parsed[1].name, "C");
  EXPECT_EQ(parsed[2].source.kind, TemplateVariable::Kind::multiple);
}

TEST(Transform, MistakesAreNamedWithTheLineAndTheNearestWord) {
  EXPECT_EQ(error_of("A: {substring: {source: $B}}\nB: {substring: {source: $A}}"),
            "1: transform: A is made from itself");
  EXPECT_EQ(error_of("N: {repalce: {source: $A}}"),
            "1: transform N: no operation is called repalce; did you mean replace?");
  EXPECT_EQ(error_of("N: {substring: {source: $A, startchar: 1}}"),
            "1: transform N: substring has no argument startchar, which is passed over; did you "
            "mean startChar?");
  EXPECT_EQ(error_of("N: {replace: {source: $A, by: x}}"), "1: transform N: replace needs replace");
  EXPECT_EQ(error_of("N: {substring: {source: A}}"),
            "1: transform N: the source A is no variable that is bound; it is spelt $NAME or "
            "$$$NAME");
  EXPECT_EQ(error_of("N: {convert: {source: $A, toCase: shout}}"),
            "1: transform N: no case is called shout; there are lowerCase, upperCase, "
            "capitalize, camelCase, "
            "snakeCase, kebabCase, pascalCase");
  EXPECT_NE(error_of("N: substring($A)"), "");
  EXPECT_NE(error_of("N: replace($A, replace=(, by=x)"), "");
  EXPECT_NE(error_of("N: replace($A, replace='x)"), "");
}

}  // namespace
}  // namespace peer::rules
