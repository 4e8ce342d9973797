// What is known of a value inside a function: a constant (its text where that is known), or where
// it may come from. Values; not shared between threads.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace peer::taint {

/// The number of a set of sources; see Catalogue.
using Source = std::uint16_t;
/// Not known to come from anywhere, and no constant either.
constexpr Source kAnything = 0;
/// From here on: the value of the function's own parameter number `source - kFirstParameter`; only
/// in summaries.
constexpr Source kFirstParameter = 0xC000;
/// What a function is given behind its arguments: a block (Ruby). Only in summaries.
constexpr Source kBlock = 0xCFFF;
/// The object that an extension function is called on. Only in summaries.
constexpr Source kReceiver = 0xCFFE;
/// From here on: what a member of a parameter, or of the function's own object, holds, by
/// Session::member_number(); only in summaries, too.
constexpr Source kFirstMember = 0xD000;

/// One way a value may have come about: from `source`, through the sanitizers of the interned set
/// `cleaned`, by the steps that end in `trace`.
struct Fact {
  Source source = kAnything;
  std::uint32_t cleaned = 0;
  std::uint32_t trace = 0;

  [[nodiscard]] bool same_origin(const Fact& other) const {
    return source == other.source && cleaned == other.cleaned;
  }
};

/// The text of a constant. Numbers are written in decimal, truth as "true" and "false".
struct Literal {
  enum class Kind : std::uint8_t { text, number, boolean, null };
  Kind kind = Kind::text;
  std::string text;
  friend bool operator==(const Literal&, const Literal&) = default;
};

struct Shape;

/// A function of the file as a value.
struct FunctionValue {
  std::uint32_t unit = 0;   ///< its index in Units
  std::uint32_t given = 0;  ///< how many of its first parameters it has got already
  friend bool operator==(const FunctionValue&, const FunctionValue&) = default;
};

/// An abstract value. Without facts it is a constant.
struct Value {
  bool exists = true;     ///< false: no value reaches this place (not assigned, or dead code)
  bool external = false;  ///< a name that nothing here defines: a module, a class, a global
  /// Of an object of a class of the file: Session::class_number(); else 0. What its members hold it
  /// is not itself.
  std::uint32_t of_class = 0;
  /// The parameter, or member of one, that this is as it was given; kAnything of all else. Only
  /// where a summary is made.
  Source given_as = kAnything;
  std::optional<Literal> literal;
  std::vector<Fact> facts;               ///< of the value itself, not of its elements
  std::vector<FunctionValue> functions;  ///< that it may be
  std::shared_ptr<const Shape> shape;    ///< the elements of a container or object, where known

  [[nodiscard]] bool is_constant() const { return facts.empty() && !external; }
};

/// What a list, map or object holds.
struct Shape {
  bool is_list = false;
  bool is_complete = true;  ///< there are no elements but these
  bool is_ordered = true;   ///< of a list: element i is entries[i]
  std::uint8_t depth = 1;
  std::vector<std::pair<std::string, Value>> entries;
  std::vector<Fact> facts;  ///< of all entries together
};

/// No value.
[[nodiscard]] Value nothing();
/// A constant whose text is not known.
[[nodiscard]] Value constant();
[[nodiscard]] Value constant(Literal literal);
/// Anything: not a constant, from nowhere in particular.
[[nodiscard]] Value anything();
[[nodiscard]] Value external();

/// Adds `fact` unless one of the same origin is there; a bounded number is kept.
void add_fact(std::vector<Fact>& facts, Fact fact);
void add_facts(std::vector<Fact>& facts, const std::vector<Fact>& more);
/// Makes of `value` what a function was given as its parameter number `position`, too.
void speak_of(Value& value, std::size_t position);
/// A bounded number is kept.
void add_functions(std::vector<FunctionValue>& functions, const std::vector<FunctionValue>& more);
/// Whether one of `facts` is of `source`.
[[nodiscard]] bool speaks_of(const std::vector<Fact>& facts, Source source);
/// Whether one of `facts` names a source.
[[nodiscard]] bool is_from_outside(const std::vector<Fact>& facts);
/// All facts of a value and what it holds, the members of an object aside; an external one may be
/// anything.
[[nodiscard]] std::vector<Fact> all_facts(const Value& value);

/// Either of two values.
[[nodiscard]] Value join(const Value& a, const Value& b);
/// Whether a join with `now` could still change what stands in `before`: facts and constness only.
[[nodiscard]] bool differs(const Value& before, const Value& now);

/// A list or map of entries; too many or too deep ones are merged.
[[nodiscard]] Value collection(bool is_list, std::vector<std::pair<std::string, Value>> entries,
                               bool is_complete);
/// The element under `key`; any element where the key is not known.
[[nodiscard]] Value element(const Value& container, const std::optional<std::string>& key);
/// The entry of `shape` that stands under `key`; null where it is not known which that is.
[[nodiscard]] const Value* find_entry(const Shape& shape, const std::string& key);
/// `container` with `value` under `key`, or somewhere in it where the key is not known.
[[nodiscard]] Value with_element(const Value& container, const std::optional<std::string>& key,
                                 const Value& value);
/// `value`, which may be something of `facts` as well.
[[nodiscard]] Value with_facts(Value value, const std::vector<Fact>& facts);
/// `holder` with other values in its entries, one for each, in their order.
[[nodiscard]] Value with_entries(const Value& holder, std::vector<Value> values);
/// `list` with `value` at its end, or before its first element.
[[nodiscard]] Value with_appended(const Value& list, const Value& value, bool in_front);
/// `container` without the element under `key`.
[[nodiscard]] Value without_element(const Value& container, const std::optional<std::string>& key);

}  // namespace peer::taint
