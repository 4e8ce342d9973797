// The matcher on hostile code: rule and source in one input, with a NUL between them. What it finds
// without the prefilter's help must be what it finds with it.
#include <array>

#include "analyzers/languages/language.hpp"
#include "analyzers/parse/parse.hpp"
#include "analyzers/rules/rule_set.hpp"
#include "tests/fuzz/target.hpp"

namespace peer::fuzz {

std::span<const std::string_view> seeds() {
  using namespace std::string_view_literals;
  static constexpr std::array<std::string_view, 4> kSeeds{
      "{pattern: 'foo($$$A, $B)', not: {has: {pattern: $B, stopBy: end}}}\0foo(1, 2, x); foo(y); bar(foo(1, [2]));"sv,
      "{kind: identifier, inside: {kind: call_expression, stopBy: end, field: function}}\0a.b(c)(d, e => f(g))"sv,
      "{any: [{pattern: 'if ($A) { $$$B } else { $$$B }'}, {regex: 'x+y', kind: string}]}\0if (a) { b; } else { b; } 'xxy'"sv,
      "{kind: number, nthChild: {position: 2, reverse: true}, follows: {kind: number}}\0[1, 2, 3, /* c */ 4,]"sv};
  return kSeeds;
}

}  // namespace peer::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace peer;
  const auto input = fuzz::text_of(data, size);
  const auto cut = input.find('\0');
  if (cut == std::string_view::npos) return 0;
  const auto yaml = "id: r\nlanguage: js\nrule: " + std::string(input.substr(0, cut)) + "\n";
  const rules::RuleText text{.name = "fuzz.yml", .text = yaml};
  const auto loaded = rules::RuleSet::load(std::span(&text, 1));
  const auto* rule = loaded.set.find("r");
  if (rule == nullptr) return 0;
  const auto file = parse("a.js", std::string(input.substr(cut + 1)));
  if (file.tree() == nullptr) return 0;
  const auto scanned = loaded.set.scan(file);
  const auto* matcher = loaded.set.matcher(*rule, *file.language());
  if (matcher == nullptr) return 0;
  rules::Subject subject(file.tree()->root(), file.text());
  std::size_t found = 0;
  matcher->find_all(subject, subject.root(), [&](Node, const rules::Captures&) {
    ++found;
    return true;
  });
  if (scanned.complete && !subject.exhausted() && found != scanned.matches.size()) __builtin_trap();
  return 0;
}
