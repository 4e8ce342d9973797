// What a function does to what it is given, whichever way is taken.
#include <algorithm>
#include <string>
#include <utility>

#include "analyzers/checks/pointers/follower.hpp"

namespace peer::pointers {

Effect Follower::effect() {
  Effect effect;
  effect.never_returns = exits_.empty() && work_ <= kMostWork;
  effect.assigns = assigned_;
  for (std::size_t position = 0; position < parameters_.size(); ++position)
    if (!parameters_[position].empty() && looked_at_.contains(names_.held(parameters_[position])))
      effect.reads.insert(position);
  for (std::size_t position = 0; position < parameters_.size(); ++position)
    if (!parameters_[position].empty() && needed_.contains(names_.held(parameters_[position])))
      effect.needs.insert(position);
  effect.changes = references_of_parameters_;
  effect.may_give_null = may_give_null_ && gives_pointer_;
  effect.null_without = null_without_.value_or(std::set<std::size_t>());
  effect.gives_null = may_give_null_ && !may_give_else_;
  if (numbers_given_.size() == 1 && !may_give_null_) effect.gives_number = *numbers_given_.begin();
  std::set<Object> all;
  for (const State& each : exits_)
    for (const auto& [object, release] : each.released)
      if (release.unless_null == 0) all.insert(object);
  for (const Object object : all)
    if (auto freed = freed_by_caller(object)) effect.frees.push_back(std::move(*freed));
  return effect;
}

/// How a caller gets to `object`, where it is freed on every way on which what leads there is not
/// null.
std::optional<Effect::Freed> Follower::freed_by_caller(Object object) const {
  constexpr std::size_t kMostMembers = 3;
  Effect::Freed freed{.stays = true};
  std::vector<Object> way{object};
  while (names_[way.back()].of != 0 && way.size() <= kMostMembers) {
    const auto& member = names_[way.back()];
    if (member.selector.find('#') != std::string::npos)
      return std::nullopt;  // by an index that callers do not know
    freed.members.insert(freed.members.begin(), std::string(member.selector));
    way.push_back(member.of);
  }
  const auto& begins = names_[way.back()];
  const auto parameter = std::find(parameters_.begin(), parameters_.end(), begins.variable);
  if (begins.of != 0 || begins.form != Form::unknown || begins.variable.empty() ||
      parameter == parameters_.end())
    return std::nullopt;
  freed.parameter = static_cast<std::size_t>(parameter - parameters_.begin());
  for (const State& each : exits_) {
    if (std::any_of(way.begin(), way.end(), [&](Object part) { return each.nulls.contains(part); }))
      continue;
    if (!each.released.contains(object)) return std::nullopt;
    if (freed.members.empty()) continue;
    const auto member = each.members.find(Member{way[1], freed.members.back()});
    freed.stays = freed.stays && member != each.members.end() && member->second == value_of(object);
  }
  return freed;
}

}  // namespace peer::pointers
