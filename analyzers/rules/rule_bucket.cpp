#include "analyzers/rules/rule_bucket.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "analyzers/languages/language.hpp"
#include "analyzers/rules/match/evaluate.hpp"
#include "analyzers/rules/rule_scan.hpp"

namespace peer::rules {

/// Gives each literal a number.
class RuleBucket::Numbering {
 public:
  std::vector<std::uint32_t> of(const Clause& clause) {
    std::vector<std::uint32_t> numbers;
    for (const auto& literal : clause.literals) {
      const auto [found, is_new] =
          known_.try_emplace(literal, static_cast<std::uint32_t>(literals_.size()));
      if (is_new) literals_.push_back(literal);
      numbers.push_back(found->second);
    }
    return numbers;
  }

  // as deep as the rule
  Needed of(const Requirement& requirement) {  // NOLINT(misc-no-recursion)
    Needed needed;
    for (const auto& clause : requirement.clauses)
      needed.clauses.push_back(of(clause));
    for (const auto& choice : requirement.choices) {
      auto& ways = needed.choices.emplace_back();
      for (const auto& way : *choice)
        ways.push_back(of(way));
    }
    return needed;
  }

  [[nodiscard]] const std::vector<Literal>& literals() const { return literals_; }

 private:
  std::map<Literal, std::uint32_t> known_;
  std::vector<Literal> literals_;
};

// As deep as the rule. Loops, as the check takes the library's algorithms for part of the recursion.
// NOLINTBEGIN(misc-no-recursion,readability-use-anyofallof)
bool RuleBucket::Needed::holds(const std::vector<bool>& stands) const {
  const auto has_any = [&](const std::vector<std::uint32_t>& clause) {
    return std::any_of(clause.begin(), clause.end(),
                       [&](std::uint32_t literal) { return stands[literal]; });
  };
  if (!std::all_of(clauses.begin(), clauses.end(), has_any)) return false;
  for (const auto& ways : choices)
    if (!any_holds(ways, stands)) return false;
  return true;
}

bool RuleBucket::Needed::any_holds(const std::vector<Needed>& ways,
                                   const std::vector<bool>& stands) {
  for (const auto& way : ways)
    if (way.holds(stands)) return true;
  return false;
}
// NOLINTEND(misc-no-recursion,readability-use-anyofallof)

RuleBucket::RuleBucket(const Language& language, const std::deque<CompiledRule>& rules) {
  for (const auto& each : rules)
    rules_.push_back({each.rule, &each.matcher, {}, {}});
  std::stable_sort(rules_.begin(), rules_.end(), [](const Compiled& left, const Compiled& right) {
    return left.rule->id < right.rule->id;
  });
  Numbering numbering;
  for (auto& rule : rules_) {
    const auto required = required_literals(*rule.matcher->program());
    rule.needed = numbering.of(required);
    for (const auto& clause : required.clauses)
      if (clause.inside) rule.inside_clauses.push_back(numbering.of(clause));
  }
  automaton_ = Automaton(numbering.literals());
  literal_count_ = numbering.literals().size();

  kind_count_ = Grammar(language).kind_count();
  for (std::uint32_t kind = 0; kind <= kind_count_; ++kind) {
    by_kind_first_.push_back(static_cast<std::uint32_t>(by_kind_.size()));
    const auto id = kind == kind_count_ ? kErrorKind : static_cast<std::uint16_t>(kind);
    for (std::uint32_t i = 0; i < rules_.size(); ++i)
      if (rules_[i].matcher->may_start_at(id)) by_kind_.push_back(i);
  }
  by_kind_first_.push_back(static_cast<std::uint32_t>(by_kind_.size()));
}

Candidates RuleBucket::may_match(std::string_view path, std::string_view text,
                                 const RuleSet::Wanted& is_wanted) const {
  std::vector<std::uint32_t> tried;
  for (std::uint32_t i = 0; i < rules_.size(); ++i)
    if (!is_wanted || is_wanted(*rules_[i].rule)) tried.push_back(i);
  Candidates candidates;
  candidates.bucket = this;
  if (tried.empty()) return candidates;
  std::vector<bool> stands(literal_count_, false);
  automaton_.scan(text, [&](std::uint32_t literal, std::uint32_t start) {
    stands[literal] = true;
    candidates.places.push_back({literal, start});
  });
  for (const auto i : tried)
    if (rules_[i].needed.holds(stands) && rules_[i].rule->is_for(path))
      candidates.rules.push_back(i);
  return candidates;
}

void RuleBucket::scan(Node root, std::string_view text, const Candidates& candidates,
                      const std::stop_token& stop, ScanResult& result) const {
  // where the literals stand says which nodes a rule need not be tried at
  std::vector<std::vector<std::uint32_t>> places(literal_count_);
  for (const auto& [literal, start] : candidates.places)
    if (literal < literal_count_) places[literal].push_back(start);
  std::vector<ScanRule> rules(rules_.size());
  for (const auto index : candidates.rules) {
    if (index >= rules_.size()) continue;
    const auto& compiled = rules_[index];
    rules[index] = {compiled.rule, compiled.matcher,
                    nearest_places(compiled.inside_clauses, places)};
  }
  scan_tree({root, text, rules, by_kind_, by_kind_first_, kind_count_}, stop, result);
}

}  // namespace peer::rules
