#include "analyzers/rules/prefilter/keywords.hpp"

#include <algorithm>

#include <gtest/gtest.h>

#include "analyzers/languages/language.hpp"
#include "analyzers/parse/grammar.hpp"
#include "analyzers/parse/parse.hpp"

namespace peer::rules {
namespace {

TEST(Keywords, EachKindIsOneOfItsGrammarAndFoundByItsName) {
  for (const auto* language : all_languages()) {
    const Grammar grammar(*language);
    const auto known = known_keywords(language->name);
    EXPECT_TRUE(std::is_sorted(known.begin(), known.end(), [](const auto& a, const auto& b) {
      return a.kind < b.kind;
    })) << language->name;
    for (const auto& row : known) {
      EXPECT_TRUE(grammar.kind_id(row.kind)) << language->name << ' ' << row.kind;
      EXPECT_EQ(keywords_of_kind(language->name, row.kind), row.keywords);
    }
    for (const auto& row : known_keywords(language_extended_by(language->name))) {
      EXPECT_TRUE(grammar.kind_id(row.kind)) << language->name << ' ' << row.kind;
      EXPECT_NE(keywords_of_kind(language->name, row.kind), "");
    }
  }
  EXPECT_EQ(keywords_of_kind("python", "no_such_kind"), "");
  EXPECT_EQ(keywords_of_kind("tsx", "no_such_kind"), "");
  EXPECT_EQ(keywords_of_kind("tsx", "class_heritage"), "extends|implements");
  EXPECT_EQ(keywords_of_kind("javascript", "class_heritage"), "extends");
}

TEST(Keywords, StandInEveryNodeOfTheirKind) {
  std::size_t seen = 0;
  for (const auto* language : all_languages()) {
    const auto file = parse("", std::string(language->sample), {.plain = true}, {}, language);
    walk(file.tree()->root(), [&](Node node) {
      auto rest = keywords_of_kind(language->name, node.kind());
      bool is_there = rest.empty();
      seen += rest.empty() ? 0 : 1;
      while (!rest.empty()) {
        const auto word = rest.substr(0, rest.find('|'));
        is_there = is_there || node.text(file.text()).find(word) != std::string_view::npos;
        rest.remove_prefix(std::min(rest.size(), word.size() + 1));
      }
      EXPECT_TRUE(is_there) << language->name << ' ' << node.kind() << ": "
                            << node.text(file.text());
      return true;
    });
  }
  EXPECT_GT(seen, 50U);
}

}  // namespace
}  // namespace peer::rules
