// Functions of the file as values: in variables, tables and members, given to others and called by
// those. What is called is known where it is called, or else by who called the function that does.
#include <utility>

#include "analyzers/taint/interpreter.hpp"
#include "analyzers/taint/parts.hpp"

namespace peer::taint {

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

void Interpreter::note_applied(Source called, std::vector<Value> arguments) {
  constexpr std::size_t kMost = 16;
  if (applied_.size() < kMost) applied_.push_back({called, std::move(arguments)});
}

}  // namespace peer::taint
