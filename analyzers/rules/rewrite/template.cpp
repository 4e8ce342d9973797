#include "analyzers/rules/rewrite/template.hpp"

#include <algorithm>

#include "analyzers/rules/rewrite/indent.hpp"

namespace peer::rules {
namespace {

constexpr char kMark = '$';
constexpr std::size_t kMostMarks = 3;

struct Found {
  TemplateVariable variable;
  std::size_t length;  ///< of its spelling
};

std::size_t name_length(std::string_view text) {
  const auto* end = std::find_if_not(text.begin(), text.end(), is_variable_character);
  return static_cast<std::size_t>(end - text.begin());
}

/// The variable that `text`, which begins with a mark, begins with.
std::optional<Found> variable_at(std::string_view text, std::span<const std::string> transformed) {
  std::size_t marks = 1;
  while (marks < kMostMarks && marks < text.size() && text[marks] == kMark)
    ++marks;
  const auto length = name_length(text.substr(marks));
  if (length == 0) return std::nullopt;
  const auto name = text.substr(marks, length);
  auto kind = TemplateVariable::Kind::single;
  if (marks == kMostMarks)
    kind = TemplateVariable::Kind::multiple;
  else if (std::find(transformed.begin(), transformed.end(), name) != transformed.end())
    kind = TemplateVariable::Kind::transformed;
  return Found{{kind, std::string(name), 0}, marks + length};
}

}  // namespace

bool is_variable_character(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

std::optional<TemplateVariable> parse_variable(std::string_view text) {
  if (!text.starts_with(kMark)) return std::nullopt;
  auto found = variable_at(text, {});
  if (!found || found->length != text.size()) return std::nullopt;
  const char first = found->variable.name[0];
  const bool multiple = found->variable.kind == TemplateVariable::Kind::multiple;
  if (first == '_' || (!multiple && first >= '0' && first <= '9')) return std::nullopt;
  return std::move(found->variable);
}

Template Template::parse(std::string_view text, std::span<const std::string> transformed) {
  Template result;
  result.texts_.clear();
  std::size_t begin = 0;
  for (auto at = text.find(kMark); at != std::string_view::npos;) {
    auto found = variable_at(text.substr(at), transformed);
    if (found) {
      found->variable.indent = indent_at(text.substr(0, at));
      result.texts_.emplace_back(text.substr(begin, at - begin));
      result.variables_.push_back(std::move(found->variable));
      begin = at + found->length;
    }
    at = text.find(kMark, found ? begin : at + 1);
  }
  result.texts_.emplace_back(text.substr(begin));
  return result;
}

std::string Template::fill(const Lookup& value, std::size_t most) const {
  std::string out = texts_.front();
  for (std::size_t i = 0; i < variables_.size() && out.size() <= most; ++i) {
    if (const auto found = value(variables_[i]))
      out += reindented(found->text, found->indent, variables_[i].indent);
    out += texts_[i + 1];
  }
  return out;
}

}  // namespace peer::rules
