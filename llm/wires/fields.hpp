// Reading JSON that may hold anything: a missing or odd field is its default, never an error.
// Inside llm only. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

#include "base/json.hpp"

namespace peer {

/// The member `name` of an object, else null.
[[nodiscard]] inline const Json& member(const Json& json, std::string_view name) {
  static const Json kNull;
  if (!json.is_object()) return kNull;
  const auto it = json.find(std::string(name));
  return it == json.end() ? kNull : *it;
}

/// The first element of an array, else null.
[[nodiscard]] inline const Json& first(const Json& json) {
  static const Json kNull;
  return json.is_array() && !json.empty() ? json.front() : kNull;
}

[[nodiscard]] inline std::string text_of(const Json& json) {
  return json.is_string() ? json.get<std::string>() : std::string();
}
[[nodiscard]] inline std::string text_at(const Json& json, std::string_view name) {
  return text_of(member(json, name));
}

/// A count of tokens; nullopt for what is none.
[[nodiscard]] inline std::optional<std::uint64_t> count_of(const Json& json) {
  constexpr double kMost = 1e12;
  if (!json.is_number()) return std::nullopt;
  const auto value = json.get<double>();
  if (!(value >= 0 && value <= kMost)) return std::nullopt;
  return static_cast<std::uint64_t>(value);
}
[[nodiscard]] inline std::optional<std::uint64_t> count_at(const Json& json,
                                                           std::string_view name) {
  return count_of(member(json, name));
}

/// An amount of dollars; nullopt for what is none.
[[nodiscard]] inline std::optional<double> dollars_of(const Json& json) {
  if (!json.is_number()) return std::nullopt;
  const auto value = json.get<double>();
  if (!(value >= 0 && value < 1e6)) return std::nullopt;
  return value;
}

/// Text that is a string or a list of parts that hold "text".
[[nodiscard]] inline std::string text_of_parts(const Json& json) {
  if (json.is_string()) return json.get<std::string>();
  std::string out;
  if (json.is_array())
    for (const auto& part : json)
      out += part.is_string() ? part.get<std::string>() : text_at(part, "text");
  return out;
}

}  // namespace peer
