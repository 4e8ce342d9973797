#include "analyzers/rules/load/yaml_text.hpp"

#include <algorithm>
#include <fmt/format.h>

#include "base/text.hpp"

namespace peer::rules {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Takes digits and `_` from the front of `text`; false where it does not begin with a digit.
bool take_digits(std::string_view& text) {
  if (text.empty() || !is_digit(text.front())) return false;
  const auto end = text.find_first_not_of("0123456789_");
  text.remove_prefix(std::min(end, text.size()));
  return true;
}

bool is_of_base(std::string_view text, std::string_view digits) {
  return !text.empty() && text.find_first_not_of(digits) == std::string_view::npos;
}

}  // namespace

bool reads_as_number(std::string_view text) {
  if (text.starts_with('+') || text.starts_with('-')) text.remove_prefix(1);
  const auto lowered = to_lower(text);
  if (lowered == ".inf" || lowered == ".nan") return true;
  if (lowered.starts_with("0x")) return is_of_base(lowered.substr(2), "0123456789abcdef_");
  if (lowered.starts_with("0o")) return is_of_base(lowered.substr(2), "01234567_");
  if (lowered.starts_with("0b")) return is_of_base(lowered.substr(2), "01_");
  const bool has_whole = take_digits(text);
  bool has_fraction = false;
  if (text.starts_with('.')) {
    text.remove_prefix(1);
    has_fraction = take_digits(text);
  }
  if (!has_whole && !has_fraction) return false;
  if (text.starts_with('e') || text.starts_with('E')) {
    text.remove_prefix(1);
    if (text.starts_with('+') || text.starts_with('-')) text.remove_prefix(1);
    return take_digits(text) && text.empty();
  }
  return text.empty();
}

bool is_text(const YamlNode& node) {
  if (!node.is_scalar()) return false;
  return node.quoted || (!node.as_bool() && !reads_as_number(node.text));
}

std::string not_text(std::string_view key, const YamlNode& node) {
  if (!node.is_scalar()) return fmt::format("`{}` takes text", key);
  return fmt::format("`{}` takes text, and {} is a {}: write it in quotes", key,
                     visible(node.text, false), node.as_bool() ? "truth value" : "number");
}

}  // namespace peer::rules
