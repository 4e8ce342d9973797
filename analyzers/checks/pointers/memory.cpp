#include "analyzers/checks/pointers/memory.hpp"

#include <algorithm>

namespace peer::pointers {
namespace {

constexpr std::size_t kMostStates = 12;
constexpr std::size_t kMostForUnset = 4;  // of them, that differ in what has no value yet only

/// One or the other. What only one of them has met is what it was at first on the other way.
template <class Key>
void join(FlatMap<Key, Value> State::*part, State& one, State& other, Names& names) {
  std::vector<Key> keys;
  keys.reserve((one.*part).size() + (other.*part).size());
  for (const auto& entry : one.*part)
    keys.push_back(entry.first);
  for (const auto& entry : other.*part)
    keys.push_back(entry.first);
  std::sort(keys.begin(), keys.end());
  keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
  FlatMap<Key, Value> joined;
  joined.reserve(keys.size());
  for (const Key& key : keys) {
    const Value first = held(one, names, key);
    if (const Value both = either(first, held(other, names, key)); !both.objects.is_full())
      joined.append(key, both);
  }
  one.*part = std::move(joined);
}

template <class Key, class Mapped>
void keep_common(FlatMap<Key, Mapped>& one, const FlatMap<Key, Mapped>& other) {
  erase_if(one, [&](const auto& entry) {
    const auto found = other.find(entry.first);
    return found == other.end() || found->second != entry.second;
  });
}

}  // namespace

void join(State& one, State& other, Names& names) {
  join(&State::variables, one, other, names);
  join(&State::members, one, other, names);
  for (const auto& [object, when] : other.touched)
    one.touched[object] = std::max(one.touched[object], when);
  one.outside = std::max(one.outside, other.outside);
  keep_common(one.references, other.references);
  keep_common(one.copies, other.copies);
  keep_common(one.facts, other.facts);
  erase_if(one.doubts, [&](const auto& entry) { return !other.doubts.contains(entry.first); });
  erase_if(one.nulls, [&](Object object) { return !other.nulls.contains(object); });
}

namespace {

/// On the one way it may be freed, on the other one it may not.
bool must_stay_apart(const Value& one, const Value& other, const Names& names) {
  const auto is_fixed = [&](Object object) {
    return names[object].form == Form::local || names[object].form == Form::literal;
  };
  return !one.is_null() && !other.is_null() && one.objects != other.objects &&
         std::any_of(one.objects.begin(), one.objects.end(), is_fixed) !=
             std::any_of(other.objects.begin(), other.objects.end(), is_fixed);
}

bool are_alike(const State& one, const State& other, const Names& names, bool tells_unset) {
  return one.released == other.released &&
         std::none_of(one.variables.begin(), one.variables.end(), [&](const auto& entry) {
           const auto found = other.variables.find(entry.first);
           if (found == other.variables.end()) return false;
           return must_stay_apart(entry.second, found->second, names) ||
                  (tells_unset && names.is_unset(entry.second) != names.is_unset(found->second));
         });
}

}  // namespace

Value either(const Value& one, const Value& other) {
  Value both{.is_inside = one.is_inside || other.is_inside,
             .may_be_null = one.may_be_null || other.may_be_null};
  if (one.question == other.question || one.is_null() || other.is_null())
    both.question = std::max(one.question, other.question);
  both.objects = one.objects;
  for (const Object object : other.objects)
    both.objects.add(object);
  return both;
}

bool is_in_capitals(std::string_view name) {
  return std::none_of(name.begin(), name.end(),
                      [](char letter) { return letter >= 'a' && letter <= 'z'; });
}

Value& held(State& state, Names& names, std::string_view name) {
  const auto found = state.variables.find(name);
  return found != state.variables.end()
             ? found->second
             : state.variables
                   .try_emplace(
                       name, value_of(names.held(name, is_in_capitals(name) ? 0 : state.outside)))
                   .first->second;
}

// NOLINTNEXTLINE(misc-no-recursion): copy_struct() makes no rings
Value& held(State& state, Names& names, const Member& member) {
  // `*&x` is x
  const auto& owner = names[member.first];
  if (owner.form == Form::local && !owner.variable.empty() && !owner.is_array &&
      member.second == "[0]")
    return held(state, names, owner.variable);
  const auto found = state.members.find(member);
  if (found != state.members.end()) return found->second;
  if (const auto copy = state.copies.find(member.first); copy != state.copies.end()) {
    const Value copied = held(state, names, Member{copy->second, member.second});
    return state.members.try_emplace(member, copied).first->second;
  }
  const auto touched = state.touched.find(member.first);
  return state.members
      .try_emplace(member, value_of(names.held(
                               member, touched == state.touched.end() ? 0 : touched->second)))
      .first->second;
}

void merge(std::vector<State>& states, Names& names) {
  std::vector<State> kept;
  for (State& each : states) {
    if (each.is_dead) continue;
    const auto same = std::find_if(kept.begin(), kept.end(), [&](const State& other) {
      return are_alike(each, other, names, kept.size() < kMostForUnset);
    });
    if (same != kept.end())
      join(*same, each, names);
    else if (kept.size() < kMostStates)
      kept.push_back(std::move(each));
  }
  states = std::move(kept);
}

}  // namespace peer::pointers
