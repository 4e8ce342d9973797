// What is known of pointers at one place of a function: what each of them may point to, which of
// that has been given back, and which may be null.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <deque>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "analyzers/checks/pointers/flat_map.hpp"

namespace peer::pointers {

/// Something that pointers point to, known or not: what malloc() gave, a variable, what a parameter
/// was given. Numbers and other values are objects too, so that equal numbers mean equal values.
/// The same thing has the same number on every way through a function.
using Object = std::uint32_t;

/// Where an Object comes from.
enum class Form : std::uint8_t {
  unknown,  ///< from outside of the function, or a number
  heap,     ///< malloc() and its like
  single,   ///< new
  array,    ///< new[]
  local,    ///< a variable of the function
  literal,  ///< a text in the program
  number,   ///< but zero, which is null
  unset,    ///< a variable that has no value yet
};

/// A few objects, sorted. Of more than it can hold some are lost, and is_full() says so.
class Objects {
 public:
  static constexpr std::size_t kMost = 5;
  Objects() = default;
  // NOLINTNEXTLINE(google-explicit-constructor): as a vector
  Objects(std::initializer_list<Object> objects) {
    for (const Object object : objects)
      add(object);
  }
  [[nodiscard]] const Object* begin() const { return objects_.data(); }
  [[nodiscard]] const Object* end() const { return objects_.data() + count_; }
  [[nodiscard]] std::size_t size() const { return count_; }
  [[nodiscard]] bool empty() const { return count_ == 0; }
  [[nodiscard]] bool is_full() const { return count_ == kMost; }
  [[nodiscard]] const Object& front() const { return objects_.front(); }
  [[nodiscard]] bool contains(Object object) const {
    return std::find(begin(), end(), object) != end();
  }
  void add(Object object) {
    if (contains(object) || is_full()) return;
    objects_[count_++] = object;
    std::sort(objects_.begin(), objects_.begin() + count_);
  }
  void erase(Object object) {
    const auto left =
        std::remove(objects_.begin(), objects_.begin() + count_, object) - objects_.begin();
    count_ = static_cast<std::uint8_t>(left);
    std::fill(objects_.begin() + left, objects_.end(), 0);
  }
  friend bool operator==(const Objects&, const Objects&) = default;

 private:
  std::array<Object, kMost> objects_{};
  std::uint8_t count_ = 0;
};

/// What an expression is worth. Nothing but null where there are no objects.
struct Value {
  Objects objects = {};    ///< one of them
  bool is_inside = false;  ///< points behind the beginning of the object
  bool may_be_null = false;
  Object question = 0;  ///< doubts are kept by this one, where the object itself is not what may be
                        ///< null: what strchr() gives
  friend bool operator==(const Value&, const Value&) = default;

  [[nodiscard]] bool is_null() const { return objects.empty(); }
  /// The object, where there is one only.
  [[nodiscard]] const Object* sole() const {
    return objects.size() == 1 ? &objects.front() : nullptr;
  }
  /// By which doubts about it are kept; 0: there are none.
  [[nodiscard]] Object asked() const {
    return question != 0 ? question : objects.size() == 1 ? objects.front() : 0;
  }
};

[[nodiscard]] inline Value null_value() { return {.may_be_null = true}; }
[[nodiscard]] inline Value value_of(Object object) { return {.objects = {object}}; }
/// One or the other.
[[nodiscard]] Value either(const Value& one, const Value& other);

/// How an object was given back.
struct Release {
  std::uint32_t line = 0;
  bool is_closed = false;                      ///< fclose() and its like
  Object unless_null = 0;                      ///< realloc(): only where this came back
  std::vector<std::uint32_t> conditions = {};  ///< that stood around it, by place
  friend bool operator==(const Release&, const Release&) = default;
};

/// Why a pointer may be null.
struct Doubt {
  std::uint32_t line = 0;
  std::string_view by = {};  ///< the function that may give null; empty: it was found to be null on
                             ///< one of the ways that lead here
  std::uint32_t call = 0;    ///< of a function of the file: where it is called
  friend bool operator==(const Doubt&, const Doubt&) = default;
};

/// `object->selector`; an element is "[0]" or "[#7]", by the value of its index. The text is one
/// that Names keeps, or of the file.
using Member = std::pair<Object, std::string_view>;

/// A condition, by the values in it; see Names.
using FactKey = std::uint32_t;

/// One way to a place of a function. A value.
struct State {
  FlatMap<std::string_view, Value> variables;
  FlatMap<std::string_view, Value> references;  ///< of C++: what they are bound to
  FlatMap<Member, Value> members;
  FlatMap<Object, Object> copies;  ///< of structs: what a member holds that was not met since
  /// Objects whose members somebody else may have written, and when.
  FlatMap<Object, std::uint32_t> touched;
  std::uint32_t outside = 0;  ///< likewise variables of the file
  FlatMap<Object, Release> released;
  FlatSet<Object> nulls;  ///< values that turned out to be null
  /// Values that may be null, and that nobody has looked at on this way.
  FlatMap<Object, Doubt> doubts;
  FlatMap<FactKey, bool> facts;  ///< conditions of this way
  bool is_dead = false;          ///< nothing runs here

  /// What a copy costs.
  [[nodiscard]] std::size_t size() const {
    return variables.size() + members.size() + touched.size() + released.size() + nulls.size() +
           doubts.size() + facts.size();
  }
};

/// What objects are called, one table for a function.
class Names {
 public:
  struct Entry {
    Form form = Form::unknown;
    Object of = 0;                   ///< of a member: whose; 0: of nothing
    std::string_view selector = {};  ///< of a member; a number's digits
    std::string_view variable =
        {};  ///< of a variable's address, or what a variable holds at first, or which is unset
    bool is_array = false;  ///< of an address: of an array
  };
  Names() : entries_(1) {}

  /// What `name` holds where nobody has said; `when` as State::outside.
  [[nodiscard]] Object held(std::string_view name, std::uint32_t when = 0) {
    return add({.what = 'v', .name = name, .first = when}, {.variable = name});
  }
  [[nodiscard]] Object held(const Member& member, std::uint32_t when) {
    return add({.what = '.', .name = member.second, .first = member.first, .second = when},
               {.of = member.first, .selector = member.second});
  }
  /// `name` of an array
  [[nodiscard]] Object array(std::string_view name) {
    return add({.what = '[', .name = name},
               {.form = Form::local, .variable = name, .is_array = true});
  }
  /// `&name`
  [[nodiscard]] Object address(std::string_view name) {
    return add({.what = '&', .name = name}, {.form = Form::local, .variable = name});
  }
  [[nodiscard]] Object number(std::string_view digits) {
    return add({.what = 'n', .name = digits}, {.form = Form::number, .selector = digits});
  }
  /// A variable without a value.
  [[nodiscard]] Object unset(std::string_view name) {
    return add({.what = 'u', .name = name}, {.form = Form::unset, .variable = name});
  }
  /// What the code at byte `at` makes on turn `turn` of the loops around it.
  [[nodiscard]] Object made(std::uint32_t at, std::uint32_t turn, Form form) {
    return add(
        {.what = static_cast<char>('A' + static_cast<int>(form)), .first = at, .second = turn},
        {.form = form});
  }
  [[nodiscard]] bool is_number(Object object) const {
    return entries_[object].form == Form::number;
  }
  /// No value, whichever way was taken.
  [[nodiscard]] bool is_unset(const Value& value) const {
    return !value.may_be_null && value.sole() != nullptr &&
           entries_[*value.sole()].form == Form::unset;
  }
  [[nodiscard]] const Entry& operator[](Object object) const { return entries_[object]; }
  /// The same text, as long as this is there.
  [[nodiscard]] std::string_view kept(std::string text) {
    return *texts_.insert(std::move(text)).first;
  }
  [[nodiscard]] FactKey fact(std::string text) {
    return facts_.try_emplace(std::move(text), static_cast<FactKey>(facts_.size() + 1))
        .first->second;
  }

 private:
  struct Key {
    char what;
    std::string_view name = {};
    std::uint32_t first = 0, second = 0;
    friend bool operator==(const Key&, const Key&) = default;
  };
  struct Hash {
    std::size_t operator()(const Key& key) const {
      const std::size_t numbers =
          (static_cast<std::size_t>(key.first) << 32U | key.second) * 0x9E3779B97F4A7C15U;
      return std::hash<std::string_view>()(key.name) ^ numbers ^ static_cast<std::size_t>(key.what);
    }
  };
  Object add(const Key& key, const Entry& entry) {
    const auto [found, is_new] = numbers_.try_emplace(key, static_cast<Object>(entries_.size()));
    if (is_new) entries_.push_back(entry);
    return found->second;
  }
  std::unordered_map<Key, Object, Hash> numbers_;
  std::unordered_map<std::string, FactKey> facts_;
  std::unordered_set<std::string> texts_;
  std::deque<Entry> entries_;  // whose entries stay where they are
};

/// `ERROR_FULL`: a constant by its name, or a macro.
[[nodiscard]] bool is_in_capitals(std::string_view name);

/// What a variable or a member is worth in `state`. The reference holds until something else is
/// asked for.
[[nodiscard]] Value& held(State& state, Names& names, std::string_view name);
[[nodiscard]] Value& held(State& state, Names& names, const Member& member);

/// What holds on both ways: `one` becomes that.
void join(State& one, State& other, Names& names);

/// Ways on which the same has been given back become one; ways that are dead, and those over a
/// limit, go.
void merge(std::vector<State>& states, Names& names);

}  // namespace peer::pointers
