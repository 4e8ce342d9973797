#include "analyzers/taint/asked_patterns.hpp"

#include <string_view>
#include <vector>

namespace peer::taint {

AskedPattern asked_pattern(Node node) {
  AskedPattern asked{node.field("expression"), node.field("pattern"), false};
  while (asked.pattern && asked.pattern.named_child_count() > 0) {
    const auto kind = asked.pattern.kind();
    if (kind != "parenthesized_pattern" && kind != "negated_pattern") break;
    if (kind == "negated_pattern") asked.is_negated = !asked.is_negated;
    asked.pattern = asked.pattern.named_child(0);
  }
  return asked;
}

Node condition_in_pattern(Node node) {
  const Node pattern = asked_pattern(node).pattern;
  if (!pattern || pattern.kind() != "constant_pattern" || pattern.named_child_count() == 0)
    return {};
  const Node inner = pattern.named_child(0);
  return inner.kind() == "binary_expression" ? inner : Node();
}

bool lists_literals(Node pattern) {
  std::vector<Node> waiting{pattern};
  while (!waiting.empty()) {
    const Node next = waiting.back();
    waiting.pop_back();
    const auto kind = next.kind();
    const bool is_around =
        kind == "or_pattern" || kind == "constant_pattern" || kind == "parenthesized_pattern";
    if (!is_around && !kind.ends_with("_literal")) return false;
    if (!is_around) continue;
    for (std::uint32_t i = 0; i < next.named_child_count(); ++i)
      waiting.push_back(next.named_child(i));
  }
  return true;
}

}  // namespace peer::taint
