#include "analyzers/rules/rewrite/fixer.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>

#include "analyzers/rules/load/yaml_text.hpp"
#include "analyzers/rules/rewrite/fill.hpp"
#include "analyzers/rules/rewrite/problem_at.hpp"
#include "base/text.hpp"

namespace peer::rules {
namespace {

constexpr std::array<std::string_view, 4> kKeys{"template", "expandStart", "expandEnd", "title"};

std::optional<Matcher> expansion(const YamlNode* node, const FixScope& scope,
                                 std::vector<Problem>& problems) {
  if (node == nullptr || node->is_null()) return std::nullopt;
  return compile_matcher(*scope.language, {node, nullptr, scope.utils, scope.globals, true},
                         problems);
}

void check_keys(const YamlNode& node, std::vector<Problem>& problems) {
  for (const auto& child : node.children) {
    if (std::find(kKeys.begin(), kKeys.end(), child.key) != kKeys.end()) continue;
    auto problem = problem_at(child, fmt::format("fix has no key {}", visible(child.key, false)));
    problem.level = Problem::Level::note;
    problem.nearest = std::string(nearest(child.key, kKeys));
    problems.push_back(std::move(problem));
  }
}

Fixer parse_one(const YamlNode& node, const FixScope& scope, std::vector<Problem>& problems) {
  Fixer fixer;
  const auto* text = node.find("template");
  if (!node.is_map() || text == nullptr || !text->is_scalar()) {
    problems.push_back(problem_at(node, "fix is text, or {template, expandStart, expandEnd}"));
    return fixer;
  }
  check_keys(node, problems);
  for (const auto* written : {text, node.find("title")})
    if (written != nullptr && !written->is_null() && !is_text(*written))
      problems.push_back(problem_at(*written, not_text(written->key, *written)));
  fixer.text = Template::parse(text->text, scope.transformed);
  fixer.expand_start = expansion(node.find("expandStart"), scope, problems);
  fixer.expand_end = expansion(node.find("expandEnd"), scope, problems);
  if (const auto* title = node.find("title"); title != nullptr) fixer.title = title->text;
  return fixer;
}

}  // namespace

std::vector<Fixer> parse_fix(const YamlNode& node, const FixScope& scope,
                             std::vector<Problem>& problems) {
  std::vector<Fixer> fixers;
  if (node.is_scalar() && !is_text(node)) {
    problems.push_back(problem_at(node, not_text("fix", node)));
    return fixers;
  }
  if (node.is_scalar()) {
    fixers.emplace_back().text = Template::parse(node.text, scope.transformed);
    return fixers;
  }
  if (!node.is_sequence()) {
    fixers.push_back(parse_one(node, scope, problems));
    return fixers;
  }
  for (const auto& child : node.children) {
    fixers.push_back(parse_one(child, scope, problems));
    if (fixers.back().title.empty())
      problems.push_back(problem_at(child, "each fix of a list needs a title"));
  }
  return fixers;
}

Edit make_edit(const Fixer& fixer, Subject& subject, Node match, const Captures& captures) {
  Span span = match.span();
  const auto sibling = [&](const Matcher& matcher, bool backward) {
    Captures scratch = captures;
    return matcher.find_sibling(subject, match, backward, scratch);
  };
  if (fixer.expand_start)
    if (const auto node = sibling(*fixer.expand_start, true)) span.begin = node.begin();
  if (fixer.expand_end)
    if (const auto node = sibling(*fixer.expand_end, false)) span.end = node.end();
  span.end = std::max(span.begin, span.end);
  return {span, replacement_text(fixer.text, captures, subject.text(), match.begin())};
}

}  // namespace peer::rules
