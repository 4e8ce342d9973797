// Variables that are read before they have a value.
#include <algorithm>
#include <array>
#include <fmt/format.h>

#include "analyzers/checks/c_syntax.hpp"
#include "analyzers/checks/pointers/follower.hpp"
#include "analyzers/checks/pointers/library.hpp"

namespace peer::pointers {

using c_syntax::without_brackets;

/// Numbers and pointers only: what is a class has values of its own.
bool Follower::begins_unset(Node type, Node declarator) const {
  bool is_pointer = false;
  for (int steps = 0; declarator && declarator.kind() == "pointer_declarator" && steps < 4;
       ++steps) {
    is_pointer = true;
    declarator = declarator.field("declarator");
  }
  if (!type || !declarator || declarator.kind() != "identifier") return false;
  const auto kind = type.kind();
  if (c_syntax::has_storage(type, "extern", text_)) return false;
  if (kind == "primitive_type") return is_pointer || text(type) != "void";
  if (kind == "sized_type_specifier") return true;
  return is_pointer && (kind == "type_identifier" || kind == "struct_specifier" ||
                        kind == "enum_specifier" || kind == "qualified_identifier");
}

void Follower::read(Node name, const Value& value) {
  if (!names_.is_unset(value)) return;
  const auto variable = names_[*value.sole()].variable;
  const auto declared = declared_around_.find(variable);
  const bool is_deeper = declared == declared_around_.end() ||
                         around_.size() + breaks_.size() > declared->second ||
                         partly_set_[variable] > 1;
  if (!has_error_)
    hit_on_way(name, Flaw::unset, fmt::format("`{}` has no value here", variable), is_deeper);
  state_->variables[variable] = fresh(name);  // said once
}

void Follower::read_all(const Call& made) {
  for (std::size_t at = 0; at < made.values.size(); ++at)
    if (const Node bare = without_brackets(made.arguments[at]); bare && bare.kind() == "identifier")
      read(bare, made.values[at]);
}

/// An array that nobody has written to, as a text.
void Follower::read_text(const Call& made) {
  if (!holds(kReadsText, made.name) || made.arguments.empty() || has_error_) return;
  const Node array = without_brackets(made.arguments.front());
  if (!array || array.kind() != "identifier" || !arrays_.contains(text(array))) return;
  const auto first = state_->members.find(Member{names_.array(text(array)), "[0]"});
  if (first == state_->members.end() || !names_.is_unset(first->second)) return;
  hit_on_way(array, Flaw::unset,
             fmt::format("`{}` holds no text here: nobody has written to it", text(array)), true);
  state_->members.erase(first);
}

Value Follower::unread(Node node, int depth) {  // NOLINT(misc-no-recursion): worth() bounds it
  if (node && node.kind() == "identifier" && is_local(text(node)) &&
      !state_->references.contains(text(node)) && !arrays_.contains(text(node)))
    return held(*state_, names_, text(node));
  return worth(node, depth);
}

void Follower::give_value(Node name) {
  if (!name || name.kind() != "identifier" || !is_local(text(name)) || arrays_.contains(text(name)))
    return;
  if (Value& value = held(*state_, names_, text(name)); names_.is_unset(value) || value.is_null())
    value = fresh(name);
}

void Follower::give_values(Node node) {
  walk(node, [&](Node each) {
    give_value(each);
    return true;
  });
}

void Follower::note_partly_set(const States& one, const States& other) {
  std::set<std::string_view> unset, set;
  for (const States* states : {&one, &other})
    for (const State& state : *states)
      for (const auto& [name, value] : state.variables)
        if (declared_around_.contains(name)) (names_.is_unset(value) ? unset : set).insert(name);
  for (const auto name : unset)
    if (set.contains(name)) ++partly_set_[name];
}

void Follower::settle(States& skipped, const States& run) {
  for (State& state : skipped)
    for (auto& [name, value] : state.variables)
      if (names_.is_unset(value) &&
          std::any_of(run.begin(), run.end(), [&, variable = name](const State& other) {
            const auto found = other.variables.find(variable);
            return found != other.variables.end() && !names_.is_unset(found->second);
          }))
        value = value_of(names_.held(name));
}

}  // namespace peer::pointers
