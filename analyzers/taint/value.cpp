#include "analyzers/taint/value.hpp"

#include <algorithm>
#include <charconv>

namespace peer::taint {
namespace {

constexpr std::size_t kMaxFacts = 24;
constexpr std::size_t kMaxEntries = 64;
constexpr std::uint8_t kMaxDepth = 4;

/// The value without what is known of its elements.
Value flat(const Value& value) {
  Value whole = value;
  whole.shape = nullptr;
  whole.given_as = kAnything;
  whole.facts = all_facts(value);
  whole.external = false;
  if (value.shape) whole.literal.reset();
  return whole;
}

std::optional<std::size_t> position(const std::string& key, std::size_t size) {
  long number = 0;
  const auto [end, error] = std::from_chars(key.data(), key.data() + key.size(), number);
  if (error != std::errc{} || end != key.data() + key.size()) return std::nullopt;
  if (number < 0) number += static_cast<long>(size);  // the last one is -1
  if (number < 0) return std::nullopt;
  return static_cast<std::size_t>(number);
}

Value shaped(Shape shape, Value whole) {
  if (whole.of_class != 0 &&
      shape.entries.size() > kMaxEntries) {  // of more members nothing is known
    shape.entries.resize(kMaxEntries);
    shape.is_complete = false;
  }
  shape.facts.clear();
  shape.depth = 1;
  for (auto& [key, value] : shape.entries) {
    if (value.shape && value.shape->depth + 1 > kMaxDepth) value = flat(value);
    if (value.shape)
      shape.depth = std::max(shape.depth, static_cast<std::uint8_t>(value.shape->depth + 1));
    add_facts(shape.facts, all_facts(value));
  }
  if (shape.entries.size() > kMaxEntries) {
    add_facts(whole.facts, shape.facts);
    whole.shape = nullptr;
    return whole;
  }
  whole.shape = std::make_shared<const Shape>(std::move(shape));
  whole.literal.reset();
  whole.external = false;
  return whole;
}

/// Elements that stand under no known key: the container itself takes their facts.
Value absorb(const Value& container, const Value& value) {
  Value whole = container;
  const auto facts = all_facts(value);
  if (speaks_of(facts, container.given_as)) whole.given_as = kAnything;
  add_facts(whole.facts, facts);
  whole.literal.reset();
  whole.external = false;
  if (whole.shape && whole.shape->is_complete) {
    Shape open = *whole.shape;
    open.is_complete = false;
    if (open.is_list) open.is_ordered = false;
    whole.shape = std::make_shared<const Shape>(std::move(open));
  }
  return whole;
}

/// An element of which nothing is known but the container it came from.
Value some_element(const Value& container) {
  if (container.external) return external();
  if (container.shape && container.shape->is_list && container.shape->entries.size() == 1) {
    Value found = container.shape->entries.front().second;
    add_facts(found.facts, container.facts);
    return found;
  }
  Value any;
  any.facts = all_facts(container);
  if (container.shape)
    for (const auto& [name, entry] : container.shape->entries)
      add_functions(any.functions, entry.functions);
  const bool knows_all = container.shape && container.shape->is_complete;
  if (any.facts.empty() && !knows_all) add_fact(any.facts, {});
  return any;
}

// NOLINTNEXTLINE(misc-no-recursion): shapes are kMaxDepth deep at most
std::shared_ptr<const Shape> join_shapes(const Shape& a, const Shape& b) {
  Shape both = a;
  both.is_complete = a.is_complete && b.is_complete;
  both.is_ordered = a.is_ordered && b.is_ordered && a.entries.size() == b.entries.size();
  both.is_list = a.is_list && b.is_list;
  for (std::size_t i = 0; i < b.entries.size(); ++i) {
    const auto& [key, value] = b.entries[i];
    auto same = both.entries.end();
    if (both.is_list)
      same = i < a.entries.size() ? both.entries.begin() + static_cast<std::ptrdiff_t>(i)
                                  : both.entries.end();
    else
      same = std::find_if(both.entries.begin(), both.entries.end(),
                          [&name = key](const auto& entry) { return entry.first == name; });
    if (same == both.entries.end())
      both.entries.emplace_back(key, value);
    else
      same->second = join(same->second, value);
  }
  return shaped(std::move(both), Value{}).shape;
}

}  // namespace

Value nothing() {
  Value value;
  value.exists = false;
  return value;
}

Value constant() { return {}; }

Value constant(Literal literal) {
  Value value;
  value.literal = std::move(literal);
  return value;
}

Value anything() {
  Value value;
  value.facts.push_back({});
  return value;
}

Value external() {
  Value value;
  value.external = true;
  return value;
}

void add_fact(std::vector<Fact>& facts, Fact fact) {
  for (const auto& known : facts)
    if (known.same_origin(fact)) return;
  if (facts.size() < kMaxFacts) facts.push_back(fact);
}

void add_facts(std::vector<Fact>& facts, const std::vector<Fact>& more) {
  for (const auto& fact : more)
    add_fact(facts, fact);
}

void speak_of(Value& value, std::size_t position) {
  if (position < kReceiver - kFirstParameter)
    value.given_as = static_cast<Source>(kFirstParameter + position);
  add_fact(value.facts, {value.given_as, 0, 0});
}

void add_functions(std::vector<FunctionValue>& functions, const std::vector<FunctionValue>& more) {
  constexpr std::size_t kMost = 12;
  for (const FunctionValue& each : more)
    if (functions.size() < kMost &&
        std::find(functions.begin(), functions.end(), each) == functions.end())
      functions.push_back(each);
}

bool speaks_of(const std::vector<Fact>& facts, Source source) {
  return std::any_of(facts.begin(), facts.end(),
                     [&](const Fact& fact) { return fact.source == source; });
}

bool is_from_outside(const std::vector<Fact>& facts) {
  return std::any_of(facts.begin(), facts.end(),
                     [](const Fact& fact) { return fact.source != kAnything; });
}

std::vector<Fact> all_facts(const Value& value) {
  std::vector<Fact> facts = value.facts;
  if (value.shape && value.of_class == 0) add_facts(facts, value.shape->facts);
  if (value.external) add_fact(facts, {});
  return facts;
}

// NOLINTNEXTLINE(misc-no-recursion): see join_shapes
Value join(const Value& a, const Value& b) {
  if (!a.exists) return b;
  if (!b.exists) return a;
  if (a.external && b.external) return a;
  Value either;
  if (a.of_class == b.of_class) either.of_class = a.of_class;
  if (a.given_as == b.given_as) either.given_as = a.given_as;
  either.facts = a.facts;
  add_facts(either.facts, b.facts);
  either.functions = a.functions;
  add_functions(either.functions, b.functions);
  if (a.external || b.external) add_fact(either.facts, {});
  if (a.literal && b.literal && *a.literal == *b.literal) either.literal = a.literal;
  if (a.shape == b.shape) {
    either.shape = a.shape;
  } else if (a.shape && b.shape) {
    either.shape = join_shapes(*a.shape, *b.shape);
    if (!either.shape) {
      add_facts(either.facts, a.shape->facts);
      add_facts(either.facts, b.shape->facts);
    }
  } else {
    add_facts(either.facts, (a.shape ? a.shape : b.shape)->facts);
  }
  return either;
}

bool differs(const Value& before, const Value& now) {
  if (before.exists != now.exists || before.external != now.external) return true;
  if (before.literal != now.literal) return true;
  const auto old_facts = all_facts(before);
  const auto new_facts = all_facts(now);
  if (old_facts.size() != new_facts.size()) return true;
  return std::any_of(new_facts.begin(), new_facts.end(), [&](const Fact& fact) {
    return std::none_of(old_facts.begin(), old_facts.end(),
                        [&](const Fact& old) { return old.same_origin(fact); });
  });
}

Value collection(bool is_list, std::vector<std::pair<std::string, Value>> entries,
                 bool is_complete) {
  Shape shape;
  shape.is_list = is_list;
  shape.is_complete = is_complete;
  shape.is_ordered = is_complete;
  shape.entries = std::move(entries);
  return shaped(std::move(shape), Value{});
}

const Value* find_entry(const Shape& shape, const std::string& key) {
  if (shape.is_list) {
    const auto at = position(key, shape.entries.size());
    return shape.is_ordered && at && *at < shape.entries.size() ? &shape.entries[*at].second
                                                                : nullptr;
  }
  for (const auto& [name, value] : shape.entries)
    if (name == key) return &value;
  return nullptr;
}

Value element(const Value& container, const std::optional<std::string>& key) {
  if (!container.shape || !key) return some_element(container);
  const Shape& shape = *container.shape;
  if (shape.is_list && (!shape.is_ordered || !position(*key, shape.entries.size())))
    return some_element(container);
  if (const Value* entry = find_entry(shape, *key)) {
    Value found = *entry;
    add_facts(found.facts, container.facts);
    return found;
  }
  if (!shape.is_complete) {
    Value open = container;
    open.shape = nullptr;
    return some_element(open);
  }
  Value absent = constant({Literal::Kind::null, "null"});
  absent.facts = container.facts;
  return absent;
}

Value with_element(const Value& container, const std::optional<std::string>& key,
                   const Value& value) {
  if (!key) return absorb(container, value);
  Shape shape;
  if (container.shape)
    shape = *container.shape;
  else
    shape.is_complete = false;
  if (shape.is_list) {
    const auto at = position(*key, shape.entries.size());
    if (!shape.is_ordered || !at || *at > shape.entries.size()) return absorb(container, value);
    if (*at == shape.entries.size()) shape.entries.emplace_back(std::string(), Value{});
    shape.entries[*at].second = value;
    return shaped(std::move(shape), container);
  }
  for (auto& [name, old] : shape.entries)
    if (name == *key) {
      old = value;
      return shaped(std::move(shape), container);
    }
  shape.entries.emplace_back(*key, value);
  return shaped(std::move(shape), container);
}

Value with_entries(const Value& holder, std::vector<Value> values) {
  Shape shape = *holder.shape;
  for (std::size_t i = 0; i < shape.entries.size() && i < values.size(); ++i)
    shape.entries[i].second = std::move(values[i]);
  return shaped(std::move(shape), holder);
}

Value with_facts(Value value, const std::vector<Fact>& facts) {
  add_facts(value.facts, facts);
  value.literal.reset();
  value.external = false;
  return value;
}

Value with_appended(const Value& list, const Value& value, bool in_front) {
  if (!list.shape || !list.shape->is_list || !list.shape->is_ordered) return absorb(list, value);
  Shape shape = *list.shape;
  shape.entries.emplace(in_front ? shape.entries.begin() : shape.entries.end(), std::string(),
                        value);
  return shaped(std::move(shape), list);
}

Value without_element(const Value& container, const std::optional<std::string>& key) {
  if (!container.shape || !key) return container;
  Shape shape = *container.shape;
  if (shape.is_list) {
    const auto at = position(*key, shape.entries.size());
    if (!shape.is_ordered || !at || *at >= shape.entries.size()) return container;
    shape.entries.erase(shape.entries.begin() + static_cast<std::ptrdiff_t>(*at));
  } else {
    std::erase_if(shape.entries, [&](const auto& entry) { return entry.first == *key; });
  }
  return shaped(std::move(shape), container);
}

}  // namespace peer::taint
