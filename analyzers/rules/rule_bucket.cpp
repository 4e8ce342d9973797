#include "analyzers/rules/rule_bucket.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "analyzers/languages/language.hpp"
#include "analyzers/rules/match/evaluate.hpp"
#include "analyzers/rules/rule_scan.hpp"

namespace peer::rules {

void RuleBucket::add(const Rule& rule, Matcher matcher) {
  rules_.push_back({&rule, std::move(matcher), {}, {}});
}

void RuleBucket::finish(const Language& language) {
  std::stable_sort(rules_.begin(), rules_.end(), [](const Compiled& left, const Compiled& right) {
    return left.rule->id < right.rule->id;
  });
  std::map<Literal, std::uint32_t> known;
  std::vector<Literal> literals;
  const auto index_of = [&](const Literal& literal) {
    const auto [found, is_new] =
        known.try_emplace(literal, static_cast<std::uint32_t>(literals.size()));
    if (is_new) literals.push_back(literal);
    return found->second;
  };
  for (auto& rule : rules_)
    for (const auto& clause : required_literals(*rule.matcher.program())) {
      std::vector<std::uint32_t> indexes;
      for (const auto& literal : clause.literals)
        indexes.push_back(index_of(literal));
      if (clause.inside) rule.inside_clauses.push_back(indexes);
      rule.clauses.push_back(std::move(indexes));
    }
  automaton_ = Automaton(literals);
  literal_count_ = literals.size();

  kind_count_ = Grammar(language).kind_count();
  for (std::uint32_t kind = 0; kind <= kind_count_; ++kind) {
    by_kind_first_.push_back(static_cast<std::uint32_t>(by_kind_.size()));
    const auto id = kind == kind_count_ ? kErrorKind : static_cast<std::uint16_t>(kind);
    for (std::uint32_t i = 0; i < rules_.size(); ++i)
      if (rules_[i].matcher.may_start_at(id)) by_kind_.push_back(i);
  }
  by_kind_first_.push_back(static_cast<std::uint32_t>(by_kind_.size()));
}

const Matcher* RuleBucket::matcher(const Rule& rule) const {
  for (const auto& each : rules_)
    if (each.rule == &rule) return &each.matcher;
  return nullptr;
}

Candidates RuleBucket::may_match(std::string_view path, std::string_view text) const {
  std::vector<bool> stands(literal_count_, false);
  automaton_.scan(text,
                  [&](std::uint32_t literal, std::uint32_t /*start*/) { stands[literal] = true; });
  Candidates candidates;
  for (std::uint32_t i = 0; i < rules_.size(); ++i) {
    const auto& rule = rules_[i];
    const bool may = std::all_of(rule.clauses.begin(), rule.clauses.end(), [&](const auto& clause) {
      return std::any_of(clause.begin(), clause.end(),
                         [&](std::uint32_t literal) { return stands[literal]; });
    });
    if (may && rule.rule->is_for(path)) candidates.rules.push_back(i);
  }
  return candidates;
}

void RuleBucket::scan(Node root, std::string_view text, const Candidates& candidates,
                      const std::stop_token& stop, ScanResult& result) const {
  // where the literals stand says which nodes a rule need not be tried at
  std::vector<std::vector<std::uint32_t>> places(literal_count_);
  automaton_.scan(
      text, [&](std::uint32_t literal, std::uint32_t start) { places[literal].push_back(start); });
  std::vector<ScanRule> rules(rules_.size());
  for (const auto index : candidates.rules) {
    if (index >= rules_.size()) continue;
    const auto& compiled = rules_[index];
    rules[index] = {compiled.rule, &compiled.matcher,
                    nearest_places(compiled.inside_clauses, places)};
  }
  scan_tree({root, text, rules, by_kind_, by_kind_first_, kind_count_}, stop, result);
}

}  // namespace peer::rules
