// What declarations make of names: pointers, arrays, owners, references, and variables without a
// value.
#include <variant>

#include "analyzers/checks/c_syntax.hpp"
#include "analyzers/checks/pointers/follower.hpp"

namespace peer::pointers {

using c_syntax::last_part;
using c_syntax::name_of_declarator;
using c_syntax::named_children;

namespace {

bool is_pointer(Node declarator) {
  for (int steps = 0; declarator && steps < 16; ++steps) {
    if (declarator.kind() == "pointer_declarator" ||
        declarator.kind() == "abstract_pointer_declarator")
      return true;
    declarator = declarator.field("declarator");
  }
  return false;
}

bool is_array(Node declarator) {
  for (int steps = 0; declarator && steps < 16; ++steps) {
    if (declarator.kind() == "array_declarator") return true;
    declarator = declarator.field("declarator");
  }
  return false;
}

/// `(x)`, `{x}` and x: x.
Node only_one_in(Node value) {
  const bool is_list = value.kind() == "argument_list" || value.kind() == "initializer_list";
  return is_list && value.named_child_count() == 1 ? value.named_child(0) : value;
}

}  // namespace

void Follower::parameters(Node list) {
  for (const Node parameter : named_children(list)) {
    const Node declarator = parameter.field("declarator");
    const Node name = name_of_declarator(declarator);
    parameters_.push_back(name ? text(name) : std::string_view());
    if (!name) continue;
    locals_.insert(text(name));
    if (is_pointer(declarator) || is_array(declarator)) pointers_.insert(text(name));
    if (declarator.kind() == "reference_declarator")
      references_of_parameters_.insert(parameters_.size() - 1);
    states_.front().variables[text(name)] = value_of(names_.held(text(name)));
  }
}

void Follower::declaration(Node node) {
  c_syntax::for_each_declared(
      node, [&](Node type, Node declarator, Node value) { declare(type, declarator, value); });
}

void Follower::declare(Node type, Node declarator, Node value) {
  const Node name = name_of_declarator(declarator);
  if (!name) return;
  const auto variable = text(name);
  const bool is_static = c_syntax::has_storage(type, "static", text_) ||
                         c_syntax::has_storage(type, "thread_local", text_);
  locals_.insert(variable);
  if (is_pointer(declarator)) pointers_.insert(variable);
  arrays_.erase(variable);  // another of that name may have been one
  if (is_array(declarator) && !is_static) arrays_.insert(variable);
  if (is_owner(type, value)) owners_.insert(variable);
  state_->references.erase(variable);
  if (declarator.kind() == "reference_declarator" && value) {
    if (const auto place = place_of(value, 0); place && std::holds_alternative<Member>(*place))
      state_->references[variable] = value_of(std::get<Member>(*place).first);
    state_->variables[variable] = fresh(name);
    return;
  }
  const bool is_unset = !value && !is_static;
  const Value begins = value ? begin_with(name, type, value, is_static) : fresh(name);
  state_->variables[variable] =
      arrays_.contains(variable) ? value_of(names_.array(variable)) : begins;
  if (is_unset && begins_unset(type, declarator)) {
    state_->variables[variable] = value_of(names_.unset(variable));
    declared_around_[variable] = around_.size() + breaks_.size();
  }
  new_storage(name);
  if (is_unset && declarator.kind() == "array_declarator" && text(type) == "char")
    state_->members[{names_.array(variable), "[0]"}] = value_of(names_.unset(variable));
  copy_struct(variable, value);
}

/// What a variable holds that begins with `value`.
Value Follower::begin_with(Node name, Node type, Node value, bool is_static) {
  const auto variable = text(name);
  const bool is_text = functions_.is_cpp() && !pointers_.contains(variable) && type &&
                       c_syntax::is_text_class(text(type));
  const Node given = is_text ? only_one_in(value) : value;
  const Value held = text(value) == variable ? fresh(name) : worth(given);
  if (is_text) look_for_null(value, given, held, text(type));
  return is_static || is_text ? fresh(name) : held;  // what the call before has left there; a copy
}

bool Follower::is_owner(Node type, Node value) const {
  return (type && text(type).find("unique_ptr") != std::string_view::npos) ||
         (value && text(value).find("make_unique") != std::string_view::npos);
}

/// Nothing is known of what a variable that begins here holds.
void Follower::new_storage(Node name) {
  const auto variable = text(name);
  for (const Object own : {names_.address(variable), names_.array(variable)}) {
    erase_if(state_->members, [&](const auto& member) { return member.first.first == own; });
    state_->released.erase(own);
    state_->copies.erase(own);
    state_->touched[own] = names_.made(name.begin(), turn_, Form::unknown);
  }
}

}  // namespace peer::pointers
