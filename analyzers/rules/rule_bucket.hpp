// Rules of one language, compiled: which of them a text may match, and which a tree does.
// Immutable; safe from any thread.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <span>
#include <stop_token>
#include <string_view>
#include <vector>

#include "analyzers/rules/match/open_ways.hpp"
#include "analyzers/rules/prefilter/automaton.hpp"
#include "analyzers/rules/prefilter/demand.hpp"
#include "analyzers/rules/prefilter/literal_table.hpp"
#include "analyzers/rules/rule_scopes.hpp"
#include "analyzers/rules/rule_set.hpp"

namespace peer::rules {

struct CompiledRule {
  const Rule* rule = nullptr;
  Matcher matcher;
  /// Its Demand, where that is no constant of the program.
  std::vector<std::uint32_t> own_demand = {};
  std::span<const std::uint32_t> demand = {};
  WayList ways = {};
};

class RuleBucket {
 public:
  /// For a few small texts it is not worth it to get ready for finding all literals at once.
  enum class For : std::uint8_t { few_small_texts, any_text };
  /// `rules` must outlive it, and may grow; `literals` are those of their demands.
  RuleBucket(const Language& language, const std::deque<CompiledRule>& rules, LiteralTable literals,
             For texts);
  RuleBucket(const RuleBucket&) = delete;  // the automaton refers to the table
  RuleBucket& operator=(const RuleBucket&) = delete;

  /// It was made for such texts, of so many rules.
  [[nodiscard]] bool is(std::size_t rules, For texts) const {
    return rules_.size() == rules && for_ == texts;
  }
  [[nodiscard]] Candidates may_match(std::string_view path, std::string_view text,
                                     const RuleSet::Wanted& is_wanted) const;
  /// Appends the matches of `candidates` to `result`.
  void scan(Node root, std::string_view text, const Candidates& candidates,
            const std::stop_token& stop, ScanResult& result) const;

 private:
  void index_by_literal();
  /// By rule: a text that holds none of the literals that it asks for first cannot match.
  [[nodiscard]] std::vector<std::uint8_t> asked_by(const LiteralPlaces& places) const;
  /// See ScanRule::ways.
  [[nodiscard]] static OpenWays open_ways(const CompiledRule& rule, LiteralPlaces& places);

  For for_;
  LiteralTable literals_;
  std::vector<const CompiledRule*> rules_;
  RuleScopes scopes_;
  std::uint32_t kind_count_ = 0;
  // rules that may start at a kind, one kind after the other, each by id
  std::vector<std::uint32_t> by_kind_;
  // where the rules of a kind begin in by_kind_; errors are the last kind
  std::vector<std::uint32_t> by_kind_first_;
  // rules by the literals that they ask for first: those of one are
  // by_literal_[by_literal_first_[l], by_literal_first_[l + 1]); others ask for none
  std::vector<std::uint32_t> by_literal_, by_literal_first_;
  std::vector<std::uint32_t> without_literals_;
  Automaton automaton_;
};

}  // namespace peer::rules
