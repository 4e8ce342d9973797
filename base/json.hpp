// JSON in and out with the limits that hostile input asks for. Wraps nlohmann/json, whose
// exceptions stop here.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include <nlohmann/json_fwd.hpp>

#include "base/result.hpp"

namespace peer {

using Json = nlohmann::ordered_json;

struct JsonLimits {
  std::size_t max_bytes = std::size_t{64} << 20U;
  std::size_t max_depth = 64;
};

/// Parses `text`; fails with invalid_input on a syntax error (with its byte), too many bytes or too
/// deep a nesting.
[[nodiscard]] Result<Json> parse_json(std::string_view text, const JsonLimits& limits = {});

/// `json` as text; bytes that are not UTF-8 become U+FFFD. `indent` < 0: one line.
[[nodiscard]] std::string dump_json(const Json& json, int indent = -1);

}  // namespace peer
