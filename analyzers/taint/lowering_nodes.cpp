// Nodes as lowering sees them: their form, parts and fields, without what stands around them.
#include <algorithm>

#include "analyzers/taint/lowering.hpp"

namespace peer::taint {

const FormRule& Lowering::form(Node node) const {
  static constexpr FormRule kSelf{"", Form::self};
  const FormRule& rule = form_of(in_.language, node.kind());
  if (rule.form == Form::name && !in_.language.self_names.empty()) {
    const auto& names = in_.language.self_names;
    if (std::find(names.begin(), names.end(), text(node)) != names.end()) return kSelf;
  }
  return rule;
}

std::vector<Node> Lowering::parts(Node node) const {
  std::vector<Node> found;
  for_each_child(node, [&](Node child) {
    if (child.is_named() && !child.is_extra() && form(child).form != Form::skip)
      found.push_back(child);
  });
  return found;
}

std::vector<Node> Lowering::fields(Node node, std::string_view field) {
  std::vector<Node> found;
  Cursor cursor(node);
  if (!cursor.to_first_child()) return found;
  do
    if (cursor.field() == field && cursor.node().is_named()) found.push_back(cursor.node());
  while (cursor.to_next_sibling());
  return found;
}

Lowering::Halves Lowering::halves(const FormRule& rule, Node node) const {
  Halves found;
  if (rule.a.empty() || rule.b.empty())
    if (const auto children = parts(node); !children.empty())
      found = {children.front(), children.back()};
  if (!rule.a.empty()) found.first = node.field(rule.a);
  if (!rule.b.empty()) found.second = node.field(rule.b);
  return found;
}

std::string_view Lowering::operator_of(Node node) const {
  if (const Node named = node.field("operator")) return text(named);
  if (const Node named = node.field("operators")) return text(named);
  std::string_view found;
  for_each_child(node, [&](Node child) {
    if (found.empty() && !child.is_named()) found = text(child);
  });
  return found;
}

Node Lowering::unwrapped(Node node) const {
  for (int steps = 0; node && steps < 32; ++steps) {
    const FormRule& rule = form(node);
    if (rule.form != Form::pass) break;
    Node inner;
    if (!rule.a.empty()) {
      inner = node.field(rule.a);
    } else {
      const auto children = parts(node);
      if (!children.empty()) inner = children.back();
    }
    if (!inner) break;
    node = inner;
  }
  return node;
}

}  // namespace peer::taint
