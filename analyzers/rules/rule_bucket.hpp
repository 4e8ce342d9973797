// Rules of one language, compiled: which of them a text may match, and which a tree does. Immutable;
// safe from any thread.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <span>
#include <stop_token>
#include <string_view>
#include <vector>

#include "analyzers/rules/prefilter/automaton.hpp"
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
  /// A Requirement whose literals are numbers.
  struct Needed {
    std::vector<std::vector<std::uint32_t>> clauses;  // all must hold
    std::vector<std::vector<Needed>> choices;         // of each one way must hold
    [[nodiscard]] bool holds(const std::vector<bool>& stands) const;
    static bool any_holds(const std::vector<Needed>& ways, const std::vector<bool>& stands);
  };
  struct Compiled {
    const Rule* rule;
    const Matcher* matcher;
    Needed needed;
    std::vector<std::vector<std::uint32_t>> inside_clauses;  // within the match
  };
  class Numbering;

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
