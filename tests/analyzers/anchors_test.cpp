#include "analyzers/anchors.hpp"

#include <chrono>
#include <random>
#include <string>

#include <gtest/gtest.h>

#include "analyzers/fingerprint.hpp"
#include "analyzers/languages/language.hpp"
#include "analyzers/parse/parse.hpp"
#include "tests/patience.hpp"

namespace peer {
namespace {

/// The tokens of `span` by a walk through the tree around it.
std::string walked(const SourceFile& file, Span span) {
  std::string out;
  walk(file.tree()->root().smallest_holding(span), [&](Node node) {
    if (node.is_extra() || !node.span().overlaps(span)) return false;
    if (node.child_count() > 0) return true;
    if (!out.empty()) out += ' ';
    out += folded(node.text(file.text()));
    return false;
  });
  return out;
}

/// A finding at every node of the file.
std::vector<Finding> at_every_node(const SourceFile& file) {
  std::vector<Finding> findings;
  walk(file.tree()->root(), [&](Node node) {
    if (!node.span().empty()) {
      findings.emplace_back().rule = "a-rule";
      findings.back().at = file.locate(node.span());
    }
    return true;
  });
  return findings;
}

TEST(Anchors, AreWhatAWalkOfTheTreeGivesForEveryNodeOfEveryLanguage) {
  for (const auto* language : all_languages()) {
    const auto file = parse("a", std::string(language->sample), {}, {}, language);
    if (file.tree() == nullptr) continue;
    Anchors anchors(file);
    walk(file.tree()->root(), [&](Node node) {
      const auto expected = walked(file, node.span());
      EXPECT_EQ(anchors.of(node.span()), expected) << language->name << " " << node.kind();
      EXPECT_EQ(Anchors(file).of(node.span()), expected)
          << "looked up: " << language->name << " " << node.kind();
      return true;
    });
  }
}

TEST(Anchors, AreTheTokensOfAnyPartOfCode) {
  const auto file = parse(
      "a.js", "const a = f(1, /* no */ 2)\n// nor this\nif (a) { b( ) }\nlet c = `x ${a} y`\n");
  Anchors anchors(file);
  EXPECT_EQ(anchors.of({10, 26}), "f ( 1 , 2 )");
  EXPECT_EQ(anchors.of({27, 38}), "");
  std::mt19937 random(11);
  for (int i = 0; i < 2000; ++i) {
    const auto size = static_cast<std::uint32_t>(file.text().size());
    const auto begin = static_cast<std::uint32_t>(random() % size);
    const Span span{begin, begin + 1 + static_cast<std::uint32_t>(random() % (size - begin))};
    EXPECT_EQ(anchors.of(span), walked(file, span)) << span.begin << " " << span.end;
    EXPECT_EQ(Anchors(file).of(span), walked(file, span))
        << "looked up: " << span.begin << " " << span.end;
  }
}

TEST(Anchors, OfLongTextDependOnAllOfIt) {
  std::string body;
  for (int i = 0; i < 3000; ++i)
    body += "  f" + std::to_string(i) + "();\n";
  const auto print = [](const std::string& text) {
    const auto file = parse("a.js", text);
    Anchors anchors(file);
    return anchors.of({0, static_cast<std::uint32_t>(text.size())});
  };
  const auto plain = print("{\n" + body + "}\n");
  EXPECT_LT(plain.size(), Anchors::kMostBytes + 100);
  EXPECT_EQ(plain, print("{\n\n // more\n" + body + "\n}\n"));
  EXPECT_NE(plain, print("{\n" + body + "g();}\n"));
}

TEST(Anchors, ThousandsOfFindingsInOneAnotherCostNoMoreThanSideBySide) {
  constexpr int kDeep = 20'000;
  std::string nested, chain = "a = b";
  for (int i = 0; i < kDeep; ++i)
    nested += "foo(";
  nested += "1" + std::string(kDeep, ')');
  for (int i = 0; i < kDeep; ++i)
    chain += " + b";
  for (const auto& text : {nested, chain}) {
    const auto file = parse("a.js", text, {.budget = std::chrono::seconds(60)});
    ASSERT_NE(file.tree(), nullptr);
    auto findings = at_every_node(file);
    const auto begin = std::chrono::steady_clock::now();
    set_fingerprints(findings, file);
    EXPECT_LT(std::chrono::steady_clock::now() - begin, patience(std::chrono::seconds(20)))
        << text.substr(0, 10);
  }
}

}  // namespace
}  // namespace peer
