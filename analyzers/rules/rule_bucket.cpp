#include "analyzers/rules/rule_bucket.hpp"

#include <algorithm>
#include <numeric>
#include <optional>
#include <utility>

#include "analyzers/languages/language.hpp"
#include "analyzers/rules/match/evaluate.hpp"
#include "analyzers/rules/rule_scan.hpp"

namespace peer::rules {

RuleBucket::RuleBucket(const Language& language, const std::deque<CompiledRule>& rules,
                       LiteralTable literals, For texts)
    : for_(texts), literals_(std::move(literals)) {
  for (const auto& each : rules)
    rules_.push_back(&each);
  std::stable_sort(rules_.begin(), rules_.end(),
                   [](const CompiledRule* left, const CompiledRule* right) {
                     return left->rule->id < right->rule->id;
                   });
  for (const auto* each : rules_)
    scopes_.add(*each->rule);
  if (texts == For::any_text) {
    automaton_ = Automaton(literals_);
    index_by_literal();
  }

  kind_count_ = Grammar(language).kind_count();
  for (std::uint32_t kind = 0; kind <= kind_count_; ++kind) {
    by_kind_first_.push_back(static_cast<std::uint32_t>(by_kind_.size()));
    const auto id = kind == kind_count_ ? kErrorKind : static_cast<std::uint16_t>(kind);
    for (std::uint32_t i = 0; i < rules_.size(); ++i)
      if (rules_[i]->matcher.may_start_at(id)) by_kind_.push_back(i);
  }
  by_kind_first_.push_back(static_cast<std::uint32_t>(by_kind_.size()));
}

Candidates RuleBucket::may_match(std::string_view path, std::string_view text,
                                 const RuleSet::Wanted& is_wanted) const {
  std::vector<std::uint32_t> tried;
  for (std::uint32_t i = 0; i < rules_.size(); ++i)
    if (!is_wanted || is_wanted(*rules_[i]->rule)) tried.push_back(i);
  Candidates candidates;
  candidates.bucket = this;
  if (tried.empty()) return candidates;
  candidates.places = for_ == For::any_text
                          ? std::make_shared<LiteralPlaces>(literals_, automaton_, text)
                          : std::make_shared<LiteralPlaces>(literals_, text);
  RuleScopes::Answers scopes(scopes_, path);
  const auto asked = asked_by(*candidates.places);
  for (const auto i : tried)
    if (asked[i] != 0 && Demand(rules_[i]->demand).needed().holds(*candidates.places) &&
        scopes.is_for(i))
      candidates.rules.push_back(i);
  return candidates;
}

void RuleBucket::index_by_literal() {
  by_literal_first_.resize(literals_.size() + 1);
  for (std::uint32_t i = 0; i < rules_.size(); ++i) {
    const auto first = Demand(rules_[i]->demand).needed().first();
    if (first.empty()) without_literals_.push_back(i);
    for (const auto literal : first)
      ++by_literal_first_[literal];
  }
  std::partial_sum(by_literal_first_.begin(), by_literal_first_.end(), by_literal_first_.begin());
  by_literal_.resize(by_literal_first_.back());
  for (std::uint32_t i = 0; i < rules_.size(); ++i)
    for (const auto literal : Demand(rules_[i]->demand).needed().first())
      by_literal_[--by_literal_first_[literal]] = i;
}

std::vector<std::uint8_t> RuleBucket::asked_by(const LiteralPlaces& places) const {
  const bool is_unknown = for_ == For::few_small_texts;  // they are looked for one by one
  std::vector<std::uint8_t> asked(rules_.size(), is_unknown ? 1 : 0);
  if (is_unknown) return asked;
  for (const auto rule : without_literals_)
    asked[rule] = 1;
  for (const auto literal : places.all_found())
    for (auto i = by_literal_first_[literal]; i < by_literal_first_[literal + 1]; ++i)
      asked[by_literal_[i]] = 1;
  return asked;
}

OpenWays RuleBucket::open_ways(const CompiledRule& rule, LiteralPlaces& places) {
  return {rule.ways.number_of(), rule.ways.size(), [&](std::uint32_t number) {
            const auto& needed = rule.ways[number];
            if (!needed.holds(places)) return OpenWays::Limit{true};
            return OpenWays::Limit{false, needed.nearest(places)};
          }};
}

namespace {

/// At which kinds of nodes a rule may begin while some of its ways are closed.
class LiveKinds {
 public:
  LiveKinds(const Program& program, OpenWays& ways) : program_(program), ways_(ways) {}

  /// Nothing where they are what they always are, or not known. A name may stand for what an
  /// operand wants, where constants are followed.
  std::optional<KindSet> of_rule() {
    if (program_.core.op == kNone) return std::nullopt;
    auto out = of(program_.core.op).own;
    if (out && program_.name_kinds != kNone) out->unite(program_.kind_sets[program_.name_kinds]);
    return out;
  }

 private:
  // Utilities may name each other twice at each level: what is not looked into keeps the kinds that
  // it always has.
  static constexpr int kMostOps = 500;

  struct Kinds {
    const KindSet* always = nullptr;  // null where they are not known
    std::optional<KindSet> own = {};  // fewer, where ways are closed
    [[nodiscard]] const KindSet* get() const { return own ? &*own : always; }
  };

  // NOLINTBEGIN(misc-no-recursion): as deep as the rule, and no more than kMostOps
  Kinds of(std::uint32_t index) {
    const Op& op = program_.ops[index];
    Kinds kinds;
    if (op.kinds != kNone) kinds.always = &program_.kind_sets[op.kinds];
    if (++looked_at_ > kMostOps) return kinds;
    switch (op.form) {
      case Op::Form::local:
        return of(program_.utils[op.value].op);
      case Op::Form::all:
        narrow_all(op, kinds);
        break;
      case Op::Form::any:
        narrow_any(op, kinds);
        break;
      default:
        break;
    }
    return kinds;
  }

  void narrow_all(const Op& op, Kinds& kinds) {
    for (std::uint32_t i = 0; i < op.count; ++i) {
      auto part = of(program_.operands[op.first + i]);
      if (!part.own) continue;
      if (kinds.get() != nullptr) part.own->intersect(*kinds.get());
      kinds.own = std::move(part.own);
    }
  }

  void narrow_any(const Op& op, Kinds& kinds) {
    std::vector<Kinds> open;
    bool is_narrower = false;
    for (std::uint32_t i = 0; i < op.count; ++i) {
      const auto operand = program_.operands[op.first + i];
      if (ways_.is_closed(operand)) {
        is_narrower = true;
        continue;
      }
      open.push_back(of(operand));
      if (open.back().get() == nullptr) return;
      is_narrower = is_narrower || open.back().own;
    }
    if (!is_narrower || open.empty()) return;
    kinds.own = *open.front().get();
    for (const auto& each : open)
      kinds.own->unite(*each.get());
  }
  // NOLINTEND(misc-no-recursion)

  const Program& program_;
  OpenWays& ways_;
  int looked_at_ = 0;
};

}  // namespace

void RuleBucket::scan(Node root, std::string_view text, const Candidates& candidates,
                      const std::stop_token& stop, ScanResult& result) const {
  // where the literals stand says which nodes a rule need not be tried at
  if (!candidates.places) return;
  auto& places = *candidates.places;
  std::vector<ScanRule> rules(rules_.size());
  for (const auto index : candidates.rules) {
    if (index >= rules_.size()) continue;
    const auto& compiled = *rules_[index];
    rules[index] = {compiled.rule, &compiled.matcher,
                    Demand(compiled.demand).needed().nearest(places), open_ways(compiled, places)};
  }
  // and which ways of a rule are open says at which kinds it may begin
  std::vector<std::uint32_t> by_kind;
  std::vector<std::uint32_t> by_kind_first;
  std::vector<std::optional<KindSet>> kinds(rules_.size());
  for (const auto index : candidates.rules)
    if (index < rules_.size() && !rules[index].ways.empty())
      kinds[index] = LiveKinds(*rules[index].matcher->program(), rules[index].ways).of_rule();
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
