#include <algorithm>
#include <chrono>
#include <random>
#include <string>

#include <gmock/gmock.h>

#include "analyzers/languages/language.hpp"
#include "analyzers/rules/match/open_ways.hpp"
#include "analyzers/rules/match/regex_literals.hpp"
#include "analyzers/rules/prefilter/automaton.hpp"
#include "analyzers/rules/prefilter/demand.hpp"
#include "tests/analyzers/rules/rule_fixture.hpp"
#include "tests/patience.hpp"

namespace peer::rules {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(Prefilter, RegularExpressionsGiveTheTextsTheyMustHold) {
  EXPECT_THAT(regex_literals("^(md5|sha1)$"), ElementsAre("md5", "sha1"));
  EXPECT_THAT(regex_literals("ab?cde+f"), ElementsAre("cde"));
  EXPECT_THAT(regex_literals("(?i)Pass(word)?"), ElementsAre("pass"));
  EXPECT_THAT(regex_literals("(?i:log)\\.(debug|info)"), ElementsAre("debug", "info"));
  EXPECT_THAT(regex_literals("(?i:log)"), IsEmpty());
  EXPECT_THAT(regex_literals("(?s)(?i)Pass"), ElementsAre("pass"));
  EXPECT_TRUE(ignores_case("(?s)(?i)Pass"));
  EXPECT_THAT(regex_literals("(?im)(^|:)secret"), IsEmpty());
  EXPECT_THAT(regex_literals("foo(?i)|(?:b)"), IsEmpty());
  EXPECT_THAT(regex_literals("caf\xC3\xA9?"
                             "bar"),
              ElementsAre("caf"));
  EXPECT_THAT(regex_literals("\xC3\xA9\xC3\xA8"
                             "ab"),
              ElementsAre("\xC3\xA9\xC3\xA8"
                          "ab"));
  EXPECT_THAT(regex_literals("[a[]b]]foo"), IsEmpty());
  EXPECT_THAT(regex_literals("[[:alpha:]]foo"), ElementsAre("foo"));
  EXPECT_THAT(regex_literals("foo{a|b}"), IsEmpty());
  EXPECT_THAT(regex_literals("(?s)a.*bcd"), ElementsAre("bcd"));
  EXPECT_THAT(regex_literals("a|.*"), IsEmpty());
  EXPECT_THAT(regex_literals("x*"), IsEmpty());
  EXPECT_THAT(regex_literals("[abc]+"), IsEmpty());
  EXPECT_THAT(regex_literals("(?:foo\\.bar){2}"), ElementsAre("foo.bar"));
}

TEST(Prefilter, RegularExpressionsGiveAllTheirParts) {
  using Parts = std::vector<std::vector<std::string>>;
  EXPECT_EQ(regex_parts("require\\(.(fs|path).\\)\\.(read|write)"),
            (Parts{{"require("}, {"fs", "path"}, {")."}, {"read", "write"}}));
  EXPECT_EQ(regex_parts("^(?:ab+c(de|f)?)$"), (Parts{{"ab"}, {"c"}}));
  EXPECT_EQ(regex_parts("(?i)Log(ger)?\\.(Info|WARN)"), (Parts{{"log"}, {"."}, {"info", "warn"}}));
  EXPECT_EQ(regex_parts("ab|cd"), (Parts{{"ab", "cd"}}));
  EXPECT_EQ(regex_parts("(a|.*)bc"), (Parts{{"bc"}}));
  EXPECT_EQ(regex_parts("a.b.c.d.e.f.g.hh.i.j").size(), 8U);
  EXPECT_EQ(regex_parts("a.b.c.d.e.f.g.hh.i.j").front(), std::vector<std::string>{"hh"});
  EXPECT_EQ(regex_parts("foo(?i)bar"), Parts{});
}

TEST(Prefilter, PlacesAreFoundInAnyOrder) {
  std::mt19937 random(11);
  for (int round = 0; round < 200; ++round) {
    std::vector<std::uint32_t> sorted(random() % 40);
    for (auto& place : sorted)
      place = static_cast<std::uint32_t>(random() % 100);
    std::sort(sorted.begin(), sorted.end());
    Places places(sorted);
    for (int i = 0; i < 60; ++i) {
      const auto begin = static_cast<std::uint32_t>(random() % 100);
      const auto end = begin + static_cast<std::uint32_t>(random() % 10);
      EXPECT_EQ(places.any_in(begin, end),
                std::any_of(sorted.begin(), sorted.end(),
                            [&](std::uint32_t place) { return place >= begin && place < end; }));
    }
  }
}

TEST(Prefilter, FindsWhatAPlainSearchFinds) {
  std::mt19937 random(7);
  const auto letters = [&](std::size_t most) {
    std::string text;
    for (std::size_t size = 1 + random() % most; size > 0; --size)
      text += "abAB_ "[random() % 6];
    return text;
  };
  for (int round = 0; round < 300; ++round) {
    LiteralTable literals;
    for (int i = 0; i < 6; ++i)
      literals.add({letters(4), false, false});
    const auto text = letters(60);
    std::vector<std::pair<std::size_t, std::size_t>> found;
    Automaton(literals).scan(text, [&](std::uint32_t literal, std::uint32_t start) {
      found.emplace_back(literal, start);
    });
    std::vector<std::pair<std::size_t, std::size_t>> wanted;
    for (std::uint32_t i = 0; i < literals.size(); ++i)
      for (auto at = text.find(literals[i].text); at != std::string::npos;
           at = text.find(literals[i].text, at + 1))
        wanted.emplace_back(i, at);
    EXPECT_THAT(found, testing::UnorderedElementsAreArray(wanted)) << text;
  }
}

/// Whether a file of JavaScript with this text may match the rule object.
bool may_match(const std::string& rule, std::string_view text) {
  const auto loaded = load("id: r\nlanguage: js\nrule: " + rule + "\n");
  const auto& language = *find_language("javascript");
  const auto* matcher = loaded.set.matcher(*loaded.set.find("r"), language);
  LiteralNumbers numbers;
  std::vector<std::uint32_t> demand;
  append_demand(*matcher->program(), numbers, demand);
  LiteralPlaces places(numbers.table(), text);
  return Demand(demand).needed().holds(places);
}

TEST(Prefilter, ADemandSaysWhichTextsMayMatch) {
  const std::string either =
      "{any: [{pattern: alpha($A)}, {pattern: beta.gamma($A)}], not: {pattern: delta($A)}}";
  EXPECT_TRUE(may_match(either, "alpha(1)"));
  EXPECT_TRUE(may_match(either, "beta . gamma(2)"));
  EXPECT_FALSE(may_match(either, "gamma(2)")) << "of the second way both have to stand";
  EXPECT_FALSE(may_match(either, "delta(3)"));
  EXPECT_FALSE(may_match(either, "alphabet(3)"));
  EXPECT_TRUE(may_match("{kind: number}", "anything")) << "nothing is known";
  const std::string folded = "{kind: identifier, regex: '(?i)^(md5|sha)$'}";
  EXPECT_TRUE(may_match(folded, "new MD5()"));
  EXPECT_FALSE(may_match(folded, "new Md4()"));
}

TEST(Prefilter, GivesUpOnARuleOfVeryManyWays) {
  std::string rule = "{any: [";
  for (int i = 0; i < 20'000; ++i)
    rule += "{pattern: only" + std::to_string(i) + "($A)},\n  ";
  const auto loaded = load("id: r\nlanguage: js\nrule: " + rule + "]}\n");
  ASSERT_THAT(loaded.problems, IsEmpty());
  const auto begin = std::chrono::steady_clock::now();
  const auto candidates =
      loaded.set.may_match(*find_language("javascript"), "a.js", "only19999(1)\n");
  EXPECT_LT(std::chrono::steady_clock::now() - begin, patience(std::chrono::seconds(20)));
  EXPECT_FALSE(candidates.empty());
}

TEST(Prefilter, WordsStandAlone) {
  LiteralTable literals;
  literals.add({"eval", true, false});
  std::vector<std::uint32_t> found;
  Automaton(literals).scan("evaluate; my_eval; eval(x)",
                           [&](std::uint32_t, std::uint32_t start) { found.push_back(start); });
  EXPECT_THAT(found, ElementsAre(19U));
}

TEST(Prefilter, AFileWithoutTheTextsOfARuleNeedNotBeParsed) {
  const auto loaded = load(
      "id: r\nlanguage: js\nrule: {any: [{pattern: eval($A)}, {kind: string, regex: "
      "'(?i)^.secret'}]}");
  const auto may = [&](std::string_view text) {
    const auto file = file_of("a.js", text);
    return !loaded.set.may_match(*file.language(), "a.js", text).empty();
  };
  EXPECT_FALSE(may("f(x)"));
  EXPECT_FALSE(may("evaluate(x)"));
  EXPECT_TRUE(may("eval(x)"));
  EXPECT_TRUE(may("'SECRET'"));
  EXPECT_TRUE(may_match("{kind: string, regex: '(?s)(?i)Secret.*x'}", "'sEcret x'"))
      << "behind other flags";
}

TEST(Prefilter, AnOperatorStandsRightBeforeItsOperand) {
  const auto loaded = load("id: r\nlanguage: python\nrule: {pattern: $A == None}");
  const auto may = [&](std::string_view text) {
    return !loaded.set.may_match(*find_language("python"), "a.py", text).empty();
  };
  EXPECT_FALSE(may("a = None\nb == c\n"));
  EXPECT_FALSE(may("a == Nonesuch\n"));
  EXPECT_TRUE(may("a==None\n"));
  EXPECT_TRUE(may("a == \t None\n"));
  EXPECT_TRUE(may("(a ==  # comment\n None)\n"));
  EXPECT_TRUE(may("a == \\\n None\n"));
  EXPECT_TRUE(may("x = None\ny == None"));
}

TEST(Prefilter, KindsGiveTheirKeywords) {
  const auto loaded = load(
      "id: r\nlanguage: js\nrule: {kind: await_expression, inside: {kind: for_in_statement, "
      "stopBy: "
      "end}}");
  const auto may = [&](std::string_view text) {
    return !loaded.set.may_match(*find_language("javascript"), "a.js", text).empty();
  };
  EXPECT_FALSE(may("await f()"));
  EXPECT_FALSE(may("for (a of b) awaits(c)"));
  EXPECT_TRUE(may("for (a of b) { await c }"));
}

TEST(Prefilter, TwoRulesWithOneIdAreReportedAndBothRun) {
  const std::string yaml =
      "id: a\nlanguage: js\nrule: {pattern: f($A)}\n---\nid: a\nlanguage: js\nrule: {pattern: "
      "g($A)}\n---\nid: a\nlanguage: ts\nrule: {pattern: f($A)}";
  const auto loaded = load(yaml);
  ASSERT_EQ(loaded.problems.size(), 1U);
  EXPECT_EQ(loaded.problems[0].level, Problem::Level::note);
  EXPECT_EQ(loaded.problems[0].line, 5U);
  EXPECT_THAT(loaded.problems[0].message, testing::HasSubstr("another rule for javascript"));
  const auto file = file_of("a.js", "f(1); g(2)");
  EXPECT_EQ(loaded.set.scan(file).matches.size(), 2U);
}

}  // namespace
}  // namespace peer::rules
