// What a call makes of what it is given.
#include <algorithm>
#include <array>

#include "analyzers/taint/fold.hpp"
#include "analyzers/taint/interpreter.hpp"

namespace peer::taint {
namespace {

bool is_one_of(std::string_view name, std::initializer_list<std::string_view> names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

/// Results that are numbers, truth values or names of types in every language that has them.
constexpr std::array<std::string_view, 49> kClean{"length",
                                                  "size",
                                                  "count",
                                                  "isEmpty",
                                                  "empty",
                                                  "hashCode",
                                                  "equals",
                                                  "Equals",
                                                  "equalsIgnoreCase",
                                                  "compareTo",
                                                  "contains",
                                                  "containsKey",
                                                  "containsValue",
                                                  "startsWith",
                                                  "endsWith",
                                                  "startswith",
                                                  "endswith",
                                                  "StartsWith",
                                                  "EndsWith",
                                                  "Contains",
                                                  "ContainsKey",
                                                  "indexOf",
                                                  "lastIndexOf",
                                                  "IndexOf",
                                                  "hasNext",
                                                  "hasMoreElements",
                                                  "isdigit",
                                                  "isalnum",
                                                  "isnumeric",
                                                  "includes",
                                                  "matches",
                                                  "isPresent",
                                                  "hash",
                                                  "getClass",
                                                  "intValue",
                                                  "longValue",
                                                  "ordinal",
                                                  "Length",
                                                  "Count",
                                                  "CompareTo",
                                                  "include?",
                                                  "empty?",
                                                  "nil?",
                                                  "present?",
                                                  "blank?",
                                                  "start_with?",
                                                  "to_i",
                                                  "to_f",
                                                  "end_with?"};

/// Results that hold nothing but what the call is given.
constexpr std::array<std::string_view, 81> kPure{
    "format",      "Format",      "join",       "Join",         "concat",        "Concat",
    "replace",     "Replace",     "replaceAll", "replaceFirst", "trim",          "Trim",
    "strip",       "lstrip",      "rstrip",     "lower",        "upper",         "toLowerCase",
    "toUpperCase", "ToLower",     "ToUpper",    "substring",    "Substring",     "substr",
    "slice",       "split",       "Split",      "toString",     "ToString",      "valueOf",
    "charAt",      "encode",      "decode",     "getBytes",     "toCharArray",   "repeat",
    "padStart",    "padEnd",      "asList",     "of",           "singletonList", "copyOf",
    "formatted",   "intern",      "Sprintf",    "Sprint",       "Sprintln",      "sprintf",
    "vsprintf",    "implode",     "explode",    "strtolower",   "strtoupper",    "str_replace",
    "ucfirst",     "title",       "capitalize", "splitlines",   "dedent",        "Clone",
    "clone",       "to_s",        "to_sym",     "upcase",       "downcase",      "freeze",
    "gsub",        "sub",         "chomp",      "to_string",    "to_owned",      "into",
    "as_str",      "c_str",       "str",        "data",         "view",          "trimIndent",
    "trimMargin",  "stripIndent", "AsSpan"};

constexpr std::array<std::string_view, 35> kMutators{
    "append",      "Append",    "add",        "Add",        "put",        "push",
    "insert",      "Insert",    "extend",     "update",     "addAll",     "putAll",
    "AddRange",    "offer",     "addFirst",   "addLast",    "unshift",    "prepend",
    "write",       "Write",     "writelines", "appendLine", "AppendLine", "AppendFormat",
    "WriteString", "WriteByte", "push_str",   "push_back",  "setdefault", "set",
    "Set",         "store",     "concat!",    "<<",         "merge!"};

/// setName, addHeader, put_item: methods named after what they do to their object.
bool mutates(std::string_view name) {
  for (const std::string_view word : {"set", "add", "put", "append", "push", "write"})
    if (name.size() > word.size() && name.starts_with(word)) {
      const char next = name[word.size()];
      if ((next >= 'A' && next <= 'Z') || next == '_') return true;
    }
  return std::find(kMutators.begin(), kMutators.end(), name) != kMutators.end();
}

std::optional<std::string> key_of(const Value& value) {
  if (!value.is_constant() || !value.literal) return std::nullopt;
  return value.literal->text;
}

/// "ArrayList" of `java.util.ArrayList<String>`.
std::string_view simple_type(std::string_view name) {
  name = name.substr(0, name.find('<'));
  return name.substr(name.find_last_of(".:\\") + 1);
}

std::optional<Value> new_container(std::string_view name, const std::vector<Value>& arguments) {
  const bool is_list =
      is_one_of(name, {"ArrayList", "LinkedList", "List", "Vector", "Array", "Stack", "ArrayDeque",
                       "CopyOnWriteArrayList", "list", "mutableListOf", "arrayListOf", "Queue"});
  const bool is_map =
      is_one_of(name, {"HashMap", "TreeMap", "LinkedHashMap", "Map", "Dictionary", "Hashtable",
                       "dict", "ConcurrentHashMap", "SortedDictionary", "mutableMapOf", "hashMapOf",
                       "Hash", "OrderedDict", "Object", "Properties"});
  if (!is_list && !is_map) return std::nullopt;
  if (arguments.empty()) return collection(is_list, {}, true);
  if (arguments.size() == 1 && arguments[0].shape && arguments[0].shape->is_list == is_list)
    return arguments[0];
  return std::nullopt;
}

}  // namespace

bool Interpreter::is_in(std::span<const std::string_view> list, const CallSite& site) const {
  const std::string& name = session_.names.text(site.name);
  const std::string& dotted = session_.names.text(site.dotted);
  return std::any_of(list.begin(), list.end(), [&](std::string_view entry) {
    if (entry.ends_with('.') && dotted.starts_with(entry)) return true;  // all of a package
    return entry == dotted || (entry == name && !site.has_receiver);
  });
}

/// A method of a list or map whose elements are known.
std::optional<Value> Interpreter::call_container(const CallSite& site, Value& receiver,
                                                 const std::vector<Value>& arguments,
                                                 bool& changes) const {
  if (!receiver.shape) return std::nullopt;
  const std::string_view name = session_.names.text(site.name);
  const bool is_list = receiver.shape->is_list;
  const std::size_t count = arguments.size();
  changes = true;
  if (is_list && count == 1 &&
      is_one_of(name, {"add", "append", "push", "Add", "addLast", "push_back", "offer", "<<",
                       "Enqueue", "Push"})) {
    receiver = with_appended(receiver, arguments[0], false);
    return constant();
  }
  if (is_list && count == 1 && is_one_of(name, {"addFirst", "unshift", "prepend"})) {
    receiver = with_appended(receiver, arguments[0], true);
    return constant();
  }
  if (is_list && count == 2 && is_one_of(name, {"insert", "Insert", "add"}) &&
      key_of(arguments[0]) == "0") {
    receiver = with_appended(receiver, arguments[1], true);
    return constant();
  }
  if (count == 2 && (!is_list || name == "set") &&
      is_one_of(name,
                {"put", "set", "Add", "store", "TryAdd", "setProperty", "insert", "__setitem__"})) {
    receiver = with_element(receiver, key_of(arguments[0]), arguments[1]);
    return constant();
  }
  if (count == 1 &&
      is_one_of(name, {"remove", "pop", "delete", "removeAt", "RemoveAt", "delete_at", "Remove"})) {
    const auto key = key_of(arguments[0]);
    Value removed = element(receiver, key);
    receiver = without_element(receiver, key);
    return removed;
  }
  if (is_list && count == 0 && is_one_of(name, {"pop", "removeLast", "Pop"})) {
    Value removed = element(receiver, "-1");
    receiver = without_element(receiver, "-1");
    return removed;
  }
  if (is_list && count == 0 && is_one_of(name, {"shift", "removeFirst", "poll", "Dequeue"})) {
    Value removed = element(receiver, "0");
    receiver = without_element(receiver, "0");
    return removed;
  }
  if (count == 0 && is_one_of(name, {"clear", "Clear"})) {
    receiver = collection(is_list, {}, true);
    return constant();
  }
  changes = false;
  if (count >= 1 && is_one_of(name, {"get", "getOrDefault", "fetch", "at", "elementAt", "ElementAt",
                                     "getProperty", "GetValueOrDefault", "dig"})) {
    Value found = element(receiver, key_of(arguments[0]));
    return count == 2 ? join(found, arguments[1]) : found;
  }
  if (is_list && count == 0 && is_one_of(name, {"getFirst", "first", "First", "peek", "Peek"}))
    return element(receiver, "0");
  if (is_list && count == 0 && is_one_of(name, {"getLast", "last", "Last"}))
    return element(receiver, "-1");
  if (!is_list && count == 0)  // a member that is read by a method of its name
    for (const auto& [key, value] : receiver.shape->entries)
      if (key == name) return value;
  if (is_one_of(name, {"keys", "keySet", "Keys"}) && receiver.shape->is_complete) return constant();
  return std::nullopt;
}

/// A function of this file: what it returns, with this call's arguments for its parameters.
Value Interpreter::call_summary(const CallSite& site, const Value& summary,
                                const std::vector<Value>& arguments, Span at) {
  Value result;
  result.literal = summary.literal;
  for (const Fact& fact : all_facts(summary)) {
    if (fact.source < kFirstParameter) {
      add_fact(result.facts, fact);
      continue;
    }
    const std::size_t number = fact.source - kFirstParameter;
    if (number >= arguments.size()) continue;  // a default value
    for (Fact given : all_facts(arguments[number])) {
      given.cleaned = session_.cleaned.merged(given.cleaned, fact.cleaned);
      if (given.source != kAnything)
        given.trace = session_.traces.add({TraceStep::Kind::returned, at, site.name, given.trace});
      add_fact(result.facts, given);
    }
  }
  if (!result.facts.empty()) result.literal.reset();
  return result;
}

Value Interpreter::result_of(const CallSite& site, Value& receiver,
                             const std::vector<Value>& arguments, bool& changes, Span at) {
  const std::string_view name = session_.names.text(site.name);
  if (site.function && *site.function < session_.summaries.size() &&
      session_.summaries[*site.function])
    return call_summary(site, *session_.summaries[*site.function], arguments, at);
  std::vector<const Literal*> literals;
  for (const Value& argument : arguments)
    if (argument.is_constant() && argument.literal) literals.push_back(&*argument.literal);
  const bool is_literal_receiver = receiver.is_constant() && receiver.literal;
  if (literals.size() == arguments.size() && (is_literal_receiver || receiver.external))
    if (auto folded = fold_call(name, is_literal_receiver ? &*receiver.literal : nullptr, literals))
      return constant(*folded);
  if (site.is_new || !site.has_receiver)
    if (auto container = new_container(simple_type(name), arguments)) return *container;
  if (site.has_receiver)
    if (auto result = call_container(site, receiver, arguments, changes)) return *result;
  const bool is_method_clean =
      site.has_receiver && std::find(kClean.begin(), kClean.end(), name) != kClean.end();
  if (is_method_clean || is_in(language_.clean_calls, site)) return constant();
  Value made;
  for (const Value& argument : arguments)
    add_facts(made.facts, all_facts(argument));
  if (site.has_receiver && !receiver.external) {
    add_facts(made.facts, all_facts(receiver));
    if (mutates(name) || is_in(language_.mutators, site)) {
      changes = true;
      receiver.facts = made.facts;
      receiver.literal.reset();
      if (receiver.shape && receiver.shape->is_complete) {
        Shape open = *receiver.shape;
        open.is_complete = false;
        open.is_ordered = false;
        receiver.shape = std::make_shared<const Shape>(std::move(open));
      }
      return receiver;
    }
  }
  const bool is_pure = site.is_new || std::find(kPure.begin(), kPure.end(), name) != kPure.end() ||
                       is_in(language_.pure_calls, site) || is_in(language_.first_is_written, site);
  if (made.facts.empty() && !is_pure) add_fact(made.facts, {});
  return made;
}

void Interpreter::call(const CallSite& site, Span at) {
  std::vector<Value> arguments(site.arguments);
  for (std::size_t i = site.arguments; i-- > 0;)
    arguments[i] = pop();
  Value receiver = site.has_receiver ? pop() : external();
  spend(arguments.size());
  bool changes = false;
  Value result = result_of(site, receiver, arguments, changes, at);
  if (changes && site.receiver_path) write(program_->paths[*site.receiver_path], {}, receiver, at);
  for (const std::uint32_t path : site.out_paths) {
    Value written;
    written.facts = all_facts(result);
    write(program_->paths[path], {}, written, at);
  }
  push(std::move(result));
}

}  // namespace peer::taint
