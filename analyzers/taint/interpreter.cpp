#include "analyzers/taint/interpreter.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>

#include "analyzers/taint/fold.hpp"
#include "analyzers/taint/parts.hpp"
#include "analyzers/taint/words.hpp"

namespace peer::taint {
namespace {

/// Members of pairs and tuples.
constexpr std::array<std::pair<std::string_view, std::string_view>, 8> kPositions{{{"first", "0"},
                                                                                   {"second", "1"},
                                                                                   {"third", "2"},
                                                                                   {"Item1", "0"},
                                                                                   {"Item2", "1"},
                                                                                   {"Item3", "2"},
                                                                                   {"_1", "0"},
                                                                                   {"_2", "1"}}};

bool is_length(std::string_view name) {
  return name == "length" || name == "Length" || name == "size" || name == "Count" ||
         name == "count";
}

/// The key a constant stands for as an index.
std::optional<std::string> key_of(const Value& value) {
  if (!value.is_constant() || !value.literal) return std::nullopt;
  return value.literal->text;
}

/// The first of `facts` that came from where `wanted` did.
const Fact* find_origin(const std::vector<Fact>& facts, const Fact& wanted) {
  const auto found = std::find_if(facts.begin(), facts.end(),
                                  [&](const Fact& each) { return each.same_origin(wanted); });
  return found == facts.end() ? nullptr : &*found;
}

/// A number made of `parts`; of a lone one that is no text it is that.
Value number_of(const std::vector<Value>& parts) {
  Value made;
  if (parts.size() == 1 && parts[0].is_constant() && parts[0].literal &&
      parts[0].literal->kind != Literal::Kind::text)
    made.literal = parts[0].literal;
  return made;
}

Value either_of(const std::vector<Value>& parts) {
  Value one = nothing();
  for (const Value& each : parts)
    one = join(one, each);
  return one;
}

/// What an operator, a concatenation or something unknown makes of `parts`.
Value made_of(const std::vector<Value>& parts, Combination how, std::string_view sign) {
  Value made;
  std::vector<const Literal*> literals;
  bool all_constant = true;
  for (const Value& each : parts) {
    add_facts(made.facts, all_facts(each));
    all_constant = all_constant && each.exists && each.is_constant();
    if (each.literal) literals.push_back(&*each.literal);
  }
  if (parts.size() == 1) made.functions = parts[0].functions;              // `&run`
  if (how == Combination::operator_ && sign == "to" && parts.size() == 2)  // of Kotlin
    return collection(true, {{std::string(), parts[0]}, {std::string(), parts[1]}}, true);
  const bool is_known = all_constant && literals.size() == parts.size();
  if (how == Combination::operator_) {
    if (is_known && parts.size() == 2) made.literal = fold(sign, *literals[0], *literals[1]);
    if (is_known && parts.size() == 1) made.literal = fold(sign, *literals[0]);
    if (is_comparison(sign)) made.facts.clear();
  } else if (how == Combination::concat && is_known) {
    made.literal = fold_concat(literals);
  }
  return made;
}

}  // namespace

bool Interpreter::run(const Program& program, Environment& environment, std::uint64_t max_steps) {
  program_ = &program;
  environment_ = &environment;
  stack_.clear();
  frames_.clear();
  finally_.clear();
  registers_.assign(program.registers, nothing());
  returned_ = nothing();
  thrown_ = nothing();
  applied_.clear();
  dead_ = false;
  nested_ = 0;
  const std::uint64_t limit = session_.steps + max_steps;
  for (const Symbol symbol : program.outside)
    if (environment.find(symbol) == nullptr) environment.set(symbol, anything());
  for (const Symbol symbol : program.readings)
    environment.set(symbol, external());  // nothing is known of them yet
  for (next_ = 0; next_ < program.code.size();) {
    const Instruction& instruction = program.code[next_++];
    spend(1);
    if (session_.steps > limit) return false;
    if (dead_ && skip(instruction)) continue;
    step(instruction);
  }
  return program.is_complete;
}

/// In dead code only the ends of what is open matter.
bool Interpreter::skip(const Instruction& instruction) {
  switch (instruction.op) {
    case Op::branch:
    case Op::loop:
    case Op::select:
    case Op::attempt:
    case Op::closure:
      ++nested_;
      return true;
    case Op::attempts_end:
      if (nested_ == 0) return false;
      if (instruction.a == 0) --nested_;  // else finally_end is the end
      return true;
    case Op::choice_end:
    case Op::loop_done:
    case Op::select_end:
    case Op::closure_end:
    case Op::finally_end:
      if (nested_ == 0) return false;
      --nested_;
      return true;
    case Op::arm:
    case Op::arm_end:
    case Op::loop_end:
    case Op::select_arm:
    case Op::select_arm_end:
    case Op::attempt_end:
    case Op::handler:
    case Op::handler_end:
      return nested_ != 0;
    default:
      return true;
  }
}

void Interpreter::step(const Instruction& instruction) {
  if (instruction.op < Op::branch)
    data(instruction);
  else
    control(instruction);
}

Value Interpreter::pop() {
  if (stack_.empty()) return anything();
  Value value = std::move(stack_.back());
  stack_.pop_back();
  return value;
}

void Interpreter::drop_to(std::size_t height) {
  if (stack_.size() > height) stack_.resize(height);
}

void Interpreter::data(const Instruction& instruction) {
  switch (instruction.op) {
    case Op::push:
      push(program_->values[instruction.a]);
      break;
    case Op::drop:
      pop();
      break;
    case Op::duplicate:
      if (!stack_.empty()) push(Value(stack_.back()));
      break;
    case Op::pick:
      push(instruction.a < stack_.size() ? stack_[stack_.size() - 1 - instruction.a] : anything());
      break;
    case Op::load:
      load(instruction);
      break;
    case Op::store:
      if (!stack_.empty()) store(instruction.a, stack_.back(), instruction.at);
      break;
    case Op::load_path:
      push(read(program_->paths[instruction.a], {}));
      break;
    case Op::store_path: {
      const Path& path = program_->paths[instruction.a];
      std::vector<std::optional<std::string>> keys;
      for (const auto& segment : path.segments)
        if (!segment) keys.insert(keys.begin(), key_of(pop()));
      if (!stack_.empty()) write(path, keys, Value(stack_.back()), instruction.at);
      break;
    }
    case Op::member:
      push(member(pop(), instruction.a, instruction.at));
      break;
    case Op::index: {
      const Value key = pop();
      push(indexed(pop(), key));
      break;
    }
    case Op::some:
      push(indexed(pop(), anything()));
      break;
    case Op::combine:
      combine(instruction);
      break;
    case Op::list:
    case Op::map:
      collect(instruction);
      break;
    case Op::call:
      call(program_->calls[instruction.a], instruction.at);
      break;
    default:
      note(instruction);
  }
}

void Interpreter::load(const Instruction& instruction) {
  if (const Value* known = environment_->find(instruction.a))
    push(known->exists ? *known : constant());  // declared, nothing assigned
  else
    push(is_capital(session_.names.text(instruction.a)) ? constant() : external());
}

/// Each fact goes one step further, unless it stood in `old` already.
void Interpreter::trace_stored(std::vector<Fact>& facts, Symbol symbol, Span at, const Value* old) {
  for (Fact& fact : facts) {
    if (fact.source == kAnything) continue;
    const Fact* known = old == nullptr ? nullptr : find_origin(old->facts, fact);
    fact.trace = known != nullptr
                     ? known->trace
                     : session_.traces.add({TraceStep::Kind::stored, at, symbol, fact.trace});
  }
}

void Interpreter::store(Symbol symbol, Value value, Span at) {
  trace_stored(value.facts, symbol, at, environment_->find(symbol));
  environment_->set(symbol, std::move(value));
}

/// What the getter `name` of an object of a class of the file gives.
std::optional<Value> Interpreter::gotten(const Value& object, Symbol name, Span at) {
  if (object.of_class == 0) return std::nullopt;
  const auto method = session_.methods.find({object.of_class, name});
  if (method == session_.methods.end() || !session_.is_getter[method->second] ||
      !session_.summaries[method->second])
    return std::nullopt;
  CallSite site;
  site.name = name;
  site.has_receiver = true;
  const Bound given;
  const OwnCall call{site, method->second, object, given, at};
  bring(call);
  return call_summary(call, *session_.summaries[method->second]);
}

Value Interpreter::member(const Value& object, Symbol name, Span at) {
  const std::string& text = session_.names.text(name);
  if (auto value = gotten(object, name, at)) return *value;
  if (object.shape && object.shape->is_list)  // of a pair
    for (const auto& [member, position] : kPositions)
      if (text == member) return element(object, std::string(position));
  if (object.external) {
    const bool is_long = text.size() >= 5 || text.find('_') != std::string::npos;
    return is_long && is_capital(text) ? constant() : external();  // not user.ID
  }
  if (!object.shape && is_length(text)) return constant();
  return part(session_, object, text);
}

Value Interpreter::indexed(const Value& container, const Value& key) const {
  if (!container.shape && container.is_constant()) {
    if (container.literal && key.literal)
      if (auto letter = fold_call("charAt", &*container.literal, {&*key.literal}))
        return constant(*letter);
    return constant();
  }
  if (container.of_class != 0 && container.shape && key.literal &&
      key.literal->kind == Literal::Kind::number)  // taken apart by position
    if (const std::size_t position = std::strtoul(key.literal->text.c_str(), nullptr, 10);
        position < container.shape->entries.size())
      return container.shape->entries[position].second;
  return part(session_, container, key_of(key));
}

Value Interpreter::read(const Path& path, const std::vector<std::optional<std::string>>& keys) {
  const Value* root = environment_->find(path.root);
  Value value = root == nullptr ? external() : root->exists ? *root : constant();
  std::size_t key = 0;
  for (const auto& segment : path.segments)
    if (segment)
      value = member(value, *segment, Span{});
    else
      value = part(session_, value, key < keys.size() ? keys[key++] : std::nullopt);
  return value;
}

void Interpreter::write(const Path& path, const std::vector<std::optional<std::string>>& keys,
                        const Value& value, Span at) {
  if (path.segments.empty()) {
    store(path.root, value, at);
    return;
  }
  const Value* root = environment_->find(path.root);
  std::vector<Value> holders{root == nullptr ? external() : root->exists ? *root : constant()};
  std::vector<std::optional<std::string>> names;
  std::size_t key = 0;
  for (const auto& segment : path.segments) {
    if (segment)
      names.emplace_back(session_.names.text(*segment));
    else
      names.push_back(key < keys.size() ? keys[key++] : std::nullopt);
    if (names.size() < path.segments.size()) {
      Value inner = part(session_, holders.back(), names.back());
      if (!inner.shape && inner.is_constant()) inner = collection(false, {}, false);
      holders.push_back(std::move(inner));
    }
  }
  Value written = value;
  const Symbol shown = path.segments.back().value_or(path.root);
  trace_stored(written.facts, shown, at, nullptr);
  for (std::size_t i = holders.size(); i-- > 0;)
    written = with_element(holders[i], names[i], written);
  environment_->set(path.root, std::move(written));
}

void Interpreter::combine(const Instruction& instruction) {
  const std::size_t count = std::min<std::size_t>(instruction.a, stack_.size());
  std::vector<Value> parts(stack_.end() - static_cast<std::ptrdiff_t>(count), stack_.end());
  const auto made = static_cast<Combination>(instruction.b);
  if (made == Combination::concat || (made == Combination::operator_ && count == 2))
    for (Value& each : parts)
      each = as_text(each, instruction.at);
  drop_to(stack_.size() - count);
  spend(count);
  const auto how = static_cast<Combination>(instruction.b);
  switch (how) {
    case Combination::number:
      push(number_of(parts));
      break;
    case Combination::last:
      push(parts.empty() ? constant() : parts.back());
      break;
    case Combination::either:
      push(either_of(parts));
      break;
    default:
      push(made_of(parts, how, session_.names.text(instruction.c)));
  }
}

void Interpreter::collect(const Instruction& instruction) {
  const bool is_list = instruction.op == Op::list;
  const std::size_t each = is_list ? 1 : 2;
  const std::size_t count = std::min<std::size_t>(instruction.a * each, stack_.size());
  const std::size_t first = stack_.size() - count;
  spend(count);
  std::vector<std::pair<std::string, Value>> entries;
  std::vector<Fact> loose;
  bool is_complete = instruction.b == 0;
  for (std::size_t i = first; i + each <= stack_.size(); i += each) {
    Value& value = stack_[i + each - 1];
    std::optional<std::string> key;
    if (!is_list) key = key_of(stack_[i]);
    if (is_list && is_complete) key = std::string();
    if (key && entries.size() <= 64) {
      entries.emplace_back(std::move(*key), std::move(value));
      continue;
    }
    is_complete = false;
    add_facts(loose, all_facts(value));
  }
  drop_to(first);
  Value made = collection(is_list, std::move(entries), is_complete);
  add_facts(made.facts, loose);
  push(std::move(made));
}

}  // namespace peer::taint
