#include <gtest/gtest.h>

#include "base/text.hpp"
#include "bot/cli.hpp"
#include "tests/support/golden.hpp"

namespace peer {
namespace {

TEST(Help, OfEveryCommandIsAGolden) {
  std::string all = help_text(nullptr);
  for (const auto& command : all_commands()) all += "\n======== peer " + std::string(command.name) + "\n\n" + help_text(&command);
  testing::expect_golden("help.txt", all);
}

TEST(Help, FitsEightyColumns) {
  for (const auto& command : all_commands())
    for (const auto line : split_lines(help_text(&command)))
      if (line.size() > 110) ADD_FAILURE() << command.name << ": " << line;
}

}  // namespace
}  // namespace peer
