// The part of Analysis that knows of objects: what their constructors make of them, and what their methods leave in them
// for each other.
#include <algorithm>
#include <array>
#include <utility>

#include "analyzers/taint/analysis.hpp"
#include "analyzers/taint/words.hpp"

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

/// Whether a method may write to a member, by its text: `self.name =`, `this.parts.push(..)`, `@name ||=`.
bool writes_members(std::string_view text) {
  constexpr std::array<std::string_view, 4> kMembers{"self.", "this.", "this->", "@"};
  return std::any_of(kMembers.begin(), kMembers.end(), [&](std::string_view before) {
    for (auto at = text.find(before); at != std::string_view::npos; at = text.find(before, at)) {
      at += before.size();
      auto end = at;
      while (end < text.size() && is_word(text[end]))
        ++end;
      while (end < text.size() && text[end] == ' ')
        ++end;
      const auto next = text.substr(end, 2);
      if (!next.empty() && next != "==" && std::string_view("=.[+|?-<&").find(next.front()) != std::string_view::npos) return true;
    }
    return false;
  });
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
    session_.changed.clear();
    forget_objects();
    for (const std::uint32_t function : functions)
      run_function(function);
  }
}

void Analysis::forget_objects() {
  for (std::uint32_t index = 0; index < functions_.size(); ++index) {
    session_.summaries[index].reset();
    session_.brought[index].clear();
    session_.effects[index].clear();
  }
  owners_.clear();  // what is known in one class rests on those around it
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
    if (unit.owner && !language_.implicit_self && !writes_members(unit.node.text(text_))) continue;
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
  object.is_object = true;
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

/// Whether a fact comes from what is written `name...`.
bool Analysis::is_of(const Fact& fact, std::string_view name) const {
  std::uint32_t first = fact.trace;
  while (first != 0 && session_.traces[first].before != 0)
    first = session_.traces[first].before;
  const Span at = session_.traces[first].at;
  return first != 0 && !name.empty() && text_.substr(at.begin, at.size()).starts_with(name);
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
  // what is somewhere in an object would be in all of it
  std::erase_if(effects, [](const Effect& effect) { return effect.member.empty(); });
  for (const Effect& effect : effects)
    session_.keep_state(session_.classes[index], effect.member, effect.facts);
  for (std::uint32_t i = 0; i < code.parameter_names.size() && i < code.parameters.size(); ++i) {
    const Symbol name = code.parameter_names[i];
    const Value* before = name == 0 ? nullptr : environment.first(name);  // what it was given, marked
    const Value* now = name == 0 ? nullptr : environment.find(name);
    if (before == nullptr || now == nullptr || is_reassigned(code, name)) continue;
    std::vector<Effect> found;
    add_effects(i, *before, *now, found);
    for (Effect& effect : found) {
      // `request.headers.set(..)`: what it says of itself was there before
      std::erase_if(effect.facts, [&](const Fact& fact) { return is_of(fact, session_.names.text(name)); });
      if (!effect.facts.empty()) effects.push_back(std::move(effect));
    }
  }
  session_.effects[index] = std::move(effects);
}

}  // namespace peer::taint
