#include "reporters/forges/fields.hpp"

#include <nlohmann/json.hpp>

#include "base/text.hpp"

namespace peer::forge {

const Json& at(const Json& json, std::string_view path) {
  static const Json kNothing;
  const Json* here = &json;
  for (const auto name : split(path, '/')) {
    if (!here->is_object()) return kNothing;
    const auto it = here->find(std::string(name));
    if (it == here->end()) return kNothing;
    here = &*it;
  }
  return *here;
}

std::string text(const Json& json, std::string_view path) {
  const auto& value = at(json, path);
  return value.is_string() ? value.get<std::string>() : std::string();
}

bool flag(const Json& json, std::string_view path) {
  const auto& value = at(json, path);
  return value.is_boolean() && value.get<bool>();
}

std::uint64_t number(const Json& json, std::string_view path) {
  const auto& value = at(json, path);
  return value.is_number_unsigned() ? value.get<std::uint64_t>() : 0;
}

std::string id(const Json& json, std::string_view path) {
  const auto& value = at(json, path);
  if (value.is_number_unsigned()) return std::to_string(value.get<std::uint64_t>());
  return value.is_string() ? value.get<std::string>() : std::string();
}

}  // namespace peer::forge
