// Utilities that come back to themselves without going through a relation: they would be evaluated
// for ever. Pure.
#pragma once

#include "base/yaml.hpp"

namespace peer::rules {

/// The first entry of `utils` (a map of ids to rule objects) that is part of such a cycle, or null.
[[nodiscard]] const YamlNode* find_util_cycle(const YamlNode& utils);

}  // namespace peer::rules
