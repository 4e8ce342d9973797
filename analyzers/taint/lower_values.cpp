// Expressions.
#include <algorithm>

#include "analyzers/taint/lowering.hpp"

namespace peer::taint {

/// What has no values in it, but text may have holes.
bool Lowering::lower_atom(const FormRule& rule, Node node) {
  switch (rule.form) {
    case Form::skip:
    case Form::constant:
    case Form::global:
      for (const Node name : parts(node)) {
        note_outside(in_.names(text(name)));
        others_.insert(text(name));
      }
      push(constant(), node);
      return true;
    case Form::boolean:
    case Form::true_:
    case Form::false_:
    case Form::null:
    case Form::number:
      push_literal(node);
      return true;
    case Form::name:
    case Form::self:
    case Form::own_member:
      lower_name(node);
      return true;
    case Form::binding:
      eval(part_of(node, rule.a));
      return true;
    case Form::text:
      lower_text(node);
      return true;
    default:
      return false;
  }
}

bool Lowering::lower_value(const FormRule& rule, Node node) {
  switch (rule.form) {
    case Form::cast:
      eval(part_of(node, rule.b));
      if (is_harmless_type(part_of(node, rule.a)))
        emit(Op::combine, node, 1, static_cast<std::uint32_t>(Combination::number));
      return true;
    case Form::out:
    case Form::hole:
    case Form::pass:
    case Form::keyword:
      lower_wrapper(rule, node);
      return true;
    case Form::binary:
      lower_binary(rule, node);
      return true;
    case Form::unary:
      lower_unary(rule, node);
      return true;
    case Form::member:
    case Form::index:
      lower_access(rule, node);
      return true;
    case Form::call:
    case Form::method_call:
      lower_call(rule, node);
      return true;
    case Form::yield_:
      eval_mix(parts(node));
      if (parts(node).empty()) push(constant(), node);
      emit(Op::yield, node);
      return true;
    case Form::function_name:
      lower_function_name(node);
      return true;
    case Form::base_call:
      lower_base_call(rule, node);
      return true;
    case Form::construct:
      lower_construct(rule, node);
      return true;
    case Form::list:
    case Form::spread:
      list(parts(node), node);
      return true;
    case Form::map:
      lower_map(node);
      return true;
    case Form::lambda:
    case Form::function:
    case Form::constructor:
      lower_closure(rule, node);
      return true;
    case Form::conditional:
      lower_conditional(rule, node);
      return true;
    default:
      return false;
  }
}

/// What stands around a value and changes nothing of it.
void Lowering::lower_wrapper(const FormRule& rule, Node node) {
  const std::string_view field = rule.form == Form::keyword ? rule.b : rule.a;
  const Node inner = part_of(node, field);
  eval_block(inner ? std::vector<Node>{inner} : parts(node));
}

void Lowering::lower_conditional(const FormRule& rule, Node node) {
  const auto children = parts(node);
  const auto at = [&](std::string_view field, std::size_t index) {
    if (!field.empty()) return part_of(node, field);
    return index < children.size() ? children[index] : Node();
  };
  Arms arms;
  arms.condition = at(rule.a, 0);
  if (const Node value = at(rule.b, 1)) arms.first.push_back(value);
  if (const Node other = at(rule.c, 2)) arms.second.push_back(other);
  if (arms.first.empty() && arms.condition) arms.first.push_back(arms.condition);  // `a ?: b`
  choose(arms, node);
}

void Lowering::lower_name(Node node) {
  const Form kind = form(node).form;
  if (kind == Form::self) {
    emit(Op::load, node, self_);
  } else if (kind == Form::own_member) {
    emit(Op::load, node, self_);
    emit(Op::member, node, member_symbol(node));
  } else {
    load(text(node), node);
  }
}

/// What `name` stands for: a variable, a member of this object, what the method of that name gives
/// back.
void Lowering::load(std::string_view name, Node at) {
  if (!is_bound(name) && is_member(name)) {
    emit(Op::load, at, self_);
    emit(Op::member, at, in_.names(name));
  } else if (const auto called = called_by_name(name)) {
    CallSite site;
    site.name = site.dotted = in_.names(name);
    site.function = called;
    out_.calls.push_back(std::move(site));
    emit(Op::call, at, static_cast<std::uint32_t>(out_.calls.size() - 1));
  } else {
    const Symbol symbol = symbol_of(name);
    emit(Op::load, at, symbol);
    if (outermost_ && !is_bound(name)) note_read(symbol);
    if (const auto function = function_called(name)) be_function(*function, at);
  }
}

/// `this::run`, `::run`
void Lowering::lower_function_name(Node node) {
  push(constant(), node);
  auto name = text(node);
  name.remove_prefix(std::min(name.rfind(':') + 1, name.size()));
  if (const auto function = function_called(name)) be_function(*function, node);
}

/// The function of the file that `name` is, as a value.
std::optional<std::uint32_t> Lowering::function_called(std::string_view name) const {
  if (is_bound(name) || name.size() > 100 || !in_.units.knows(name)) return std::nullopt;
  return in_.units.named(name, owner_);
}

void Lowering::member(Node name) { emit(Op::member, name, member_symbol(name)); }

/// The method of the file that `name` alone calls.
std::optional<std::uint32_t> Lowering::called_by_name(std::string_view name) const {
  const bool is_variable = is_bound(name) || assigned_.contains(name);
  if (!in_.language.names_call || is_variable) return std::nullopt;
  const auto inner = inner_function(name);
  return inner ? inner : in_.units.named(name, owner_);
}

/// `read<Order>(raw)`, where the grammar takes it for two comparisons.
bool Lowering::lower_misread_call(Node node) {
  if (!in_.language.types_compare || operator_of(node) != ">") return false;
  const Node left = node.field("left");
  const Node right = node.field("right");
  if (!left || !right || form(left).form != Form::binary || operator_of(left) != "<" ||
      right.kind() != "parenthesized_expression")
    return false;
  call(callee_of({"", Form::call, "left"}, left), parts(right), node);
  return true;
}

void Lowering::lower_binary(const FormRule& rule, Node node) {
  if (lower_misread_call(node)) return;
  Node left, right;
  if (rule.a.empty()) {
    const auto children = parts(node);
    if (children.size() != 2) {  // a < b < c
      eval_mix(children);
      emit(Op::combine, node, 1, static_cast<std::uint32_t>(Combination::operator_),
           in_.names("!"));
      return;
    }
    left = children[0];
    right = children[1];
  } else {
    left = part_of(node, rule.a);
    right = part_of(node, rule.b);
  }
  if (!left || !right) {
    push(anything(), node);
    return;
  }
  const auto sign = operator_of(node);
  const bool is_and = sign == "&&" || sign == "and";
  const bool is_or = sign == "||" || sign == "or" || sign == "??" || sign == "?:";
  if (is_and || is_or)
    lower_short_circuit(is_and, left, right, node);
  else
    lower_operator(sign, left, right, node);
}

void Lowering::lower_operator(std::string_view sign, Node left, Node right, Node node) {
  eval(left);
  eval(right);
  const bool joins = sign == in_.language.concat && sign != "+";
  emit(Op::combine, node, 2,
       static_cast<std::uint32_t>(joins ? Combination::concat : Combination::operator_),
       in_.names(sign));
  if (sign != "<<" || !in_.language.shift_appends) return;
  Node into = unwrapped(left);  // stream << a << b
  for (int steps = 0; steps < 100 && into && form(into).form == Form::binary; ++steps)
    into = unwrapped(part_of(into, form(into).a));
  if (!into) return;
  const auto kind = form(into).form;
  if (kind == Form::name || kind == Form::own_member || kind == Form::member) assign(into);
}

/// One side or the other: which one is decided by the left one.
void Lowering::lower_short_circuit(bool is_and, Node left, Node right, Node node) {
  eval(left);
  emit(Op::duplicate, node);
  branch(left, node);
  for (const std::uint32_t arm : {0U, 1U}) {
    emit(Op::arm, node, arm);
    if ((arm == 0) == is_and)
      eval(right);
    else
      push(nothing(), node);
    emit(Op::arm_end, node);
  }
  emit(Op::choice_end, node);
  emit(Op::combine, node, 2, static_cast<std::uint32_t>(Combination::either));
}

void Lowering::lower_unary(const FormRule& rule, Node node) {
  const auto children = parts(node);
  const Node operand =
      rule.a.empty() ? (children.empty() ? Node() : children.back()) : part_of(node, rule.a);
  if (!operand) {
    push(anything(), node);
    return;
  }
  const auto sign = operator_of(node);
  eval(operand);
  const bool is_told =
      (sign == "!" || sign == "!!") && operand.begin() == node.begin();  // it is not null
  if (sign == "&" || sign == "*" || sign == "&mut" || is_told) return;
  emit(Op::combine, node, 1, static_cast<std::uint32_t>(Combination::operator_), in_.names(sign));
  if (sign == "++" || sign == "--") assign(operand);
}

void Lowering::list(const std::vector<Node>& elements, Node at) {
  if (elements.size() == 1 && at.kind() == "expression_list") {
    eval(elements.front());
    return;
  }
  bool is_open = form(at).form == Form::spread;
  for (const Node element : elements) {
    eval(element);
    if (form(element).form == Form::spread) is_open = true;
  }
  emit(Op::list, at, static_cast<std::uint32_t>(elements.size()), is_open ? 1 : 0);
}

/// `key`, which may be a name that stands for itself or null.
void Lowering::push_key(Node key, Node at) {
  if (key && in_.language.names_are_keys && form(unwrapped(key)).form == Form::name)
    push(constant({Literal::Kind::text, std::string(text(key))}), key);
  else if (key)
    eval(key);
  else
    push(constant(), at);
}

void Lowering::lower_map(Node node) {
  std::uint32_t count = 0;
  bool is_open = false;
  for (const Node part : parts(node)) {
    const FormRule& rule = form(part);
    ++count;
    if (rule.form == Form::pair) {
      const auto [key, value] = halves(rule, part);
      push_key(key, part);
      if (value)
        eval(value);
      else
        push(anything(), part);
    } else if (rule.form == Form::shorthand) {
      push(constant({Literal::Kind::text, std::string(text(part))}), part);
      emit(Op::load, part, symbol_of(text(part)));
    } else if (const Node name = rule.form == Form::function ? part_of(part, rule.a) : Node()) {
      push(constant({Literal::Kind::text, std::string(text(name))}), part);
      eval(part);
      if (const auto unit = in_.units.unit_of(part)) be_function(*unit, part);
    } else {
      push(constant(), part);
      eval(part);
      is_open = true;
    }
  }
  emit(Op::map, node, count, is_open ? 1 : 0);
}

void Lowering::map(const std::vector<std::pair<Node, Node>>& pairs, Node at) {
  for (const auto& [key, value] : pairs) {
    push_key(key, at);
    eval(value);
  }
  emit(Op::map, at, static_cast<std::uint32_t>(pairs.size()));
}

void Lowering::lower_access(const FormRule& rule, Node node) {
  const auto children = parts(node);
  const Node object =
      rule.a.empty() ? (children.empty() ? Node() : children.front()) : part_of(node, rule.a);
  if (!object) {
    push(anything(), node);
    return;
  }
  eval_object(object);
  if (rule.form == Form::member) {
    const Node name = rule.b.empty() ? children.back() : part_of(node, rule.b);
    emit(Op::member, node, member_symbol(name));
    if (name && in_.language.member_types_hold && in_.units.is_number_member(text(name)))
      emit(Op::combine, node, 1, static_cast<std::uint32_t>(Combination::number));
    return;
  }
  std::vector<Node> keys;
  if (!rule.b.empty())
    keys = parts_of(node, rule.b);
  else if (children.size() > 1)
    keys.assign(children.begin() + 1, children.end());
  if (keys.size() == 1)
    eval(keys.front());
  else
    push(constant(), node);
  emit(Op::index, node);
}

}  // namespace peer::taint
