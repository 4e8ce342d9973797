// The rule loader on hostile rule files, and what it took on a little code.
#include <array>

#include "analyzers/languages/language.hpp"
#include "analyzers/parse/parse.hpp"
#include "analyzers/rules/rule_set.hpp"
#include "tests/fuzz/target.hpp"

namespace peer::fuzz {

std::span<const std::string_view> seeds() {
  static constexpr std::array<std::string_view, 5> kSeeds{
      "id: a\nlanguage: js\nrule:\n  pattern: {context: 'f($A, $$$B)', strictness: ast}\n  inside: "
      "{kind: "
      "'a > b:has(c)', stopBy: end}\nconstraints: {A: {regex: '^(?<x>[a-z[0-9]]+)\\u{41}$'}}\nfix: "
      "g($A)\n",
      "id: a\nlanguage: Python\nutils:\n  u: {any: [{kind: call}, {kind: list, has: {matches: "
      "u}}]}\nrule: {matches: "
      "u, nthChild: {position: 2n+1, ofRule: {kind: call}}}\n---\nid: b\nlanguage: c\nrule: "
      "{pattern: sprintf($$$A)}\n",
      "id: a\nlanguage: go\nrule: &x {all: [{kind: identifier}, {not: {regex: a}}]}\nmetadata: {y: "
      "*x}\n",
      "id: r\nlanguage: ts\nrule: {kind: 'identifier:nth-child(-n+3 of identifier), a ~ b + "
      "c'}\nfiles: ['**/*.{ts,js}']\n",
      "id: r\nlanguage: css\nrule: {range: {start: {line: 0, column: 0}, end: {line: 1}}, kind: "
      "block}\nlabels: {A: {style: "
      "primary}}\n"};
  return kSeeds;
}

}  // namespace peer::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace peer;
  const rules::RuleText text{.name = "fuzz.yml", .text = fuzz::text_of(data, size)};
  const auto loaded = rules::RuleSet::load(std::span(&text, 1));
  for (const auto* rule : loaded.set.rules()) {
    const auto& language = *rule->languages.front();
    const auto path = "a" + std::string(language.extensions.front());
    const auto file = parse(path, std::string(language.sample), {}, {}, &language);
    const auto result = loaded.set.scan(file);
    for (const auto& match : result.matches)
      if (match.node.end() > file.text().size()) __builtin_trap();
  }
  return 0;
}
