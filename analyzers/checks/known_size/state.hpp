// What is known at one place of a function: numbers that variables hold, what pointers point to,
// and how long the texts there are. A value; copied where the way forks, joined where ways meet.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string_view>
#include <vector>

#include "analyzers/checks/known_size/declared.hpp"

namespace peer::known_size {

/// A stretch of memory of known size: an array, or what malloc() gave. One number for each that is
/// met.
using Memory = std::size_t;

/// What stands in a Memory.
struct Text {
  std::optional<std::int64_t> length = {};  ///< up to the zero
  std::int64_t filled = 0;                  ///< letters at its beginning that are no zero
  bool is_from_outside = false;             ///< read from a file, a connection or a user
};

/// A place in a Memory.
struct Place {
  Memory memory = 0;
  std::int64_t offset = 0;
  friend bool operator==(const Place&, const Place&) = default;
};

/// What a variable holds. Not known at all: no number, no places, is_open.
struct Held {
  /// From the first turn of a loop to the last one; equal outside of loops.
  struct Range {
    std::int64_t first = 0, last = 0;
    friend bool operator==(const Range&, const Range&) = default;
  };
  std::optional<Range> number = {};
  std::vector<Place> places = {};   ///< one of them
  bool is_open = true;              ///< or something else
  std::string_view last_name = {};  ///< of a counter: what it is on the last turn, where that is a
                                    ///< name whose number is not known

  /// Declared, and nothing assigned; or null: nobody writes there.
  [[nodiscard]] bool is_nothing() const { return !is_open && !number && places.empty(); }
  /// Not the same on every turn of a loop.
  [[nodiscard]] bool is_counter() const {
    return !last_name.empty() || (number && number->first != number->last);
  }
  [[nodiscard]] bool is_placed() const { return !is_open && !places.empty(); }
};

[[nodiscard]] inline Held unknown() { return {}; }
[[nodiscard]] inline Held nothing() { return {.is_open = false}; }
[[nodiscard]] inline Held number_held(std::int64_t value) {
  return {.number = Held::Range{value, value}, .is_open = false};
}
[[nodiscard]] inline Held place_held(Place place) { return {.places = {place}, .is_open = false}; }

struct Variable {
  Shape shape;
  Held held = unknown();
};

struct State {
  std::map<std::string_view, Variable> variables;
  std::map<Memory, Text> texts;
  bool is_dead = false;  ///< nothing runs here

  [[nodiscard]] Variable* find(std::string_view name);
  /// Nothing is known of what the variable holds from here on; arrays stay where they are.
  void forget(std::string_view name);
  /// Nor of the text that `held` points to.
  void forget_text(const Held& held);
  void forget_all();
};

/// Where either way may have been taken. Both came from the same state.
[[nodiscard]] State joined(State one, const State& other);

}  // namespace peer::known_size
