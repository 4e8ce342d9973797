#include "base/yaml.hpp"

#include <chrono>
#include <random>

#include <gtest/gtest.h>

#include "tests/patience.hpp"

namespace peer {
namespace {

YamlNode loaded(std::string_view text) {
  auto node = load_yaml(text);
  EXPECT_TRUE(node.has_value()) << text << "\n" << (node ? "" : node.error().message);
  return node ? *std::move(node) : YamlNode{};
}

std::string refusal_of(std::string_view text, const YamlLimits& limits = {}) {
  const auto node = load_yaml(text, limits);
  EXPECT_FALSE(node.has_value()) << text;
  if (node) return {};
  EXPECT_EQ(node.error().kind, ErrorKind::invalid_input);
  EXPECT_EQ(node.error().code, "PEER-E140");
  return node.error().message;
}

TEST(Yaml, KeepsOrderKeysAndPlaces) {
  const auto root = loaded("# c\nfail_on: error\nrules:\n  - a\n  - 'b'\nempty:\nlast: {x: 1}\n");
  ASSERT_TRUE(root.is_map());
  ASSERT_EQ(root.children.size(), 4U);
  EXPECT_EQ(root.children[0].key, "fail_on");
  EXPECT_EQ(root.children[0].text, "error");
  EXPECT_EQ(root.children[0].key_line, 2U);
  EXPECT_EQ(root.children[0].column, 10U);
  const auto* rules = root.find("rules");
  ASSERT_TRUE(rules != nullptr && rules->is_sequence());
  EXPECT_EQ(rules->children[1].line, 5U);
  EXPECT_EQ(rules->children[1].where(), "line 5, column 5");
  EXPECT_FALSE(rules->children[0].quoted);
  EXPECT_TRUE(rules->children[1].quoted);
  EXPECT_TRUE(root.find("empty")->is_null());
  EXPECT_EQ(root.find("empty")->line, 6U);
  ASSERT_NE(root.find_path("last.x"), nullptr);
  EXPECT_EQ(root.find_path("last.x")->as_integer(), 1);
  EXPECT_EQ(root.find_path("last.y"), nullptr);
  EXPECT_EQ(root.find_path("fail_on.y"), nullptr);
}

TEST(Yaml, AnEmptyTextIsNull) {
  EXPECT_TRUE(loaded("").is_null());
  EXPECT_TRUE(loaded("# only a comment\n").is_null());
  EXPECT_TRUE(loaded("---\n").is_null());
  EXPECT_TRUE(loaded("~").is_null());
}

TEST(Yaml, ReadsScalarsAsVersionOneTwoMeansThem) {
  const auto root = loaded("[true, yes, 'true', 010, 1_000, -3, 1e3, .inf, '5', \"\", !!str 7]");
  const auto& item = root.children;
  EXPECT_EQ(item[0].as_bool(), true);
  EXPECT_EQ(item[1].as_bool(), std::nullopt);
  EXPECT_EQ(item[2].as_bool(), std::nullopt);
  EXPECT_EQ(item[3].as_integer(), 10);
  EXPECT_EQ(item[4].as_integer(), std::nullopt);
  EXPECT_EQ(item[5].as_integer(), -3);
  EXPECT_EQ(item[6].as_number(), 1000.0);
  EXPECT_EQ(item[7].as_number(), std::nullopt);
  EXPECT_EQ(item[8].as_integer(), std::nullopt);
  EXPECT_TRUE(item[9].is_scalar());
  EXPECT_TRUE(item[10].quoted);
}

TEST(Yaml, RefusesAKeyThatStandsTwiceAndNamesBothLines) {
  EXPECT_EQ(refusal_of("a: 1\nb: 2\na: 3\n"),
            "line 3, column 1: the key \"a\" stands twice, first in line 1");
  EXPECT_EQ(loaded("x: {a: 1}\ny: {a: 2}\n").children.size(), 2U);
}

TEST(Yaml, RefusesAliasesAndStrangeKeysAndTags) {
  EXPECT_NE(refusal_of("a: &x 1\nb: *x\n").find("line 2, column 4: aliases"), std::string::npos);
  EXPECT_NE(refusal_of("a: &x [b]\nc:\n  <<: *x\n").find("aliases"), std::string::npos);
  EXPECT_NE(refusal_of("{[a]: 1}").find("a key must be text"), std::string::npos);
  EXPECT_NE(refusal_of("? {a: 1}\n: 2\n").find("a key must be text"), std::string::npos);
  EXPECT_NE(refusal_of("~: 1\n").find("an empty key"), std::string::npos);
  EXPECT_NE(refusal_of(": 1\n").find("not YAML"), std::string::npos);
  EXPECT_NE(refusal_of("a: !python/object:os.system x\n").find("tag"), std::string::npos);
  EXPECT_NE(refusal_of("a: 1\n---\nb: 2\n").find("second document"), std::string::npos);
}

TEST(Yaml, RefusesBytesThatWouldEndTheTextUnseen) {
  using namespace std::string_view_literals;
  EXPECT_EQ(refusal_of("a: 1\nb: \x04\nc: 2\n"sv), "line 2: the control character U+0004");
  EXPECT_EQ(refusal_of("a: 1\0\n"sv), "line 1: the control character U+0000");
  EXPECT_EQ(refusal_of("a: \xFF\n"sv), "YAML that is not UTF-8");
}

TEST(Yaml, SaysWhereTheSyntaxBreaks) {
  EXPECT_EQ(refusal_of("a: [1, 2\nb: 3\n").substr(0, 5), "line ");
  for (const char* open :
       {"a: 'open", "a: 'open\n", "a: \"open\nb: 2\n", "- 'x\n\n", "- \"x\r\n  "})
    EXPECT_NE(refusal_of(open).find("not YAML"), std::string::npos) << open;
  EXPECT_EQ(loaded("a: |\n  x\n").children[0].text, "x\n");
  EXPECT_EQ(loaded("a: |+\n  x\n\n").children[0].text, "x\n\n");
  EXPECT_EQ(loaded("a: >-\n  x\n  y\n").children[0].text, "x y");
}

// found by a fuzzer: a parser left such a mark where it is and read one empty document after the
// other
TEST(Yaml, EndsWhereNothingBegins) {
  for (const char* text : {",", "]", "}", "  ,\n", "a: 1\n--- \n,\n", "a: 1\n...\n]\n"}) {
    const auto documents = load_yaml_documents(text);
    EXPECT_TRUE(!documents || documents->size() < 4) << text;
    (void)load_yaml(text);
  }
  EXPECT_EQ(refusal_of(","), "line 1, column 1: not YAML: did not find expected node content");
}

TEST(Yaml, KnowsWhatIsNoYamlFromWhatItMerelyRefuses) {
  for (const char* text : {"a: [1\nb: 2\n", "a: 'x\n", ",", "a: b: c\n", "\ta: 1\n"})
    EXPECT_TRUE(is_no_yaml(text)) << text;
  for (const char* text : {"", "a: 1\n", "a: &x 1\nb: *x\n", "a: 1\na: 2\n", "!own x\n",
                           "? [a]\n: b\n", "a: 1\n---\nb: 2\n"})
    EXPECT_FALSE(is_no_yaml(text)) << text;
}

TEST(Yaml, RefusesBombs) {
  const std::size_t limit = YamlLimits{}.max_depth;
  const auto nested = [](std::size_t n) { return std::string(n, '[') + std::string(n, ']'); };
  EXPECT_TRUE(load_yaml(nested(limit)).has_value());
  EXPECT_NE(refusal_of(nested(limit + 1)).find("nested over 32 deep"), std::string::npos);
  EXPECT_NE(refusal_of(std::string(300000, 'a')).find("over the limit of 262144"),
            std::string::npos);
  // each of these once took a parser of YAML long, or the stack
  for (const std::string part :
       {"[", "{", "- ", "? ", "{a: ", "[a, ", "a: ", "!", "&", "\"", "|\n", "- |\n"}) {
    std::string text;
    while (text.size() + part.size() < YamlLimits{}.max_bytes)
      text += part;
    const auto begin = std::chrono::steady_clock::now();
    (void)load_yaml(text);
    EXPECT_LT(std::chrono::steady_clock::now() - begin, patience(std::chrono::seconds(10))) << part;
  }
}

TEST(Yaml, SurvivesWhateverItIsGiven) {
  const std::string valid =
      "a: 1\nb:\n  - \"x\\n\"\n  - {c: [1, 2], d: 'e'}\nf: |\n  text\n  more\ng: >-\n  folded\n";
  std::mt19937 random(7);
  const auto below = [&](std::size_t n) { return random() % n; };
  constexpr std::string_view kAlphabet = "[]{}:,-?&*!|>'\"%@`#\n\t abc01~<=\\";
  std::size_t accepted = 0;
  for (int round = 0; round < 20000; ++round) {
    std::string text = valid;
    for (std::size_t edits = 1 + below(6); edits > 0; --edits) {
      const auto at = below(text.size());
      switch (below(3)) {
        case 0:
          text[at] = kAlphabet[below(kAlphabet.size())];
          break;
        case 1:
          text.insert(at, 1, kAlphabet[below(kAlphabet.size())]);
          break;
        default:
          text.erase(at, 1 + below(3));
          break;
      }
    }
    (void)load_yaml_documents(text);
    const auto node = load_yaml(text);
    if (node)
      ++accepted;
    else
      EXPECT_EQ(node.error().code, "PEER-E140") << text;
  }
  EXPECT_GT(accepted, 1000U);
}

}  // namespace
}  // namespace peer
