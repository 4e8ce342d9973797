#include "analyzers/checks/known_size/state.hpp"

#include <algorithm>

namespace peer::known_size {
namespace {

constexpr std::size_t kMostPlaces = 4;

Held joined(const Held& one, const Held& other) {
  if (one.is_nothing()) return other;
  if (other.is_nothing()) return one;
  if (one.number || other.number) return one.number == other.number ? one : unknown();
  Held both = one;
  both.is_open = one.is_open || other.is_open;
  for (const Place& place : other.places)
    if (std::find(both.places.begin(), both.places.end(), place) == both.places.end())
      both.places.push_back(place);
  return both.is_open || both.places.size() > kMostPlaces ? unknown() : both;
}

Text joined(const Text& one, const Text& other) {
  return {.length = one.length == other.length ? one.length : std::nullopt,
          .filled = std::min(one.filled, other.filled),
          .is_from_outside = one.is_from_outside || other.is_from_outside};
}

}  // namespace

Variable* State::find(std::string_view name) {
  const auto found = variables.find(name);
  return found == variables.end() ? nullptr : &found->second;
}

void State::forget(std::string_view name) {
  Variable* variable = find(name);
  if (variable == nullptr) return;
  forget_text(variable->held);
  if (!variable->shape.is_array) variable->held = unknown();
}

void State::forget_text(const Held& held) {
  for (const Place& place : held.places)
    texts[place.memory] = {};
}

void State::forget_all() {
  for (auto& [name, variable] : variables)
    if (!variable.shape.is_array) variable.held = unknown();
  texts.clear();
}

State joined(State one, const State& other) {
  if (one.is_dead) return other;
  if (other.is_dead) return one;
  for (auto& [name, variable] : one.variables)
    if (const auto known = other.variables.find(name); known != other.variables.end())
      variable.held = joined(variable.held, known->second.held);
  for (auto& [memory, text] : one.texts)
    if (const auto known = other.texts.find(memory); known != other.texts.end())
      text = joined(text, known->second);
  for (const auto& [memory, text] : other.texts)
    one.texts.try_emplace(memory, text);
  return one;
}

}  // namespace peer::known_size
