#include "analyzers/checks/freed_memory/memory.hpp"

#include <algorithm>
#include <iterator>

namespace peer::freed_memory {
namespace {

constexpr std::size_t kMostObjects = 4;
constexpr std::size_t kMostStates = 12;

/// One or the other. What only one of them has met is what it was at first on the other way.
template <class Key>
void join(std::map<Key, Value>& into, State& one, State& other, std::map<Key, Value> State::*part, Names& names) {
  std::set<Key> keys;
  for (const State* each : {&one, &other})
    for (const auto& entry : each->*part)
      keys.insert(entry.first);
  for (const Key& key : keys)
    if (Value both = either(held(one, names, key), held(other, names, key)); both.objects.size() <= kMostObjects) into[key] = std::move(both);
}

void join(State& one, State& other, Names& names) {
  std::map<std::string_view, Value> variables;
  join(variables, one, other, &State::variables, names);
  one.variables = std::move(variables);
  std::map<Member, Value> members;
  join(members, one, other, &State::members, names);
  one.members = std::move(members);
  for (const auto& [object, when] : other.touched)
    one.touched[object] = std::max(one.touched[object], when);
  one.outside = std::max(one.outside, other.outside);
  std::erase_if(one.references, [&](const auto& entry) {
    const auto found = other.references.find(entry.first);
    return found == other.references.end() || found->second != entry.second;
  });
  std::erase_if(one.copies, [&](const auto& entry) {
    const auto found = other.copies.find(entry.first);
    return found == other.copies.end() || found->second != entry.second;
  });
  std::erase_if(one.nulls, [&](Object object) { return !other.nulls.contains(object); });
  std::erase_if(one.facts, [&](const auto& fact) {
    const auto found = other.facts.find(fact.first);
    return found == other.facts.end() || found->second != fact.second;
  });
}

/// On the one way it may be freed, on the other one it may not.
bool must_stay_apart(const Value& one, const Value& other, const Names& names) {
  const auto is_fixed = [&](Object object) { return names[object].form == Form::local || names[object].form == Form::literal; };
  return !one.is_null() && !other.is_null() && one.objects != other.objects &&
         std::any_of(one.objects.begin(), one.objects.end(), is_fixed) != std::any_of(other.objects.begin(), other.objects.end(), is_fixed);
}

bool are_alike(const State& one, const State& other, const Names& names) {
  return one.released == other.released && std::none_of(one.variables.begin(), one.variables.end(), [&](const auto& entry) {
           const auto found = other.variables.find(entry.first);
           return found != other.variables.end() && must_stay_apart(entry.second, found->second, names);
         });
}

}  // namespace

Value either(const Value& one, const Value& other) {
  Value both{.is_inside = one.is_inside || other.is_inside, .may_be_null = one.may_be_null || other.may_be_null};
  std::set_union(one.objects.begin(), one.objects.end(), other.objects.begin(), other.objects.end(), std::back_inserter(both.objects));
  return both;
}

Object Names::held(const Member& member, std::uint32_t when) {
  return add("." + std::to_string(member.first) + member.second + '@' + std::to_string(when), {.of = member.first, .selector = member.second});
}

Object Names::add(const std::string& key, Entry entry) {
  const auto [found, is_new] = numbers_.try_emplace(key, static_cast<Object>(entries_.size()));
  if (is_new) entries_.push_back(std::move(entry));
  return found->second;
}

bool is_in_capitals(std::string_view name) {
  return std::none_of(name.begin(), name.end(), [](char letter) { return letter >= 'a' && letter <= 'z'; });
}

Value& held(State& state, Names& names, std::string_view name) {
  const auto found = state.variables.find(name);
  return found != state.variables.end() ? found->second : state.variables.emplace(name, value_of(names.held(name, is_in_capitals(name) ? 0 : state.outside))).first->second;
}

Value& held(State& state, Names& names, const Member& member) {  // NOLINT(misc-no-recursion): copy_struct() makes no rings
  // `*&x` is x
  const auto& owner = names[member.first];
  if (owner.form == Form::local && !owner.variable.empty() && !owner.is_array && member.second == "[0]") return held(state, names, owner.variable);
  const auto found = state.members.find(member);
  if (found != state.members.end()) return found->second;
  if (const auto copy = state.copies.find(member.first); copy != state.copies.end()) {
    const Value copied = held(state, names, Member{copy->second, member.second});
    return state.members.emplace(member, copied).first->second;
  }
  const auto touched = state.touched.find(member.first);
  return state.members.emplace(member, value_of(names.held(member, touched == state.touched.end() ? 0 : touched->second))).first->second;
}

void merge(std::vector<State>& states, Names& names) {
  std::vector<State> kept;
  for (State& each : states) {
    if (each.is_dead) continue;
    const auto same = std::find_if(kept.begin(), kept.end(), [&](const State& other) { return are_alike(each, other, names); });
    if (same != kept.end())
      join(*same, each, names);
    else if (kept.size() < kMostStates)
      kept.push_back(std::move(each));
  }
  states = std::move(kept);
}

}  // namespace peer::freed_memory
