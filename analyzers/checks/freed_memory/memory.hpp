// What is known of pointers at one place of a function: what each of them may point to, and which of that has been given back.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace peer::freed_memory {

/// Something that pointers point to, known or not: what malloc() gave, a variable, what a parameter was given. Numbers and other values are
/// objects too, so that equal numbers mean equal values. The same thing has the same number on every way through a function.
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
};

/// What an expression is worth. Nothing but null where there are no objects.
struct Value {
  std::vector<Object> objects = {};  ///< one of them; sorted
  bool is_inside = false;            ///< points behind the beginning of the object
  bool may_be_null = false;
  friend bool operator==(const Value&, const Value&) = default;

  [[nodiscard]] bool is_null() const { return objects.empty(); }
  /// The object, where there is one only.
  [[nodiscard]] const Object* sole() const { return objects.size() == 1 ? &objects.front() : nullptr; }
};

[[nodiscard]] inline Value null_value() { return {.may_be_null = true}; }
[[nodiscard]] inline Value value_of(Object object) { return {.objects = {object}}; }
/// One or the other.
[[nodiscard]] Value either(const Value& one, const Value& other);

/// How an object was given back.
struct Release {
  std::uint32_t line = 0;
  bool is_closed = false;   ///< fclose() and its like
  Object unless_null = 0;   ///< realloc(): only where this came back
  std::vector<std::uint32_t> conditions = {};  ///< that stood around it, by place
  friend bool operator==(const Release&, const Release&) = default;
};

/// `object->selector`; an element is "[0]" or "[#7]", by the value of its index.
using Member = std::pair<Object, std::string>;

/// One way to a place of a function. A value.
struct State {
  std::map<std::string_view, Value> variables;
  std::map<std::string_view, Value> references;  ///< of C++: what they are bound to
  std::map<Member, Value> members;
  std::map<Object, Object> copies;          ///< of structs: what a member holds that was not met since
  std::map<Object, std::uint32_t> touched;  ///< objects whose members somebody else may have written, and when
  std::uint32_t outside = 0;                ///< likewise variables of the file
  std::map<Object, Release> released;
  std::set<Object> nulls;             ///< values that turned out to be null
  std::map<std::string, bool> facts;  ///< conditions of this way, by the values in them
  bool is_dead = false;               ///< nothing runs here

  /// What a copy costs.
  [[nodiscard]] std::size_t size() const { return variables.size() + members.size() + touched.size() + released.size() + nulls.size() + facts.size(); }
};

/// What objects are called, one table for a function.
class Names {
 public:
  struct Entry {
    Form form = Form::unknown;
    Object of = 0;               ///< of a member: whose; 0: of nothing
    std::string selector = {};   ///< of a member
    std::string_view variable = {};  ///< of a variable's address, or what a variable holds at first
    bool is_array = false;           ///< of an address: of an array
  };
  Names() : entries_(1) {}

  /// What `name` holds where nobody has said; `when` as State::outside.
  [[nodiscard]] Object held(std::string_view name, std::uint32_t when = 0) { return add("v" + std::string(name) + '@' + std::to_string(when), {.variable = name}); }
  [[nodiscard]] Object held(const Member& member, std::uint32_t when);
  /// `name` of an array
  [[nodiscard]] Object array(std::string_view name) { return add("[" + std::string(name), {.form = Form::local, .variable = name, .is_array = true}); }
  /// `&name`
  [[nodiscard]] Object address(std::string_view name) { return add("&" + std::string(name), {.form = Form::local, .variable = name}); }
  [[nodiscard]] Object number(std::string_view digits) { return add("n" + std::string(digits), {.form = Form::number}); }
  /// What the code at byte `at` makes on turn `turn` of the loops around it.
  [[nodiscard]] Object made(std::uint32_t at, std::uint32_t turn, Form form) { return add("m" + std::to_string(at) + '.' + std::to_string(turn) + static_cast<char>('a' + static_cast<int>(form)), {.form = form}); }
  [[nodiscard]] bool is_number(Object object) const { return entries_[object].form == Form::number; }
  [[nodiscard]] const Entry& operator[](Object object) const { return entries_[object]; }

 private:
  Object add(const std::string& key, Entry entry);
  std::map<std::string, Object> numbers_;
  std::deque<Entry> entries_;  // whose entries stay where they are
};

/// `ERROR_FULL`: a constant by its name, or a macro.
[[nodiscard]] bool is_in_capitals(std::string_view name);

/// What a variable or a member is worth in `state`.
[[nodiscard]] Value& held(State& state, Names& names, std::string_view name);
[[nodiscard]] Value& held(State& state, Names& names, const Member& member);

/// Ways on which the same has been given back become one; ways that are dead, and those over a limit, go.
void merge(std::vector<State>& states, Names& names);

}  // namespace peer::freed_memory
