#include <gtest/gtest.h>

#include "analyzers/rules/testing/rule_test.hpp"

namespace peer::rules {
namespace {

TEST(RuleTestFile, HoldsCasesOfSeveralRules) {
  const auto tests = parse_rule_tests(
      "id: a\nvalid: [x, 'y z']\ninvalid:\n- |\n  foo(\n    1)\n---\nid: b\nvalid:\n");
  ASSERT_TRUE(tests) << tests.error().message;
  ASSERT_EQ(tests->size(), 2U);
  EXPECT_EQ((*tests)[0].valid, (std::vector<std::string>{"x", "y z"}));
  EXPECT_EQ((*tests)[0].invalid, (std::vector<std::string>{"foo(\n  1)\n"}));
  EXPECT_EQ((*tests)[1].id, "b");
}

TEST(RuleTestFile, SaysWhatIsMissing) {
  const auto no_id = parse_rule_tests("valid: [x]\n");
  ASSERT_FALSE(no_id);
  EXPECT_EQ(no_id.error().message, "line 1, column 1: id is missing");
  EXPECT_FALSE(parse_rule_tests("id: a\nvalid: x\n"));
  EXPECT_FALSE(parse_rule_tests("id: a\ninvalid: [{a: b}]\n"));
}

TEST(Snapshots, TheTextTakesThePlaceOfTheMatchAlone) {
  const RuleText text{.name = "a.yml",
                      .text =
                          "id: a\nlanguage: Python\nrule: {kind: keyword_argument, regex: ^b}\n"
                          "fix: {template: '', expandEnd: {regex: ','}}\n"};
  const auto loaded = RuleBook::load(std::vector<RuleText>{text});
  const auto snapshot =
      take_snapshot(*loaded.book, *loaded.book->set().rules().at(0), "f(a=1, b=2, c=3)");
  ASSERT_TRUE(snapshot);
  EXPECT_EQ(snapshot->fixed, "f(a=1, , c=3)");
}

TEST(Snapshots, WhatIsWrittenIsReadAgain) {
  const std::vector<std::string> hostile{"foo(1)",
                                         "a: b",
                                         " lead",
                                         "trail ",
                                         "x\ny",
                                         "x\n\ny\n",
                                         "\n",
                                         "",
                                         "true",
                                         "# no",
                                         "tab\there",
                                         "cr\r\n",
                                         "quote \" ' \\",
                                         "\xC3\xA9\xE2\x80\xAE z",
                                         "- a",
                                         "{a}",
                                         "a #b",
                                         std::string(400, 'k') + " long",
                                         "a\n b\n",
                                         "null",
                                         "1",
                                         "a:",
                                         "line \nnext",
                                         "\xEF\xBB\xBFx"};
  Snapshots snapshots{"my-rule", {}};
  for (const auto& text : hostile)
    snapshots.by_code[text] =
        Snapshot{text, {{text, text, false, 3, 9}, {"x", std::nullopt, true, 0, 1}}};
  snapshots.by_code["plain"] = Snapshot{};
  const auto again = parse_snapshots(write_snapshots(snapshots));
  ASSERT_TRUE(again) << again.error().message << "\n" << write_snapshots(snapshots);
  EXPECT_EQ(again->id, "my-rule");
  ASSERT_EQ(again->by_code.size(), snapshots.by_code.size());
  for (const auto& [code, snapshot] : snapshots.by_code) {
    ASSERT_EQ(again->by_code.count(code), 1U) << code;
    EXPECT_TRUE(same(again->by_code.at(code), snapshot)) << code;
  }
}

TEST(Snapshots, LookAsPeopleKnowThem) {
  Snapshots snapshots{"no-log", {}};
  snapshots.by_code["console.log(1)"] =
      Snapshot{"a\nb\n", {{"console.log(1)", std::nullopt, true, 0, 14}}};
  EXPECT_EQ(
      write_snapshots(snapshots),
      "id: no-log\nsnapshots:\n  console.log(1):\n    fixed: |\n      a\n      b\n    labels:\n"
      "    - source: console.log(1)\n      style: primary\n      start: 0\n      end: 14\n");
}

}  // namespace
}  // namespace peer::rules
