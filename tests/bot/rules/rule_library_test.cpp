#include "bot/rules/rule_library.hpp"

#include <algorithm>

#include <gtest/gtest.h>

#include "analyzers/pack/pack.hpp"
#include "analyzers/rules/facts.hpp"

namespace peer {
namespace {

TEST(PackLibrary, ListsAndShowsTheOwaspCategory) {
  const RuleLibrary library(rules::RuleBook::load(built_in_rules()).book);
  const auto all = library.list();
  const auto rule = std::find_if(
      all.begin(), all.end(), [](const ListedRule& r) { return r.id == "python-shell-injection"; });
  ASSERT_NE(rule, all.end());
  EXPECT_EQ(rule->owasp, "A03:2021");
  EXPECT_NE(library.text("python-shell-injection").value_or("").find("CWE-88, OWASP A03:2021\n"),
            std::string::npos);
}

TEST(PackLibrary, SixtyRulesOrMoreHaveASafeFix) {
  const auto book = rules::RuleBook::load(built_in_rules()).book;
  std::size_t safe = 0;
  for (const auto* rule : book->set().rules())
    if (rule->key("fix") != nullptr && rules::facts_of(*rule).safe) ++safe;
  EXPECT_GE(safe, 60U);
}

}  // namespace
}  // namespace peer
