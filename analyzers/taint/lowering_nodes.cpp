// Nodes as lowering sees them: their form, parts and fields, without what stands around them.
#include <algorithm>

#include "analyzers/taint/lowering.hpp"

namespace peer::taint {

const FormRule& Lowering::form(Node node) const {
  const FormRule& rule = form_of(in_.language, node.kind());
  if (rule.form != Form::name || in_.language.words.empty()) return rule;
  const auto written = text(node);
  for (const FormRule& word : in_.language.words)
    if (word.kind == written) return word;
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

Lowering::Halves Lowering::halves(const FormRule& rule, Node node) const {
  Halves found;
  if (rule.a.empty() || rule.b.empty())
    if (const auto children = parts(node); !children.empty())
      found = {children.front(), children.back()};
  if (!rule.a.empty()) found.first = part_of(node, rule.a);
  if (!rule.b.empty()) found.second = part_of(node, rule.b);
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

/// `a` of `!a`, where the grammar takes the sign for a part of what it stands before and not of the
/// whole.
Node Lowering::unsigned_part(Node node) const {
  if (!in_.language.signs_bind_first || !node || form(node).form != Form::unary) return node;
  const auto inner = parts(node);
  return operator_of(node) == "!" && inner.size() == 1 ? inner.front() : node;
}

/// Whether `node`, a call, a member or the like, begins with such a sign.
bool Lowering::is_negated_within(Node node) const {
  if (!in_.language.signs_bind_first) return false;
  bool is_within = false;
  for (int steps = 0; node && steps < 24; ++steps) {
    const Form kind = form(node).form;
    if (kind == Form::unary) return is_within && operator_of(node) == "!";
    if (kind != Form::call && kind != Form::member && kind != Form::index) return false;
    is_within = true;
    node = node.named_child(0);
  }
  return false;
}

Node Lowering::unwrapped(Node node) const {
  for (int steps = 0; node && steps < 32; ++steps) {
    const FormRule& rule = form(node);
    const bool is_nameless = rule.form == Form::keyword && !part_of(node, rule.a);
    if (rule.form != Form::pass && !is_nameless) break;
    Node inner;
    if (is_nameless) {
      inner = part_of(node, rule.b);
    } else if (!rule.a.empty()) {
      inner = part_of(node, rule.a);
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
