// Rules that follow constants: a name matches as what it stands for, where that is certain.
#include <gtest/gtest.h>

#include "tests/analyzers/rules/rule_fixture.hpp"

namespace peer::rules {
namespace {

using Found = std::vector<std::string>;

Found found(const std::string& language, const std::string& rule, const std::string& path,
            const std::string& text) {
  return scan("id: r\nlanguage: " + language + "\nrule: " + rule +
                  "\nmetadata: {peer: {constants: followed}}\n",
              path, text);
}

constexpr const char* kDigest = "{kind: call, has: {field: arguments, has: {regex: md5}}}";
constexpr const char* kText = "{pattern: 'f($X)', has: {field: arguments, has: {kind: string}}}";

TEST(Constants, ANameIsTriedAsWhatItStandsFor) {
  EXPECT_EQ(found("python", kDigest, "a.py", "A = 'md5'\nnew(A)\n"), Found{"r: new(A)"});
  EXPECT_EQ(found("python", kText, "a.py", "A = B\nB = 'x'\nf(A)\n"), Found{"r: f(A)"})
      << "two names";
  EXPECT_EQ(found("python", kText, "a.py", "class C:\n  a = 'x'\n  def g(self):\n    f(self.a)\n"),
            Found{"r: f(self.a)"});
  EXPECT_EQ(
      found("python",
            "{kind: call, has: {field: arguments, has: {nthChild: 2, kind: string, regex: md5}}}",
            "a.py", "A = 'md5'\nf(1, A)\nf(A, 1)\n"),
      Found{"r: f(1, A)"})
      << "the place is that of the name";
  EXPECT_EQ(found("python", "{pattern: 'f(ssl.OLD)'}", "a.py", "A = ssl.OLD\nf(A)\n"), Found{})
      << "not within a pattern";
  EXPECT_EQ(
      found("java", "{kind: method_invocation, has: {field: arguments, has: {regex: '^\"DES\"$'}}}",
            "A.java", "class A { static final String X = \"DES\"; void g() { f(X); } }"),
      Found{"r: f(X)"});
  EXPECT_EQ(found("kotlin",
                  "{kind: call_expression, has: {kind: value_arguments, has: {kind: "
                  "value_argument, has: {regex: '^\"MD5\"$'}}}}",
                  "a.kt", "private const val ALG = \"MD5\"\nval d = f(ALG)\n"),
            Found{"r: f(ALG)"});
  EXPECT_EQ(found("kotlin",
                  "{kind: call_expression, regex: '^f\\(', has: {kind: value_arguments, "
                  "has: {kind: value_argument, has: {regex: '^\"MD5\"$'}}}}",
                  "a.kt",
                  "class C {\n  val d = f(ALG)\n  companion object { private const val ALG = "
                  "\"MD5\" }\n}\n"),
            Found{"r: f(ALG)"})
      << "of the companion";
  EXPECT_EQ(found("javascript",
                  "{kind: call_expression, has: {field: arguments, has: {regex: '^false$'}}}",
                  "a.js", "const OFF = {tls: false}; f(OFF.tls)"),
            Found{"r: f(OFF.tls)"});
}

TEST(Constants, OnlyWhereThereIsOneThatHoldsThere) {
  EXPECT_EQ(found("python", kDigest, "a.py", "A = 'md5'\nA = 'sha256'\nnew(A)\n"), Found{})
      << "assigned twice";
  EXPECT_EQ(found("python", kDigest, "a.py", "def g():\n  A = 'md5'\ndef h():\n  new(A)\n"),
            Found{})
      << "in another function";
  EXPECT_EQ(found("python", kDigest, "a.py", "A = 'md5'\ndef h(A):\n  new(A)\n"), Found{})
      << "hidden by a parameter";
  EXPECT_EQ(found("python", kText, "a.py", "A = pick('md5')\nf(A)\n"), Found{}) << "computed";
  EXPECT_EQ(found("python", kDigest, "a.py", "A = {'a': x, 'b': 'md5'}\nnew(A)\n"), Found{})
      << "made of a variable";
  EXPECT_EQ(found("python", kText, "a.py", "A = f'/{x.y}'\nf(A)\n"), Found{})
      << "a text with a member of something in it";
  EXPECT_EQ(found("python", kText, "a.py", "A = f'/{BASE}'\nf(A)\n"), Found{"r: f(A)"})
      << "a text with a constant in it";
  EXPECT_EQ(found("javascript",
                  "{pattern: 'f($X)', has: {field: arguments, has: {kind: template_string}}}",
                  "a.js", "const a = `/${x.y}`; f(a);"),
            Found{});
  EXPECT_EQ(found("python", "{kind: call, has: {field: function, regex: md5}}", "a.py",
                  "new = 'md5'\nnew(1)\n"),
            Found{})
      << "what is called is no value";
  EXPECT_EQ(scan("id: r\nlanguage: python\nrule: " + std::string(kDigest) + "\n", "a.py",
                 "A = 'md5'\nnew(A)\n"),
            Found{})
      << "a rule that does not ask for it";
}

TEST(Constants, NamesThatStandForEachOtherEnd) {
  EXPECT_EQ(found("python", kText, "a.py", "A = B\nB = A\nf(A)\n"), Found{});
  EXPECT_EQ(found("python", kText, "a.py", "A = [A]\nf(A)\n"), Found{});
}

}  // namespace
}  // namespace peer::rules
