#include "analyzers/rules/rewrite/transform.hpp"

#include <algorithm>

#include "analyzers/rules/rewrite/regex_replace.hpp"
#include "base/text.hpp"

namespace peer::rules {
namespace {

/// Bytes of the first `count` characters of `text`.
std::size_t bytes_of(std::string_view text, std::int64_t count) {
  std::size_t at = 0;
  for (; count > 0 && at < text.size(); --count)
    at += decode_utf8(text.substr(at)).length;
  return at;
}

std::int64_t characters_in(std::string_view text) {
  std::int64_t count = 0;
  for (std::size_t at = 0; at < text.size(); ++count)
    at += decode_utf8(text.substr(at)).length;
  return count;
}

std::string taken(const TakeSubstring& take, std::string_view text) {
  const auto length = characters_in(text);
  const auto resolve = [&](std::optional<std::int32_t> at, std::int64_t otherwise) {
    const auto value = at ? std::int64_t{*at} : otherwise;
    return std::clamp(value < 0 ? length + value : value, std::int64_t{0}, length);
  };
  const auto start = resolve(take.start, 0);
  const auto end = resolve(take.end, length);
  if (start >= end) return {};
  text.remove_prefix(bytes_of(text, start));
  return std::string(text.substr(0, bytes_of(text, end - start)));
}

}  // namespace

std::optional<std::string> transformed(const Transform& transform, std::string_view text) {
  if (const auto* replace = std::get_if<ReplaceText>(&transform.operation))
    return replaced_all(text, *replace->pattern, replace->by,
                        std::max(kMostTransformed, text.size()));
  if (const auto* take = std::get_if<TakeSubstring>(&transform.operation))
    return taken(*take, text);
  if (const auto* convert = std::get_if<ConvertCase>(&transform.operation))
    return converted(text, convert->to, convert->separators);
  return std::nullopt;
}

}  // namespace peer::rules
