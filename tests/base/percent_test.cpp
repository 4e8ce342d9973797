#include "base/percent.hpp"

#include <gtest/gtest.h>

namespace peer {
namespace {

TEST(Percent, EscapesStandForTheirBytes) {
  EXPECT_EQ(percent_decoded("a%20b%2Fc%2f"), "a b/c/");
  EXPECT_EQ(percent_decoded("%C3%A4"), "\xC3\xA4");
  EXPECT_EQ(percent_decoded(""), "");
}

TEST(Percent, WhatIsNoWholeEscapeStays) {
  for (const char* text : {"%", "100%", "%4", "%zz", "%4g", "a%"})
    EXPECT_EQ(percent_decoded(text), text);
  EXPECT_EQ(percent_decoded("%%41"), "%A");
}

}  // namespace
}  // namespace peer
