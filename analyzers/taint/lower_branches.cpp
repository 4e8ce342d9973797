// Statements that choose between ways to go on.
#include <algorithm>

#include "analyzers/taint/lowering.hpp"

namespace peer::taint {

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
    choices.push_back({part_of(next, met.a), met.form == Form::unless, parts_of(next, met.b)});
    const auto alternatives = parts_of(next, met.c);
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

/// Op::select with all its arms; what is selected by stands on the stack.
void Lowering::emit_arms(Select select, const std::vector<ArmParts>& arms, Node at) {
  out_.selects.push_back(std::move(select));
  emit(Op::select, at, static_cast<std::uint32_t>(out_.selects.size() - 1));
  for (std::size_t i = 0; i < arms.size(); ++i) {
    emit(Op::select_arm, at, static_cast<std::uint32_t>(i));
    open_scope();
    if (arms[i].subject != 0)
      for (const Node label : arms[i].labels) {
        emit(Op::load, label, arms[i].subject);
        assign(label, true);
        emit(Op::drop, label);
      }
    eval_block(arms[i].body);
    close_scope();
    emit(Op::select_arm_end, at);
  }
  emit(Op::select_end, at);
}

void Lowering::one_of(const std::vector<std::vector<Node>>& ways, Node at) {
  Select select;
  select.arms.resize(ways.size());
  for (SelectArm& arm : select.arms)
    arm.knows_labels = false;
  push(anything(), at);
  std::vector<ArmParts> arms(ways.size());
  for (std::size_t i = 0; i < ways.size(); ++i)
    arms[i].body = ways[i];
  emit_arms(std::move(select), arms, at);
}

void Lowering::lower_switch(const FormRule& rule, Node node) {
  for (const Node first : parts_of(node, "initializer")) {
    eval(first);
    emit(Op::drop, first);
  }
  Node subject = rule.a.empty() ? Node() : part_of(node, rule.a);
  const Node body = rule.b.empty() ? node : part_of(node, rule.b);
  std::vector<ArmParts> arms;
  for (const Node child : parts(body ? body : node)) {
    if (form(child).form == Form::arm)
      arms.push_back(parts_of_arm(child));
    else if (child.kind() == "else")
      arms.push_back({.labels = {}, .body = {child}, .is_default = true});
    else if (rule.a.empty() && !subject && arms.empty())
      subject = child;
  }
  if (subject &&
      form(subject).form == Form::special)  // brackets, and perhaps a declaration in them
    if (const auto inner = parts(subject); inner.size() == 1) subject = inner.front();
  if (subject)
    select_by(subject, std::move(arms), node);
  else
    choose_arm(arms, node);
}

/// A switch without a subject: the labels are conditions.
void Lowering::choose_arm(const std::vector<ArmParts>& arms, Node at) {
  std::vector<Choice> choices;
  std::vector<Node> otherwise;
  for (const ArmParts& arm : arms)
    if (arm.is_default)
      otherwise = arm.body;
    else
      choices.push_back({lone(arm.labels.front()), false, arm.body});
  chain(choices, otherwise, at);
}

void Lowering::select_by(Node subject, std::vector<ArmParts> arms, Node at) {
  Select select;
  select.falls_through = in_.language.falls_through && !arms.empty() && arms[0].falls_through;
  auto place = path_of(subject);
  if (const Node behind = place ? Node() : address_behind(subject)) place = path_of(behind);
  for (const auto& path : {place, reading_of(unwrapped(subject))})
    if (path) select.subject.push_back(*path);
  const Symbol held = in_.language.patterns_bind ? in_.names.another("subject") : Symbol{0};
  for (ArmParts& arm : arms) {
    SelectArm made;
    made.is_default = arm.is_default;
    for (const Node label : arm.labels)
      add_label(label, made);
    if (!made.knows_labels) arm.subject = held;
    select.arms.push_back(std::move(made));
  }
  eval(subject);
  if (held != 0) emit(Op::store, at, held, 1);
  emit_arms(std::move(select), arms, at);
}

/// Adds what `label` stands for, one value or several, to those of `arm`.
void Lowering::add_label(Node label, SelectArm& arm) const {
  Node bare = unwrapped(label);
  while (form(bare).form == Form::label && parts(bare).size() == 1)
    bare = parts(bare).front();
  std::vector<Node> values = parts(bare);
  const Form kind = form(bare).form;
  const bool are_several = kind == Form::list || (kind == Form::label && values.size() > 1);
  if (!are_several) values = {bare};
  for (const Node value : values) {
    if (auto literal = literal_of(value))
      arm.labels.push_back(std::move(*literal));
    else
      arm.knows_labels = false;
  }
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
    auto steps = met.b.empty() ? parts(handler) : parts_of(handler, met.b);
    Node name = met.a.empty() ? Node() : part_of(handler, met.a);
    const auto named = std::find_if(steps.begin(), steps.end(), [](Node step) {
      return step.kind() == "as_pattern";  // `except E as e`
    });
    if (!name && named != steps.end()) {
      name = named->field("alias");
      steps.erase(named);
    }
    if (name) assign(name, true);
    emit(Op::drop, handler);
    eval_block(steps);
    close_scope();
    emit(Op::handler_end, handler);
  }
  emit(Op::attempts_end, node, finally.empty() ? 0 : 1);
  for (const Node last : finally) {
    const FormRule& met = form(last);
    eval_block(met.a.empty() ? parts(last) : parts_of(last, met.a));
    emit(Op::drop, last);
  }
  if (!finally.empty()) emit(Op::finally_end, node);
  close_scope();
}

}  // namespace peer::taint
