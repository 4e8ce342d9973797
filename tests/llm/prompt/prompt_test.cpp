#include "llm/prompt/prompt.hpp"

#include <string>

#include <gtest/gtest.h>

namespace peer {
namespace {

Result<Prompt> explain(PromptProfile profile, std::string_view code = "x = 1") {
  return make_prompt("explain", profile,
                     {{"rule", "r"},
                      {"severity", "error"},
                      {"path", "a.py"},
                      {"line", "3"},
                      {"message", "m"},
                      {"why", "w"},
                      {"code", code}});
}

TEST(Prompt, IsChosenByWhatFits) {
  EXPECT_EQ(profile_of(2048), PromptProfile::tiny4k);
  EXPECT_EQ(profile_of(4096), PromptProfile::tiny4k);
  EXPECT_EQ(profile_of(8192), PromptProfile::small8k);
  EXPECT_EQ(profile_of(32'768), PromptProfile::mid32k);
  EXPECT_EQ(profile_of(128'000), PromptProfile::large);
  const auto tiny = explain(PromptProfile::tiny4k);
  const auto large = explain(PromptProfile::large);
  ASSERT_TRUE(tiny && large);
  EXPECT_LT(tiny->system.size() + tiny->user.size(), large->system.size() + large->user.size());
  EXPECT_NE(tiny->version, large->version);
  EXPECT_TRUE(tiny->user.ends_with("Only the explanation.")) << "the instruction comes last";
}

TEST(Prompt, TakesValuesAsTheyAre) {
  const auto prompt = explain(PromptProfile::large, "{{why}} }} {{");
  ASSERT_TRUE(prompt.has_value()) << prompt.error().message;
  EXPECT_NE(prompt->user.find("{{why}} }} {{"), std::string::npos);
  EXPECT_EQ(prompt->system.find("{{"), std::string::npos);
  EXPECT_EQ(explain(PromptProfile::large)->version, prompt->version)
      << "values do not change the version";
}

TEST(Prompt, IsNotMadeWithAPlaceLeftEmpty) {
  EXPECT_FALSE(make_prompt("explain", PromptProfile::large, {{"rule", "r"}}).has_value());
  EXPECT_FALSE(make_prompt("nothing", PromptProfile::large, {}).has_value());
}

}  // namespace
}  // namespace peer
