#include "analyzers/rules/rewrite/fill.hpp"

#include "analyzers/rules/rewrite/indent.hpp"

namespace peer::rules {

Span span_of(std::span<const Node> nodes) {
  if (nodes.empty()) return {};
  return {nodes.front().begin(), std::max(nodes.front().begin(), nodes.back().end())};
}

std::optional<TemplateValue> value_of(const TemplateVariable& variable, const Captures& captures,
                                      std::string_view source) {
  if (variable.kind == TemplateVariable::Kind::transformed) {
    const auto text = captures.transformed(variable.name);
    if (!text) return std::nullopt;
    return TemplateValue{*text, 0};
  }
  Span span;
  if (variable.kind == TemplateVariable::Kind::multiple) {
    const auto nodes = captures.list(variable.name);
    if (nodes.empty()) return std::nullopt;
    span = span_of(nodes);
  } else {
    const auto node = captures.single(variable.name);
    if (!node) return std::nullopt;
    span = node.span();
  }
  const auto text = source.substr(span.begin, span.size());
  return TemplateValue{text, indent_at(source.substr(0, span.begin))};
}

std::string replacement_text(const Template& text, const Captures& captures,
                             std::string_view source, std::uint32_t at) {
  const auto filled =
      text.fill([&](const TemplateVariable& v) { return value_of(v, captures, source); });
  return reindented(filled, 0, indent_at(source.substr(0, at)));
}

}  // namespace peer::rules
