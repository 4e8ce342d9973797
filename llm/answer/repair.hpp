// JSON as models write it. Mending leaves things out; it never makes any up. Pure; thread-safe;
// linear in the text.
#pragma once

#include <string_view>

#include <nlohmann/json.hpp>

#include "base/json.hpp"

namespace peer {

struct RepairedJson {
  Json value;
  bool repaired = false;   ///< the text was no JSON as it stood
  bool truncated = false;  ///< its end is missing; only list entries that are whole are there
};

/// The first JSON object or array in `text`. Words and fences around it, comments and trailing
/// commas are left out; of a list that was cut, the last entry that is not whole. Fails with
/// invalid_input where that is not enough.
[[nodiscard]] Result<RepairedJson> repair_json(std::string_view text);

}  // namespace peer
