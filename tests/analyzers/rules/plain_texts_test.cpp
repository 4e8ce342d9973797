#include "analyzers/rules/match/plain_texts.hpp"

#include <string>
#include <string_view>

#include <gtest/gtest.h>
#include <re2/re2.h>

namespace peer::rules {
namespace {

/// RE2 says the same of `regex`, whose syntax both read alike.
void expect_same(std::string_view regex) {
  const auto plain = PlainTexts::of(regex);
  ASSERT_TRUE(plain) << regex;
  const re2::RE2 reference{std::string(regex)};
  ASSERT_TRUE(reference.ok()) << regex;
  for (const std::string_view text :
       {"",        "a",      "b",        "ab",        "ac",       "abc",     "b.c",
        "bxc",     "b.open", "a.b.eval", "b.",        ".",        "io.open", "open",
        "ioxopen", "open(",  "xopen",    "eval",      "evaluate", "an eval", "\"a\"",
        "'a'",     "a\n",    "a|b",      "file_name", "filename", "md5",     "MD5",
        "$a",      "a$",     "^a",       "a-b",       "\xC3\xA9"}) {
    EXPECT_EQ(plain->is_in(text), re2::RE2::PartialMatch({text.data(), text.size()}, reference))
        << regex << " in '" << text << "'";
  }
}

TEST(PlainTexts, MatchWhereTheExpressionDoes) {
  for (const std::string_view regex : {"^a$",
                                       "^(a|b)$",
                                       "^(?:a|b|)$",
                                       "^(io\\.)?open$",
                                       "^file_?name$",
                                       "eval",
                                       "eval|open|a",
                                       "^eval",
                                       "open$",
                                       "^[\"'\\x27]a[\"']$",
                                       "^((a|b)c?)b?$",
                                       "^b[.]c$",
                                       "\\$a",
                                       "a\\$",
                                       "^\\^a$",
                                       "",
                                       "^",
                                       "$",
                                       "^$",
                                       "^(md5|(?:sha|MD)5)$",
                                       "a\\-b",
                                       "^a b$",
                                       "(a|b)$",
                                       "(^|\\.)(open|c|)$",
                                       "(^|\\.)evals?$",
                                       "(^|\\.)$"})
    expect_same(regex);
}

TEST(PlainTexts, WhatSaysMoreIsLeftToTheLibrary) {
  std::string many = "^(";
  for (int i = 0; i < 600; ++i)
    many += "a" + std::to_string(i) + "|";
  many += "z)$";
  for (const std::string_view regex :
       {"a*",       "^a+$",     "a.b",         "^[a-z]$", "^[^a]$",     "(?i)a",   "(?i:a)",
        "\\d",      "\\bword",  "a{2}",        "^a|b$",   "(^|x)open$", "^[(]|b$", "[(]|-b$",
        "a|b|c|d",  "(a",       "a)",          "[a",      "a??",        "^a\\",    "^(a|b",
        "\xC3\xA9", "(?P<n>a)", "[[:alpha:]]", "(?x)a b", "^[a&&b]$"})
    EXPECT_FALSE(PlainTexts::of(regex)) << regex;
  EXPECT_FALSE(PlainTexts::of(many));
  EXPECT_FALSE(PlainTexts::of("^" + std::string(30, '(') + "a" + std::string(30, ')') + "$"));
  EXPECT_FALSE(PlainTexts::of("^(a|b)(a|b)(a|b)(a|b)(a|b)(a|b)(a|b)(a|b)(a|b)(a|b)$"));
}

}  // namespace
}  // namespace peer::rules
