// Statements.
#include <algorithm>

#include "analyzers/taint/lowering.hpp"
#include "analyzers/taint/words.hpp"

namespace peer::taint {

bool Lowering::lower_statement(const FormRule& rule, Node node) {
  switch (rule.form) {
    case Form::scope:
      open_scope();
      eval_block(parts(node));
      close_scope();
      return true;
    case Form::block:
      eval_block(parts(node));
      return true;
    case Form::assign:
    case Form::define:
      lower_assign(rule, node);
      return true;
    case Form::declare:
    case Form::prototype:
      lower_declare(rule, node);
      return true;
    case Form::hoisted:
      for (const Node part : parts(node))
        hoisted_.insert(part.raw().id);
      eval_block(parts(node));
      return true;
    case Form::typed:
      lower_typed(rule, node);
      return true;
    case Form::if_:
    case Form::unless:
      lower_if(rule, node);
      return true;
    case Form::while_:
    case Form::until:
      repeat(part_of(node, rule.a), rule.form == Form::until, parts_of(node, rule.b), {}, node);
      return true;
    case Form::do_while:
    case Form::for_:
    case Form::for_each:
      lower_for(rule, node);
      return true;
    case Form::switch_:
      lower_switch(rule, node);
      return true;
    case Form::try_:
      lower_try(rule, node);
      return true;
    case Form::return_:
    case Form::throw_:
    case Form::break_:
    case Form::continue_:
      lower_jump(rule, node);
      return true;
    case Form::class_:
      lower_class(rule, node);
      return true;
    case Form::special:
      in_.language.hook(*this, node);
      return true;
    default:
      return false;
  }
}

/// Remembers what is asked later of what `target` was given: the address that it is of, the
/// question that it answers, the function that it is.
void Lowering::note_value(Node target, Node value) {
  note_address(target, value);
  note_answer(target, value);
  note_function(target, value);
}

/// A variable of the file.
void Lowering::note_number(Node declared) {
  constexpr std::size_t kMost = 10'000;
  if (owner_ || outermost_ || out_.numbers.size() >= kMost) return;
  const Node inner = wrapped_target(declared);
  const Node name = inner ? inner : declared;
  if (form(name).form == Form::name) out_.numbers.push_back(in_.names(text(name)));
}

void Lowering::lower_typed(const FormRule& rule, Node node) {
  const auto declarations = parts(node);
  if (is_harmless_type(part_of(node, rule.a)))
    for (const Node part : declarations) {
      numbers_.insert(part.raw().id);
      note_number(part);
    }
  for (const Node name : parts_of(node, "declarator"))
    if (form(name).form == Form::name) {  // int x;
      push(nothing(), name);
      assign(name, true);
      emit(Op::drop, name);
    }
  eval_block(declarations);
}

void Lowering::lower_jump(const FormRule& rule, Node node) {
  if (rule.form == Form::return_ || rule.form == Form::throw_) {
    auto given = parts(node);
    const bool gives_named = rule.form == Form::return_ && given.empty();
    if (gives_named) given = result_names_;
    if (gives_named && given.size() > 1) {
      list(given, node);
      emit(Op::give, node);
      return;
    }
    if (rule.form == Form::return_ && given.size() == 1)
      (void)add_refinements(refinements(given[0]).if_true);
    eval_block(given);
    emit(rule.form == Form::return_ ? Op::give : Op::raise, node);
    return;
  }
  push(constant(), node);
  emit(rule.form == Form::break_ ? Op::leave : Op::again, node,
       in_.language.break_leaves_switch ? 0 : 1);
}

/// A class in a function; others are looked at on their own.
void Lowering::lower_class(const FormRule& rule, Node node) {
  if (in_.units.is_owner(node)) {
    push(constant(), node);
    return;
  }
  const Node body = part_of(node, rule.b);
  eval_block(parts(body ? body : node));
}

void Lowering::lower_assign(const FormRule& rule, Node node) {
  const auto children = parts(node);
  const Node left =
      rule.a.empty() ? (children.empty() ? Node() : children.front()) : part_of(node, rule.a);
  const Node right =
      rule.b.empty() ? (children.size() > 1 ? children.back() : Node()) : part_of(node, rule.b);
  if (!left || !right) {
    push(constant(), node);
    return;
  }
  const auto sign = operator_of(node);
  const bool adds = sign.size() > 1 && sign.ends_with('=') && sign != ":=" && sign != "==";
  if (adds) {
    const auto plain = sign.substr(0, sign.size() - 1);
    const bool is_either = plain == "||" || plain == "&&" || plain == "??";
    const bool joins = plain == in_.language.concat && plain != "+";
    eval(left);
    eval(right);
    emit(Op::combine, node, 2,
         static_cast<std::uint32_t>(is_either ? Combination::either
                                    : joins   ? Combination::concat
                                              : Combination::operator_),
         in_.names(plain));
  } else {
    eval(right);
    note_value(left, right);
    if (rule.form == Form::define && bind_alias(left, right)) return;
  }
  assign(left, rule.form == Form::define);
}

Lowering::Declared Lowering::declared(const FormRule& rule, Node node) const {
  Declared found;
  if (rule.a.empty() || !part_of(node, rule.a)) {
    const auto children = parts(node);
    if (!children.empty()) found.names = {children.front()};
    if (children.size() > 1) found.values = {children.back()};
    return found;
  }
  found.names = parts_of(node, rule.a);
  if (!rule.b.empty())
    found.values = parts_of(node, rule.b);
  else
    for (const Node part : parts(node))
      if (!found.names.empty() && part.begin() > found.names.back().begin()) found.values = {part};
  return found;
}

/// `Store s(path)`, where Store is a class of the file: as `new Store(path)`.
bool Lowering::lower_declared_object(Node declaration, Node value) {
  if (!in_.language.declares_objects) return false;
  if (!is_one_of(value.kind(), {"argument_list", "initializer_list", "parameter_list"}))
    return false;
  const Node statement = declaration.parent();
  const Node type = statement ? statement.field("type") : Node();
  if (!type || type.end() - type.begin() > 100) return false;
  const auto owner = in_.units.owner_named(text(type));
  if (!owner || in_.units.owners()[*owner].constructors.empty()) return false;
  Callee callee;
  callee.is_new = true;
  callee.name = type;
  callee.whole = type;
  call(callee, parts(value), declaration);
  return true;
}

/// What stands in brackets is a value where a variable or a member has that name, or where it is
/// `f(..)`: only this tells an object from a function.
void Lowering::lower_prototype(const FormRule& rule, Node node) {
  const Node list = part_of(node, rule.b);
  const auto given = list ? parts(list) : std::vector<Node>();
  const auto name = given.empty() || given.front().end() - given.front().begin() > 100
                        ? std::string_view()
                        : text(given.front());
  const Node inner = given.empty() ? Node() : given.front().field("declarator");
  const bool is_call = inner && inner.kind() == "abstract_function_declarator";
  if (!is_call && !is_bound(name) && !is_member(name)) {
    push(constant(), node);
    return;
  }
  if (!lower_declared_object(node, list)) eval_mix(given);
  assign(part_of(node, rule.a), true);
}

void Lowering::lower_declare(const FormRule& rule, Node node) {
  if (rule.form == Form::prototype) {
    lower_prototype(rule, node);
    return;
  }
  const auto [names, values] = declared(rule, node);
  const bool is_declared = !hoisted_.contains(node.raw().id);
  if (names.empty()) {
    eval_block(values);
    return;
  }
  if (values.size() == 1) {
    if (!lower_declared_object(node, values.front())) eval(values.front());
  } else if (values.empty()) {
    push(nothing(), node);
  } else {
    list(values, node);
  }
  const Node type = names.size() == 1 && form(names.front()).form == Form::binding
                        ? type_of(names.front())
                        : node.field("type");
  if (numbers_.contains(node.raw().id) || is_harmless_type(type))
    emit(Op::combine, node, 1, static_cast<std::uint32_t>(Combination::number));
  if (names.size() == 1) {
    note_array(node, names.front());
    if (values.size() == 1) {
      note_value(names.front(), values.front());
      if (is_declared && bind_alias(names.front(), values.front())) return;
    }
    assign(names.front(), is_declared);
    return;
  }
  for (std::size_t i = 0; i < names.size(); ++i)
    assign_element(names[i], constant({Literal::Kind::number, std::to_string(i)}), is_declared,
                   names[i]);
}

/// if .. else if .. else, however long, without nesting in the plan.
void Lowering::chain(const std::vector<Choice>& choices, const std::vector<Node>& otherwise,
                     Node at) {
  for (const Choice& choice : choices) {
    if (choice.condition)
      eval(choice.condition);
    else
      push(anything(), at);
    branch(choice.condition, at);
    emit(Op::arm, at, choice.negated ? 1 : 0);
    eval_block(choice.body);
    emit(Op::arm_end, at);
    emit(Op::arm, at, choice.negated ? 0 : 1);
  }
  eval_block(otherwise);
  for (std::size_t i = 0; i < choices.size(); ++i) {
    emit(Op::arm_end, at);
    emit(Op::choice_end, at);
  }
}

void Lowering::lower_for(const FormRule& rule, Node node) {
  if (rule.form == Form::for_each) {
    for_each(parts_of(node, rule.a), part_of(node, rule.b), parts_of(node, rule.c), node);
    return;
  }
  if (rule.form == Form::do_while) {
    emit(Op::loop, node);
    eval_block(parts_of(node, rule.b));
    emit(Op::drop, node);
    const Node condition = part_of(node, rule.a);
    if (condition)
      eval(condition);
    else
      push(anything(), node);
    branch(condition, node);
    emit(Op::arm, node, 0);
    push(constant(), node);
    emit(Op::arm_end, node);
    emit(Op::arm, node, 1);
    push(constant(), node);
    emit(Op::leave, node, 1);
    emit(Op::arm_end, node);
    emit(Op::choice_end, node);
    emit(Op::loop_end, node);
    emit(Op::loop_done, node);
    return;
  }
  open_scope();
  for (const Node first : parts_of(node, rule.a)) {
    eval(first);
    emit(Op::drop, first);
  }
  repeat(part_of(node, rule.b), false, parts_of(node, rule.d), parts_of(node, rule.c), node);
  close_scope();
}

}  // namespace peer::taint
