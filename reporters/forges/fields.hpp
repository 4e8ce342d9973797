// Taking values out of JSON that a forge sent: what is missing or of another type is empty, never
// an error. Pure; thread-safe.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/json.hpp"

namespace peer::forge {

/// The value at a path of names, "a/b/c"; a JSON null where there is none.
[[nodiscard]] const Json& at(const Json& json, std::string_view path);
[[nodiscard]] std::string text(const Json& json, std::string_view path);
[[nodiscard]] bool flag(const Json& json, std::string_view path);
[[nodiscard]] std::uint64_t number(const Json& json, std::string_view path);
/// A number or a text as text: how ids come.
[[nodiscard]] std::string id(const Json& json, std::string_view path);

}  // namespace peer::forge
