// Expressions of built-in security rules see the code without its comments; those of all others see
// it as it stands.
#include <gtest/gtest.h>

#include "tests/analyzers/rules/rule_fixture.hpp"

namespace peer::rules {
namespace {

std::vector<std::string> found(Origin origin, const std::string& category,
                               const std::string& language, const std::string& rule,
                               const std::string& path, const std::string& text) {
  const std::string yaml = "id: r\nlanguage: " + language + "\nrule: " + rule +
                           "\nmetadata: {peer: {category: " + category + "}}\n";
  const RuleText written{.name = "rule.yml", .text = yaml, .origin = origin};
  const auto loaded = RuleSet::load(std::span(&written, 1));
  const auto file = file_of(path, text);
  std::vector<std::string> out;
  for (const auto& match : loaded.set.scan(file).matches)
    out.push_back(std::string(match.node.text(text)));
  return out;
}

using Found = std::vector<std::string>;
constexpr const char* kUnchecked =
    "{kind: function_definition, not: {has: {field: body, regex: check}}}";

TEST(CodeText, HasBlanksForComments) {
  const std::string c = "int f(void) { g(); /* no check */ return 1; }";
  EXPECT_EQ(found(Origin::built_in, "security", "c", kUnchecked, "a.c", c), Found{c});
  EXPECT_EQ(found(Origin::built_in, "security", "c", kUnchecked, "a.c",
                  "int f(void) { check(); return 1; /* no check */ }"),
            Found{})
      << "what is code is seen";
  EXPECT_EQ(found(Origin::built_in, "quality", "c", kUnchecked, "a.c", c), Found{});
  EXPECT_EQ(found(Origin::user, "security", "c", kUnchecked, "a.c", c), Found{})
      << "the reference sees comments";
  EXPECT_EQ(found(Origin::built_in, "security", "python", kUnchecked, "a.py",
                  "def f():\n    # check\n    g()\n"),
            Found{"def f():\n    # check\n    g()"});
  EXPECT_EQ(found(Origin::built_in, "security", "rust",
                  "{kind: function_item, not: {has: {field: body, regex: check}}}", "a.rs",
                  "fn f() { // check\n g(); /* check */ }"),
            Found{"fn f() { // check\n g(); /* check */ }"});
}

TEST(CodeText, OfACommentIsTheCommentItself) {
  EXPECT_EQ(found(Origin::built_in, "security", "c", "{kind: comment, regex: password}", "a.c",
                  "int a; /* password */"),
            Found{"/* password */"});
}

}  // namespace
}  // namespace peer::rules
