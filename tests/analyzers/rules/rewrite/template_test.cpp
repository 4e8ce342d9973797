#include "analyzers/rules/rewrite/template.hpp"

#include <map>

#include <gtest/gtest.h>

#include "analyzers/rules/rewrite/indent.hpp"

namespace peer::rules {
namespace {

using Values = std::map<std::string, TemplateValue>;

std::string fill(std::string_view text, const Values& values,
                 const std::vector<std::string>& transformed = {}) {
  return Template::parse(text, transformed)
      .fill([&](const TemplateVariable& variable) -> std::optional<TemplateValue> {
        const auto it = values.find(variable.name);
        if (it == values.end()) return std::nullopt;
        return it->second;
      });
}

TEST(Template, PutsValuesInAndLeavesOutWhatHasNone) {
  EXPECT_EQ(fill("let $A = $B; // $C", {{"A", {"x", 0}}, {"B", {"y", 0}}}), "let x = y; // ");
}

TEST(Template, ADollarWithoutANameIsText) {
  EXPECT_EQ(fill("$ $a $$ ${A} $$$ $", {{"A", {"x", 0}}}), "$ $a $$ ${A} $$$ $");
  EXPECT_EQ(fill("$$$$A $$A", {{"A", {"x", 0}}}), "$x x");
}

TEST(Template, ALongNameIsNotItsBeginning) { EXPECT_EQ(fill("$AB2", {{"A", {"x", 0}}}), ""); }

TEST(Template, KnowsTheKindOfItsVariables) {
  const auto parsed = Template::parse("$A $$$B $C", std::vector<std::string>{"C", "B"});
  ASSERT_EQ(parsed.variables().size(), 3U);
  EXPECT_EQ(parsed.variables()[0].kind, TemplateVariable::Kind::single);
  EXPECT_EQ(parsed.variables()[1].kind, TemplateVariable::Kind::multiple);
  EXPECT_EQ(parsed.variables()[2].kind, TemplateVariable::Kind::transformed);
}

TEST(Template, MovesTheLinesOfAValueToWhereItsVariableStands) {
  EXPECT_EQ(fill("if x:\n    $BODY\n", {{"BODY", {"a:\n    b", 2}}}), "if x:\n    a:\n      b\n");
  EXPECT_EQ(fill("$BODY", {{"BODY", {"a:\n      b\n  c\nd", 4}}}), "a:\n  b\n  c\nd");
}

TEST(Indentation, IsThatOfTheLineUpToThePlace) {
  EXPECT_EQ(indent_at("x\n  y = "), 2U);
  EXPECT_EQ(indent_at("   "), 3U);
  EXPECT_EQ(indent_at("x\n"), 0U);
  EXPECT_EQ(indent_at("  x\n\ty"), 0U);
}

TEST(Indentation, IsNotLookedForFurtherBackThan512Bytes) {
  EXPECT_EQ(indent_at("\n  " + std::string(509, 'x')), 2U);
  EXPECT_EQ(indent_at("\n  " + std::string(510, 'x')), 0U);
  EXPECT_EQ(indent_at("  " + std::string(511, 'x')), 0U);
}

TEST(Indentation, EmptyLinesAreIndentedTooAndShallowOnesStay) {
  EXPECT_EQ(reindented("a\n\nb", 0, 2), "a\n  \n  b");
  EXPECT_EQ(reindented("a\n b\n    c", 4, 2), "a\n b\n  c");
}

}  // namespace
}  // namespace peer::rules
