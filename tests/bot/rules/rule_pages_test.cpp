#include "bot/rules/rule_pages.hpp"

#include <filesystem>
#include <fstream>
#include <sstream>

#include <gtest/gtest.h>

#include "tests/support/golden.hpp"

namespace peer {
namespace {

TEST(Documents, OfTheBuiltInRulesAreFresh) {
  for (const auto& [name, text] : rule_pages())
    testing::expect_golden("docs/rules/" + name, text);
}

TEST(Documents, TheMatrixOfWhatRulesCoverIsFresh) {
  constexpr std::string_view kBegin = "<!-- made from the pack -->\n", kEnd = "<!-- end -->";
  std::ifstream in(std::filesystem::path(PEER_SOURCE_DIR) / "docs/ACCURACY.md");
  std::stringstream read;
  read << in.rdbuf();
  std::string text = read.str();
  const auto begin = text.find(kBegin), end = text.find(kEnd);
  ASSERT_NE(begin, std::string::npos);
  ASSERT_NE(end, std::string::npos);
  text.replace(begin + kBegin.size(), end - begin - kBegin.size(), "\n" + topic_matrix() + "\n");
  testing::expect_golden("docs/ACCURACY.md", text);
}

}  // namespace
}  // namespace peer
