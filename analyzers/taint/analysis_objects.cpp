// The part of Analysis that knows of objects: what their constructors make of them, and what their
// methods leave in them for each other.
#include <algorithm>
#include <array>
#include <iterator>
#include <string>
#include <utility>

#include "analyzers/taint/analysis.hpp"
#include "analyzers/taint/parts.hpp"
#include "analyzers/taint/words.hpp"

namespace peer::taint {
namespace {

/// Those of `now` that are not in `before`, what is from nowhere in particular aside.
std::vector<Fact> fresh(const std::vector<Fact>& now, const std::vector<Fact>& before) {
  std::vector<Fact> facts;
  for (const Fact& fact : now)
    if (fact.source != kAnything &&
        std::none_of(before.begin(), before.end(),
                     [&](const Fact& old) { return old.same_origin(fact); }))
      facts.push_back(fact);
  return facts;
}

/// What `now` holds that `before` did not, by member, and under "" what is somewhere in it.
void add_effects(Session& session, std::optional<std::uint32_t> parameter, const Value& before,
                 const Value& now, std::vector<Effect>& effects) {
  if (auto facts = fresh(now.facts, before.facts); !facts.empty())
    effects.push_back({parameter, {}, std::move(facts)});
  if (!now.shape || now.shape == before.shape) return;
  for (const auto& [member, value] : now.shape->entries) {
    if (member.empty()) continue;  // of a list
    auto facts = fresh(all_facts(value), all_facts(part(session, before, member)));
    if (!facts.empty()) effects.push_back({parameter, member, std::move(facts)});
  }
  if (!now.shape->is_list) return;
  if (auto facts = fresh(now.shape->facts, all_facts(before)); !facts.empty())
    effects.push_back({parameter, {}, std::move(facts)});
}

/// Whether a method of `owner` may write to a member, by its text: `self.name =`,
/// `this.parts.push(..)`, `@name ||=`, `Owner.name =`.
bool writes_members(std::string_view text, std::string_view owner) {
  constexpr std::array<std::string_view, 7> kMembers{"self.",   "this.",     "this->", "@",
                                                     "self::$", "static::$", "cls."};
  const std::array<std::string, 2> kOwn{std::string(owner) + ".", std::string(owner) + "::"};
  const auto writes_to = [&](std::string_view before) {
    for (auto at = text.find(before); at != std::string_view::npos; at = text.find(before, at)) {
      at += before.size();
      auto end = at;
      while (end < text.size() && is_word(text[end]))
        ++end;
      while (end < text.size() && text[end] == ' ')
        ++end;
      const auto next = text.substr(end, 2);
      if (!next.empty() && next != "==" &&
          std::string_view("=.[+|?-<&").find(next.front()) != std::string_view::npos)
        return true;
    }
    return false;
  };
  return std::any_of(kMembers.begin(), kMembers.end(), writes_to) ||
         std::any_of(kOwn.begin(), kOwn.end(), writes_to);
}

/// Calls `visit` with each word of `names` where a variable of that name may be written: `name =`,
/// `name[0] +=`, `$name .=`, `strcpy(name, ..)`, `&name`, `name.push(..)`.
template <class Visit>
void for_each_write(std::string_view text, const std::unordered_set<std::string_view>& names,
                    Visit visit) {
  if (names.empty()) return;
  for_each_word(text, [&](std::string_view word) {
    auto begin = static_cast<std::size_t>(word.data() - text.data());
    if (begin > 0 && text[begin - 1] == '$') --begin;
    const auto name =
        text.substr(begin, static_cast<std::size_t>(word.end() - text.begin()) - begin);
    if (!names.contains(word) && !names.contains(name)) return;
    auto end = begin + name.size();
    while (end < text.size() && text[end] == ' ')
      ++end;
    const auto next = text.substr(end, 2);
    const bool is_first = begin > 0 && (text[begin - 1] == '(' || text[begin - 1] == '&');
    if (next.empty() || next == "==" || (next.front() == ',' && !is_first) ||
        std::string_view("=.[+|?-<:,").find(next.front()) == std::string_view::npos)
      return;
    visit(Span{static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(begin + name.size())});
  });
}

/// Anything in the place of what speaks of parameters.
std::vector<Fact> without_summary(const std::vector<Fact>& facts) {
  std::vector<Fact> plain;
  for (const Fact& fact : facts)
    add_fact(plain, fact.source >= kFirstParameter ? Fact{} : fact);
  return plain;
}

// NOLINTNEXTLINE(misc-no-recursion): shapes are a few levels deep
Value without_parameters(const Value& value) {
  Value made = value;
  made.given_as = kAnything;
  made.facts = without_summary(made.facts);
  if (!value.shape) return made;
  Shape shape = *value.shape;
  shape.facts = without_summary(shape.facts);
  for (auto& [name, entry] : shape.entries)
    entry = without_parameters(entry);
  made.shape = std::make_shared<const Shape>(std::move(shape));
  return made;
}

/// The words behind `object.` in `text`.
std::set<std::string> members_named(std::string_view text, std::string_view object) {
  constexpr std::size_t kMost = 32;
  std::set<std::string> names;
  const std::string before = std::string(object) + ".";
  for (auto at = text.find(before); at != std::string_view::npos && names.size() < kMost;
       at = text.find(before, at)) {
    const bool is_whole = at == 0 || !is_word(text[at - 1]);
    at += before.size();
    auto end = at;
    while (end < text.size() && is_word(text[end]))
      ++end;
    if (is_whole && end > at) names.emplace(text.substr(at, end - at));
  }
  return names;
}

/// The names that are given a value more than once: they name another object from then on.
std::unordered_set<Symbol> reassigned_in(const Program& code) {
  std::unordered_set<Symbol> once, more;
  for (const Instruction& each : code.code)
    if (each.op == Op::store && !once.insert(each.a).second) more.insert(each.a);
  return more;
}

}  // namespace

/// Classes with watched nodes that stand in none of their functions: in blocks that are given to
/// calls, say.
std::set<std::uint32_t> Analysis::owners_with_places() const {
  std::set<std::uint32_t> owners;
  for (std::size_t i = 0; i < places_.size(); ++i)
    if (!places_[i])
      if (const auto owner = units_.owner_of(spans_[i])) owners.insert(*owner);
  return owners;
}

/// Once more, where methods of classes ran before it was known what their objects hold from
/// outside.
void Analysis::run_again(const std::vector<std::uint32_t>& functions) {
  constexpr int kMostRounds = 2;
  for (int round = 0; round < kMostRounds && !session_.changed.empty(); ++round) {
    session_.changed.clear();
    forget_objects();
    for (const std::uint32_t function : functions)
      run_function(function);
  }
}

/// The code outside of functions, where it calls methods: when it ran first, nothing was known of
/// their objects.
void Analysis::run_module_again() {
  const auto calls_method = [this](const CallSite& site) {
    return site.constructs || (site.function && units_.functions()[*site.function].owner);
  };
  if (!module_ ||
      std::none_of(module_program_.calls.begin(), module_program_.calls.end(), calls_method))
    return;
  forget_objects();
  summarise_callees(module_program_);
  Environment environment;
  if (!execute(module_program_, environment, observed_, nullptr)) unfinished_.insert(kModule);
}

/// Variables of the file that `functions` read.
std::unordered_set<std::string_view> Analysis::variables_read(
    const std::vector<std::uint32_t>& functions) {
  constexpr std::size_t kMost = 100;
  std::unordered_set<std::string_view> names;
  for (const std::uint32_t function : functions)
    if (functions_[function].program)
      for (const Symbol symbol : functions_[function].program->reads) {
        const std::string& name = session_.names.text(symbol);
        const bool is_variable = name.starts_with('$') || units_.owner_named(name) ||
                                 (!units_.knows(name) && module().find(symbol) != nullptr);
        if (is_variable && names.size() < kMost) names.insert(name);
      }
  return names;
}

/// What other functions leave in the variables of the file that `functions` read.
void Analysis::run_writers(const std::vector<std::uint32_t>& functions) {
  constexpr std::size_t kMost = 50;
  std::set<std::uint32_t> writers;
  for_each_write(text_, variables_read(functions), [&](Span name) {
    const auto writer = units_.holding(name);
    if (writer && writers.size() < kMost &&
        !std::binary_search(functions.begin(), functions.end(), *writer))
      writers.insert(*writer);
  });
  for (const std::uint32_t writer : writers)
    run_function(writer);
}

void Analysis::forget_objects() {
  for (std::uint32_t index = 0; index < functions_.size(); ++index) {
    session_.summaries[index].reset();
    session_.brought[index].clear();
    session_.effects[index].clear();
    session_.applied[index].clear();
    session_.thrown[index] = nothing();
  }
  special_summaries_.clear();
  own_objects_.clear();
  owners_.clear();  // what is known in one class rests on those around it
}

/// So that what methods leave in objects of a class is known before one of them is looked at.
void Analysis::summarise_methods(const std::vector<std::uint32_t>& wanted) {
  constexpr std::size_t kMostMethods = 200;
  std::set<std::string_view> classes;
  for (const std::uint32_t index : wanted)
    if (const auto name = units_.class_of(units_.functions()[index]); !name.empty())
      classes.insert(name);
  if (classes.empty()) return;
  std::size_t count = 0;
  for (std::uint32_t index = 0; index < functions_.size() && count < kMostMethods; ++index) {
    const Unit& unit = units_.functions()[index];
    if (unit.is_constructor || unit.is_inner || !classes.contains(units_.class_of(unit))) continue;
    if (unit.owner && !language_.implicit_self &&
        !writes_members(unit.node.text(text_), units_.class_of(unit)))
      continue;
    ++count;
    (void)around(unit.owner);
    summarise_callees(program(index));
    if (!session_.summaries[index]) summarise(index);
  }
}

/// What objects of the class are when they were just made, unless that is being found out.
void Analysis::know_made(std::uint32_t owner) {
  constexpr std::size_t kDeepest = 8;
  if (session_.made.contains(owner) || being_prepared_.size() >= kDeepest) return;
  for (auto scope = std::optional(owner); scope; scope = units_.owners()[*scope].parent)
    if (being_prepared_.contains(*scope)) return;
  if (preparing_ == 0 || module_) (void)around(owner);
}

void Analysis::prepare_owner(std::uint32_t index) {
  ++preparing_;
  being_prepared_.insert(index);
  if (const auto base = units_.base_of(index)) know_made(*base);
  const Owner& owner = units_.owners()[index];
  const Environment& outside = owner.parent ? *owners_.at(*owner.parent) : module();
  auto environment = std::make_unique<Environment>(&outside);
  Value made = collection(false, {}, false);
  made.of_class = session_.class_number(owner.name);
  environment->set(session_.names("this"), std::move(made));
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
    Value value;
    if (given != session_.constructed.end())
      for (const Constructed& each : given->second)
        if (each.name != 0 ? each.name == parameter.name : each.position == parameter.position)
          add_facts(value.facts, each.facts);
    speak_of(value, parameter.position);
    environment->set(parameter.symbol, std::move(value));
  }
  std::vector<Observation> seen(observed_.size());
  execute(program, *environment, seen, nullptr);
  for (std::size_t watch = 0; watch < seen.size(); ++watch) {
    add_facts(observed_[watch].facts, without_summary(seen[watch].facts));
    observed_[watch].is_reached = observed_[watch].is_reached || seen[watch].is_reached;
  }
  Value object = *environment->find(session_.names("this"));
  note_made(index, program, object);
  object = without_parameters(object);
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
  object.of_class = session_.class_number(owner.name);
  environment->set(session_.names("this"), std::move(object));
  owners_.emplace(index, std::move(environment));
  being_prepared_.erase(index);
  --preparing_;
}

/// The functions of a class, its constructors aside; of many the first.
std::vector<std::uint32_t> Analysis::methods_of(std::uint32_t owner) {
  constexpr std::size_t kMost = 100;
  std::vector<std::uint32_t> found;
  const auto number = session_.class_number(units_.owners()[owner].name);
  for (auto it = session_.methods.lower_bound({number, 0});
       it != session_.methods.end() && it->first.first == number && found.size() < kMost; ++it)
    if (!units_.functions()[it->second].is_constructor) found.push_back(it->second);
  return found;
}

/// What calls of the constructors make: the object, as far as they say what is in it.
void Analysis::note_made(std::uint32_t index, const Program& program, const Value& object) {
  if (!object.shape) return;
  auto& made = session_.made[index];
  made.object = object;
  made.object.of_class = session_.class_number(units_.owners()[index].name);
  made.parameters.clear();
  for (const Program::Given& parameter : program.given) {
    if (made.parameters.size() <= parameter.position)
      made.parameters.resize(parameter.position + 1);
    made.parameters[parameter.position] = parameter.name;
  }
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

/// What any object may hold whose method the function is, where that is one of its parameters.
Value Analysis::shared_object(std::uint32_t index) {
  Value object = anything();
  object.of_class = session_.class_number(session_.classes[index]);
  const auto state = session_.states.find(session_.classes[index]);
  if (state == session_.states.end()) return object;
  for (const auto& [member, facts] : state->second) {
    Value value = anything();
    add_facts(value.facts, facts);
    object = with_element(object, member.empty() ? std::nullopt : std::optional(member), value);
  }
  return object;
}

/// Whether `value` is the object whose method ran.
bool Analysis::is_now(const Value& value, const Program& code, const Environment& environment) {
  const Value* object =
      environment.find(code.receiver != 0 ? code.receiver : session_.names("this"));
  return object != nullptr && object->shape == value.shape;
}

/// `object` as a summary speaks of it: of the members called `names` it says themselves. Of more
/// than a few nothing.
Value Analysis::speaking_of(const Value& object, const std::set<std::string>& names) {
  constexpr std::size_t kMost = 48;
  std::vector<std::pair<std::string, Value>> entries;
  if (object.shape)
    for (const auto& entry : object.shape->entries)
      if (!names.contains(entry.first)) entries.push_back(entry);
  for (const std::string& name : names) {
    if (name.empty() || entries.size() >= kMost) continue;
    Value value = element(object, name);
    std::erase_if(value.facts, [](const Fact& fact) {
      return fact.source == kAnything;
    });  // it is known where it is called
    add_fact(value.facts, {session_.member_number(kAnything, name), 0, 0});
    value.literal.reset();
    entries.emplace_back(name, std::move(value));
  }
  Value speaking = collection(false, std::move(entries), false);
  speaking.facts = object.facts;
  speaking.of_class = object.of_class;
  return speaking;
}

/// The object whose method `index` is, as its summary speaks of it; nothing where it is none.
Value Analysis::own_object(std::uint32_t index, const Program& code, const Environment* outside) {
  const Unit& unit = units_.functions()[index];
  if (!unit.owner)
    return code.receiver == 0 ? nothing()
                              : speaking_of(shared_object(index),
                                            members_named(unit.node.text(text_),
                                                          session_.names.text(code.receiver)));
  if (const auto known = own_objects_.find(*unit.owner); known != own_objects_.end())
    return known->second;
  const Value* object = outside == nullptr ? nullptr : outside->find(session_.names("this"));
  if (object == nullptr) return nothing();
  const Owner& owner = units_.owners()[*unit.owner];
  std::set<std::string> names(owner.reassigned.begin(), owner.reassigned.end());
  if (object->shape)
    for (const auto& [name, value] : object->shape->entries)
      if (!value.literal) names.insert(name);
  return own_objects_[*unit.owner] = speaking_of(*object, names);
}

/// Whether a fact comes from what is written `name...`.
bool Analysis::is_of(const Fact& fact, std::string_view name) const {
  std::uint32_t first = fact.trace;
  while (first != 0 && session_.traces[first].before != 0)
    first = session_.traces[first].before;
  const Span at = session_.traces[first].at;
  const auto written = text_.substr(at.begin, at.size());
  return first != 0 && !name.empty() && written.starts_with(name) &&
         (written.size() == name.size() || !is_word(written[name.size()]));
}

/// What the function left in the object whose method it is: `object`, or the parameter that is it.
std::vector<Effect> Analysis::effects_on_object(std::uint32_t index, const Program& code,
                                                const Environment& environment,
                                                const Value& object) {
  std::vector<Effect> effects;
  if (units_.functions()[index].owner) {
    const Value* now = environment.find(session_.names("this"));
    if (object.exists && now != nullptr) add_effects(session_, std::nullopt, object, *now, effects);
  } else if (code.receiver != 0 && !reassigned_in(code).contains(code.receiver)) {
    const Value* before = environment.first(code.receiver);
    const Value* now = environment.find(code.receiver);
    if (before != nullptr && now != nullptr)
      add_effects(session_, std::nullopt, *before, *now, effects);
  }
  // what is somewhere in an object would be in all of it
  std::erase_if(effects, [](const Effect& effect) { return effect.member.empty(); });
  return effects;
}

/// What the function left in what it was given.
std::vector<Effect> Analysis::effects_on_parameters(const Program& code,
                                                    const Environment& environment) {
  std::vector<Effect> effects;
  const auto reassigned = reassigned_in(code);
  for (std::uint32_t i = 0; i < code.parameter_names.size() && i < code.gives_parameter.size();
       ++i) {
    const Symbol name = code.parameter_names[i];
    const Value* before =
        name == 0 ? nullptr : environment.first(name);  // what it was given, marked
    const Value* now = name == 0 ? nullptr : environment.find(name);
    if (before == nullptr || now == nullptr ||
        (!code.gives_parameter[i] && reassigned.contains(name)))
      continue;
    const auto first = effects.size();
    add_effects(session_, i, *before, *now, effects);
    // `request.headers.set(..)`: what it says of itself was there before
    for (auto effect = effects.begin() + static_cast<std::ptrdiff_t>(first);
         effect != effects.end(); ++effect)
      std::erase_if(effect->facts,
                    [&](const Fact& fact) { return is_of(fact, session_.names.text(name)); });
  }
  std::erase_if(effects, [](const Effect& effect) { return effect.facts.empty(); });
  return effects;
}

/// What a function left in variables of the file, for whoever reads them next.
void Analysis::note_module_state(const Program& code, const Environment& environment) {
  if (!module_) return;
  const auto is_among = [](const std::vector<Symbol>& variables, Symbol variable) {
    return std::find(variables.begin(), variables.end(), variable) != variables.end();
  };
  const auto is_elsewhere = [this](Symbol variable) {
    const std::string& name = session_.names.text(variable);
    return is_capital(name) && module_->find(variable) == nullptr && !units_.owner_named(name);
  };
  for (const Symbol variable : code.outside)
    if (environment.is_own(variable) && !is_among(module_program_.numbers, variable) &&
        !is_elsewhere(variable))
      add_to_module(variable, *environment.find(variable), is_among(code.replaced, variable));
}

/// `now` is what the variable holds. What is somewhere in it counts only where the function gave it
/// another value as a whole.
void Analysis::add_to_module(Symbol variable, const Value& now, bool is_replaced) {
  const Value* known = module_->find(variable);
  const Value before = known == nullptr ? anything() : *known;
  std::vector<Effect> effects;
  add_effects(session_, std::nullopt, before, now, effects);
  Value after = join(before, anything());
  bool is_new = false;
  for (Effect& effect : effects) {
    std::erase_if(effect.facts, [](const Fact& fact) { return fact.source >= kFirstParameter; });
    if (effect.facts.empty() || (effect.member.empty() && !is_replaced)) continue;
    after = with_more(session_, after, effect.member, effect.facts);
    if (const std::string& name = session_.names.text(variable); units_.owner_named(name))
      session_.keep_state(name, effect.member, effect.facts);
    is_new = true;
  }
  if (!is_new) return;
  module_->set(variable, std::move(after));
  session_.changed.emplace();
}

/// What the function left behind, which `environment` shows after it ran.
void Analysis::note_effects(std::uint32_t index, const Program& code,
                            const Environment& environment, const Value& object) {
  auto& effects = session_.effects[index];
  effects = effects_on_object(index, code, environment, object);
  for (const Effect& effect : effects)
    session_.keep_state(session_.classes[index], effect.member, effect.facts);
  note_module_state(code, environment);
  auto more = effects_on_parameters(code, environment);
  std::move(more.begin(), more.end(), std::back_inserter(effects));
}

}  // namespace peer::taint
