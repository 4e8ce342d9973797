#include "analyzers/taint/declaration.hpp"

#include <gtest/gtest.h>

namespace peer::taint {
namespace {

Result<Declaration> read(const std::string& text) {
  const auto node = load_yaml(text);
  EXPECT_TRUE(node.has_value()) << text;
  return read_declaration(&*node, "rule.yml");
}

std::string complaint(const std::string& text) {
  const auto declared = read(text);
  return declared ? "" : declared.error().message;
}

TEST(TaintDeclaration, ReadsWhatARuleDeclares) {
  const auto declared = read(
      "sinks: [CMD, $$$ARGS]\n"
      "sources: [request, {pattern: 'f($X)', to: X}]\n"
      "sanitizers: [{pattern: 'ok($X)', guard: X}, shell-quoting]\n"
      "propagators: [{pattern: '$O.add($X)', from: X, to: O}]\n"
      "requires: variable\nvariable_confidence: 0.4\nconfidence: 0.9\n"
      "source_confidence: {parameter: 0.2}\n");
  ASSERT_TRUE(declared.has_value());
  EXPECT_EQ(declared->needs, Needs::variable);
  EXPECT_EQ(declared->sinks, (std::vector<std::string>{"CMD", "ARGS"}));
  ASSERT_EQ(declared->sources.size(), 2U);
  EXPECT_EQ(declared->sources[0].set, "request");
  EXPECT_EQ(declared->sources[1].to, "X");
  EXPECT_EQ(declared->sources[1].rule.find("to"), nullptr);
  EXPECT_EQ(declared->sanitizers[0].guard, "X");
  EXPECT_EQ(declared->propagators[0].from, "X");
  EXPECT_EQ(declared->variable_confidence, 0.4);
  EXPECT_EQ(declared->source_confidence.size(), 1U);
}

TEST(TaintDeclaration, WithoutSinksNothingIsDeclared) {
  const auto declared = read("category: security\ncwe: [78]\n");
  ASSERT_TRUE(declared.has_value());
  EXPECT_FALSE(declared->applies());
  EXPECT_FALSE(read_declaration(nullptr, "rule.yml")->applies());
}

TEST(TaintDeclaration, SinksAloneNeedSources) {
  EXPECT_EQ(complaint("sinks: [A]\nsources: [request]\n"), "");
  EXPECT_EQ(complaint("sinks: [A]\n"), "rule.yml:1: `requires: tainted` needs `sources`");
}

TEST(TaintDeclaration, NamesFileLineAndKeyOfWhatIsWrong) {
  EXPECT_EQ(complaint("cwe: [1]\nrequires: variable\n"), "rule.yml:2: `requires` needs `sinks`");
  EXPECT_EQ(complaint("sinks: [a]\n"), "rule.yml:1: `sinks` holds what cannot be a meta variable");
  EXPECT_EQ(complaint("sinks: A\n"),
            "rule.yml:1: `sinks` must be a list of meta variables of the rule");
  EXPECT_EQ(complaint("sinks: [A]\nrequires: maybe\n"),
            "rule.yml:2: `requires` must be `tainted` or `variable`");
  EXPECT_EQ(complaint("sinks: [A]\nsources: [x]\ntold: sink\n"),
            "rule.yml:3: `told` must be `source`");
  EXPECT_EQ(complaint("sinks: [A]\nsources: request\n"), "rule.yml:2: expected a list");
  EXPECT_EQ(complaint("sinks: [A]\nsources:\n  - [x]\n"),
            "rule.yml:3: expected the name of a set or a rule object");
  EXPECT_EQ(complaint("sinks: [A]\nsources: [x]\nconfidence: 3\n"),
            "rule.yml:3: `confidence` must be a number from 0 to 1");
  EXPECT_EQ(complaint("sinks: [A]\nsources:\n  - {to: X}\n"),
            "rule.yml:3: the rule object is empty");
  EXPECT_EQ(complaint("sinks: [A]\nsources: [x]\npropagators:\n  - {pattern: f}\n"),
            "rule.yml:4: a propagator is a rule object with `from` and `to`");
}

TEST(TaintSets, ReadsTheSetsOfALanguage) {
  const auto node = load_yaml(
      "sources:\n  request:\n    - pattern: a\n    - {kind: b, to: X}\n"
      "sanitizers:\n  quoting:\n    - pattern: c\nparameters:\n  request:\n    - kind: d\n");
  const auto sets = read_sets(*node, "sets.yml");
  ASSERT_TRUE(sets.has_value());
  ASSERT_EQ(sets->sources.size(), 1U);
  EXPECT_EQ(sets->sources[0].terms.size(), 2U);
  EXPECT_EQ(sets->sanitizers[0].name, "quoting");
  EXPECT_EQ(sets->parameters[0].terms.size(), 1U);
}

TEST(TaintSets, SaysWhatIsWrong) {
  const auto complain = [](const char* text) {
    const auto node = load_yaml(text);
    const auto sets = read_sets(*node, "sets.yml");
    return sets ? std::string() : sets.error().message;
  };
  EXPECT_EQ(complain("sinks: {}\n"),
            "sets.yml:1: unknown key `sinks`: expected sources, sanitizers, parameters or "
            "propagators");
  EXPECT_EQ(complain("sources:\n  a:\n    - b\n"), "sets.yml:3: a set holds rule objects only");
  EXPECT_EQ(complain("sources: [a]\n"), "sets.yml:1: expected names of sets, each with a list");
}

}  // namespace
}  // namespace peer::taint
