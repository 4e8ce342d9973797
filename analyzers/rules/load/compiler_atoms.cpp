// The atomic rules: pattern, kind, regex, range; and the fields of relations.
#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <utility>

#include "analyzers/languages/language.hpp"
#include "analyzers/rules/load/compiler.hpp"
#include "analyzers/rules/load/pattern_advice.hpp"
#include "analyzers/rules/load/selector.hpp"
#include "analyzers/rules/load/yaml_text.hpp"
#include "base/text.hpp"

namespace peer::rules {
namespace {

struct StrictnessName {
  std::string_view name;
  Strictness strictness;
};
constexpr std::array<StrictnessName, 6> kStrictness{{{"cst", Strictness::cst},
                                                     {"smart", Strictness::smart},
                                                     {"ast", Strictness::ast},
                                                     {"relaxed", Strictness::relaxed},
                                                     {"signature", Strictness::signature},
                                                     {"template", Strictness::as_template}}};
constexpr std::array<std::string_view, 3> kPatternKeys{"context", "selector", "strictness"};

std::optional<std::uint32_t> natural(const YamlNode* node) {
  const auto value = node == nullptr ? std::nullopt : node->as_integer();
  if (!value || *value < 0 || *value >= kNone) return std::nullopt;
  return static_cast<std::uint32_t>(*value);
}

/// `{line, column}`; the column may be left out.
std::optional<TextRange::Place> read_place(const YamlNode* node) {
  if (node == nullptr || !node->is_map()) return std::nullopt;
  const auto line = natural(node->find("line"));
  if (!line) return std::nullopt;
  TextRange::Place place{*line, kNone};
  const auto* column = node->find("column");
  if (column != nullptr && !column->is_null()) {
    const auto value = natural(column);
    if (!value) return std::nullopt;
    place.column = *value;
  }
  return place;
}

}  // namespace

std::uint32_t Compiler::pattern(const YamlNode& value) {
  PatternText text;
  if (value.is_scalar() && !is_text(value)) return refuse(value, not_text("pattern", value));
  if (value.is_scalar())
    text.code = value.text;
  else if (!read_pattern_object(value, text))
    return kNone;
  const auto index = pattern_of(text);
  if (!index) return refuse(value, index.error().message);
  const auto& made = program_->patterns[*index];
  if (const auto advice = advise_pattern(*program_, made, text.code))
    note(value, fmt::format("`{}` alone is read as a `{}` and will hardly match; write `pattern: "
                            "{{context: \"{}\", selector: {}}}`",
                            visible(trim(text.code)), advice->read_as, visible(advice->context),
                            advice->selector));
  collect_variables(made);
  return builder_.pattern(*index);
}

/// Each text once.
Result<std::uint32_t> Compiler::pattern_of(const PatternText& text) {
  std::tuple key(std::string(text.code), text.selector.has_value(),
                 std::string(text.selector.value_or("")), text.strictness);
  if (const auto known = patterns_.find(key); known != patterns_.end()) return known->second;
  auto index = add_pattern(*program_, text);
  if (index) patterns_.emplace(std::move(key), *index);
  return index;
}

bool Compiler::read_pattern_object(const YamlNode& value, PatternText& text) {
  if (!value.is_map()) {
    refuse(value, "`pattern` takes code, or a map of `context`, `selector` and `strictness`");
    return false;
  }
  for (const auto& child : value.children)
    if (std::find(kPatternKeys.begin(), kPatternKeys.end(), child.key) == kPatternKeys.end()) {
      refuse_key(child, fmt::format("`{}` is no key of a pattern", visible(child.key, false)),
                 std::string(nearest(child.key, kPatternKeys)));
      return false;
    }
  const auto* context = value.find("context");
  if (context == nullptr || !context->is_scalar()) {
    refuse(value, "a pattern object needs a `context`: the code");
    return false;
  }
  if (!is_text(*context)) {
    refuse(*context, not_text("context", *context));
    return false;
  }
  text.code = context->text;
  if (const auto* selector = value.find("selector"); selector != nullptr && !selector->is_null()) {
    if (!grammar_.kind_id(selector->text)) {
      const auto known = grammar_.named_kinds();
      refuse(*selector,
             fmt::format("the kind `{}` is not known to {}", visible(selector->text, false),
                         language_.display_name),
             std::string(nearest(selector->text, known)));
      return false;
    }
    text.selector = selector->text;
  }
  const auto* strictness = value.find("strictness");
  if (strictness == nullptr || strictness->is_null()) return true;
  const auto* found = std::find_if(kStrictness.begin(), kStrictness.end(), [&](const auto& known) {
    return known.name == strictness->text;
  });
  if (found == kStrictness.end()) {
    std::array<std::string_view, kStrictness.size()> names;
    std::transform(kStrictness.begin(), kStrictness.end(), names.begin(),
                   [](const auto& known) { return known.name; });
    refuse(*strictness, "`strictness` is cst, smart, ast, relaxed, signature or template",
           std::string(nearest(strictness->text, names)));
    return false;
  }
  text.strictness = found->strictness;
  return true;
}

void Compiler::collect_variables(const Pattern& pattern) {
  if (scope_->is_global) return;
  const auto& nodes = program_->pattern_nodes;
  for (auto i = pattern.root; i < nodes[pattern.root].end; ++i) {
    if (nodes[i].slot == kNone) continue;
    const bool is_list = nodes[i].form == PatternNode::Form::multi_capture;
    const auto& name = (is_list ? program_->lists : program_->singles)[nodes[i].slot];
    auto& known = program_->variables;
    if (std::find(known.begin(), known.end(), name) == known.end()) known.push_back(name);
  }
}

std::uint32_t Compiler::kind(const YamlNode& value) {
  if (!value.is_scalar()) return refuse(value, "`kind` takes a node kind or a selector");
  SelectorProblem problem;
  const auto op = add_selector(builder_, grammar_, value.text, problem);
  if (op == kNone) return refuse(value, problem.message, problem.nearest);
  return op;
}

std::uint32_t Compiler::regex(const YamlNode& value) {
  if (!value.is_scalar()) return refuse(value, "`regex` takes a regular expression");
  if (!is_text(value)) return refuse(value, not_text("regex", value));
  if (const auto known = builder_.known_regex(value.text)) return *known;
  if (source_.is_checked) return builder_.regex(TextPattern::checked(value.text));
  auto compiled = TextPattern::compile(value.text);
  if (!compiled) return refuse(value, "in the regular expression " + compiled.error().message);
  return builder_.regex(std::move(*compiled));
}

std::uint32_t Compiler::range(const YamlNode& value) {
  const auto start = read_place(value.find("start"));
  const auto end = read_place(value.find("end"));
  if (!start || !end)
    return refuse(value,
                  "`range` takes `start` and `end`, each with a `line` and maybe a `column`");
  // a column left out comes before every other
  const auto before = [](const TextRange::Place& place) {
    return std::pair(place.line, place.column == kNone ? 0U : place.column + 1);
  };
  if (before(*start) > before(*end)) return refuse(value, "a range starts before it ends");
  return builder_.range({*start, *end});
}

bool Compiler::field(const YamlNode& relation, std::string_view name, std::uint16_t& id) {
  const auto* value = relation.find("field");
  if (value == nullptr || value->is_null()) return true;
  if (name != "inside" && name != "has") {
    refuse_key(*value, "`field` is for `inside` and `has` only");
    return false;
  }
  const auto found = value->is_scalar() ? grammar_.field_id(value->text) : std::nullopt;
  if (!found) {
    const auto known = grammar_.fields();
    refuse(*value,
           fmt::format("the field `{}` is not known to {}", visible(value->text, false),
                       language_.display_name),
           std::string(nearest(value->text, known)));
    return false;
  }
  id = *found;
  return true;
}

}  // namespace peer::rules
