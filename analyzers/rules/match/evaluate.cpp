#include "analyzers/rules/match/evaluate.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <utility>

#include "analyzers/rules/match/ancestors.hpp"
#include "analyzers/rules/match/pattern_match.hpp"

namespace peer::rules {
namespace {

/// A regular expression costs its text.
constexpr std::uint64_t kBytesPerStep = 8;

}  // namespace

// A rule holds rules as deep as its YAML, which the loader bounds; only a utility that calls itself
// through a relation goes deeper, and Scratch::kMaxDepth ends that. NOLINTBEGIN(misc-no-recursion)

Node Evaluation::match(const Core& core, const Node& node) {
  if (core.op == kNone) return {};
  const Node matched = match(core.op, node);
  if (!matched || core.constraints.empty()) return matched;
  return match_constraints(core) ? matched : Node();
}

bool Evaluation::match_constraints(const Core& core) {
  // what a constraint binds is not itself constrained: so the nodes are fetched first
  std::vector<Node> nodes;
  nodes.reserve(core.constraints.size());
  for (const auto& constraint : core.constraints)
    nodes.push_back(scratch_.bindings().single(constraint.slot));
  for (std::size_t i = 0; i < nodes.size(); ++i)
    if (nodes[i] && !match(core.constraints[i].op, nodes[i])) return false;
  return true;
}

Node Evaluation::match(std::uint32_t index, const Node& node) {
  const Op& op = program_.ops[index];
  const bool may_match =
      op.kinds == kNone || program_.kind_sets[op.kinds].contains(scratch_.kind_of(node));
  const Node matched = may_match ? match_itself(op, node) : Node();
  if (matched || program_.name_kinds == kNone) return matched;
  const bool is_one =
      op.form == Op::Form::kind || op.form == Op::Form::pattern || op.form == Op::Form::regex;
  if (may_match && !is_one)
    return {};  // what is made of other rules has asked this of each of them
  const bool is_composite = op.form == Op::Form::all || op.form == Op::Form::any;
  if (!constant_behind(node)) return {};
  if (is_composite)  // the place of the name, the text of its constant
    if (const Node in_part = match_itself(op, node)) return in_part;
  return match_constant(index, node);
}

/// What a name stands for, where that is certain.
Node Evaluation::constant_behind(const Node& node) {
  constexpr int kMostOpen = 2;
  if (!program_.kind_sets[program_.name_kinds].contains(node.kind_id()) ||
      scratch_.constants_open >= kMostOpen)
    return {};
  return scratch_.constants.value_of(node, *program_.language, scratch_.root, scratch_.text);
}

/// A name as what it stands for.
Node Evaluation::match_constant(std::uint32_t index, const Node& node) {
  const Node value = constant_behind(node);
  if (!value) return {};
  const Node outer = std::exchange(scratch_.constant, value);
  const Node outer_name = std::exchange(scratch_.constant_name, node);
  ++scratch_.constants_open;
  const Node matched = match(index, value);
  --scratch_.constants_open;
  scratch_.constant = outer;
  scratch_.constant_name = outer_name;
  return matched ? node : Node();
}

bool Evaluation::match_text(const TextPattern& expression, const Node& node) {
  const auto text = program_.skips_comments ? scratch_.code.of(node, scratch_.root, scratch_.text)
                                            : node.text(scratch_.text);
  auto& known = text.size() < Scratch::kLongText ? scratch_.short_text(&expression, node)
                                                 : scratch_.long_text(&expression, node);
  if (known.expression == &expression && known.node == node.id()) return known.is_in;
  if (!scratch_.spend(text.size() / kBytesPerStep)) return false;
  known = {&expression, node.id(), node.span().size(), expression.is_in(text)};
  return known.is_in;
}

Node Evaluation::match_itself(const Op& op, const Node& node) {
  if (!scratch_.spend(1)) return {};
  switch (op.form) {
    case Op::Form::kind:
      return scratch_.kind_of(node) == op.value ? node : Node();
    case Op::Form::pattern:
      return match_pattern(program_, program_.patterns[op.value], node, scratch_) ? node : Node();
    case Op::Form::regex:
      return match_text(*program_.regexes[op.value], node) ? node : Node();
    case Op::Form::range:
      return match_range(program_.ranges[op.value], node) ? node : Node();
    default:
      break;
  }
  if (scratch_.depth >= Scratch::kMaxDepth) {
    scratch_.is_exhausted = true;
    return {};
  }
  ++scratch_.depth;
  const Node matched = match_relation(op, node);
  --scratch_.depth;
  return matched;
}

Node Evaluation::match_relation(const Op& op, const Node& node) {
  if (op.stop_by != StopBy::neighbor && scratch_.ways != nullptr &&
      !is_open(static_cast<std::uint32_t>(&op - program_.ops.data()), node))
    return {};
  Node found;
  switch (op.form) {
    case Op::Form::all:
      return match_all(op, node);
    case Op::Form::any:
      return match_any(op, node);
    case Op::Form::negate:
      return match_not(op, node);
    case Op::Form::nth_child:
      // a constant stands in the place of the name
      return match_nth_child(op,
                             node.id() == scratch_.constant.id() ? scratch_.constant_name : node)
                 ? node
                 : Node();
    case Op::Form::local:
      return match(program_.utils[op.value].op, node);
    case Op::Form::global:
      return match_global(op, node);
    case Op::Form::inside:
      found = find_inside(op, node);
      break;
    case Op::Form::has:
      found = find_has(op, node);
      break;
    case Op::Form::precedes:
      found = find_among_siblings({op.child, op.stop_by, op.stop}, node, false);
      break;
    case Op::Form::follows:
      found = find_among_siblings({op.child, op.stop_by, op.stop}, node, true);
      break;
    default:
      break;
  }
  if (found) scratch_.bindings().add_label(found);
  return found;
}

Node Evaluation::match_all(const Op& op, const Node& node) {
  auto& bindings = scratch_.bindings();
  const auto mark = bindings.mark();
  for (std::uint32_t i = 0; i < op.count; ++i)
    if (!match(program_.operands[op.first + i], node)) {
      bindings.roll_back(mark);
      return {};
    }
  return node;
}

Node Evaluation::match_any(const Op& op, const Node& node) {
  auto& bindings = scratch_.bindings();
  const auto mark = bindings.mark();
  for (std::uint32_t i = 0; i < op.count; ++i) {
    const auto operand = program_.operands[op.first + i];
    if (scratch_.ways != nullptr && !is_open(operand, node)) continue;
    if (match(operand, node)) return node;
    bindings.roll_back(mark);
  }
  return {};
}

/// Whether the operand of an `any` may match: not in this file, or not without some text in `node`,
/// which counts for nothing where the node is a name that is tried as what it stands for.
bool Evaluation::is_open(std::uint32_t operand, const Node& node) {
  const bool may_stand_for = program_.name_kinds != kNone &&
                             program_.kind_sets[program_.name_kinds].contains(node.kind_id());
  return may_stand_for ? !scratch_.ways->is_closed(operand)
                       : scratch_.ways->may_match(operand, node.begin(), scratch_.end_of(node));
}

Node Evaluation::match_not(const Op& op, const Node& node) {
  auto& bindings = scratch_.bindings();
  const auto mark = bindings.mark();
  const bool holds = static_cast<bool>(match(op.child, node));
  bindings.roll_back(mark);
  return holds || scratch_.is_exhausted ? Node() : node;
}

/// With variables of its own, of which none is seen outside.
Node Evaluation::match_global(const Op& op, const Node& node) {
  if (++scratch_.frame == scratch_.frames.size()) scratch_.frames.emplace_back();
  scratch_.bindings().reserve(program_.singles.size(), program_.lists.size());
  const Node matched = match(program_.utils[op.value], node);
  scratch_.bindings().clear();
  --scratch_.frame;
  return matched;
}

/// As match, but with no variable bound yet, and binding none: the rule of a `stopBy`.
bool Evaluation::holds_alone(std::uint32_t op, const Node& node) {
  const bool isolate = program_.ops[op].binds;
  if (isolate) {
    if (++scratch_.frame == scratch_.frames.size()) scratch_.frames.emplace_back();
    scratch_.bindings().reserve(program_.singles.size(), program_.lists.size());
  }
  auto& bindings = scratch_.bindings();
  const auto mark = bindings.mark();
  const bool holds = static_cast<bool>(match(op, node));
  bindings.roll_back(mark);
  if (isolate) --scratch_.frame;
  return holds;
}

Node Evaluation::find_inside(const Op& op, const Node& node) {
  Ancestors ancestors(scratch_, node);
  if (op.field == 0 && op.stop_by != StopBy::neighbor) return find_around(op, ancestors);
  const void* last = node.id();
  for (Node outer = ancestors.next(); outer; outer = ancestors.next()) {
    const bool in_field = op.field == 0 || scratch_.field_of(outer, op.field).id() == last;
    last = outer.id();
    if (in_field)
      if (const Node found = match(op.child, outer)) return found;
    if (op.stop_by == StopBy::neighbor) break;
    if (op.stop_by == StopBy::rule && holds_alone(op.stop, outer)) break;
  }
  return {};
}

/// `inside` that goes on past its neighbor, whatever field it comes from: past all that neither its
/// rule nor what stops it can be.
Node Evaluation::find_around(const Op& op, Ancestors& ancestors) {
  const bool is_stopped = op.stop_by == StopBy::rule;
  std::array<const KindSet*, 3> sets{};
  std::size_t count = 0;
  bool is_known = true;
  const auto take = [&](std::uint32_t kinds) {
    is_known = is_known && kinds != kNone;
    if (kinds != kNone) sets[count++] = &program_.kind_sets[kinds];
  };
  take(program_.ops[op.child].kinds);
  if (is_stopped) take(program_.ops[op.stop].kinds);
  if (program_.name_kinds != kNone) take(program_.name_kinds);
  const auto next = [&] {
    return is_known ? ancestors.next_of(std::span(sets).first(count)) : ancestors.next();
  };
  for (Node outer = next(); outer; outer = next()) {
    if (const Node found = match(op.child, outer)) return found;
    if (is_stopped && holds_alone(op.stop, outer)) break;
  }
  return {};
}

/// What is remembered has bound nothing: where it is found again, nothing but its labels is
/// missing.
Node Evaluation::find_has(const Op& op, const Node& node) {
  Node top = node;
  if (op.field != 0) {
    top = scratch_.field_of(node, op.field);
    if (!top) return {};
    if (op.stop_by == StopBy::neighbor) return match(op.child, top);
  }
  auto& bindings = scratch_.bindings();
  const auto question =
      scratch_.constants_open == 0
          ? scratch_.remembered.question(program_, op, top, bindings, scratch_.text)
          : std::nullopt;
  if (!question) return look_for(op, top);
  if (const auto* known = scratch_.remembered.answer(*question)) {
    for (const Node& label : known->labels)
      bindings.add_label(label);
    return known->found;
  }
  const auto mark = bindings.mark();
  const Node found = look_for(op, top);
  const auto now = bindings.mark();
  if (scratch_.is_exhausted || now.log != mark.log || now.pool != mark.pool) return found;
  const auto& labels = bindings.labels();
  scratch_.remembered.keep(
      *question,
      {found, {labels.begin() + static_cast<std::ptrdiff_t>(mark.labels), labels.end()}});
  return found;
}

/// What `has` looks for: below `top`, or at and below it where it stands in the field that is asked
/// for.
Node Evaluation::look_for(const Op& op, const Node& top) {
  switch (op.stop_by) {
    case StopBy::neighbor:
      return first_child(op.child, top);
    case StopBy::end:
      return first_below(op.child, top, op.field != 0);
    case StopBy::rule:
      return op.field != 0 ? find_field_until(op, top) : find_has_until(op, top);
  }
  return {};
}

/// The reference looks into the children of the field, but no further, where a rule stops.
Node Evaluation::find_field_until(const Op& op, const Node& inner) {
  if (const Node found = match(op.child, inner)) return found;
  return holds_alone(op.stop, inner) ? Node() : first_child(op.child, inner);
}

Node Evaluation::match_sibling(const Node& node, bool backward) {
  return find_among_siblings({program_.core.op, program_.sibling_stop_by, program_.sibling_stop},
                             node, backward);
}

// NOLINTEND(misc-no-recursion)

}  // namespace peer::rules
