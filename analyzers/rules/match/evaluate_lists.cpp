// The part of Evaluation that goes through lists of nodes. A rule that asks for each call of a file where its name was imported
// goes through all declarations each time, though only one or two of them speak of the module. Which these are does not depend
// on what variables hold, so it is found out once.
#include <algorithm>
#include <utility>

#include "analyzers/rules/match/evaluate.hpp"

namespace peer::rules {

// as deep as the rule NOLINTBEGIN(misc-no-recursion)

Node Evaluation::first_of(std::uint32_t rule, const KindLists::List& nodes) {
  for (const Node node : narrowed(rule, nodes)) {
    if (!scratch_.spend(1)) return {};
    if (const Node found = match(rule, node)) return found;
  }
  return {};
}

/// Those of `nodes` that `rule` may match whatever is bound; all of them where that is not worth knowing.
const KindLists::List& Evaluation::narrowed(std::uint32_t rule, const KindLists::List& nodes) {
  auto& kept = scratch_.narrowed[&program_.ops[rule]];
  if (kept.nodes) return *kept.nodes;
  // the first time the search may end with the first node
  if (++kept.uses != 2 || nodes.size() > scratch_.narrowed_room || !narrows(rule)) return nodes;
  KindLists::List few;
  for (const Node node : nodes) {
    if (!scratch_.spend(1)) return nodes;
    if (may_match(rule, node)) few.push_back(node);
  }
  if (scratch_.is_exhausted) return nodes;
  scratch_.narrowed_room -= few.size();
  return kept.nodes.emplace(std::move(few));
}

/// Whether some part of `rule` asks for more than a kind and for nothing that is bound.
bool Evaluation::narrows(std::uint32_t rule) const {
  const Op& op = program_.ops[rule];
  if (!op.binds) return op.form != Op::Form::kind;
  if (op.form != Op::Form::all && op.form != Op::Form::any) return false;
  const auto* operands = program_.operands.data() + op.first;
  return std::any_of(operands, operands + op.count, [this](std::uint32_t operand) { return narrows(operand); });
}

/// False only where match() is, whatever is bound.
bool Evaluation::may_match(std::uint32_t rule, Node node) {
  const Op& op = program_.ops[rule];
  if (op.kinds != kNone && !program_.kind_sets[op.kinds].contains(node.kind_id())) return false;
  const auto* operands = program_.operands.data() + op.first;
  const auto may = [&](std::uint32_t operand) { return may_match(operand, node); };
  if (op.binds && op.form == Op::Form::all) return std::all_of(operands, operands + op.count, may);
  if (op.binds && op.form == Op::Form::any) return std::any_of(operands, operands + op.count, may);
  return op.binds || holds_alone(rule, node);
}

// NOLINTEND(misc-no-recursion)

}  // namespace peer::rules
