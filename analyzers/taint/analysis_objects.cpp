// The part of Analysis that knows of objects: what their constructors make of them, and what their methods leave in them
// for each other.
#include <algorithm>
#include <utility>

#include "analyzers/taint/analysis.hpp"

namespace peer::taint {
namespace {

/// Those of `now` that are not in `before`, what is from nowhere in particular aside.
std::vector<Fact> fresh(const std::vector<Fact>& now, const std::vector<Fact>& before) {
  std::vector<Fact> facts;
  for (const Fact& fact : now)
    if (fact.source != kAnything &&
        std::none_of(before.begin(), before.end(), [&](const Fact& old) { return old.same_origin(fact); }))
      facts.push_back(fact);
  return facts;
}

/// What `now` holds that `before` did not, by member, and under "" what is somewhere in it.
void add_effects(std::optional<std::uint32_t> parameter, const Value& before, const Value& now, std::vector<Effect>& effects) {
  if (auto facts = fresh(now.facts, before.facts); !facts.empty()) effects.push_back({parameter, {}, std::move(facts)});
  if (!now.shape || now.shape == before.shape) return;
  for (const auto& [member, value] : now.shape->entries) {
    if (member.empty()) continue;  // of a list
    auto facts = fresh(all_facts(value), all_facts(element(before, member)));
    if (!facts.empty()) effects.push_back({parameter, member, std::move(facts)});
  }
  if (!now.shape->is_list) return;
  if (auto facts = fresh(now.shape->facts, all_facts(before)); !facts.empty()) effects.push_back({parameter, {}, std::move(facts)});
}

/// A name that is given another value names another object from then on.
bool is_reassigned(const Program& code, Symbol name) {
  return std::count_if(code.code.begin(), code.code.end(), [&](const Instruction& each) {
           return each.op == Op::store && each.a == name;
         }) > 1;
}

}  // namespace

/// Classes with watched nodes that stand in none of their functions: in blocks that are given to calls, say.
std::set<std::uint32_t> Analysis::owners_with_places() const {
  std::set<std::uint32_t> owners;
  for (std::size_t i = 0; i < places_.size(); ++i)
    if (!places_[i])
      if (const auto owner = units_.owner_of(spans_[i])) owners.insert(*owner);
  return owners;
}

/// Once more, where methods of classes ran before it was known what their objects hold from outside.
void Analysis::run_again(const std::vector<std::uint32_t>& functions) {
  constexpr int kMostRounds = 2;
  for (int round = 0; round < kMostRounds && !session_.changed.empty(); ++round) {
    forget_objects(std::exchange(session_.changed, {}));
    for (const std::uint32_t function : functions)
      run_function(function);
  }
}

void Analysis::forget_objects(const std::set<std::string, std::less<>>& classes) {
  for (std::uint32_t index = 0; index < functions_.size(); ++index) {
    session_.summaries[index].reset();
    session_.brought[index].clear();
    session_.effects[index].clear();
  }
  for (std::uint32_t owner = 0; owner < units_.owners().size(); ++owner)
    if (classes.contains(units_.owners()[owner].name)) owners_.erase(owner);
}

/// So that what methods leave in objects of a class is known before one of them is looked at.
void Analysis::summarise_methods(const std::vector<std::uint32_t>& wanted) {
  constexpr std::size_t kMostMethods = 200;
  std::set<std::string_view> classes;
  for (const std::uint32_t index : wanted)
    if (const auto name = units_.class_of(units_.functions()[index]); !name.empty()) classes.insert(name);
  if (classes.empty()) return;
  std::size_t count = 0;
  for (std::uint32_t index = 0; index < functions_.size() && count < kMostMethods; ++index) {
    const Unit& unit = units_.functions()[index];
    if (unit.is_constructor || !classes.contains(units_.class_of(unit))) continue;
    ++count;
    (void)around(unit.owner);
    summarise_callees(program(index));
    if (!session_.summaries[index]) summarise(index);
  }
}

void Analysis::prepare_owner(std::uint32_t index) {
  const Owner& owner = units_.owners()[index];
  const Environment& outside = owner.parent ? *owners_.at(*owner.parent) : module();
  auto environment = std::make_unique<Environment>(&outside);
  environment->set(session_.names("this"), collection(false, {}, false));
  for (const std::uint32_t unit : owner.constructors)
    if (!functions_[unit].is_marked) {
      functions_[unit].is_marked = true;
      marker_(
          units_.functions()[unit].node, [](Node) { return false; }, marks_);
    }
  const Program program = lowering_.owner(index);
  summarise_callees(program);
  const auto given = session_.constructed.find(index);
  for (const Program::Given& parameter : program.given) {
    Value value = anything();
    if (given != session_.constructed.end())
      for (const Constructed& each : given->second)
        if (each.name != 0 ? each.name == parameter.name : each.position == parameter.position) add_facts(value.facts, each.facts);
    environment->set(parameter.symbol, std::move(value));
  }
  execute(program, *environment, observed_, nullptr);
  Value object = *environment->find(session_.names("this"));
  if (object.shape)
    for (const auto& [name, value] : std::vector(object.shape->entries))
      if (owner.reassigned.contains(name))
        object = with_element(object, name, join(value, anything()));
  if (const auto state = session_.states.find(owner.name); state != session_.states.end())
    for (const auto& [member, facts] : state->second) {
      Value value = member.empty() ? object : element(object, member);
      add_facts(value.facts, facts);
      value.literal.reset();
      object = member.empty() ? value : with_element(object, member, value);
    }
  environment->set(session_.names("this"), std::move(object));
  owners_.emplace(index, std::move(environment));
}

/// What surrounds a function: its classes from the outermost on, then the module.
const Environment& Analysis::around(std::optional<std::uint32_t> owner) {
  std::vector<std::uint32_t> missing;
  for (auto scope = owner; scope && !owners_.contains(*scope);
       scope = units_.owners()[*scope].parent)
    missing.push_back(*scope);
  for (std::size_t i = missing.size(); i-- > 0;)
    prepare_owner(missing[i]);
  return owner ? *owners_.at(*owner) : module();
}

/// The object whose method a function is, where that is one of its parameters.
void Analysis::set_receiver(std::uint32_t index, const Program& code, Environment& environment) const {
  const auto state = session_.states.find(session_.classes[index]);
  if (code.given.empty() || state == session_.states.end()) return;
  Value object = anything();
  for (const auto& [member, facts] : state->second) {
    Value value = anything();
    add_facts(value.facts, facts);
    object = with_element(object, member.empty() ? std::nullopt : std::optional(member), value);
  }
  environment.set(code.given.front().symbol, std::move(object));
}

/// What the function left in its object and in what it was given, which `environment` shows after it ran.
void Analysis::note_effects(std::uint32_t index, const Program& code, const Environment& environment, const Environment* outside) {
  std::vector<Effect> effects;
  const Symbol self = session_.names("this");
  if (units_.functions()[index].owner) {
    const Value* before = outside == nullptr ? nullptr : outside->find(self);
    const Value* now = environment.find(self);
    if (before != nullptr && now != nullptr) add_effects(std::nullopt, *before, *now, effects);
  } else if (code.receiver != 0 && !is_reassigned(code, code.receiver)) {
    const Value* before = environment.first(code.receiver);
    const Value* now = environment.find(code.receiver);
    if (before != nullptr && now != nullptr) add_effects(std::nullopt, *before, *now, effects);
  }
  for (const Effect& effect : effects)
    session_.keep_state(session_.classes[index], effect.member, effect.facts);
  for (std::uint32_t i = 0; i < code.parameter_names.size() && i < code.parameters.size(); ++i) {
    const Symbol name = code.parameter_names[i];
    const Value* before = name == 0 ? nullptr : environment.first(name);  // what it was given, marked
    const Value* now = name == 0 ? nullptr : environment.find(name);
    if (before != nullptr && now != nullptr && !is_reassigned(code, name)) add_effects(i, *before, *now, effects);
  }
  session_.effects[index] = std::move(effects);
}

}  // namespace peer::taint
