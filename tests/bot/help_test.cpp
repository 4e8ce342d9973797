#include <gtest/gtest.h>

#include "base/text.hpp"
#include "bot/cli.hpp"
#include "bot/commands/rule_text.hpp"
#include "bot/config/keys.hpp"
#include "tests/support/golden.hpp"

namespace peer {
namespace {

TEST(Help, OfEveryCommandIsAGolden) {
  std::string all = help_text(nullptr);
  for (const auto& command : all_commands())
    all += "\n======== peer " + std::string(command.name) + "\n\n" + help_text(&command);
  testing::expect_golden("tests/golden/help.txt", all);
}

TEST(Help, FitsEightyColumns) {
  for (const auto line : split_lines(help_text(nullptr)))
    EXPECT_LE(line.size(), 80U) << line;
  for (const auto& command : all_commands())
    for (const auto line : split_lines(help_text(&command)))
      EXPECT_LE(line.size(), 80U) << command.name << ": " << line;
}

TEST(Documents, OfConfigurationIsFresh) {
  testing::expect_golden("docs/configuration.md", config_document());
}

TEST(Documents, OfRulesAreFresh) { testing::expect_golden("docs/rules.md", rules_document()); }

TEST(Documents, TheSchemaForEditorsIsFresh) {
  testing::expect_golden("docs/peer.schema.json", config_schema());
}

}  // namespace
}  // namespace peer
