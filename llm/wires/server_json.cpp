// JSON as servers really send it.
#include <cstdint>
#include <string>

#include <nlohmann/json.hpp>

#include "base/json.hpp"
#include "base/text.hpp"
#include "llm/wires/error.hpp"

namespace peer {
namespace {

constexpr std::size_t kEscapeBytes = 6;  // \uXXXX

/// The value of the four hexadecimal digits at `at`, or -1.
int hex4(std::string_view text, std::size_t at) {
  if (at + 4 > text.size()) return -1;
  int value = 0;
  for (std::size_t i = at; i < at + 4; ++i) {
    const char c = text[i];
    const int digit = c >= '0' && c <= '9'   ? c - '0'
                      : c >= 'a' && c <= 'f' ? c - 'a' + 10
                      : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                             : -1;
    if (digit < 0) return -1;
    value = value * 16 + digit;
  }
  return value;
}

bool is_high(int unit) { return unit >= 0xD800 && unit < 0xDC00; }
bool is_low(int unit) { return unit >= 0xDC00 && unit < 0xE000; }

/// `json` with each escaped surrogate that has no partner replaced by U+FFFD.
std::string mend_surrogates(std::string_view json) {
  std::string out;
  out.reserve(json.size());
  for (std::size_t i = 0; i < json.size(); ++i) {
    if (json[i] != '\\' || i + 1 >= json.size()) {
      out += json[i];
      continue;
    }
    const int unit = json[i + 1] == 'u' ? hex4(json, i + 2) : -1;
    std::size_t length = unit >= 0 ? kEscapeBytes : 2;
    bool alone = is_low(unit);
    if (is_high(unit)) {
      const auto next = i + kEscapeBytes;
      const bool paired = json.substr(next, 2) == "\\u" && is_low(hex4(json, next + 2));
      if (paired) length = 2 * kEscapeBytes;
      alone = !paired;
    }
    out += alone ? std::string_view("\\uFFFD") : json.substr(i, length);
    i += length - 1;
  }
  return out;
}

}  // namespace

Result<Json> parse_server_json(std::string_view text) {
  const JsonLimits limits{.max_bytes = std::size_t{8} << 20U, .max_depth = 64};
  auto parsed = parse_json(text, limits);
  if (parsed || text.size() > limits.max_bytes) return parsed;
  return parse_json(mend_surrogates(valid_utf8(text)), limits);
}

}  // namespace peer
