#include "analyzers/rules/load/nth_child.hpp"

#include <charconv>
#include <cstdint>
#include <string>

namespace peer::rules {
namespace {

/// A sign and digits, each optional, at the front of `text`, which they are taken from. No digits:
/// `none`.
struct Number {
  std::int32_t sign = 1;
  bool has_sign = false;
  std::optional<std::int32_t> digits;
};

std::optional<Number> take_number(std::string_view& text) {
  Number number;
  if (text.starts_with('+') || text.starts_with('-')) {
    number.has_sign = true;
    number.sign = text.front() == '-' ? -1 : 1;
    text.remove_prefix(1);
  }
  if (text.empty() || text.front() < '0' || text.front() > '9') return number;
  std::int32_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{}) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  number.digits = value;
  return number;
}

}  // namespace

std::optional<ChildPosition> read_child_position(std::string_view written) {
  std::string compact;
  for (const char c : written)
    if (c != ' ' && (c < '\t' || c > '\r')) compact += c;
  std::string_view text = compact;
  const auto first = take_number(text);
  if (!first) return std::nullopt;
  if (text.empty()) {
    if (!first->digits) return std::nullopt;
    return ChildPosition{0, first->sign * *first->digits, false};
  }
  if (text.front() != 'n' && text.front() != 'N') return std::nullopt;
  text.remove_prefix(1);
  ChildPosition position{first->sign * first->digits.value_or(1), 0, false};
  if (text.empty()) return position;
  const auto second = take_number(text);
  if (!second || !second->has_sign || !second->digits || !text.empty()) return std::nullopt;
  position.offset = second->sign * *second->digits;
  return position;
}

bool is_at(const ChildPosition& position, std::uint32_t index) {
  const auto n = static_cast<std::int64_t>(index) - position.offset;
  if (position.step == 0) return n == 0;
  return n / position.step >= 0 && n % position.step == 0;
}

}  // namespace peer::rules
