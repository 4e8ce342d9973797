// Rules against a node. One thread.
#pragma once

#include <cstdint>
#include <span>

#include "analyzers/rules/match/program.hpp"
#include "analyzers/rules/match/scratch.hpp"

namespace peer::rules {

class Ancestors;

/// Evaluates rules of a program. Bindings go to `scratch.bindings()`, which must have room for the
/// program's slots.
class Evaluation {
 public:
  Evaluation(const Program& program, Scratch& scratch) : program_(program), scratch_(scratch) {}

  /// The rule object with its constraints. The matched node, or the null node.
  Node match(const Core& core, const Node& node);
  /// One rule of the program.
  Node match(std::uint32_t index, const Node& node);
  /// The sibling that a relation finds; see Matcher::find_sibling.
  Node match_sibling(const Node& node, bool backward);

 private:
  Node match_itself(const Op& op, const Node& node);
  bool match_text(const TextPattern& expression, const Node& node);
  Node match_constant(std::uint32_t index, const Node& node);
  Node constant_behind(const Node& node);
  Node match_relation(const Op& op, const Node& node);
  Node find_inside(const Op& op, const Node& node);
  Node find_around(const Op& op, Ancestors& ancestors);
  Node find_has(const Op& op, const Node& node);
  Node look_for(const Op& op, const Node& top);
  Node find_field_until(const Op& op, const Node& inner);
  Node find_has_until(const Op& op, const Node& top);
  struct Search {
    std::uint32_t rule;
    StopBy stop_by;
    std::uint32_t stop;
  };
  Node find_among_siblings(const Search& search, const Node& node, bool backward);
  Node find_in_list(const Search& search, const ChildLists::List& siblings, const Node& node,
                    bool backward);
  Node nearest_of(std::uint32_t rule, const KindLists::List& list, std::span<const Node> siblings,
                  bool backward);
  using Sought = Scratch::Sought;
  Node first_of(std::uint32_t rule, Sought& sought, const KindLists::List& list, const Node& top);
  void walked(Sought& sought, std::uint64_t nodes);
  const KindLists::List* listed(std::uint32_t rule, Sought& sought);
  void prepare(std::uint32_t rule, Sought& sought);
  void add_names(const KindSet& kinds, Sought& sought);
  void narrow(std::uint32_t rule, Sought& sought);
  [[nodiscard]] bool narrows(std::uint32_t rule, int depth = 0) const;
  bool may_have(const Op& op, const Node& node);
  bool may_have_below(std::uint32_t rule, const Node& top);
  static bool any_below(const KindLists::List& list, const Node& top);
  const KindLists::List* few_of(std::uint32_t rule, std::size_t asked);
  bool may_stand_for(const KindSet& kinds, const Node& name);
  bool may_match(std::uint32_t rule, const Node& node);
  bool may_match_itself(std::uint32_t rule, const Node& node);
  Node first_below(std::uint32_t rule, const Node& top, bool with_top);
  Node walk_below(std::uint32_t rule, const Node& top);
  Node first_child(std::uint32_t rule, const Node& parent);

  Node match_all(const Op& op, const Node& node);
  Node match_any(const Op& op, const Node& node);
  Node match_not(const Op& op, const Node& node);
  Node match_global(const Op& op, const Node& node);
  bool holds_alone(std::uint32_t op, const Node& node);
  bool match_constraints(const Core& core);
  bool is_open(std::uint32_t operand, const Node& node);

  bool match_nth_child(const Op& op, const Node& node);
  std::uint32_t place_among_named(const Node& parent, const Node& node);
  std::uint32_t place_among_matching(std::uint32_t of_rule, bool reverse, const Node& parent,
                                     const Node& node);
  bool match_range(const TextRange& range, const Node& node);

  const Program& program_;
  Scratch& scratch_;
};

}  // namespace peer::rules
