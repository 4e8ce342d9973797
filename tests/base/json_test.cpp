#include "base/json.hpp"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace peer {
namespace {

using testing::HasSubstr;

std::string error_of(const std::string& text) {
  const auto json = parse_json(text);
  return json ? "parsed" : json.error().message;
}

TEST(Json, ReadsWhatIsJson) {
  EXPECT_EQ(*parse_json(R"({"a": [1, 2.5, "x"]})"), (Json{{"a", {1, 2.5, "x"}}}));
}

TEST(Json, SaysWhereItIsBroken) {
  EXPECT_THAT(error_of("{\"a\": }"), HasSubstr("byte 7"));
  EXPECT_THAT(error_of(""), HasSubstr("not JSON"));
}

TEST(Json, RefusesNumbersThatNothingHolds) {
  for (const auto* text : {"1e9999", "[8888e88888]", "-1e400", "8888e88888\"x"})
    EXPECT_THAT(error_of(text), HasSubstr("not usable as JSON")) << text;
}

TEST(Json, RefusesBombs) { EXPECT_THAT(error_of(std::string(100000, '[')), HasSubstr("nested")); }

}  // namespace
}  // namespace peer
