#include "base/json.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

namespace peer {
namespace {

/// The deepest nesting of brackets outside strings: looked at before parsing, so that a bomb builds
/// no tree.
std::size_t nesting(std::string_view text) {
  std::size_t depth = 0;
  std::size_t deepest = 0;
  bool in_string = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (in_string) {
      if (c == '\\') ++i;
      if (c == '"') in_string = false;
    } else if (c == '"') {
      in_string = true;
    } else if (c == '[' || c == '{') {
      deepest = std::max(deepest, ++depth);
    } else if ((c == ']' || c == '}') && depth > 0) {
      --depth;
    }
  }
  return deepest;
}

}  // namespace

Result<Json> parse_json(std::string_view text, const JsonLimits& limits) {
  if (text.size() > limits.max_bytes)
    return fail(ErrorKind::invalid_input, fmt::format("JSON of {} bytes, over the limit of {}",
                                                      text.size(), limits.max_bytes));
  if (const auto depth = nesting(text); depth > limits.max_depth)
    return fail(ErrorKind::invalid_input,
                fmt::format("JSON nested {} deep, over the limit of {}", depth, limits.max_depth));
  try {
    return Json::parse(text);
  } catch (const nlohmann::json::parse_error& error) {
    return fail(ErrorKind::invalid_input, fmt::format("not JSON at byte {}", error.byte));
  } catch (const nlohmann::json::out_of_range& error) {  // a number that no double holds
    return fail(ErrorKind::invalid_input, fmt::format("not usable as JSON: {}", error.what()));
  }
}

std::string dump_json(const Json& json, int indent) {
  return json.dump(indent, ' ', false, Json::error_handler_t::replace);
}

}  // namespace peer
