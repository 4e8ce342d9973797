// What declarations say of values on their way: sources, sanitizers, propagators, and watched
// nodes.
#include <algorithm>
#include <utility>

#include "analyzers/taint/interpreter.hpp"

namespace peer::taint {
namespace {

/// All facts of `value`, but that it could be anything: what it is is known now.
std::vector<Fact> known_facts(const Value& value) {
  auto facts = all_facts(value);
  std::erase_if(facts, [](const Fact& fact) { return fact.source == kAnything; });
  return facts;
}

}  // namespace

void Interpreter::observe(std::uint32_t watch, const Value& value) {
  Observation& seen = observed_[watch];
  seen.is_reached = true;
  add_facts(seen.facts, all_facts(value));
}

Fact Interpreter::fact_of(Source source, Span at) {
  if (source == kAnything) return {source, 0, 0};
  return {source, 0, session_.traces.add({TraceStep::Kind::source, at, 0, 0})};
}

Value Interpreter::cleaned(const Value& value, Sanitizer sanitizer) {
  if (value.is_constant()) return value;  // what it is still decides branches
  Value clean;
  for (Fact fact : all_facts(value)) {
    fact.cleaned = session_.cleaned.with(fact.cleaned, sanitizer);
    add_fact(clean.facts, fact);
  }
  return clean;
}

/// `value` of an expression, and what a condition said of that.
Value Interpreter::settled(Value value, Symbol reading) const {
  const Value* known = environment_->find(reading);
  if (known == nullptr || known->external) return value;
  if (known->is_constant()) return *known;
  for (Fact& fact : value.facts)
    for (const Sanitizer sanitizer : session_.cleaned[known->facts.front().cleaned])
      fact.cleaned = session_.cleaned.with(fact.cleaned, sanitizer);
  return value;
}

/// What a register holds flows into what stands at `path`.
void Interpreter::flow_into(const Path& path, const Value& from, Span at) {
  if (!from.exists) return;
  Value into = read(path, {});
  into.literal.reset();
  Value flown;
  flown.facts = all_facts(into);
  if (!is_from_outside(flown.facts)) flown.facts.clear();
  add_facts(flown.facts, all_facts(from));
  write(path, {}, flown, at);
}

void Interpreter::note(const Instruction& instruction) {
  const auto path = [&]() -> const Path& { return program_->paths[instruction.a]; };
  switch (instruction.op) {
    case Op::mark_source: {
      if (instruction.b == 1 && is_summary_) break;
      Value marked;
      marked.facts = known_facts(pop());
      add_fact(marked.facts, fact_of(static_cast<Source>(instruction.a), instruction.at));
      push(std::move(marked));
      break;
    }
    case Op::mark_clean:
      push(cleaned(pop(), static_cast<Sanitizer>(instruction.a)));
      break;
    case Op::refine:
      refine(program_->refinements[instruction.a]);
      break;
    case Op::function:
      if (!stack_.empty()) {
        Value& value = stack_.back();
        if (std::exchange(value.external, false)) value = constant();
        add_functions(value.functions, {{instruction.a, 0}});
      }
      break;
    case Op::settle:
      push(settled(pop(), instruction.a));
      break;
    case Op::taint_path: {
      Value tainted;
      tainted.facts = known_facts(read(path(), {}));
      add_fact(tainted.facts, fact_of(static_cast<Source>(instruction.b), instruction.at));
      write(path(), {}, tainted, instruction.at);
      break;
    }
    case Op::clean_path:
      write(path(), {}, cleaned(read(path(), {}), static_cast<Sanitizer>(instruction.b)),
            instruction.at);
      break;
    case Op::keep:
      if (!stack_.empty() && instruction.a < registers_.size())
        registers_[instruction.a] = stack_.back();
      break;
    case Op::flow_path:
      if (instruction.b < registers_.size())
        flow_into(path(), registers_[instruction.b], instruction.at);
      break;
    case Op::observe:
      if (!stack_.empty()) observe(instruction.a, stack_.back());
      break;
    default:
      break;
  }
}

}  // namespace peer::taint
