#include "analyzers/rules/load/pattern_advice.hpp"

#include <algorithm>
#include <array>

#include "analyzers/languages/language.hpp"
#include "analyzers/parse/parse.hpp"
#include "analyzers/rules/load/meta_variable.hpp"
#include "base/text.hpp"

namespace peer::rules {
namespace {

/// Languages in which a call alone is read as something else: a declaration, a conversion.
struct Around {
  std::string_view language, before, after;
};
constexpr std::array<Around, 3> kAround{
    {{"c", "void f() { ", "; }"}, {"cpp", "void f() { ", "; }"}, {"go", "func f() { ", " }"}}};

}  // namespace

std::optional<PatternAdvice> advise_pattern(const Program& program, const Pattern& pattern,
                                            std::string_view code) {
  const auto& language = *program.language;
  const auto* around = std::find_if(kAround.begin(), kAround.end(), [&](const Around& each) {
    return each.language == language.name;
  });
  if (around == kAround.end()) return std::nullopt;
  code = trim(code);
  const auto& root = program.pattern_nodes[pattern.root];
  const bool is_whole = code.ends_with(';') || code.ends_with('}');
  if (is_whole || pattern.has_root_kind || root.form != PatternNode::Form::internal)
    return std::nullopt;
  const auto read = with_expando(code, language);
  const auto tree =
      parse_plain(std::string(around->before) + read + std::string(around->after), language);
  if (!tree || tree->root().has_error()) return std::nullopt;
  const auto begin = static_cast<std::uint32_t>(around->before.size());
  const Span span{begin, begin + static_cast<std::uint32_t>(read.size())};
  Node node = tree->root().smallest_holding(span);
  if (!node || node.span() != span || !node.kind().ends_with("_expression")) return std::nullopt;
  if (node.kind_id() == root.kind) return std::nullopt;
  return PatternAdvice{
      root.kind == kErrorKind ? std::string("ERROR")
                              : std::string(Grammar(language).kind_name(root.kind)),
      std::string(node.kind()),
      std::string(around->before) + std::string(code) + std::string(around->after)};
}

}  // namespace peer::rules
