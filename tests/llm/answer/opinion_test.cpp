#include "llm/answer/opinion.hpp"

#include <gtest/gtest.h>

namespace peer {
namespace {

TEST(Opinion, IsReadInTheFormsThatModelsUse) {
  EXPECT_EQ(read_opinion("It is right.\n<verdict>yes</verdict>"), true);
  EXPECT_EQ(read_opinion("<verdict> No. </verdict>"), false);
  EXPECT_EQ(read_opinion("{\"reason\":\"r\",\"verdict\":\"no\"}"), false);
  EXPECT_EQ(read_opinion("{\"verdict\":true}"), true);
  EXPECT_EQ(read_opinion("**Yes**"), std::nullopt);
  EXPECT_EQ(read_opinion("yes"), true);
}

TEST(Opinion, IsNoneWhereItCouldBeEither) {
  for (const auto* text :
       {"", "<verdict>yes</verdict><verdict>no</verdict>", "<verdict>maybe</verdict>", "yes and no",
        "<verdict>yes", "I would say yes, but <b>no</b>", "{\"verdict\":1}"})
    EXPECT_EQ(read_opinion(text), std::nullopt) << text;
}

}  // namespace
}  // namespace peer
