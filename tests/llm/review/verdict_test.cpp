#include "llm/review/verdict.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace peer {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(CompareVerdict, IsReadWithWordsAroundIt) {
  const auto verdict = parse_comparison(
      R"(Here it is: {"idx": 3, "reason": "a loop became a call", "same": true, "changed": ""})");
  ASSERT_TRUE(verdict.has_value());
  EXPECT_TRUE(verdict->same);
  EXPECT_EQ(verdict->reason, "a loop became a call");
}

TEST(CompareVerdict, ThatContradictsItselfOrSaysNothingIsNone) {
  for (const char* json :
       {R"({"same": true, "changed": "it throws", "reason": "x"})",
        R"({"same": false, "changed": "", "reason": "x"})",
        R"({"same": "true", "changed": "", "reason": "x"})", R"({"same": true, "changed": ""})",
        "yes", "[]", R"({"same": false, "changed": "it thr)"})
    EXPECT_FALSE(parse_comparison(json).has_value()) << json;
  EXPECT_EQ(parse_comparison(R"({"same": false, "changed": "\u001b[31m", "reason": "x"})")
                ->changed.find('\x1b'),
            std::string::npos);
}

TEST(Ranking, IsReadInItsOrder) {
  EXPECT_THAT(parse_ranking(R"({"ranking": [3, 0, 3, 1]})", 4), ElementsAre(3U, 0U, 1U));
  EXPECT_THAT(parse_ranking("```json\n[2]\n```", 4), ElementsAre(2U));
}

TEST(Ranking, ThatNamesWhatIsNotThereIsNone) {
  for (const char* json :
       {R"({"ranking": [3, 4]})", R"({"ranking": [-1]})", R"({"ranking": ["f"]})",
        R"({"ranking": [1.5]})", R"({"ranking": "1"})", "f, g", R"({"ranking": [1, 2)"})
    EXPECT_THAT(parse_ranking(json, 4), IsEmpty()) << json;
}

}  // namespace
}  // namespace peer
