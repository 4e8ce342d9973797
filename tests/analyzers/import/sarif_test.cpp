// SARIF 2.1.0 as tools write it, and as nobody should.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/analyzers/import/words.hpp"

namespace peer::test {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using Strings = std::vector<std::string>;

// line 2 holds an emoji (two UTF-16 units, four bytes), line 3 is indented
constexpr std::string_view kText = "let a = 1;\nf(\"\xF0\x9F\x98\x80\", b);\n\treturn c;\n";

struct Region {
  std::string_view json;
  std::string_view text;  ///< what is marked
};

std::string marked(std::string_view region, std::string_view more = "") {
  const auto log = sarif_results(result_at(region), more);
  const auto placed = placed_in(read_findings(log), std::string(kText));
  EXPECT_EQ(placed.findings.size(), 1U) << region;
  EXPECT_EQ(placed.inexact, 0U) << region;
  if (placed.findings.empty()) return {};
  const auto span = placed.findings[0].at.span;
  return std::string(kText.substr(span.begin, span.size()));
}

TEST(Sarif, RegionsMarkWhatTheyMean) {
  for (
      const auto& [json, text] : std::initializer_list<Region>{
          {R"("startLine":1,"startColumn":5,"endLine":1,"endColumn":6)", "a"},
          {R"("startLine":1,"startColumn":5,"endColumn":6)", "a"},
          {R"("startLine":1,"startColumn":9)", "1;"},  // to the end of the line
          {R"("startLine":3)", "return c;"},           // a line, without its indentation
          {R"("startLine":1,"endLine":2)", "let a = 1;\nf(\"\xF0\x9F\x98\x80\", b);"},
          {R"("startLine":2,"startColumn":9,"endColumn":10)", "b"},  // the emoji takes two columns
          {R"("charOffset":4,"charLength":1)", "a"},
          {R"("charOffset":19,"charLength":1)", "b"},
          {R"("byteOffset":21,"byteLength":1)", "b"},
          {R"("startLine":1,"startColumn":5,"endLine":1,"endColumn":6,"snippet":{"text":"let a = 1;"})",
           "a"}})
    EXPECT_EQ(marked(json), text) << json;
}

TEST(Sarif, ColumnsMayCountCodePoints) {
  constexpr std::string_view kKind = R"("columnKind":"unicodeCodePoints")";
  EXPECT_EQ(marked(R"("startLine":2,"startColumn":8,"endColumn":9)", kKind), "b");
  EXPECT_EQ(marked(R"("charOffset":18,"charLength":1)", kKind), "b");
}

TEST(Sarif, ASnippetAloneIsLookedFor) {
  const auto log = sarif_results(result_at(R"("snippet":{"text":"return c"})"));
  const auto placed = placed_in(read_findings(log), std::string(kText));
  ASSERT_EQ(placed.findings.size(), 1U);
  EXPECT_EQ(placed.findings[0].at.start.line, 3U);
}

TEST(Sarif, ASnippetThatMovedIsFoundWhereItStandsNow) {
  const auto log = sarif_results(
      result_at(R"("startLine":1,"startColumn":1,"endColumn":4,"snippet":{"text":"return c"})"));
  const auto placed = placed_in(read_findings(log), std::string(kText));
  ASSERT_EQ(placed.findings.size(), 1U);
  EXPECT_EQ(placed.findings[0].at.start.line, 3U);
  EXPECT_EQ(placed.inexact, 1U);
}

TEST(Sarif, BadRegionsAreShownAtTheNearestPlaceAndCounted) {
  for (const auto* region : {R"("startLine":99)", R"("startLine":1,"startColumn":500)",
                             R"("startLine":2,"startColumn":5,"endLine":1,"endColumn":2)",
                             R"("startLine":4294967295,"startColumn":4294967295)",
                             R"("charOffset":1e15,"charLength":1e15)",
                             R"("byteOffset":9007199254740991,"byteLength":9007199254740991)",
                             R"("startLine":1,"startColumn":1,"endLine":1,"endColumn":99)"}) {
    const auto placed =
        placed_in(read_findings(sarif_results(result_at(region))), std::string(kText));
    ASSERT_EQ(placed.findings.size(), 1U) << region;
    EXPECT_EQ(placed.inexact, 1U) << region;
    EXPECT_LE(placed.findings[0].at.span.end, kText.size()) << region;
  }
  for (const auto* region : {R"("startLine":-1)", R"("startLine":"x")", R"("startLine":1.5)",
                             R"("startLine":null)", R"("charOffset":-1)", ""}) {
    const auto placed =
        placed_in(read_findings(sarif_results(result_at(region))), std::string(kText));
    ASSERT_EQ(placed.findings.size(), 1U) << region;  // about the file as a whole
    EXPECT_EQ(placed.findings[0].at.start.line, 1U) << region;
  }
}

Strings severities(std::string_view more) {
  Strings all;
  const auto told = read_findings(sarif_results(result_at(R"("startLine":1)", more)));
  for (const auto& finding : told.findings)
    all.emplace_back(to_string(finding.severity));
  return all;
}

TEST(Sarif, LevelsComeFromTheResultItsKindOrItsRule) {
  EXPECT_THAT(severities(R"("level":"error")"), ElementsAre("error"));
  EXPECT_THAT(severities(R"("level":"warning")"), ElementsAre("warning"));
  EXPECT_THAT(severities(R"("level":"note")"), ElementsAre("info"));
  EXPECT_THAT(severities(R"("level":"none")"), ElementsAre("hint"));
  EXPECT_THAT(severities(""), ElementsAre("error")) << "the rule's default";
  EXPECT_THAT(severities(R"("kind":"informational")"), ElementsAre("info"));
  EXPECT_THAT(severities(R"("kind":"review","level":"none")"), ElementsAre("info"));
  EXPECT_THAT(severities(R"("kind":"pass")"), IsEmpty());
  EXPECT_THAT(severities(R"("kind":"notApplicable")"), IsEmpty());
  EXPECT_THAT(severities(R"("baselineState":"absent")"), IsEmpty());
}

TEST(Sarif, ARuleIsFoundByIdByIndexAndInExtensions) {
  const auto rule_of = [](std::string_view reference) {
    const auto log = sarif(fmt::format(
        R"("results":[{{{},"message":{{"text":"w"}},"locations":[{{"physicalLocation":{{"artifactLocation":{{"uri":"a.js"}}}}}}]}}],)"
        R"("tool":{{"driver":{{"name":"My Lint","rules":[{{"id":"A"}},{{"id":"B","fullDescription":{{"text":"why b"}}}}]}},)"
        R"("extensions":[{{"name":"pack","rules":[{{"id":"X","fullDescription":{{"text":"why x"}}}}]}}]}})",
        reference));
    const auto told = read_findings(log);
    EXPECT_EQ(told.findings.size(), 1U) << reference;
    return told.findings.empty() ? ""
                                 : told.findings[0].rule->id + " " + told.findings[0].rule->why;
  };
  EXPECT_EQ(rule_of(R"("ruleId":"B")"), "my-lint/B why b");
  EXPECT_EQ(rule_of(R"("ruleIndex":1)"), "my-lint/B why b");
  EXPECT_EQ(rule_of(R"("rule":{"id":"B"})"), "my-lint/B why b");
  EXPECT_EQ(rule_of(R"("rule":{"index":1})"), "my-lint/B why b");
  EXPECT_EQ(rule_of(R"("ruleId":"B/part")"), "my-lint/B why b") << "a part of a rule";
  EXPECT_EQ(rule_of(R"("rule":{"index":0,"toolComponent":{"index":0}})"), "my-lint/X why x");
  EXPECT_EQ(rule_of(R"("ruleId":"X")"), "my-lint/X why x");
  EXPECT_EQ(rule_of(R"("ruleId":"B","ruleIndex":0)"), "my-lint/B why b")
      << "the id says more than a wrong index";
  EXPECT_EQ(rule_of(R"("ruleId":"Unheard")"), "my-lint/Unheard ");
  EXPECT_EQ(rule_of(R"("ruleIndex":77)"), "my-lint/unnamed ");
}

TEST(Sarif, OurOwnRulesKeepTheirNames) {
  const auto log = sarif_results(
      R"({"ruleId":"no-debugger","message":{"text":"w"},"locations":[{"physicalLocation":{"artifactLocation":{"uri":"a.js"},"region":{"startLine":1}}}]})");
  EXPECT_EQ(read_findings(log).findings.at(0).rule->id, "debug-leftover");
}

TEST(Sarif, WordsComeFromTextMarkdownOrAnIdWithArguments) {
  const auto words_of = [](std::string_view message) {
    const auto log = sarif_results(fmt::format(
        R"({{"ruleId":"R1","message":{},"locations":[{{"physicalLocation":{{"artifactLocation":{{"uri":"a.js"}}}}}}]}})",
        message));
    return read_findings(log).findings.at(0).message;
  };
  EXPECT_EQ(words_of(R"({"text":" two\n  words "})"), "two words");
  EXPECT_EQ(words_of(R"({"markdown":"*m*"})"), "*m*");
  EXPECT_EQ(words_of(R"({"id":"m","arguments":["eval","a.js"]})"), "no eval in a.js");
  EXPECT_EQ(words_of(R"({"text":"{0} {1} {{0}} {9999999999999999999}","arguments":["x"]})"),
            "x {1} {0} {9999999999999999999}");
  EXPECT_EQ(words_of(R"j({"text":"from [here](1) to \\[there\\] [x](http://h)"})j"),
            "from here to [there] [x](http://h)");
  EXPECT_EQ(words_of("{}"), "About one.");
  EXPECT_EQ(words_of("7"), "About one.");
}

std::string path_of(std::string_view location, std::string_view more = "") {
  const auto log = sarif_results(
      fmt::format(
          R"({{"message":{{"text":"w"}},"locations":[{{"physicalLocation":{{"artifactLocation":{}}}}}]}})",
          location),
      more);
  const auto told = read_findings(log);
  return told.findings.empty() ? "none" : told.findings[0].path;
}

TEST(Sarif, UrisBecomePaths) {
  EXPECT_EQ(path_of(R"({"uri":"src/a%20b.js"})"), "src/a b.js");
  EXPECT_EQ(path_of(R"({"uri":"file:///srv/x/a.js"})"), "/srv/x/a.js");
  EXPECT_EQ(path_of(R"({"uri":"file:///C:/x/a.js"})"), "C:/x/a.js");
  EXPECT_EQ(path_of(R"({"uri":"a.js","uriBaseId":"%SRCROOT%"})"), "a.js");
  constexpr std::string_view kBases =
      R"("originalUriBaseIds":{"ROOT":{"uri":"file:///srv/x/"},"SRC":{"uri":"src/","uriBaseId":"ROOT"},"LOOP":{"uri":"l/","uriBaseId":"LOOP"}})";
  EXPECT_EQ(path_of(R"({"uri":"a.js","uriBaseId":"SRC"})", kBases), "/srv/x/src/a.js");
  EXPECT_THAT(path_of(R"({"uri":"a.js","uriBaseId":"LOOP"})", kBases), HasSubstr("l/a.js"));
  EXPECT_EQ(path_of(R"({"index":1})",
                    R"("artifacts":[{"location":{"uri":"x"}},{"location":{"uri":"src/b.js"}}])"),
            "src/b.js");
  EXPECT_EQ(path_of(R"({"index":7})", R"("artifacts":[])"), "none");
  EXPECT_EQ(path_of(R"({"uri":"https://host/a.js"})"), "none");
}

TEST(Sarif, RelatedPlacesAndFlowsAreKept) {
  const auto log = sarif_results(result_at(
      R"("startLine":1,"startColumn":5,"endColumn":6)",
      R"("codeFlows":[{"threadFlows":[{"locations":[{"location":{"message":{"text":"source"},"physicalLocation":{"artifactLocation":{"uri":"a.js"},"region":{"startLine":2}}}}]}]}],)"
      R"("relatedLocations":[{"id":1,"message":{"text":"declared"},"physicalLocation":{"artifactLocation":{"uri":"other.js"},"region":{"startLine":7}}}])"));
  const auto placed = placed_in(read_findings(log), std::string(kText));
  const auto& related = placed.findings.at(0).related;
  ASSERT_EQ(related.size(), 2U);
  EXPECT_EQ(related[0].message, "source");
  EXPECT_EQ(related[0].at.start.line, 2U);
  EXPECT_EQ(related[1].message, "other.js:7: declared") << "a place in another file is named";
}

TEST(Sarif, TagsGiveCategoryCweAndConfidence) {
  const auto log = sarif_results(
      R"({"ruleId":"R2","message":{"text":"w"},"locations":[{"physicalLocation":{"artifactLocation":{"uri":"a.js"},"region":{"startLine":1}}}]})");
  const auto finding = placed_in(read_findings(log), std::string(kText)).findings.at(0);
  EXPECT_EQ(finding.category, "security");
  EXPECT_THAT(finding.cwe, ElementsAre(89));
  EXPECT_DOUBLE_EQ(finding.confidence, 0.4);
  EXPECT_THAT(finding.tools, ElementsAre("lint 1.2"));
}

TEST(Sarif, AcceptedSuppressionsCount) {
  const auto suppressed = [](std::string_view json) {
    return read_findings(sarif_results(result_at(R"("startLine":1)",
                                                 fmt::format(R"("suppressions":{})", json))))
        .findings.at(0)
        .suppressed;
  };
  EXPECT_EQ(suppressed(R"([{"kind":"inSource","justification":"known"}])"),
            (Suppression{"inline", "known"}));
  EXPECT_EQ(suppressed(R"([{"kind":"external","status":"accepted"}])"),
            (Suppression{"config", ""}));
  EXPECT_EQ(suppressed(R"([{"kind":"inSource","status":"underReview"}])"), std::nullopt);
  EXPECT_EQ(suppressed("[]"), std::nullopt);
}

std::optional<Fix> fix_of(std::string_view fixes) {
  const auto log = sarif_results(result_at(R"("startLine":1,"startColumn":5,"endColumn":6)",
                                           fmt::format(R"("fixes":{})", fixes)));
  return placed_in(read_findings(log), std::string(kText)).findings.at(0).fix.plain();
}

TEST(Sarif, AFixOfTheSameFileIsAnUnsafeFix) {
  const auto fix = fix_of(
      R"([{"description":{"text":"rename"},"artifactChanges":[{"artifactLocation":{"uri":"a.js"},"replacements":[)"
      R"({"deletedRegion":{"startLine":1,"startColumn":5,"endColumn":6},"insertedContent":{"text":"z"}},)"
      R"({"deletedRegion":{"charOffset":0,"charLength":3},"insertedContent":{"text":"var"}}]}]}])");
  ASSERT_TRUE(fix.has_value());
  EXPECT_EQ(fix->title, "rename");
  EXPECT_EQ(fix->safety, Safety::unsafe);
  EXPECT_EQ(fix->origin, "import:lint");
  EXPECT_EQ(fix->edits, (std::vector<Edit>{{{0, 3}, "var"}, {{4, 5}, "z"}})) << "in order of place";
}

TEST(Sarif, AFixThatDoesNotFitIsLeftOut) {
  constexpr std::string_view kOther =
      R"([{"artifactChanges":[{"artifactLocation":{"uri":"b.js"},"replacements":[{"deletedRegion":{"startLine":1}}]}]}])";
  EXPECT_EQ(fix_of(kOther), std::nullopt);
  EXPECT_THAT(read_findings(sarif_results(result_at(R"("startLine":1)",
                                                    fmt::format(R"("fixes":{})", kOther))))
                  .notes,
              ElementsAre(HasSubstr("several files")));
  EXPECT_EQ(
      fix_of(
          R"([{"artifactChanges":[{"artifactLocation":{"uri":"a.js"},"replacements":[{"deletedRegion":{"startLine":50}}]}]}])"),
      std::nullopt);
  EXPECT_EQ(
      fix_of(
          R"([{"artifactChanges":[{"artifactLocation":{"uri":"a.js"},"replacements":[)"
          R"({"deletedRegion":{"startLine":1,"startColumn":1,"endColumn":5}},{"deletedRegion":{"startLine":1,"startColumn":2,"endColumn":6}}]}]}])"),
      std::nullopt)
      << "edits that overlap";
}

TEST(Sarif, WhatStandsBehindTheResultsCountsToo) {
  const auto log = sarif(
      R"("results":[{"ruleIndex":0,"message":{"id":"m","arguments":["x"]},"locations":[{"physicalLocation":{"artifactLocation":{"index":0},"region":{"startLine":2,"startColumn":8,"endColumn":9}}}]}],)"
      R"("artifacts":[{"location":{"uri":"a.js"}}],"columnKind":"unicodeCodePoints",)"
      R"("tool":{"driver":{"rules":[{"id":"L1","messageStrings":{"m":{"text":"late {0}"}}}],"name":"Late"}})");
  EXPECT_THAT(read_in(log, std::string(kText)), ElementsAre("warning late/L1 2:9-2:10 late x"));
}

TEST(Sarif, ALogThatIsCutShortGivesWhatCameBefore) {
  const auto whole =
      sarif_results(result_at(R"("startLine":1)") + "," + result_at(R"("startLine":2)") + "," +
                    result_at(R"("startLine":3)"));
  const auto told = read_findings(whole.substr(0, whole.size() - 60));
  EXPECT_EQ(told.findings.size(), 2U);
  EXPECT_THAT(told.problem, HasSubstr("no JSON any more at byte"));
}

TEST(Sarif, ResultsWithoutAPlaceAreCounted) {
  const auto told = read_findings(
      sarif_results(R"({"ruleId":"R1","message":{"text":"w"}},7,null,{"locations":[]})"));
  EXPECT_THAT(told.findings, IsEmpty());
  EXPECT_THAT(told.notes, ElementsAre("2 results have no place in a file"));
}

TEST(Sarif, DeepNestingAndHugeListsCostNothing) {
  std::string deep(200'000, '[');
  EXPECT_THAT(read_findings(sarif("\"results\":[{}],\"x\":" + deep)).problem,
              HasSubstr("no JSON any more"));
  std::string closed = std::string(100'000, '[') + std::string(100'000, ']');
  const auto told =
      read_findings(sarif_results(result_at(R"("startLine":1)", "\"properties\":" + closed)));
  EXPECT_EQ(told.findings.size(), 1U);
  std::string many = "[";
  for (int i = 0; i < 60'000; ++i)
    many += "{\"a\":1},";
  many.back() = ']';
  const auto cut = read_findings(sarif_results(result_at(R"("startLine":1)", "\"zzz\":" + many) +
                                               "," + result_at(R"("startLine":2)")));
  EXPECT_EQ(cut.findings.size(), 2U);
  EXPECT_THAT(cut.notes, ElementsAre(HasSubstr("1 result was too large")));
}

}  // namespace
}  // namespace peer::test
