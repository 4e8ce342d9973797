// Statements.
#include <algorithm>

#include "analyzers/taint/lowering.hpp"

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
      lower_declare(rule, node);
      return true;
    case Form::hoisted:
      for (const Node part : parts(node))
        hoisted_.insert(part.raw().id);
      eval_block(parts(node));
      return true;
    case Form::typed:
      if (is_harmless_type(node.field(rule.a)))
        for (const Node part : parts(node))
          numbers_.insert(part.raw().id);
      for (const Node name : fields(node, "declarator"))
        if (form(name).form == Form::name) {  // int x;
          push(nothing(), name);
          assign(name, true);
          emit(Op::drop, name);
        }
      eval_block(parts(node));
      return true;
    case Form::if_:
    case Form::unless:
      lower_if(rule, node);
      return true;
    case Form::while_:
    case Form::until:
      repeat(node.field(rule.a), rule.form == Form::until, fields(node, rule.b), {}, node);
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
      eval_block(parts(node));
      emit(Op::give, node);
      return true;
    case Form::throw_:
      eval_block(parts(node));
      emit(Op::raise, node);
      return true;
    case Form::break_:
    case Form::continue_:
      push(constant(), node);
      emit(rule.form == Form::break_ ? Op::leave : Op::again, node,
           in_.language.break_leaves_switch ? 0 : 1);
      return true;
    case Form::class_:
      if (in_.units.is_owner(node)) {
        push(constant(), node);
      } else {
        const Node body = node.field(rule.b);
        eval_block(body ? parts(body) : parts(node));
      }
      return true;
    case Form::special:
      in_.language.hook(*this, node);
      return true;
    default:
      return false;
  }
}

void Lowering::lower_assign(const FormRule& rule, Node node) {
  const auto children = parts(node);
  const Node left =
      rule.a.empty() ? (children.empty() ? Node() : children.front()) : node.field(rule.a);
  const Node right =
      rule.b.empty() ? (children.size() > 1 ? children.back() : Node()) : node.field(rule.b);
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
  }
  assign(left, rule.form == Form::define);
}

Lowering::Declared Lowering::declared(const FormRule& rule, Node node) const {
  Declared found;
  if (rule.a.empty() || !node.field(rule.a)) {
    const auto children = parts(node);
    if (!children.empty()) found.names = {children.front()};
    if (children.size() > 1) found.values = {children.back()};
    return found;
  }
  found.names = fields(node, rule.a);
  if (!rule.b.empty())
    found.values = fields(node, rule.b);
  else
    for (const Node part : parts(node))
      if (!found.names.empty() && part.begin() > found.names.back().begin()) found.values = {part};
  return found;
}

void Lowering::lower_declare(const FormRule& rule, Node node) {
  const auto [names, values] = declared(rule, node);
  const bool is_declared = !hoisted_.contains(node.raw().id);
  if (names.empty()) {
    eval_block(values);
    return;
  }
  if (values.size() == 1)
    eval(values.front());
  else if (values.empty())
    push(nothing(), node);
  else
    list(values, node);
  if (numbers_.contains(node.raw().id) || is_harmless_type(node.field("type")))
    emit(Op::combine, node, 1, static_cast<std::uint32_t>(Combination::number));
  if (names.size() == 1) {
    assign(names.front(), is_declared);
    return;
  }
  for (std::size_t i = 0; i < names.size(); ++i) {
    emit(Op::duplicate, names[i]);
    push(constant({Literal::Kind::number, std::to_string(i)}), names[i]);
    emit(Op::index, names[i]);
    assign(names[i], is_declared);
    emit(Op::drop, names[i]);
  }
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

void Lowering::choose(const Arms& arms, Node at) {
  chain({Choice{arms.condition, arms.negated, arms.first}}, arms.second, at);
}

void Lowering::lower_if(const FormRule& rule, Node node) {
  std::vector<Choice> choices;
  std::vector<Node> otherwise;
  std::vector<Node> pending{node};  // the last one is next
  bool has_scope = false;
  for (const std::string_view field : {"initializer", "init"})
    if (const Node first = node.field(field)) {
      if (!has_scope) open_scope();
      has_scope = true;
      eval(first);
      emit(Op::drop, first);
    }
  while (!pending.empty()) {
    const Node next = pending.back();
    pending.pop_back();
    const FormRule& met = form(next);
    if (met.form != Form::if_ && met.form != Form::unless) {
      const auto inner = met.form == Form::pass ? parts(next) : std::vector<Node>{};
      if (inner.size() == 1 && form(inner.front()).form == Form::if_ &&
          !inner.front().field("initializer"))
        pending.push_back(inner.front());  // else { if }
      else
        otherwise.push_back(next);
      continue;
    }
    choices.push_back({next.field(met.a), met.form == Form::unless, fields(next, met.b)});
    const auto alternatives = fields(next, met.c);
    pending.insert(pending.end(), alternatives.rbegin(), alternatives.rend());
  }
  chain(choices, otherwise, node);
  if (has_scope) close_scope();
  (void)rule;
}

void Lowering::repeat(Node condition, bool negated, const std::vector<Node>& body,
                      const std::vector<Node>& update, Node at) {
  emit(Op::loop, at);
  if (condition)
    eval(condition);
  else
    push(anything(), at);
  branch(condition, at);
  emit(Op::arm, at, negated ? 1 : 0);
  eval_block(body);
  for (const Node next : update) {
    emit(Op::drop, next);
    eval(next);
  }
  emit(Op::arm_end, at);
  emit(Op::arm, at, negated ? 0 : 1);
  push(constant(), at);
  emit(Op::leave, at, 1);
  emit(Op::arm_end, at);
  emit(Op::choice_end, at);
  emit(Op::loop_end, at);
  emit(Op::loop_done, at);
}

void Lowering::for_each(const std::vector<Node>& bindings, Node container,
                        const std::vector<Node>& body, Node at) {
  open_scope();
  eval(container);
  emit(Op::loop, at);
  for (const Node binding : bindings) {
    emit(Op::duplicate, binding);
    emit(Op::some, binding);
    assign(binding, in_.language.block_scoped);
    emit(Op::drop, binding);
  }
  push(anything(), at);
  branch(Node(), at);
  emit(Op::arm, at, 0);
  eval_block(body);
  emit(Op::arm_end, at);
  emit(Op::arm, at, 1);
  push(constant(), at);
  emit(Op::leave, at, 1);
  emit(Op::arm_end, at);
  emit(Op::choice_end, at);
  emit(Op::loop_end, at);
  emit(Op::loop_done, at);
  emit(Op::drop, at);
  close_scope();
}

void Lowering::lower_for(const FormRule& rule, Node node) {
  if (rule.form == Form::for_each) {
    for_each(fields(node, rule.a), node.field(rule.b), fields(node, rule.c), node);
    return;
  }
  if (rule.form == Form::do_while) {
    emit(Op::loop, node);
    eval_block(fields(node, rule.b));
    emit(Op::drop, node);
    const Node condition = node.field(rule.a);
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
  for (const Node first : fields(node, rule.a)) {
    eval(first);
    emit(Op::drop, first);
  }
  repeat(node.field(rule.b), false, fields(node, rule.d), fields(node, rule.c), node);
  close_scope();
}

/// The one element of a list of one.
Node Lowering::lone(Node node) const {
  const auto children = form(node).form == Form::list ? parts(node) : std::vector<Node>{};
  return children.size() == 1 ? children.front() : node;
}

Lowering::ArmParts Lowering::parts_of_arm(Node arm) const {
  ArmParts found;
  const std::string_view label_field = form(arm).a;
  bool after_sign = false;
  Cursor cursor(arm);
  if (!cursor.to_first_child()) return found;
  do {
    const Node child = cursor.node();
    if (!child.is_named()) {
      const auto sign = child.kind();
      found.falls_through = found.falls_through || sign == ":";
      after_sign = after_sign || sign == ":" || sign == "=>" || sign == "->" || sign == "then";
      continue;
    }
    const Form kind = form(child).form;
    if (child.is_extra() || kind == Form::skip) continue;
    const bool is_label =
        kind == Form::label ||
        (label_field.empty() ? !after_sign && kind != Form::block : cursor.field() == label_field);
    if (!is_label)
      found.body.push_back(child);
    else if (kind == Form::label && child.named_child_count() == 0)
      found.is_default = true;
    else
      found.labels.push_back(child);
  } while (cursor.to_next_sibling());
  found.is_default = found.is_default || found.labels.empty() ||
                     (found.labels.size() == 1 && text(found.labels.front()) == "_");
  return found;
}

void Lowering::one_of(const std::vector<std::vector<Node>>& ways, Node at) {
  Select select;
  select.arms.resize(ways.size());
  for (SelectArm& arm : select.arms)
    arm.knows_labels = false;
  out_.selects.push_back(std::move(select));
  push(anything(), at);
  emit(Op::select, at, static_cast<std::uint32_t>(out_.selects.size() - 1));
  for (std::size_t i = 0; i < ways.size(); ++i) {
    emit(Op::select_arm, at, static_cast<std::uint32_t>(i));
    open_scope();
    eval_block(ways[i]);
    close_scope();
    emit(Op::select_arm_end, at);
  }
  emit(Op::select_end, at);
}

void Lowering::lower_switch(const FormRule& rule, Node node) {
  for (const Node first : fields(node, "initializer")) {
    eval(first);
    emit(Op::drop, first);
  }
  Node subject = rule.a.empty() ? Node() : node.field(rule.a);
  const Node body = rule.b.empty() ? node : node.field(rule.b);
  std::vector<ArmParts> arms;
  for (const Node child : parts(body ? body : node)) {
    if (form(child).form == Form::arm)
      arms.push_back(parts_of_arm(child));
    else if (child.kind() == "else")
      arms.push_back({{}, {child}, true, false});
    else if (rule.a.empty() && !subject && arms.empty())
      subject = child;
  }
  if (!subject) {
    std::vector<Choice> choices;
    std::vector<Node> otherwise;
    for (const ArmParts& arm : arms)
      if (arm.is_default)
        otherwise = arm.body;
      else
        choices.push_back({lone(arm.labels.front()), false, arm.body});
    chain(choices, otherwise, node);
    return;
  }
  Select select;
  select.falls_through = in_.language.falls_through && !arms.empty() && arms[0].falls_through;
  select.subject = path_of(subject);
  for (const ArmParts& arm : arms) {
    SelectArm made;
    made.is_default = arm.is_default;
    for (const Node label : arm.labels) {
      Node bare = label;
      while (form(bare).form == Form::label && parts(bare).size() == 1)
        bare = parts(bare).front();
      if ((form(bare).form == Form::label && parts(bare).size() > 1) ||
          form(bare).form == Form::list) {
        for (const Node each : parts(bare))
          if (auto literal = literal_of(each))
            made.labels.push_back(std::move(*literal));
          else
            made.knows_labels = false;
      } else if (auto literal = literal_of(bare)) {
        made.labels.push_back(std::move(*literal));
      } else {
        made.knows_labels = false;
      }
    }
    select.arms.push_back(std::move(made));
  }
  out_.selects.push_back(std::move(select));
  eval(subject);
  emit(Op::select, node, static_cast<std::uint32_t>(out_.selects.size() - 1));
  for (std::size_t i = 0; i < arms.size(); ++i) {
    emit(Op::select_arm, node, static_cast<std::uint32_t>(i));
    open_scope();
    eval_block(arms[i].body);
    close_scope();
    emit(Op::select_arm_end, node);
  }
  emit(Op::select_end, node);
}

void Lowering::lower_try(const FormRule& rule, Node node) {
  std::vector<Node> body, handlers, finally;
  for (const Node part : parts(node)) {
    const Form kind = form(part).form;
    (kind == Form::handler ? handlers : kind == Form::finally ? finally : body).push_back(part);
  }
  (void)rule;
  if (handlers.empty() && finally.empty()) {
    eval_block(body);
    return;
  }
  open_scope();
  emit(Op::attempt, node);
  eval_block(body);
  emit(Op::attempt_end, node);
  for (const Node handler : handlers) {
    const FormRule& met = form(handler);
    emit(Op::handler, handler);
    open_scope();
    if (const Node name = met.a.empty() ? Node() : handler.field(met.a)) assign(name, true);
    emit(Op::drop, handler);
    eval_block(met.b.empty() ? parts(handler) : fields(handler, met.b));
    close_scope();
    emit(Op::handler_end, handler);
  }
  emit(Op::attempts_end, node, finally.empty() ? 0 : 1);
  for (const Node last : finally) {
    const FormRule& met = form(last);
    eval_block(met.a.empty() ? parts(last) : fields(last, met.a));
    emit(Op::drop, last);
  }
  if (!finally.empty()) emit(Op::finally_end, node);
  close_scope();
}

}  // namespace peer::taint
