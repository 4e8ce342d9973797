#include "llm/prompt/guidance.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace peer {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

TEST(Guidance, TakesEveryFormAndKeepsToItsPaths) {
  const std::vector<InstructionFile> files{
      {"AGENTS.md", "Everyone: be brief."},
      {".github/instructions/py.instructions.md",
       "---\napplyTo: \"**/*.py, tools/**\"\n---\nUse type hints.\n"},
      {".coderabbit.yaml",
       "reviews:\n  path_instructions:\n    - path: \"src/**\"\n      instructions: |\n        No "
       "globals.\n    - nonsense\n"},
      {".pr_agent.toml",
       "[pr_reviewer]\nextra_instructions = \"\"\"\nMind the locks.\n\"\"\"\n# extra_instructions "
       "= \"not this\"\n"}};
  const Guidance guidance(files);
  const auto python = guidance.for_path("src/a.py", 4000);
  for (const auto* words : {"be brief", "type hints", "No globals", "Mind the locks"})
    EXPECT_THAT(python, HasSubstr(words));
  EXPECT_THAT(python, Not(HasSubstr("not this")));
  EXPECT_LT(python.find("type hints"), python.find("be brief")) << "the most particular first";
  const auto other = guidance.for_path("lib/a.c", 4000);
  EXPECT_THAT(other, HasSubstr("be brief"));
  EXPECT_THAT(other, Not(HasSubstr("type hints")));
  EXPECT_THAT(other, Not(HasSubstr("No globals")));
}

TEST(Guidance, KeepsToItsBudgetAndHidesWhatMustNotBeSeen) {
  const std::string key = "ghp_" + std::string("9aZ8bY7cX6dW5eV4fU3gT2hS1iR0jQ9kP8lO");
  const std::vector<InstructionFile> files{
      {"CLAUDE.md", "token " + key + " \xE2\x80\xAEhidden " + std::string(50'000, 'x')}};
  const auto text = Guidance(files).for_path("a.c", 1'000);
  EXPECT_LT(text.size(), 1'400U);
  EXPECT_THAT(text, Not(HasSubstr(key)));
  EXPECT_THAT(text, HasSubstr("<U+202E>"));
}

TEST(Guidance, SurvivesFilesThatAreNone) {
  for (const auto* text : {"", "---", "---\n", "---\napplyTo: [\n---\nx", "extra_instructions = \"",
                           "extra_instructions", "reviews: [1, 2"})
    for (const auto* path :
         {".github/instructions/a.instructions.md", ".coderabbit.yaml", ".pr_agent.toml"}) {
      const std::vector<InstructionFile> files{{path, text}};
      (void)Guidance(files).for_path("a.c", 100);
    }
  EXPECT_THAT(Guidance({}).for_path("a.c", 100), IsEmpty());
}

}  // namespace
}  // namespace peer
