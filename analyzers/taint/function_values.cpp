// Functions of the file as values: in variables, tables and members, given to others and called by
// those. What is called is known where it is called, or else by who called the function that does.
#include <utility>

#include "analyzers/taint/interpreter.hpp"
#include "analyzers/taint/parts.hpp"

namespace peer::taint {

/// `run.call(object, x)`, `run.apply(object, [x])`, `run.bind(object, x)`: what it gives back.
std::optional<Value> Interpreter::called_with_this(const CallSite& site, const Value& receiver,
                                                   const std::vector<Value>& arguments, Span at) {
  if (!language_.this_is_given || receiver.functions.empty()) return std::nullopt;
  const std::string& name = session_.names.text(site.name);
  std::vector<Value> given;
  if (name == "apply" && arguments.size() > 1) given = entries_of(arguments[1]);
  if ((name == "call" || name == "bind") && arguments.size() > 1)
    given.assign(arguments.begin() + 1, arguments.end());
  if (name != "call" && name != "apply" && name != "bind") return std::nullopt;
  Value result = call_value(receiver, site, given, at);
  if (name != "bind") return result;
  Value bound = receiver;
  for (FunctionValue& function : bound.functions)
    function.given += static_cast<std::uint32_t>(given.size());
  return bound;
}

/// What a call calls, where it is a value: a variable, a member, the object itself.
Value Interpreter::called_value(const CallSite& site, const Value& receiver) const {
  if (!site.has_receiver) {
    const Value* held = site.variable == 0 ? nullptr : environment_->find(site.variable);
    return held == nullptr ? nothing() : *held;
  }
  const std::string& name = session_.names.text(site.name);
  const bool is_itself = !receiver.functions.empty() || receiver.given_as != kAnything;
  if (name.empty() || (site.calls_object && is_itself)) return receiver;
  if (!receiver.shape && receiver.given_as == kAnything) return nothing();
  return part(session_, receiver, name);
}

/// The method that runs where an object is called as if it were a function.
std::optional<std::uint32_t> Interpreter::called_operator(const CallSite& site,
                                                          const Value& receiver,
                                                          const Value& called) const {
  const std::string& name = session_.names.text(site.name);
  const Value& object = site.has_receiver ? receiver : called;
  if (object.of_class == 0 || (site.has_receiver && !name.empty())) return std::nullopt;
  for (const std::string_view each : {"__call__", "invoke", "operator()", "__invoke", "call"}) {
    const auto method = session_.methods.find({object.of_class, session_.names(each)});
    if (method != session_.methods.end()) return method->second;
  }
  return std::nullopt;
}

/// What an object of the file is as a text.
Value Interpreter::as_text(const Value& value, Span at) {
  if (value.of_class == 0) return value;
  for (const std::string_view each : {"__str__", "toString", "ToString", "to_s", "__toString"}) {
    const auto method = session_.methods.find({value.of_class, session_.names(each)});
    if (method == session_.methods.end() || !session_.summaries[method->second]) continue;
    CallSite site;
    site.name = session_.names(each);
    site.has_receiver = true;
    const Bound given;
    return call_summary({site, method->second, value, given, at},
                        *session_.summaries[method->second]);
  }
  return value;
}

/// Calls what `called` may be with `arguments`; what that gives back, or no value.
// NOLINTNEXTLINE(misc-no-recursion): kDeepest
Value Interpreter::call_value(const Value& called, const CallSite& site,
                              const std::vector<Value>& arguments, Span at) {
  constexpr int kDeepest = 4;
  Value result = nothing();
  if (called.given_as != kAnything) note_applied(called.given_as, arguments);
  if (apply_depth_ >= kDeepest) return result;
  ++apply_depth_;
  for (const FunctionValue& function : called.functions) {
    if (!session_.summaries[function.unit]) continue;
    CallSite plain;
    plain.name = site.name;
    plain.block = site.block;
    std::vector<Value> given(function.given, nothing());
    given.insert(given.end(), arguments.begin(), arguments.end());
    if (plain.block) *plain.block += function.given;
    const Bound bound =
        bind_arguments(plain, session_.signatures[function.unit], given, session_.names);
    const Value object = nothing();
    const OwnCall call{plain, function.unit, object, bound, at};
    bring(call);
    result = join(result, call_summary(call, *session_.summaries[function.unit]));
  }
  --apply_depth_;
  return result;
}

/// The function that is called calls some that it is given.
// NOLINTNEXTLINE(misc-no-recursion): see call_value
void Interpreter::apply(const OwnCall& call) {
  for (const Applied& each : session_.applied[call.function]) {
    const Value called = given_to(call, each.called);
    if (called.functions.empty() && called.given_as == kAnything) continue;
    std::vector<Value> arguments;
    for (const Value& argument : each.arguments)
      arguments.push_back(filled(argument, call, TraceStep::Kind::given));
    spend(arguments.size());
    (void)call_value(called, call.site, arguments, call.at);
  }
}

/// A function of a library calls what it is given: what that gives back where it is the result.
// NOLINTNEXTLINE(misc-no-recursion): see call_value
Value Interpreter::apply_given(const CallSite& site, const Value& receiver,
                               const std::vector<Value>& arguments, Span at) {
  const Applier* applier = site.applier;
  if (applier == nullptr) return nothing();
  Value called = nothing();
  std::vector<Value> given;
  if (applier->function < arguments.size()) called = arguments[applier->function];
  for (std::size_t i = 0; i < arguments.size() && i < site.keywords.size(); ++i) {
    if (applier->gets != Gets::keywords || site.keywords[i] == 0) continue;
    const std::string& name = session_.names.text(site.keywords[i]);
    if (name == "target") called = arguments[i];
    if (name == "args") given = entries_of(arguments[i]);
  }
  if (called.functions.empty()) return nothing();
  switch (applier->gets) {
    case Gets::arguments:
      for (std::size_t i = applier->first; i < arguments.size(); ++i)
        given.push_back(arguments[i]);
      break;
    case Gets::entries:
      if (applier->first < arguments.size()) given = entries_of(arguments[applier->first]);
      break;
    case Gets::elements:
      if (applier->first < arguments.size())
        given.push_back(element(arguments[applier->first], std::nullopt));
      break;
    case Gets::keywords:
      break;
    case Gets::receiver:
      given.push_back(element(receiver, std::nullopt));
      break;
  }
  spend(given.size());
  if (!applier->gives_function) return call_value(called, site, given, at);
  // `partial(run, x)(y)`: from now on it may be called with x, and is called with y behind that
  Value left = called;
  for (FunctionValue& function : left.functions)
    function.given += static_cast<std::uint32_t>(given.size());
  (void)call_value(called, site, given, at);
  return left;
}

/// What a list that stands for arguments holds; one of whatever where that is not known.
std::vector<Value> Interpreter::entries_of(const Value& list) {
  constexpr std::size_t kMost = 8;
  std::vector<Value> entries;
  if (list.shape && list.shape->is_list && list.shape->is_complete)
    for (const auto& [name, entry] : list.shape->entries)
      entries.push_back(entry);
  else
    entries.assign(kMost, element(list, std::nullopt));
  return entries;
}

void Interpreter::note_applied(Source called, std::vector<Value> arguments) {
  constexpr std::size_t kMost = 16;
  if (applied_.size() < kMost) applied_.push_back({called, std::move(arguments)});
}

}  // namespace peer::taint
