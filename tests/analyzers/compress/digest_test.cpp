#include "analyzers/compress/digest.hpp"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "analyzers/parse/parse.hpp"

namespace peer {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

const std::string kShop = R"(import json
import os

LIMIT = 10
OTHER = 20


class Basket:
    """Holds items."""
    size = 3

    def __init__(self, items=()):
        self.items = list(items)

    def add(self, item):
        if len(self.items) < LIMIT:
            self.items.append(normalise(item))

    def clear(self):
        self.items = []


def normalise(item):
    return item.strip().lower()


def unrelated(path):
    return os.stat(path).st_size
)";

Digest digest(const std::string& path, const std::string& text, const DigestRequest& request) {
  const auto all = digests_of(parse(path, text), request);
  EXPECT_EQ(all.size(), 1U);
  return all.at(0);
}

DigestRequest at_level(DigestLevel level, std::vector<LineRange> changed = {}) {
  DigestRequest request;
  request.level = level;
  request.changed = std::move(changed);
  return request;
}

TEST(Digest, OfASmallFileIsTheFile) {
  const auto whole = digest("shop.py", kShop, {});
  EXPECT_EQ(whole.text, kShop);
  EXPECT_EQ(whole.level, DigestLevel::full);
  EXPECT_EQ(whole.tokens_before, whole.tokens_after);
  EXPECT_EQ(whole.line_map.size(), 28U);
}

TEST(Digest, FocusElidesBodiesThatHaveNothingToDoWithTheChange) {
  const auto focus = digest("shop.py", kShop, at_level(DigestLevel::focus, {{17, 1}}));
  EXPECT_THAT(focus.text, HasSubstr("self.items.append(normalise(item))"));
  EXPECT_THAT(focus.text, HasSubstr("def normalise(item): ...\n"));
  EXPECT_THAT(focus.text, HasSubstr("\"\"\"Holds items.\"\"\""));
  EXPECT_THAT(focus.text, Not(HasSubstr("st_size")));
}

TEST(Digest, SignaturesKeepTheChangeAndTheConstantsItUses) {
  const auto signatures = digest("shop.py", kShop, at_level(DigestLevel::signatures, {{17, 1}}));
  EXPECT_EQ(signatures.text,
            "import json\n"
            "import os\n"
            "LIMIT = 10\n"
            "class Basket:\n"
            "    def __init__(self, items=()):\n"
            "    def add(self, item):\n"
            "        if len(self.items) < LIMIT:\n"
            "            self.items.append(normalise(item))\n"
            "    def clear(self):\n"
            "def normalise(item):\n"
            "def unrelated(path):");
  EXPECT_EQ(signatures.line_map,
            (std::vector<std::uint32_t>{1, 2, 4, 8, 12, 15, 16, 17, 19, 23, 27}));
  EXPECT_LT(signatures.tokens_after, signatures.tokens_before);
}

TEST(Digest, SymbolsAreNames) {
  EXPECT_EQ(digest("shop.py", kShop, at_level(DigestLevel::symbols)).text,
            "class Basket\n"
            "    constructor __init__\n"
            "    method add\n"
            "    method clear\n"
            "function normalise\n"
            "function unrelated\n");
}

TEST(Digest, HoldsWhereHeadsHoldElements) {
  const std::string text =
      "struct Pair {\n  int first() { return 1; }\n  int more(int a = 2) { return a; }\n} make(" +
      std::string(3000, ' ') + "int x) {\n  return {};\n}\n";
  const auto signatures = digest("a.cpp", text, at_level(DigestLevel::signatures));
  EXPECT_THAT(signatures.text, HasSubstr("struct Pair"));
  EXPECT_THAT(signatures.text, HasSubstr("int first()"));
}

TEST(Digest, FindsDefinitionsInPiecesThatTheGrammarCannotRead) {
  const std::string text =
      "int before(int a) {\n  return a;\n}\n\n"
      "WEIRD_BEGIN(x, [[ <<\nstatic int winhttp_read(\n    int *stream)\n{{\n  if (a) {\n    "
      "call(1);\n"
      "  }\n\nint after(int b) {\n  return b;\n}\n";
  const auto signatures = digest("a.c", text, at_level(DigestLevel::signatures));
  EXPECT_THAT(signatures.text, HasSubstr("int before(int a)"));
  EXPECT_THAT(signatures.text, HasSubstr("static int winhttp_read("));
  EXPECT_THAT(signatures.text, HasSubstr("int after(int b)"));
  EXPECT_THAT(signatures.text, Not(HasSubstr("call(1)")));
}

TEST(Digest, SaysWhichTierItCameFrom) {
  EXPECT_EQ(digest("a.py", kShop, {}).tier, DigestTier::syntax);
  const auto zig = digest("a.zig",
                          "const std = 1;\n\npub fn add(a: i32) i32 {\n    return a;\n}\n\n"
                          "pub fn sub(a: i32) i32 {\n    return a;\n}\n",
                          at_level(DigestLevel::signatures, {{4, 1}}));
  EXPECT_EQ(zig.tier, DigestTier::pattern);
  EXPECT_EQ(zig.text, "pub fn add(a: i32) i32 {\n    return a;\n}\npub fn sub(a: i32) i32 {");
  const auto conf = digest("a.conf", "server\n  port 80\n    deep yes\nother\n  host x\n",
                           at_level(DigestLevel::signatures));
  EXPECT_EQ(conf.tier, DigestTier::lines);
  EXPECT_EQ(conf.text, "server\n  port 80\nother\n  host x");
}

TEST(Digest, ShowsFirstWhatIsRankedFirstAndIgnoresNamesThatAreNotThere) {
  std::string text;
  for (int i = 0; i < 600; ++i)
    text += "def f" + std::to_string(i) + "(): pass\n\n\n";
  DigestRequest request;
  request.budget = 512;
  request.ranking = {"no such thing", "f599", "f300"};
  const auto digest = digests_of(parse("a.py", text), request).at(0);
  EXPECT_THAT(digest.text, HasSubstr("function f599\n"));
  EXPECT_THAT(digest.text, HasSubstr("function f300\n"));
  EXPECT_THAT(digest.text, Not(HasSubstr("function f400\n")));
  EXPECT_GT(digest.left_out, 400U);
}

}  // namespace
}  // namespace peer
