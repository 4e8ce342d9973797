// What calls of the file's own functions leave behind: in the object whose method is called, and in what they are given.
#include "analyzers/taint/interpreter.hpp"

namespace peer::taint {
namespace {

/// `value` with something of `facts` in its member, or somewhere in it.
Value with_facts(const Value& value, const std::string& member, const std::vector<Fact>& facts) {
  Value inner = member.empty() ? value : element(value, member);
  add_facts(inner.facts, facts);
  inner.literal.reset();
  inner.external = false;
  return member.empty() ? inner : with_element(value, member, inner);
}

}  // namespace

/// `facts` of a function as they are where it is called: with what this call gives for its parameters.
std::vector<Fact> Interpreter::given_for(const std::vector<Fact>& facts, const CallSite& site,
                                         const std::vector<Value>& arguments, Span at) {
  std::vector<Fact> made;
  for (const Fact& fact : facts) {
    if (fact.source < kFirstParameter) {
      add_fact(made, fact);
      continue;
    }
    const std::size_t number = fact.source - kFirstParameter;
    if (number >= arguments.size()) continue;  // a default value
    for (Fact given : all_facts(arguments[number])) {
      given.cleaned = session_.cleaned.merged(given.cleaned, fact.cleaned);
      if (given.source != kAnything) given.trace = session_.traces.add({TraceStep::Kind::given, at, site.name, given.trace});
      add_fact(made, given);
    }
  }
  return made;
}

void Interpreter::affect(const CallSite& site, Value& receiver, const std::vector<Value>& arguments, Span at) {
  const std::string& class_name = session_.classes[*site.function];
  bool changes = false;
  for (const Effect& effect : session_.effects[*site.function]) {
    spend(effect.facts.size());
    const auto facts = given_for(effect.facts, site, arguments, at);
    if (facts.empty()) continue;
    if (!effect.parameter) {
      if (site.has_receiver) {
        receiver = with_facts(receiver, effect.member, facts);
        changes = true;
      } else if (const Value* object = environment_->find(session_.names("this"))) {
        environment_->set(session_.names("this"), with_facts(*object, effect.member, facts));
      }
      session_.keep_state(class_name, effect.member, facts);
    } else if (*effect.parameter < site.argument_paths.size() && site.argument_paths[*effect.parameter]) {
      const Path& path = program_->paths[*site.argument_paths[*effect.parameter]];
      write(path, {}, with_facts(read(path, {}), effect.member, facts), at);
    }
  }
  if (changes && site.receiver_path) write(program_->paths[*site.receiver_path], {}, receiver, at);
  if (site.has_receiver && receiver.shape && !class_name.empty())
    for (const auto& [member, value] : receiver.shape->entries)
      session_.keep_state(class_name, member, all_facts(value));
}

}  // namespace peer::taint
