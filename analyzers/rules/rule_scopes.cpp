#include "analyzers/rules/rule_scopes.hpp"

#include <algorithm>
#include <utility>

namespace peer::rules {
namespace {

/// Globs may hold anything but a zero.
std::string key_of(const PathGlob& glob) {
  return (glob.ignore_case ? "i" : "c") + glob.glob + '\0';
}

std::string key_of(const Rule& rule) {
  std::string key = rule.has_files ? "+" : "-";
  for (const auto& glob : rule.files)
    key += key_of(glob);
  key += '\0';
  for (const auto& glob : rule.ignores)
    key += key_of(glob);
  return key + '\0' + rule.globs_above + '\0' + rule.globs_below;
}

/// Globs of rules of a folder are for paths within it.
bool is_moved(const Rule& rule) { return !rule.globs_above.empty() || !rule.globs_below.empty(); }

}  // namespace

std::vector<std::uint32_t> RuleScopes::numbers_of(const std::vector<PathGlob>& globs) {
  std::vector<std::uint32_t> out;
  for (const auto& glob : globs) {
    const auto [known, is_new] =
        known_globs_.try_emplace(key_of(glob), static_cast<std::uint32_t>(globs_.size()));
    if (is_new) globs_.emplace_back(glob.glob, glob.ignore_case);
    out.push_back(known->second);
  }
  return out;
}

void RuleScopes::add(const Rule& rule) {
  const auto [known, is_new] =
      known_scopes_.try_emplace(key_of(rule), static_cast<std::uint32_t>(scopes_.size()));
  if (is_new) {
    Scope scope;
    scope.rule = &rule;
    if (!is_moved(rule)) {
      scope.files = numbers_of(rule.files);
      scope.ignores = numbers_of(rule.ignores);
    }
    scopes_.push_back(std::move(scope));
  }
  of_rule_.push_back(known->second);
}

RuleScopes::Answers::Answers(const RuleScopes& scopes, std::string_view path)
    : scopes_(scopes),
      path_(path),
      of_scope_(scopes.scopes_.size()),
      of_glob_(scopes.globs_.size()) {}

bool RuleScopes::Answers::is_for(std::size_t rule) {
  auto& known = of_scope_[scopes_.of_rule_[rule]];
  if (known) return *known;
  const auto& scope = scopes_.scopes_[scopes_.of_rule_[rule]];
  if (is_moved(*scope.rule))
    known = scope.rule->is_for(path_);
  else
    known = !any_of(scope.ignores) && (!scope.rule->has_files || any_of(scope.files));
  return *known;
}

bool RuleScopes::Answers::any_of(const std::vector<std::uint32_t>& globs) {
  return std::any_of(globs.begin(), globs.end(), [&](std::uint32_t glob) {
    auto& known = of_glob_[glob];
    if (!known) known = scopes_.globs_[glob].matches(path_);
    return *known;
  });
}

}  // namespace peer::rules
