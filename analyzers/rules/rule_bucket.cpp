#include "analyzers/rules/rule_bucket.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "analyzers/languages/language.hpp"
#include "analyzers/rules/match/evaluate.hpp"
#include "analyzers/rules/rule_scan.hpp"

namespace peer::rules {

RuleBucket::RuleBucket(const Language& language, const std::deque<CompiledRule>& rules) {
  for (const auto& each : rules)
    rules_.push_back({each.rule, &each.matcher, {}});
  std::stable_sort(rules_.begin(), rules_.end(), [](const Compiled& left, const Compiled& right) {
    return left.rule->id < right.rule->id;
  });
  LiteralNumbers numbers;
  for (auto& rule : rules_) {
    rule.needed = Needed(required_literals(*rule.matcher->program()), numbers);
    for (const auto& way : ways_of(*rule.matcher->program()))
      rule.ways.push_back({way.op, Needed(way.required, numbers)});
  }
  automaton_ = Automaton(numbers.literals());
  literal_count_ = numbers.literals().size();

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
    if (rules_[i].needed.holds([&](std::uint32_t literal) { return stands[literal]; }) &&
        rules_[i].rule->is_for(path))
      candidates.rules.push_back(i);
  return candidates;
}

std::vector<std::uint8_t> RuleBucket::idle_ops(const Compiled& rule, const LiteralPlaces& places) {
  std::vector<std::uint8_t> idle;
  for (const auto& way : rule.ways) {
    if (way.needed.holds([&](std::uint32_t literal) { return places.has(literal); })) continue;
    idle.resize(rule.matcher->program()->ops.size());
    idle[way.op] = 1;
  }
  return idle;
}

namespace {

/// At which kinds of nodes a rule may begin while some of its ops are idle.
class LiveKinds {
 public:
  LiveKinds(const Program& program, const std::vector<std::uint8_t>& idle)
      : program_(program), idle_(idle) {}

  /// Nothing where they are not known. A name may stand for what an operand wants, where constants
  /// are followed.
  std::optional<KindSet> of_rule() {
    if (program_.core.op == kNone) return std::nullopt;
    auto out = of(program_.core.op);
    if (out && program_.name_kinds != kNone) out->unite(program_.kind_sets[program_.name_kinds]);
    return out;
  }

 private:
  // Utilities may name each other twice at each level: what is not looked into keeps the kinds that
  // it always has.
  static constexpr int kMostOps = 500;

  // NOLINTBEGIN(misc-no-recursion): as deep as the rule, and no more than kMostOps
  std::optional<KindSet> of(std::uint32_t index) {
    const Op& op = program_.ops[index];
    std::optional<KindSet> always;
    if (op.kinds != kNone) always = program_.kind_sets[op.kinds];
    if (++looked_at_ > kMostOps) return always;
    switch (op.form) {
      case Op::Form::local:
        return of(program_.utils[op.value].op);
      case Op::Form::all:
        return of_all(op, std::move(always));
      case Op::Form::any:
        return of_any(op, std::move(always));
      default:
        return always;
    }
  }

  std::optional<KindSet> of_all(const Op& op, std::optional<KindSet> always) {
    for (std::uint32_t i = 0; i < op.count; ++i) {
      const auto kinds = of(program_.operands[op.first + i]);
      if (kinds && always)
        always->intersect(*kinds);
      else if (kinds)
        always = kinds;
    }
    return always;
  }

  std::optional<KindSet> of_any(const Op& op, std::optional<KindSet> always) {
    std::optional<KindSet> out;
    for (std::uint32_t i = 0; i < op.count; ++i) {
      const auto operand = program_.operands[op.first + i];
      if (idle_[operand] != 0) continue;
      auto kinds = of(operand);
      if (!kinds) return always;
      if (out)
        out->unite(*kinds);
      else
        out = std::move(kinds);
    }
    return out ? out : always;
  }
  // NOLINTEND(misc-no-recursion)

  const Program& program_;
  const std::vector<std::uint8_t>& idle_;
  int looked_at_ = 0;
};

}  // namespace

void RuleBucket::scan(Node root, std::string_view text, const Candidates& candidates,
                      const std::stop_token& stop, ScanResult& result) const {
  // where the literals stand says which nodes a rule need not be tried at
  LiteralPlaces places{std::vector<std::vector<std::uint32_t>>(literal_count_)};
  for (const auto& [literal, start] : candidates.places)
    if (literal < literal_count_) places.places[literal].push_back(start);
  std::vector<ScanRule> rules(rules_.size());
  for (const auto index : candidates.rules) {
    if (index >= rules_.size()) continue;
    const auto& compiled = rules_[index];
    rules[index] = {compiled.rule, compiled.matcher, compiled.needed.nearest(places),
                    idle_ops(compiled, places)};
  }
  // and which ways of a rule are open says at which kinds it may begin
  std::vector<std::uint32_t> by_kind;
  std::vector<std::uint32_t> by_kind_first;
  std::vector<std::optional<KindSet>> kinds(rules_.size());
  for (const auto index : candidates.rules)
    if (index < rules_.size() && !rules[index].idle.empty())
      kinds[index] = LiveKinds(*rules[index].matcher->program(), rules[index].idle).of_rule();
  for (std::uint32_t kind = 0; kind <= kind_count_; ++kind) {
    by_kind_first.push_back(static_cast<std::uint32_t>(by_kind.size()));
    for (auto i = by_kind_first_[kind]; i < by_kind_first_[kind + 1]; ++i) {
      const auto index = by_kind_[i];
      if (rules[index].rule != nullptr &&
          (!kinds[index] || kinds[index]->contains(static_cast<std::uint16_t>(kind))))
        by_kind.push_back(index);
    }
  }
  by_kind_first.push_back(static_cast<std::uint32_t>(by_kind.size()));
  scan_tree({root, text, rules, by_kind, by_kind_first, kind_count_}, stop, result);
}

}  // namespace peer::rules
