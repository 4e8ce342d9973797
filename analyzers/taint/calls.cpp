// What a call makes of what it is given.
#include <algorithm>
#include <array>

#include "analyzers/taint/fold.hpp"
#include "analyzers/taint/interpreter.hpp"
#include "analyzers/taint/parts.hpp"
#include "analyzers/taint/words.hpp"

namespace peer::taint {
namespace {

template <std::size_t N>
bool is_named_in(const std::array<std::string_view, N>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

/// Results that are numbers, truth values or names of types in every language that has them.
constexpr std::array<std::string_view, 60> kClean{
    "len",       "is_empty",        "starts_with", "ends_with",     "contains_key",
    "is_some",   "is_none",         "is_ok",       "is_err",        "is_match",
    "exists",    "length",          "size",        "count",         "isEmpty",
    "empty",     "hashCode",        "equals",      "Equals",        "equalsIgnoreCase",
    "compareTo", "contains",        "containsKey", "containsValue", "startsWith",
    "endsWith",  "startswith",      "endswith",    "StartsWith",    "EndsWith",
    "Contains",  "ContainsKey",     "indexOf",     "lastIndexOf",   "IndexOf",
    "hasNext",   "hasMoreElements", "isdigit",     "isalnum",       "isnumeric",
    "includes",  "matches",         "isPresent",   "hash",          "getClass",
    "intValue",  "longValue",       "ordinal",     "Length",        "Count",
    "CompareTo", "include?",        "empty?",      "nil?",          "present?",
    "blank?",    "start_with?",     "to_i",        "to_f",          "end_with?"};

/// Results that hold nothing but what the call is given.
constexpr std::array<std::string_view, 85> kPure{
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
    "trimMargin",  "stripIndent", "AsSpan",     "iter",         "into_iter",     "unwrap",
    "expect"};

constexpr std::array<std::string_view, 40> kMutators{
    "append",      "Append",    "add",          "Add",        "put",        "push",
    "insert",      "Insert",    "extend",       "update",     "addAll",     "putAll",
    "AddRange",    "offer",     "addFirst",     "addLast",    "unshift",    "prepend",
    "write",       "Write",     "writelines",   "appendLine", "AppendLine", "AppendFormat",
    "WriteString", "WriteByte", "push_str",     "push_back",  "setdefault", "set",
    "Set",         "store",     "concat!",      "<<",         "merge!",     "extend_from_slice",
    "push_front",  "emplace",   "emplace_back", "setdefault"};

/// setName, addHeader, put_item: methods named after what they do to their object.
bool mutates(std::string_view name) {
  for (const std::string_view word : {"set", "add", "put", "append", "push", "write"})
    if (name.size() > word.size() && name.starts_with(word)) {
      const char next = name[word.size()];
      if ((next >= 'A' && next <= 'Z') || next == '_') return true;
    }
  return is_named_in(kMutators, name);
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

Value listed(const std::vector<Value>& values) {
  std::vector<std::pair<std::string, Value>> entries;
  for (const Value& value : values)
    entries.emplace_back(std::string(), value);
  return collection(true, std::move(entries), true);
}

/// A map of lists of a key and a value; nothing where they are not known.
std::optional<Value> of_pairs(const std::vector<Value>& pairs) {
  std::vector<std::pair<std::string, Value>> entries;
  for (const Value& pair : pairs) {
    if (!pair.shape || !pair.shape->is_list || pair.shape->entries.size() != 2) return std::nullopt;
    const auto key = key_of(pair.shape->entries[0].second);
    if (!key) return std::nullopt;
    entries.emplace_back(*key, pair.shape->entries[1].second);
  }
  return entries.empty() ? std::nullopt : std::optional(collection(false, entries, true));
}

/// What goes over `container` with something more: `enumerate(list)`, `map.items()`.
Value with_keys(const Value& key, const Value& container) {
  return collection(true, {{std::string(), listed({key, element(container, std::nullopt)})}},
                    false);
}

std::optional<Value> new_container(std::string_view name, const std::vector<Value>& arguments) {
  if (is_one_of(name, {"make_pair", "pair", "Pair", "Triple", "make_tuple", "tuple", "Tuple"}) &&
      arguments.size() >= 2)
    return listed(arguments);
  if (is_one_of(name, {"mapOf", "mutableMapOf", "hashMapOf", "linkedMapOf"}))
    if (auto map = of_pairs(arguments)) return map;
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

/// A method that adds to `container`, a list or map whose elements are known: what is then in it.
std::optional<Value> with_added(std::string_view name, const Value& container,
                                const std::vector<Value>& arguments) {
  const bool is_list = container.shape->is_list;
  if (is_list && arguments.size() == 1) {
    if (is_one_of(name, {"add", "append", "push", "Add", "addLast", "push_back", "offer", "<<",
                         "Enqueue", "Push"}))
      return with_appended(container, arguments[0], false);
    if (is_one_of(name, {"addFirst", "unshift", "prepend"}))
      return with_appended(container, arguments[0], true);
  }
  if (arguments.size() != 2) return std::nullopt;
  if (is_list && is_one_of(name, {"insert", "Insert", "add"}) && key_of(arguments[0]) == "0")
    return with_appended(container, arguments[1], true);
  if ((!is_list || name == "set") && is_one_of(name, {"put", "set", "Add", "store", "TryAdd",
                                                      "setProperty", "insert", "__setitem__"}))
    return with_element(container, key_of(arguments[0]), arguments[1]);
  return std::nullopt;
}

Value take_out(Value& container, const std::optional<std::string>& key) {
  Value removed = element(container, key);
  container = without_element(container, key);
  return removed;
}

/// A method that takes an element out of `container`: that element.
std::optional<Value> removed_from(Value& container, std::string_view name,
                                  const std::vector<Value>& arguments) {
  if (arguments.size() == 1 &&
      is_one_of(name, {"remove", "pop", "delete", "removeAt", "RemoveAt", "delete_at", "Remove"}))
    return take_out(container, key_of(arguments[0]));
  if (!container.shape->is_list || !arguments.empty()) return std::nullopt;
  if (is_one_of(name, {"pop", "removeLast", "Pop"})) return take_out(container, "-1");
  if (is_one_of(name, {"shift", "removeFirst", "poll", "Dequeue"})) return take_out(container, "0");
  return std::nullopt;
}

/// A method that changes `container`: what it gives back.
std::optional<Value> changed(Value& container, std::string_view name,
                             const std::vector<Value>& arguments) {
  if (auto added = with_added(name, container, arguments)) {
    container = std::move(*added);
    return constant();
  }
  if (auto removed = removed_from(container, name, arguments)) return removed;
  if (arguments.empty() && is_one_of(name, {"clear", "Clear"})) {
    container = collection(container.shape->is_list, {}, true);
    return constant();
  }
  return std::nullopt;
}

/// A method that only reads `container`.
std::optional<Value> read_from(const Value& container, std::string_view name,
                               const std::vector<Value>& arguments) {
  if (!arguments.empty() &&
      is_one_of(name, {"get", "getOrDefault", "fetch", "at", "elementAt", "ElementAt",
                       "getProperty", "GetValueOrDefault", "dig"})) {
    Value found = element(container, key_of(arguments[0]));
    return arguments.size() == 2 ? join(found, arguments[1]) : found;
  }
  const Shape& shape = *container.shape;
  if (shape.is_list && arguments.empty()) {
    if (is_one_of(name, {"getFirst", "first", "First", "peek", "Peek"}))
      return element(container, "0");
    if (is_one_of(name, {"getLast", "last", "Last"})) return element(container, "-1");
  }
  if (!shape.is_list && arguments.empty())  // a member that is read by a method of its name
    for (const auto& [key, value] : shape.entries)
      if (key == name || (key.starts_with('@') && std::string_view(key).substr(1) == name))
        return value;
  if (is_one_of(name, {"keys", "keySet", "Keys"}) && shape.is_complete) return constant();
  return std::nullopt;
}

/// `NAMES.get(key, otherwise)` of a constant: what was looked up comes from the constant, not from
/// the key.
std::optional<Value> looked_up(std::string_view name, const Value& container,
                               const std::vector<Value>& arguments) {
  if (arguments.empty() || arguments.size() > 2 || container.literal || !container.is_constant())
    return std::nullopt;
  if (!is_one_of(name, {"get", "getOrDefault", "fetch", "GetValueOrDefault", "dig"}))
    return std::nullopt;
  return arguments.size() == 2 ? join(constant(), arguments[1]) : constant();
}

/// The result of a call that depends on nothing but constants.
std::optional<Literal> folded(std::string_view name, const Value& receiver,
                              const std::vector<Value>& arguments) {
  const bool is_literal_receiver = receiver.is_constant() && receiver.literal;
  if (!is_literal_receiver && !receiver.external) return std::nullopt;
  std::vector<const Literal*> literals;
  for (const Value& argument : arguments) {
    if (!argument.is_constant() || !argument.literal) return std::nullopt;
    literals.push_back(&*argument.literal);
  }
  return fold_call(name, is_literal_receiver ? &*receiver.literal : nullptr, literals);
}

/// Something of `facts` is put into `receiver`, nobody knows where.
void take_in(Value& receiver, const std::vector<Fact>& facts) {
  if (speaks_of(facts, receiver.given_as)) receiver.given_as = kAnything;
  const auto own = all_facts(receiver);
  receiver.facts = facts;
  add_facts(receiver.facts, own);
  receiver.literal.reset();
  if (!receiver.shape || !receiver.shape->is_complete) return;
  Shape open = *receiver.shape;
  open.is_complete = false;
  open.is_ordered = false;
  receiver.shape = std::make_shared<const Shape>(std::move(open));
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

/// A constructor of a class of this file: what this call's arguments bring to its parameters.
void Interpreter::construct(const CallSite& site, const std::vector<Value>& arguments, Span at) {
  for (std::uint32_t i = 0; i < arguments.size(); ++i) {
    auto facts = all_facts(arguments[i]);
    std::erase_if(facts, [](const Fact& fact) {
      return fact.source == kAnything || fact.source >= kFirstParameter;
    });
    if (facts.empty()) continue;
    Constructed& into = session_.constructed_with(*site.constructs, i,
                                                  i < site.keywords.size() ? site.keywords[i] : 0);
    for (Fact fact : facts) {
      fact.trace = session_.traces.add({TraceStep::Kind::given, at, site.name, fact.trace});
      const auto before = into.facts.size();
      add_fact(into.facts, fact);
      if (into.facts.size() != before)
        session_.changed.insert(session_.owner_names[*site.constructs]);
    }
  }
}

Value Interpreter::result_of(const CallSite& site, Value& receiver,
                             const std::vector<Value>& arguments, bool& changes, Span at) {
  const std::string_view name = session_.names.text(site.name);
  if (name == "getattr" && arguments.size() >= 2 && !site.has_receiver) {
    const Value found = part(session_, arguments[0], key_of(arguments[1]));
    return arguments.size() == 2 ? found : join(found, arguments[2]);
  }
  if (name == "enumerate" && !site.has_receiver && !arguments.empty())
    return with_keys(constant(), arguments[0]);
  if (name == "items" && site.has_receiver && receiver.shape && !receiver.shape->is_list) {
    Value key;
    key.facts = receiver.facts;
    return with_keys(key, receiver);
  }
  if (name == "method" && arguments.size() == 1 && !arguments[0].functions.empty())
    return arguments[0];  // of Ruby
  if (site.constructs)
    if (Value made = made_by(site, arguments, at); made.exists) return made;
  if (const auto known = folded(name, receiver, arguments)) return constant(*known);
  if (site.is_new || !site.has_receiver)
    if (auto container = new_container(simple_type(name), arguments)) return *container;
  if (site.has_receiver && receiver.shape) {
    if (auto result = changed(receiver, name, arguments)) {
      changes = true;
      return *result;
    }
    if (auto result = read_from(receiver, name, arguments)) return *result;
  }
  if (receiver.given_as != kAnything && arguments.size() == 1 && key_of(arguments[0]) &&
      is_one_of(name, {"get", "fetch", "GetValueOrDefault", "getProperty"}))
    return part(session_, receiver, key_of(arguments[0]));
  if (site.has_receiver)
    if (auto result = looked_up(name, receiver, arguments)) return *result;
  if ((site.has_receiver && is_named_in(kClean, name)) || is_in(language_.clean_calls, site))
    return constant();
  return mixed(site, receiver, arguments, changes);
}

/// Of a call that nothing more is known of: made of all that it is given.
Value Interpreter::mixed(const CallSite& site, Value& receiver, const std::vector<Value>& arguments,
                         bool& changes) {
  const std::string_view name = session_.names.text(site.name);
  Value made;
  for (std::size_t i = site.replaces_first ? 1 : 0; i < arguments.size(); ++i)
    add_facts(made.facts, all_facts(as_text(arguments[i], Span{})));
  if (site.has_receiver && !receiver.external && !site.gives_closure) {
    if (mutates(name) || is_in(language_.mutators, site)) {
      changes = true;
      take_in(receiver, made.facts);
      return receiver;
    }
    add_facts(made.facts, all_facts(receiver));
  }
  const bool is_pure = site.is_new || is_named_in(kPure, name) ||
                       is_in(language_.pure_calls, site) || is_in(language_.first_is_written, site);
  if (made.facts.empty() && !is_pure) add_fact(made.facts, {});
  return made;
}

/// What a function that is called as a value saw where it was made may be in what it gives back.
void Interpreter::add_seen(const Value& called, Value& result) {
  if (called.functions.empty() && called.given_as == kAnything) return;
  for (const Fact& fact : all_facts(called))
    if (fact.source != kAnything) {
      add_fact(result.facts, fact);
      result.literal.reset();
    }
}

void Interpreter::call(const CallSite& site, Span at) {
  std::vector<Value> arguments(site.arguments);
  for (std::size_t i = site.arguments; i-- > 0;)
    arguments[i] = pop();
  Value receiver = site.has_receiver ? pop() : external();
  spend(arguments.size());
  const Value called = called_value(site, receiver);
  auto function = callee_of(site, receiver);
  if (!function) function = called_operator(site, receiver, called);
  const Bound given =
      function && session_.summaries[*function]
          ? bind_arguments(site, session_.signatures[*function], arguments, session_.names)
          : Bound{};
  if (function) bring({site, *function, object_of(site, receiver), given, at});
  if (site.constructs) construct(site, arguments, at);
  bool changes = false;
  Value result = function ? own_result(site, receiver, given, at).value_or(nothing()) : nothing();
  if (auto with_this = called_with_this(site, receiver, arguments, at))
    result = std::move(*with_this);
  else if (!function)
    result = call_value(called, site, arguments, at);
  if (!result.exists && !function) {
    const Value applied = apply_given(site, receiver, arguments, at);
    if (applied.exists && !applied.functions.empty()) result = applied;
    if (applied.exists && result.exists == false && site.gives_closure) result = applied;
  }
  if (!result.exists) result = result_of(site, receiver, arguments, changes, at);
  add_seen(called, result);
  if (changes && site.receiver_path) write(program_->paths[*site.receiver_path], {}, receiver, at);
  for (const std::uint32_t path : site.out_paths) {
    Value written;
    written.facts = all_facts(result);
    write(program_->paths[path], {}, written, at);
  }
  if (function) affect({site, *function, object_of(site, receiver), given, at}, receiver);
  if (function && site.has_receiver && session_.gives_object[*function]) result = receiver;
  push(std::move(result));
}

}  // namespace peer::taint
