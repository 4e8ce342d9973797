// What models say about their fixes, their JSON, and what they quote.
#include <optional>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "llm/answer/quote.hpp"
#include "llm/answer/repair.hpp"
#include "llm/answer/tagged.hpp"

namespace peer {
namespace {

TEST(Confidence, IsReadAsPeopleWriteIt) {
  for (const auto& [text, value] : std::vector<std::pair<const char*, double>>{{"8/10", 0.8},
                                                                               {" 8 / 10 ", 0.8},
                                                                               {"8", 0.8},
                                                                               {"10", 1},
                                                                               {"0", 0},
                                                                               {"80%", 0.8},
                                                                               {"0.8", 0.8},
                                                                               {"7.5", 0.75},
                                                                               {"75/100", 0.75},
                                                                               {"7.5/10", 0.75}})
    EXPECT_EQ(parse_confidence(text), value) << text;
  for (const char* bad :
       {"", "11/10", "-3", "NaN", "nan", "high", "11", "101%", "8/0", "8/5", "1.0", "8/10/10",
        "0x8", "1e1", "8,5", "inf", "٨", "8 out of 10", "99999999999"})
    EXPECT_EQ(parse_confidence(bad), std::nullopt) << bad;
}

TEST(TaggedAnswer, IsReadInTheFormsThatModelsUse) {
  const TaggedAnswer wanted{"x = 1\n", 0.8, "because"};
  for (const std::string text :
       {"<code>\nx = 1\n</code><confidence>8/10</confidence><reasoning> because </reasoning>",
        "Sure:\n<code>\n```python\nx = "
        "1\n```\n</code>\n<confidence>80%</confidence>\n<reasoning>because</reasoning>\nBye",
        R"({"code": "x = 1\n", "confidence": 8, "reasoning": "because"})",
        "```json\n{\"code\": \"x = 1\\n\", \"confidence\": \"8/10\", \"reasoning\": "
        "\"because\",}\n```"})
    EXPECT_EQ(parse_tagged(text), wanted) << text;
  EXPECT_EQ(parse_tagged("Here:\n```c\nx = 1\n```\n**Confidence**: 8/10"),
            (TaggedAnswer{"x = 1\n", 0.8, ""}));
  EXPECT_EQ(parse_tagged("nothing"), TaggedAnswer{});
  EXPECT_EQ(parse_tagged("<code>x</code><confidence>eleven</confidence>").confidence, std::nullopt);
  EXPECT_EQ(parse_tagged("<code>x <confidence>10</confidence></code>").confidence, std::nullopt)
      << "the code is not asked how sure it is";
  EXPECT_EQ(parse_tagged("<code>x</code>\nConfidence: 3\nConfidence: 9").confidence, std::nullopt)
      << "two that differ are none";
  EXPECT_EQ(parse_tagged("<code>no end").code, std::nullopt);
  EXPECT_EQ(parse_tagged("```\nno end").code, std::nullopt);
  EXPECT_EQ(parse_tagged("<code>a</code> b </code>").code, "a</code> b ");
}

std::string mended(const std::string& text) {
  const auto json = repair_json(text);
  return json ? dump_json(json->value) + (json->truncated ? " cut" : "") : "no";
}

TEST(RepairJson, LeavesOutButMakesNothingUp) {
  EXPECT_EQ(mended(R"({"a":1})"), R"({"a":1})");
  EXPECT_EQ(mended("Sure!\n```json\n{\"a\": [1, 2,], // two\n \"b\": {\"c\": null,},}\n```\nBye"),
            R"({"a":[1,2],"b":{"c":null}})");
  EXPECT_EQ(mended("[{\"a\":\"x // y, }\"},]"), R"([{"a":"x // y, }"}])");
  EXPECT_EQ(mended("{\"a\":\"line\nline\"}"), R"({"a":"line\nline"})");
  EXPECT_EQ(mended(R"([{"a":1},{"b":2},{"c":)"), R"([{"a":1},{"b":2}] cut)");
  EXPECT_EQ(mended(R"({"list":[{"a":1},{"b":[1,2)"), R"({"list":[{"a":1}]} cut)");
  EXPECT_EQ(mended(R"([1,2,3)"), "[1,2] cut") << "the 3 may be 35";
  EXPECT_EQ(mended(R"([{"a":"unended)"), "[] cut");
  for (const char* bad : {"", "no json", "{\"a\":", "{\"a\":tru", "{\"a\":1", "{\"a\":[1],\"b\":2",
                          "{a:1}", "{'a':1}", "[1 2]", "{\"a\":}", "}{", "[}", "{\"a\" 1}"})
    EXPECT_EQ(mended(bad), "no") << bad;
  EXPECT_EQ(mended(std::string(100'000, '[')), "no");
  EXPECT_EQ(mended(std::string(1'000'000, '"')), "no");
}

std::vector<QuotableLine> quotable() {
  return {{10, "int main() {", false},
          {11, "  int count = compute(a, b, c);", true},
          {12, "", true},
          {13, "  return  count;", true},
          {14, "}", false},
          {20, "  int count = compute(a, b, c);", false},
          {21, "  print(\"a\", x, y, z, w, v, u, t);", true}};
}

std::string place(const std::string& quote) {
  const auto found = locate_quote(quotable(), quote);
  if (!found) return "none";
  return std::to_string(found->first) + "-" + std::to_string(found->last) + " " +
         std::string(to_string(found->match));
}

TEST(LocateQuote, FindsTheLineThatIsMeant) {
  EXPECT_EQ(place("int main() {"), "10-10 exact");
  EXPECT_EQ(place("    int count = compute(a, b, c);  "), "11-11 exact") << "the added one of two";
  EXPECT_EQ(place("`return  count;`"), "13-13 exact");
  EXPECT_EQ(place("return count;"), "13-13 spaces");
  EXPECT_EQ(place("+  return  count;"), "13-13 exact");
  EXPECT_EQ(place("```\nint count = compute(a, b, c);\nreturn count;\n```"), "11-13 spaces");
  EXPECT_EQ(place("print('a', x, y, z, w, v, u, t);"), "21-21 similar");
  EXPECT_EQ(place("print(\"a\", x, y, z, w, v, u, q);"), "21-21 similar");
}

TEST(LocateQuote, FindsNothingWhereThatIsNotClear) {
  for (const char* quote :
       {"", "}", "  ", "return something_else;", "int other = call();", "```\n```"})
    EXPECT_EQ(place(quote), "none") << quote;
  EXPECT_EQ(locate_quote({}, "x = 1"), std::nullopt);
  const std::vector<QuotableLine> twins{{1, "f(a, b, c, d, e, f, g, h, i, j, 1)", true},
                                        {2, "f(a, b, c, d, e, f, g, h, i, j, 2)", true}};
  EXPECT_EQ(locate_quote(twins, "f(a, b, c, d, e, f, g, h, i, j, 3)"), std::nullopt);
}

TEST(TokenSimilarity, CountsSharedTokens) {
  EXPECT_DOUBLE_EQ(token_similarity("a b c", "c  b a"), 1);
  EXPECT_DOUBLE_EQ(token_similarity("a a", "a b"), 0.5);
  EXPECT_DOUBLE_EQ(token_similarity("", "a"), 0);
}

}  // namespace
}  // namespace peer
