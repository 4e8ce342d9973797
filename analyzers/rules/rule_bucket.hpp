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

#include "analyzers/rules/prefilter/automaton.hpp"
#include "analyzers/rules/prefilter/needed.hpp"
#include "analyzers/rules/rule_set.hpp"

namespace peer::rules {

struct CompiledRule {
  const Rule* rule = nullptr;
  Matcher matcher;
};

class RuleBucket {
 public:
  /// `rules` must outlive it, and may grow.
  RuleBucket(const Language& language, const std::deque<CompiledRule>& rules);

  /// How many rules it was made of.
  [[nodiscard]] std::size_t size() const { return rules_.size(); }
  [[nodiscard]] Candidates may_match(std::string_view path, std::string_view text,
                                     const RuleSet::Wanted& is_wanted) const;
  /// Appends the matches of `candidates` to `result`.
  void scan(Node root, std::string_view text, const Candidates& candidates,
            const std::stop_token& stop, ScanResult& result) const;

 private:
  struct Compiled {
    const Rule* rule;
    const Matcher* matcher;
    Needed needed;
    struct Way {
      std::uint32_t op = 0;
      Needed needed;
    };
    std::vector<Way> ways = {};  // operands of `any`
  };
  /// See ScanRule::idle.
  [[nodiscard]] static std::vector<std::uint8_t> idle_ops(const Compiled& rule,
                                                          const LiteralPlaces& places);

  std::vector<Compiled> rules_;
  std::uint32_t kind_count_ = 0;
  std::vector<std::uint32_t>
      by_kind_;  // rules that may start at a kind, one kind after the other, each by id
  std::vector<std::uint32_t>
      by_kind_first_;  // where the rules of a kind begin in by_kind_; errors are the last kind
  std::size_t literal_count_ = 0;
  Automaton automaton_;
};

}  // namespace peer::rules
