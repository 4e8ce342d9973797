#include "llm/answer/tagged.hpp"

#include <charconv>

#include <nlohmann/json.hpp>

#include "base/text.hpp"
#include "llm/answer/repair.hpp"
#include "llm/wires/fields.hpp"

namespace peer {
namespace {

/// A decimal number that is all of `text`.
std::optional<double> number_in(std::string_view text) {
  text = trim(text);
  if (text.empty() || text.size() > 8 ||
      text.find_first_not_of("0123456789.") != std::string_view::npos)
    return std::nullopt;
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

/// What stands between <name> and </name>; the last closing tag counts, since code may hold the
/// words.
std::optional<std::string_view> inside(std::string_view text, std::string_view name) {
  const auto open = "<" + std::string(name) + ">", close = "</" + std::string(name) + ">";
  const auto begin = text.find(open);
  if (begin == std::string_view::npos) return std::nullopt;
  const auto end = text.rfind(close);
  if (end == std::string_view::npos || end < begin + open.size()) return std::nullopt;
  return text.substr(begin + open.size(), end - begin - open.size());
}

std::string without_fence(std::string_view code) {
  const auto start = code.find_first_not_of("\r\n\t ");
  if (start != std::string_view::npos &&
      (code.substr(start).starts_with("```") || code.substr(start).starts_with("~~~")))
    if (auto fenced = first_fenced(code)) return *std::move(fenced);
  if (code.starts_with("\r\n"))
    code.remove_prefix(2);
  else if (code.starts_with('\n'))
    code.remove_prefix(1);
  return std::string(code);
}

std::optional<double> confidence_in(const Json& json) {
  if (json.is_string()) return parse_confidence(text_of(json));
  if (json.is_number()) return parse_confidence(json.dump());
  return std::nullopt;
}

/// An answer that is one JSON object with a member "code".
std::optional<TaggedAnswer> from_json(std::string_view answer) {
  const auto start = answer.find_first_not_of(" \t\r\n");
  const bool may_be = start != std::string_view::npos &&
                      (answer[start] == '{' || answer.substr(start).starts_with("```json"));
  if (!may_be) return std::nullopt;
  const auto json = repair_json(answer);
  if (!json || !json->value.is_object() || !member(json->value, "code").is_string())
    return std::nullopt;
  TaggedAnswer out;
  out.code = without_fence(text_at(json->value, "code"));
  out.confidence = confidence_in(member(json->value, "confidence"));
  out.reasoning = text_at(json->value, "reasoning");
  return out;
}

/// The value on a line "Confidence: 8/10".
std::optional<double> confidence_line(std::string_view answer) {
  std::optional<double> found;
  for (auto line : split_lines(answer)) {
    while (!line.empty() &&
           std::string_view("#*-_ \t").find(line.front()) != std::string_view::npos)
      line.remove_prefix(1);
    if (!to_lower(line.substr(0, 10)).starts_with("confidence")) continue;
    line.remove_prefix(std::min(line.find_first_of("0123456789"), line.size()));
    line = line.substr(0, line.find_first_not_of("0123456789./% "));
    const auto value = parse_confidence(line);
    if (found && value != found) return std::nullopt;
    found = value;
  }
  return found;
}

}  // namespace

std::optional<double> parse_confidence(std::string_view text) {
  text = trim(text);
  double value = -1, most = 0;
  if (const auto slash = text.find('/'); slash != std::string_view::npos) {
    const auto over = number_in(text.substr(slash + 1));
    if (!over || (*over != 10 && *over != 100)) return std::nullopt;
    most = *over;
    value = number_in(text.substr(0, slash)).value_or(-1);
  } else if (text.ends_with('%')) {
    most = 100;
    value = number_in(text.substr(0, text.size() - 1)).value_or(-1);
  } else {
    value = number_in(text).value_or(-1);
    const bool part = text.find('.') != std::string_view::npos;
    // "0.8" is a part of one, "7.5" one of ten; "1.0" could be either
    if (part && value == 1) return std::nullopt;
    most = part && value < 1 ? 1 : 10;
  }
  if (value < 0 || value > most) return std::nullopt;
  return value / most;
}

std::optional<std::string> first_fenced(std::string_view text) {
  std::string_view fence;
  std::string out;
  for (const auto line : split_lines(text)) {
    const auto bare = trim(line);
    if (fence.empty()) {
      if (!bare.starts_with("```") && !bare.starts_with("~~~")) continue;
      fence = bare.substr(0, std::min(bare.find_first_not_of(bare.front()), bare.size()));
      continue;
    }
    if (bare.starts_with(fence) && bare.find_first_not_of(fence.front()) == std::string_view::npos)
      return out;
    out += line;
    out += '\n';
  }
  return std::nullopt;
}

TaggedAnswer parse_tagged(std::string_view answer) {
  if (auto json = from_json(answer)) return *std::move(json);
  TaggedAnswer out;
  const auto code = inside(answer, "code");
  // what is said about the code stands outside of it
  std::string around(answer);
  if (code) {
    out.code = without_fence(*code);
    around.erase(static_cast<std::size_t>(code->data() - answer.data()), code->size());
  } else {
    out.code = first_fenced(answer);
  }
  if (const auto confidence = inside(around, "confidence"))
    out.confidence = parse_confidence(*confidence);
  else if (around.find("<confidence>") == std::string::npos)
    out.confidence = confidence_line(around);
  if (const auto reasoning = inside(around, "reasoning")) out.reasoning = trim(*reasoning);
  return out;
}

}  // namespace peer
