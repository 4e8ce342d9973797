#include "analyzers/taint/analysis.hpp"

#include <algorithm>
#include <unordered_set>
#include <utility>

#include "analyzers/taint/words.hpp"

namespace peer::taint {
namespace {

constexpr std::size_t kMaxCallees = 200;
constexpr int kCallDepth = 4;

constexpr std::size_t kMaxNames = 200;    // whose calls are looked for
constexpr std::size_t kMaxCallers = 500;  // and what is run for them

bool is_name_sign(char c) { return c == '$' || is_word(c); }

/// Calls `visit` with each word of `names` that an opening parenthesis follows; one pass over the
/// text.
template <class Visit>
void for_each_call(std::string_view text, const std::unordered_set<std::string_view>& names,
                   Visit visit) {
  constexpr std::size_t kLongest = 200;  // a name, or the blanks behind it
  if (names.empty()) return;
  for (auto open = text.find('('); open != std::string_view::npos;
       open = text.find('(', open + 1)) {
    auto end = open;
    while (end > 0 && text[end - 1] == ' ' && open - end < kLongest)
      --end;
    auto begin = end;
    while (begin > 0 && is_name_sign(text[begin - 1]) && end - begin < kLongest)
      --begin;
    auto word = text.substr(begin, end - begin);
    if (word == "new" && begin > 0 && text[begin - 1] == '.') {  // Store.new(..)
      auto first = begin - 1;
      while (first > 0 && is_name_sign(text[first - 1]) && begin - first < kLongest)
        --first;
      word = text.substr(first, begin - 1 - first);
    }
    if (begin < end && names.contains(word))
      visit(Span{static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)});
  }
}

/// Calls `visit` with each word of `names` that stands where a value does: `run = handle;`,
/// `each(x, handle)`, `{"a": handle}`, `&handle`.
template <class Visit>
void for_each_given(std::string_view text, const std::unordered_set<std::string_view>& names,
                    Visit visit) {
  constexpr std::string_view kBefore = "(,=[{:&>.|'\"";
  constexpr std::string_view kBehind = ",);]}\n\r'\"";
  if (names.empty()) return;
  for_each_word(text, [&](std::string_view word) {
    const auto begin = static_cast<std::size_t>(word.data() - text.data());
    auto end = begin + word.size();
    while (end < text.size() && text[end] == ' ')
      ++end;
    const auto behind = text.substr(end, 5);
    const bool is_called_so = behind == ".call" || behind == ".appl" || behind == ".bind";
    if (!behind.empty() && !is_called_so && kBehind.find(behind.front()) == std::string_view::npos)
      return;
    auto before = begin;
    while (before > 0 && text[before - 1] == ' ')
      --before;
    if (!is_called_so && (before == 0 || kBefore.find(text[before - 1]) == std::string_view::npos))
      return;
    if (names.contains(word))
      visit(
          Span{static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(begin + word.size())});
  });
}

/// Calls `visit` with each word of `names`, where a name alone may call.
template <class Visit>
void for_each_named(std::string_view text, const std::unordered_set<std::string_view>& names,
                    Visit visit) {
  if (names.empty()) return;
  for_each_word(text, [&](std::string_view word) {
    const auto begin = static_cast<std::uint32_t>(word.data() - text.data());
    if (names.contains(word)) visit(Span{begin, begin + static_cast<std::uint32_t>(word.size())});
  });
}

}  // namespace

Analysis::Analysis(const TaintLanguage& language, Node root, std::string_view text, Marker marker,
                   AnalysisLimits limits)
    : language_(language),
      root_(root),
      text_(text),
      marker_(std::move(marker)),
      limits_(limits),
      units_(language, root, text),
      lowering_({language, text, units_, marks_, session_.names}),
      functions_(units_.functions().size()) {
  session_.summary_for = [this](std::uint32_t function, const std::vector<Value>& arguments) {
    return summary_for(function, arguments);
  };
  session_.summaries.resize(units_.functions().size());
  session_.brought.resize(units_.functions().size());
  session_.judged.resize(units_.functions().size());
  session_.effects.resize(units_.functions().size());
  session_.gives_object.resize(units_.functions().size());
  session_.applied.resize(units_.functions().size());
  session_.signatures.resize(units_.functions().size());
  session_.thrown.resize(units_.functions().size(), nothing());
  for (const Unit& unit : units_.functions()) {
    session_.classes.emplace_back(units_.class_of(unit));
    session_.is_getter.push_back(unit.is_getter);
    const auto index = static_cast<std::uint32_t>(session_.classes.size() - 1);
    functions_[index].is_marked = unit.is_inner;  // with what it stands in
    if (!session_.classes.back().empty() && !unit.is_inner)
      session_.methods.emplace(
          std::pair(session_.class_number(session_.classes.back()), session_.names(unit.name)),
          index);
  }
  for (const Owner& owner : units_.owners())
    session_.owner_names.push_back(owner.name);
}

std::uint32_t Analysis::watch(Node node) {
  const auto number = static_cast<std::uint32_t>(places_.size());
  marks_.at(node).watches.push_back(number);
  places_.push_back(units_.holding(node.span()));
  spans_.push_back(node.span());
  return number;
}

std::uint64_t Analysis::budget() const {
  const std::uint64_t left =
      limits_.file_steps > session_.steps ? limits_.file_steps - session_.steps : 0;
  return std::min(limits_.function_steps, left);
}

void Analysis::run() {
  observed_.assign(places_.size(), {});
  std::unordered_set<std::uint32_t> wanted;
  bool wants_module = false;
  for (const auto& place : places_)
    if (place)
      wanted.insert(*place);
    else
      wants_module = true;
  add_callers(wanted, wants_module);
  if (wants_module) (void)module();
  for (const std::uint32_t owner : owners_with_places())
    (void)around(owner);
  std::vector<std::uint32_t> order(wanted.begin(), wanted.end());
  std::sort(order.begin(), order.end());
  summarise_methods(order);
  for (const std::uint32_t function : order)
    run_function(function);
  run_writers(order);
  run_again(order);
  if (wants_module) run_module_again();
}

/// Adds the functions, and the module, that may call one of `wanted`, and those that call them:
/// what they give is what arrives at the watched nodes. Found by the names of the functions in the
/// text, which calls of other things may share.
void Analysis::add_callers(std::unordered_set<std::uint32_t>& wanted, bool& wants_module) const {
  std::vector<std::uint32_t> called(wanted.begin(), wanted.end());
  std::sort(called.begin(), called.end());
  std::unordered_set<std::string_view> holders;  // variables of the file with functions in them
  const auto note_holder = [&](Span span) {
    if (const auto holder = units_.holder_of(span); !holder.empty()) holders.insert(holder);
  };
  for (std::size_t i = 0; i < places_.size(); ++i)
    if (!places_[i]) note_holder(spans_[i]);
  for (int level = 1; level < kCallDepth && (!called.empty() || !holders.empty()); ++level) {
    std::unordered_set<std::string_view> names;
    for (const std::uint32_t function : called) {
      const Unit& unit = units_.functions()[function];
      const std::string_view made =
          unit.owner ? std::string_view(units_.owners()[*unit.owner].name) : std::string_view();
      for (const std::string_view name : {std::string_view(unit.name), made})
        if (!name.empty() && names.size() < kMaxNames) names.insert(name);
    }
    called.clear();
    const auto held = std::exchange(holders, {});
    const auto visit = [&](Span name) {
      const auto caller = units_.holding(name);
      if (!caller) {
        wants_module = true;
        note_holder(name);
      } else if (wanted.size() < kMaxCallers && wanted.insert(*caller).second) {
        called.push_back(*caller);
      }
    };
    for_each_named(text_, held, visit);
    if (language_.names_call) {
      for_each_named(text_, names, visit);
    } else {
      for_each_call(text_, names, visit);
      for_each_given(text_, names, visit);
    }
  }
}

bool Analysis::execute(const Program& program, Environment& environment,
                       std::vector<Observation>& observed, Value* returned,
                       std::optional<std::uint32_t> summarised) {
  Interpreter interpreter(language_, session_, observed, summarised || is_special_);
  const bool finished = interpreter.run(program, environment, budget());
  if (!finished) ++given_up_;
  if (returned != nullptr) *returned = interpreter.returned();
  if (summarised) {
    session_.applied[*summarised] = interpreter.applied();
    session_.thrown[*summarised] = interpreter.thrown();
  }
  return finished;
}

/// What is known after the code outside of functions has run.
Environment& Analysis::module() {
  if (module_) return *module_;
  module_ = std::make_unique<Environment>();
  const auto is_apart = [this](Node node) { return units_.is_unit(node); };
  marker_(root_, is_apart, marks_);
  module_program_ = lowering_.module(root_);
  ++preparing_;
  summarise_callees(module_program_);
  --preparing_;
  if (!execute(module_program_, *module_, observed_, nullptr)) unfinished_.insert(kModule);
  for (const std::string& name : units_.reassigned()) {
    const Symbol symbol = session_.names(name);
    if (const Value* value = module_->find(symbol)) module_->set(symbol, join(*value, anything()));
  }
  return *module_;
}

const Program& Analysis::program(std::uint32_t index) {
  Function& function = functions_[index];
  if (!function.program) {
    if (!function.is_marked)
      marker_(
          units_.functions()[index].node, [](Node) { return false; }, marks_);
    function.is_marked = true;
    function.program = lowering_.function(index);
  }
  return *function.program;
}

/// Those that `from` calls, after those that these call, a few levels deep.
void Analysis::summarise_callees(const Program& from) {
  std::unordered_set<std::uint32_t> seen;
  summarise_callees(from, kCallDepth, seen);
}

// `levels` deep NOLINTBEGIN(misc-no-recursion)
void Analysis::summarise_callees(const Program& from, int levels,
                                 std::unordered_set<std::uint32_t>& seen) {
  const auto visit = [&](std::uint32_t function) {
    if (session_.summaries[function] || seen.size() >= kMaxCallees || !seen.insert(function).second)
      return;
    if (levels > 1) summarise_callees(program(function), levels - 1, seen);
    summarise(function);
  };
  for (const CallSite& site : from.calls) {
    if (site.function) visit(*site.function);
    if (site.constructs) {
      for (const std::uint32_t method : methods_of(*site.constructs))
        visit(method);
      know_made(*site.constructs);
    }
  }
  for (const std::uint32_t function : from.functions)
    if (preparing_ == 0 || !units_.functions()[function].owner) visit(function);
}
// NOLINTEND(misc-no-recursion)

/// Where the function begins to run: each parameter speaks of itself.
Environment Analysis::before_function(std::uint32_t index, const Program& code,
                                      const Value& object) {
  const auto owner = units_.functions()[index].owner;
  Environment environment(owner && owners_.contains(*owner) ? owners_.at(*owner).get()
                                                            : module_.get());
  if (object.exists && owner) environment.set(session_.names("this"), object);
  for (std::size_t i = 0; i < code.parameters.size(); ++i) {
    Value value;
    speak_of(value, i);
    environment.set(code.parameters[i], std::move(value));
  }
  if (code.signature.extends) {
    Value extended;
    extended.given_as = kReceiver;
    extended.facts.push_back({kReceiver, 0, 0});
    environment.set(session_.names("this"), std::move(extended));
  }
  if (language_.blocks_are_apart) {
    Value block;
    block.given_as = kBlock;
    block.facts.push_back({kBlock, 0, 0});
    environment.set(session_.names("&block"), std::move(block));
  }
  if (object.exists && !owner) environment.set(code.given.front().symbol, object);
  return environment;
}

/// `pick(x, "a")`, where the function does this or that by its second parameter.
const Value* Analysis::summary_for(std::uint32_t index, const std::vector<Value>& arguments) {
  constexpr std::size_t kMostArguments = 8;
  constexpr std::size_t kMost = 200;  // in a file
  constexpr std::size_t kLongest = 40;
  if (is_special_ || arguments.size() < 2 || arguments.size() > kMostArguments ||
      !functions_[index].program)
    return nullptr;
  const Program& code = *functions_[index].program;
  const bool decides = std::any_of(code.code.begin(), code.code.end(), [](const Instruction& each) {
    return each.op == Op::branch || each.op == Op::select;
  });
  std::string constants;
  bool has_constant = false, has_other = false;
  for (std::size_t i = 0; i < arguments.size() && i < code.parameters.size(); ++i) {
    const bool is_constant = arguments[i].is_constant() && arguments[i].literal &&
                             arguments[i].literal->text.size() <= kLongest;
    constants += is_constant
                     ? static_cast<char>('a' + static_cast<int>(arguments[i].literal->kind)) +
                           arguments[i].literal->text
                     : "?";
    constants += '\0';
    (is_constant ? has_constant : has_other) = true;
  }
  if (!decides || !has_constant || !has_other || special_summaries_.size() >= kMost) return nullptr;
  auto& known = special_summaries_[{index, constants}];
  if (known) return &*known;
  const auto owner = units_.functions()[index].owner;
  const Value object = own_object(
      index, code, owner && owners_.contains(*owner) ? owners_.at(*owner).get() : nullptr);
  Environment environment = before_function(index, code, object);
  for (std::size_t i = 0; i < arguments.size() && i < code.parameters.size(); ++i)
    if (arguments[i].is_constant() && arguments[i].literal)
      environment.set(code.parameters[i], arguments[i]);
  std::vector<Observation> unseen(observed_.size());
  Value returned;
  is_special_ = true;
  const bool finished = execute(code, environment, unseen, &returned);
  is_special_ = false;
  if (!finished) return nullptr;
  known = returned.exists ? returned : constant();
  return &*known;
}

void Analysis::summarise(std::uint32_t index) {
  if (budget() == 0) {
    ++given_up_;
    return;
  }
  if (units_.functions()[index].owner && preparing_ == 0)
    (void)around(units_.functions()[index].owner);
  const Program& code = program(index);
  session_.judged[index] = code.judged;
  session_.signatures[index] = code.signature;
  const auto owner = units_.functions()[index].owner;
  const Value object = own_object(
      index, code, owner && owners_.contains(*owner) ? owners_.at(*owner).get() : nullptr);
  Environment environment = before_function(index, code, object);
  std::vector<Observation> unseen(observed_.size());
  Value returned;
  if (!execute(code, environment, unseen, &returned, index)) return;
  note_effects(index, code, environment, object);
  session_.gives_object[index] =
      returned.of_class != 0 && returned.shape && is_now(returned, code, environment);
  session_.summaries[index] = returned.exists ? returned : constant();
  for (std::uint32_t watch = 0; watch < unseen.size(); ++watch) {
    auto& facts = unseen[watch].facts;
    std::erase_if(facts, [](const Fact& fact) { return fact.source < kFirstParameter; });
    if (!facts.empty()) session_.brought[index].push_back({watch, std::move(facts)});
  }
}

void Analysis::run_function(std::uint32_t index) {
  if (budget() == 0) {
    ++given_up_;
    unfinished_.insert(index);
    return;
  }
  const Environment& outside = around(units_.functions()[index].owner);
  const Program& code = program(index);
  summarise_callees(code);
  Environment environment(&outside);
  for (const Symbol parameter : code.parameters) {
    Value value = anything();
    if (parameter_source_) add_fact(value.facts, {*parameter_source_, 0, 0});
    environment.set(parameter, std::move(value));
  }
  if (code.signature.extends) environment.set(session_.names("this"), anything());
  if (code.receiver != 0) environment.set(code.given.front().symbol, shared_object(index));
  if (!execute(code, environment, observed_, nullptr)) {
    unfinished_.insert(index);
    return;
  }
  auto effects = session_.effects[index];  // its summary's, which know the parameters
  const Value* object = outside.find(session_.names("this"));
  note_effects(index, code, environment, object == nullptr ? nothing() : *object);
  session_.effects[index] = std::move(effects);
}

}  // namespace peer::taint
