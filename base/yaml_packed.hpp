// A YAML document as bytes that are read back without parsing, for texts that are part of the
// program. Only for bytes that pack_yaml() made. Pure; thread-safe.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/yaml.hpp"

namespace peer {

/// What packed bytes begin with; no YAML text does.
inline constexpr std::string_view kPackedYaml{"\0YAML", 5};

/// The node and all below it, places included.
[[nodiscard]] std::string pack_yaml(const YamlNode& root);

/// nullopt where the bytes are not what pack_yaml() makes.
[[nodiscard]] std::optional<YamlNode> unpack_yaml(std::string_view bytes);

}  // namespace peer
