// Calls of the file's own functions: what these give back, bring to watched nodes in them, and
// leave behind in the object whose method is called and in what they are given. A summary speaks of
// parameters and of members; here stands what this call has for them.
#include <algorithm>
#include <utility>

#include "analyzers/taint/interpreter.hpp"
#include "analyzers/taint/parts.hpp"

namespace peer::taint {

/// The function of the file that is called. The class of the object tells it where the text does
/// not, or names another.
std::optional<std::uint32_t> Interpreter::callee_of(const CallSite& site,
                                                    const Value& receiver) const {
  if (!site.has_receiver || receiver.of_class == 0) return site.function;
  const auto method = session_.methods.find({receiver.of_class, site.name});
  if (method != session_.methods.end()) return method->second;
  return site.function;  // it may be inherited
}

/// A method that is called by its name alone is one of this object.
const Value& Interpreter::object_of(const CallSite& site, const Value& receiver) const {
  if (site.has_receiver) return receiver;
  const Value* own = environment_->find(session_.names("this"));
  return own == nullptr ? receiver : *own;
}

/// What `source` of a function's summary is where the function is called; no value where that does
/// not say.
// NOLINTNEXTLINE(misc-no-recursion): as deep as members are numbered
Value Interpreter::given_to(const OwnCall& call, Source source) const {
  if (source < kFirstMember) {
    if (source == kBlock) return call.given.block;
    if (source == kReceiver) return call.object;
    const std::size_t number = source - kFirstParameter;
    const auto& given = call.given.values;
    return number < given.size() ? given[number] : nothing();  // a default value
  }
  const Session::Member member = session_.members[source - kFirstMember];
  if (member.holder == kAnything) return part(session_, call.object, member.name);
  const Value holder = given_to(call, member.holder);
  if (!holder.exists) return holder;
  if (!holder.shape && holder.is_constant()) return constant();
  return part(session_, holder, member.name);
}

/// `fact` of a function as it is where the function is called.
std::vector<Fact> Interpreter::stands_for(const Fact& fact, const OwnCall& call,
                                          TraceStep::Kind step) {
  if (fact.source < kFirstParameter) return {fact};
  std::vector<Fact> given = all_facts(given_to(call, fact.source));
  for (Fact& each : given) {
    each.cleaned = session_.cleaned.merged(each.cleaned, fact.cleaned);
    if (each.source != kAnything)
      each.trace = session_.traces.add({step, call.at, call.site.name, each.trace});
  }
  return given;
}

/// What the function returns.
Value Interpreter::call_summary(const OwnCall& call, const Value& summary) {
  Value result = filled(summary, call, TraceStep::Kind::returned);
  result.exists = true;
  result.external = false;
  if (summary.external) add_fact(result.facts, {});
  if (!result.facts.empty()) result.literal.reset();
  return result;
}

/// What a function of the file gives back for these arguments; none where the call is of another
/// one.
std::optional<Value> Interpreter::own_result(const CallSite& site, const Value& receiver,
                                             const Bound& given, Span at) {
  const auto function = callee_of(site, receiver);
  if (!function || !session_.summaries[*function]) return std::nullopt;
  const Value* special =
      session_.summary_for ? session_.summary_for(*function, given.values) : nullptr;
  return call_summary({site, *function, object_of(site, receiver), given, at},
                      special == nullptr ? *session_.summaries[*function] : *special);
}

/// An object of a class of the file that was just made; nothing where its constructors do not say
/// what it is.
Value Interpreter::made_by(const CallSite& site, const std::vector<Value>& arguments, Span at) {
  const auto known = session_.made.find(*site.constructs);
  if (known == session_.made.end() || site.has_spread) return nothing();
  const auto& [object, parameters] = known->second;
  if (parameters.empty() && !arguments.empty())
    return nothing();  // its base takes them, or its members
  Bound given = bind_arguments(site, {parameters, false, {}, {}}, arguments, session_.names);
  given.values.resize(parameters.size());
  return filled(object, {site, 0, object, given, at}, TraceStep::Kind::given);
}

/// What the function was given, as `value` of its summary says, and gives back: with what is known
/// of its members. `made` knows nothing of them.
Value Interpreter::given_back(const Value& value, const OwnCall& call, const Value& made) const {
  Value given = given_to(call, value.given_as);
  const bool is_it_alone = value.facts.size() == 1 && value.facts.front().cleaned == 0;
  if (!is_it_alone || !given.exists || !given.shape) return made;
  const auto own = std::exchange(given.facts, made.facts);  // not what its members are
  std::erase_if(given.facts, [&](const Fact& fact) { return !speaks_of(own, fact.source); });
  return given;
}

/// `value` of a summary as it is for a call.
// NOLINTNEXTLINE(misc-no-recursion): shapes are a few levels deep
Value Interpreter::filled(const Value& value, const OwnCall& call, TraceStep::Kind step) {
  Value made = value;
  made.given_as = kAnything;
  made.facts.clear();
  for (const Fact& fact : value.facts)
    add_facts(made.facts, stands_for(fact, call, step));
  if (!value.shape) return value.given_as == kAnything ? made : given_back(value, call, made);
  spend(value.shape->entries.size());
  std::vector<Value> entries;
  for (const auto& [name, entry] : value.shape->entries)
    entries.push_back(filled(entry, call, step));
  return with_entries(made, std::move(entries));
}

/// What the call adds to the watched nodes in the function.
// NOLINTNEXTLINE(misc-no-recursion): see call_value
void Interpreter::bring(const OwnCall& call) {
  for (const Brought& brought : session_.brought[call.function]) {
    spend(brought.facts.size());
    for (const Fact& fact : brought.facts)
      for (const Fact& given : stands_for(fact, call, TraceStep::Kind::given))
        if (given.source != kAnything) add_fact(observed_[brought.watch].facts, given);
  }
  if (session_.thrown[call.function].exists)
    note_thrown(filled(session_.thrown[call.function], call, TraceStep::Kind::given));
  apply(call);
}

/// What stands for the parameter where the function is called.
std::optional<std::uint32_t> Interpreter::argument_path(const OwnCall& call,
                                                        std::uint32_t parameter) {
  const auto& arguments = call.given.arguments;
  const auto argument = parameter < arguments.size() ? arguments[parameter] : std::nullopt;
  const auto& paths = call.site.argument_paths;
  return argument && *argument < paths.size() ? paths[*argument] : std::nullopt;
}

/// What the function leaves behind. Of an object that is no variable of the function that runs, any
/// method may read it.
void Interpreter::affect(const OwnCall& call, Value& receiver) {
  const CallSite& site = call.site;
  const auto& effects = session_.effects[call.function];
  if (effects.empty()) return;
  const Symbol self = session_.names("this");
  const Value object = call.object;
  const OwnCall before{site, call.function, object, call.given, call.at};
  const Path* path = site.receiver_path ? &program_->paths[*site.receiver_path] : nullptr;
  const bool is_shared = site.has_receiver && (path == nullptr ? object.of_class == 0
                                                               : !environment_->is_own(path->root));
  Value after = object;
  for (const Effect& effect : effects) {
    spend(effect.facts.size());
    std::vector<Fact> facts;
    for (const Fact& fact : effect.facts)
      add_facts(facts, stands_for(fact, before, TraceStep::Kind::given));
    if (facts.empty()) continue;
    if (!effect.parameter) {
      after = with_more(session_, after, effect.member, facts);
      if (is_shared) session_.keep_state(session_.classes[call.function], effect.member, facts);
    } else if (const auto place = argument_path(call, *effect.parameter)) {
      const Path& argument = program_->paths[*place];
      write(argument, {}, with_more(session_, read(argument, {}), effect.member, facts), call.at);
    }
  }
  if (site.has_receiver) {
    receiver = after;
    if (path != nullptr) write(*path, {}, after, call.at);
  } else if (!site.has_receiver && environment_->find(self) != nullptr) {
    environment_->set(self, after);
  }
}

}  // namespace peer::taint
