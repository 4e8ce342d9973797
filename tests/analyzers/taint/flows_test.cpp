// Ways of values between functions, objects, collections and exceptions, language by language
// (flows/*.txt): what is followed, and what is not yet.
#include <fstream>
#include <string>

#include <gtest/gtest.h>

#include "tests/analyzers/taint/programs.hpp"

namespace peer::taint {
namespace {

struct Flow {
  std::string name;
  std::string expected;
  std::string code;
};

/// `### name | expected`, then the program.
std::vector<Flow> flows_of(const std::string& language) {
  std::ifstream in(std::string(PEER_SOURCE_DIR) + "/tests/analyzers/taint/flows/" + language +
                   ".txt");
  std::vector<Flow> flows;
  for (std::string line; std::getline(in, line);) {
    if (!line.starts_with("### ")) {
      if (!flows.empty()) flows.back().code += line + "\n";
      continue;
    }
    const auto bar = line.find(" | ");
    flows.push_back({line.substr(4, bar - 4), line.substr(bar + 3), {}});
  }
  return flows;
}

std::string verdict_of(const Flow& flow, Expected verdict) {
  if (verdict == Expected::tainted)
    return flow.expected == "mistaken" ? flow.expected : std::string("tainted");
  return flow.expected == "tainted" || flow.expected == "mistaken" ? "not followed" : flow.expected;
}

class Flows : public ::testing::TestWithParam<std::pair<std::string, std::string>> {};

TEST_P(Flows, AreFollowed) {
  const auto& [language, path] = GetParam();
  const auto flows = flows_of(language);
  ASSERT_FALSE(flows.empty());
  for (const Flow& flow : flows) {
    const auto outcome = judge(language, path, flow.code);
    EXPECT_TRUE(outcome.parses) << flow.name;
    EXPECT_EQ(outcome.given_up, 0U) << flow.name;
    EXPECT_EQ(verdict_of(flow, outcome.verdict), flow.expected) << flow.name << "\n" << flow.code;
  }
}

INSTANTIATE_TEST_SUITE_P(Languages, Flows,
                         ::testing::Values(std::pair("c", "a.c"), std::pair("cpp", "a.cpp"),
                                           std::pair("csharp", "A.cs"), std::pair("go", "a.go"),
                                           std::pair("java", "A.java"),
                                           std::pair("javascript", "a.js"),
                                           std::pair("kotlin", "a.kt"), std::pair("php", "a.php"),
                                           std::pair("python", "a.py"), std::pair("ruby", "a.rb"),
                                           std::pair("rust", "a.rs")),
                         [](const auto& each) { return each.param.first; });

}  // namespace
}  // namespace peer::taint
