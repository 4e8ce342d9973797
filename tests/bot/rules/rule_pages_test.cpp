#include "bot/rules/rule_pages.hpp"

#include <filesystem>

#include <gtest/gtest.h>

#include "tests/support/golden.hpp"

namespace peer {
namespace {

TEST(Documents, OfTheBuiltInRulesAreFresh) {
  for (const auto& [name, text] : rule_pages()) testing::expect_golden("docs/rules/" + name, text);
}

}  // namespace
}  // namespace peer
