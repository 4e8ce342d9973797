#include "analyzers/parse/grammar.hpp"

#include <gtest/gtest.h>

#include "analyzers/languages/language.hpp"

namespace peer {
namespace {

TEST(Grammar, KnowsKindsByTheReferencesNamesToo) {
  const Grammar kotlin(*find_language("kotlin"));
  ASSERT_TRUE(kotlin.kind_id("import"));
  EXPECT_EQ(kotlin.kind_id("import_header"), kotlin.kind_id("import"));
  EXPECT_FALSE(kotlin.kind_id("import_footer"));
  EXPECT_FALSE(Grammar(*find_language("java")).kind_id("import_header"));
}

/// A name that stands for nothing would be a rule that never matches.
TEST(Grammar, EachOtherNameStandsForAKind) {
  for (const Language* language : all_languages()) {
    const Grammar grammar(*language);
    for (const KindName& other : language->kind_names)
      EXPECT_TRUE(grammar.kind_id(other.own)) << language->name << ": " << other.own;
  }
}

}  // namespace
}  // namespace peer
