#include "bot/cli.hpp"

#include <set>

#include <gtest/gtest.h>

#include "bot/config/keys.hpp"

namespace peer {
namespace {

TEST(CommandLine, NamesTheNearestCommandAndFlag) {
  EXPECT_NE(parse_command_line({"confg", "show"}).error().message.find("did you mean \"config\""),
            std::string::npos);
  EXPECT_NE(parse_command_line({"init", "--froce"}).error().message.find("did you mean --force"),
            std::string::npos);
  EXPECT_NE(parse_command_line({"rules"}).error().message.find("needs one of: list, show"),
            std::string::npos);
}

TEST(CommandLine, TakesFlagsBeforeAndAfterArguments) {
  const auto parsed = parse_command_line({"rules", "show", "-v", "a", "b", "--color", "never"});
  ASSERT_TRUE(parsed.has_value()) << parsed.error().message;
  EXPECT_EQ(parsed->invocation.args, (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(parsed->invocation.value("color"), "never");
  EXPECT_TRUE(parsed->invocation.has("verbose"));
}

TEST(CommandLine, TheLastOfRepeatedFlagsCountsUnlessTheyAddUp) {
  const auto parsed = parse_command_line({"init", "--color", "never", "--color", "always"});
  ASSERT_TRUE(parsed.has_value()) << parsed.error().message;
  EXPECT_EQ(parsed->invocation.value("color"), "always");
}

TEST(CommandLine, PrintsHelpForEveryCommand) {
  for (const auto& command : all_commands()) {
    std::vector<std::string> words;
    std::string name(command.name);
    if (const auto blank = name.find(' '); blank != std::string::npos)
      words = {name.substr(0, blank), name.substr(blank + 1)};
    else
      words = {name};
    words.emplace_back("--help");
    const auto parsed = parse_command_line(words);
    ASSERT_TRUE(parsed.has_value()) << name << ": " << parsed.error().message;
    EXPECT_EQ(parsed->command, nullptr) << name;
    EXPECT_NE(parsed->text.find(command.summary), std::string::npos) << name;
  }
}

TEST(Flags, EveryFlagIsUniqueKnownToACommandAndItsKeyExists) {
  std::set<std::string_view> names, letters, used(common_flags().begin(), common_flags().end());
  for (const auto& command : all_commands()) {
    for (const auto name : command.flags) {
      EXPECT_NE(find_flag(name), nullptr) << command.name << " names --" << name;
      used.insert(name);
    }
  }
  for (const auto& flag : all_flags()) {
    EXPECT_TRUE(names.insert(flag.name).second) << flag.name;
    EXPECT_TRUE(flag.letter.empty() || letters.insert(flag.letter).second) << flag.letter;
    EXPECT_TRUE(flag.key.empty() || find_config_key(flag.key) != nullptr) << flag.name;
    EXPECT_TRUE(flag.name == "version" || used.contains(flag.name))
        << "no command takes --" << flag.name;
  }
}

}  // namespace
}  // namespace peer
