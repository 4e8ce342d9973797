#include "analyzers/rules/load/op_builder.hpp"

#include <algorithm>
#include <utility>

namespace peer::rules {

OpBuilder::OpBuilder(Program& program)
    : program_(program), kind_count_(Grammar(*program.language).kind_count()) {}

std::uint32_t OpBuilder::add(Op op, std::span<const std::uint32_t> operands) {
  std::vector<std::uint32_t> key{static_cast<std::uint32_t>(op.form),
                                 static_cast<std::uint32_t>(op.stop_by),
                                 op.binds ? 1U : 0U,
                                 op.field,
                                 op.value,
                                 op.child,
                                 op.stop,
                                 op.kinds};
  key.insert(key.end(), operands.begin(), operands.end());
  const auto [known, is_new] =
      ops_.try_emplace(std::move(key), static_cast<std::uint32_t>(program_.ops.size()));
  if (!is_new) return known->second;
  op.first = static_cast<std::uint32_t>(program_.operands.size());
  op.count = static_cast<std::uint32_t>(operands.size());
  program_.operands.insert(program_.operands.end(), operands.begin(), operands.end());
  program_.ops.push_back(op);
  return known->second;
}

std::uint32_t OpBuilder::add_kinds(KindSet kinds) {
  const auto [known, is_new] =
      kind_sets_.try_emplace(kinds.bits(), static_cast<std::uint32_t>(program_.kind_sets.size()));
  if (is_new) program_.kind_sets.push_back(std::move(kinds));
  return known->second;
}

const KindSet* OpBuilder::kinds_of(std::uint32_t op) const {
  if (op == kNone) return nullptr;
  const auto kinds = program_.ops[op].kinds;
  return kinds == kNone ? nullptr : &program_.kind_sets[kinds];
}

bool OpBuilder::binds(std::span<const std::uint32_t> operands) const {
  return std::any_of(operands.begin(), operands.end(),
                     [this](std::uint32_t op) { return program_.ops[op].binds; });
}

std::optional<std::uint16_t> OpBuilder::kind_of(const Pattern& pattern) const {
  if (pattern.strictness == Strictness::as_template) return std::nullopt;
  const auto& root = program_.pattern_nodes[pattern.root];
  switch (root.form) {
    case PatternNode::Form::terminal:
      return root.kind;
    case PatternNode::Form::internal:
      // an ERROR in a pattern matches every kind
      if (root.kind == kErrorKind) return std::nullopt;
      return root.kind;
    default:
      break;
  }
  if (!pattern.has_root_kind) return std::nullopt;
  return pattern.root_kind;
}

std::uint32_t OpBuilder::pattern(std::uint32_t index) {
  const auto& pattern = program_.patterns[index];
  Op op{.form = Op::Form::pattern, .value = index};
  const auto& nodes = program_.pattern_nodes;
  for (auto i = pattern.root; i < nodes[pattern.root].end; ++i)
    op.binds = op.binds || nodes[i].slot != kNone;
  if (const auto kind = kind_of(pattern)) {
    KindSet kinds(kind_count_);
    kinds.insert(*kind);
    op.kinds = add_kinds(std::move(kinds));
  }
  return add(op);
}

std::uint32_t OpBuilder::kind(std::uint16_t id) {
  KindSet kinds(kind_count_);
  kinds.insert(id);
  return add({.form = Op::Form::kind, .value = id, .kinds = add_kinds(std::move(kinds))});
}

std::uint32_t OpBuilder::regex(std::unique_ptr<TextPattern> text) {
  const auto index = static_cast<std::uint32_t>(program_.regexes.size());
  regexes_.emplace(text->source(), index);
  program_.regexes.push_back(std::move(text));
  return add({.form = Op::Form::regex, .value = index});
}

std::optional<std::uint32_t> OpBuilder::known_regex(const std::string& source) {
  const auto known = regexes_.find(source);
  if (known == regexes_.end()) return std::nullopt;
  return add({.form = Op::Form::regex, .value = known->second});
}

std::uint32_t OpBuilder::nth_child(const ChildPosition& position, std::uint32_t of_rule) {
  auto& positions = program_.positions;
  const auto known = std::find(positions.begin(), positions.end(), position) - positions.begin();
  if (static_cast<std::size_t>(known) == positions.size()) positions.push_back(position);
  Op op{.form = Op::Form::nth_child, .value = static_cast<std::uint32_t>(known), .child = of_rule};
  if (of_rule != kNone) {
    op.kinds = program_.ops[of_rule].kinds;
    op.binds = program_.ops[of_rule].binds;
  }
  return add(op);
}

std::uint32_t OpBuilder::range(const TextRange& range) {
  program_.ranges.push_back(range);
  return add(
      {.form = Op::Form::range, .value = static_cast<std::uint32_t>(program_.ranges.size() - 1)});
}

std::uint32_t OpBuilder::relation(const Relation& relation) {
  return add({.form = relation.form,
              .stop_by = relation.stop_by,
              .binds = program_.ops[relation.rule].binds,
              .field = relation.field,
              .child = relation.rule,
              .stop = relation.stop});
}

std::uint32_t OpBuilder::all(std::span<const std::uint32_t> operands) {
  Op op{.form = Op::Form::all, .binds = binds(operands)};
  std::optional<KindSet> kinds;
  for (const auto operand : operands) {
    const auto* more = kinds_of(operand);
    if (more == nullptr) continue;
    if (kinds)
      kinds->intersect(*more);
    else
      kinds = *more;
  }
  if (kinds) op.kinds = add_kinds(std::move(*kinds));
  return add(op, operands);
}

std::uint32_t OpBuilder::any(std::span<const std::uint32_t> operands) {
  Op op{.form = Op::Form::any, .binds = binds(operands)};
  KindSet kinds(kind_count_);
  bool is_known = true;
  for (const auto operand : operands) {
    const auto* more = kinds_of(operand);
    is_known = is_known && more != nullptr;
    if (more != nullptr) kinds.unite(*more);
  }
  if (is_known) op.kinds = add_kinds(std::move(kinds));
  return add(op, operands);
}

std::uint32_t OpBuilder::negate(std::uint32_t rule) {
  return add({.form = Op::Form::negate, .binds = program_.ops[rule].binds, .child = rule});
}

std::uint32_t OpBuilder::utility(std::uint32_t index, bool is_global) {
  Op op{
      .form = is_global ? Op::Form::global : Op::Form::local, .binds = !is_global, .value = index};
  const auto& core = program_.utils[index];
  if (core.op != kNone) {
    op.kinds = program_.ops[core.op].kinds;
    op.binds = !is_global && program_.ops[core.op].binds;
  }
  return add(op);
}

}  // namespace peer::rules
