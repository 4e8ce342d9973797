// Rules against a node. One thread.
#pragma once

#include <cstdint>
#include <span>

#include "analyzers/rules/match/program.hpp"
#include "analyzers/rules/match/scratch.hpp"

namespace peer::rules {

/// Evaluates rules of a program. Bindings go to `scratch.bindings()`, which must have room for the
/// program's slots.
class Evaluation {
 public:
  Evaluation(const Program& program, Scratch& scratch) : program_(program), scratch_(scratch) {}

  /// The rule object with its constraints. The matched node, or the null node.
  Node match(const Core& core, Node node);
  /// One rule of the program.
  Node match(std::uint32_t index, Node node);
  /// The sibling that a relation finds; see Matcher::find_sibling.
  Node match_sibling(Node node, bool backward);

 private:
  Node match_itself(const Op& op, Node node);
  bool match_text(const TextPattern& expression, Node node);
  Node match_constant(std::uint32_t index, Node node);
  Node constant_behind(Node node);
  Node match_relation(const Op& op, Node node);
  Node find_inside(const Op& op, Node node);
  Node find_has(const Op& op, Node node);
  Node look_for(const Op& op, Node top);
  Node find_field_until(const Op& op, Node inner);
  Node find_has_until(const Op& op, Node top);
  struct Search {
    std::uint32_t rule;
    StopBy stop_by;
    std::uint32_t stop;
  };
  Node find_among_siblings(const Search& search, Node node, bool backward);
  Node find_in_list(const Search& search, const ChildLists::List& siblings, Node node,
                    bool backward);
  Node nearest_of(std::uint32_t rule, const KindLists::List& list, std::span<const Node> siblings,
                  bool backward);
  using Sought = Scratch::Sought;
  Node first_of(std::uint32_t rule, Sought& sought, const KindLists::List& list, Node top);
  void walked(Sought& sought, std::uint64_t nodes);
  const KindLists::List* listed(std::uint32_t rule, Sought& sought);
  void prepare(std::uint32_t rule, Sought& sought);
  void add_names(const KindSet& kinds, Sought& sought);
  void narrow(std::uint32_t rule, Sought& sought);
  [[nodiscard]] bool narrows(std::uint32_t rule, int depth = 0) const;
  bool may_have(const Op& op, Node node);
  bool may_have_below(std::uint32_t rule, Node top);
  static bool any_below(const KindLists::List& list, Node top);
  const KindLists::List* few_of(std::uint32_t rule, std::size_t asked);
  bool may_stand_for(const KindSet& kinds, Node name);
  bool may_match(std::uint32_t rule, Node node);
  bool may_match_itself(std::uint32_t rule, Node node);
  Node first_below(std::uint32_t rule, Node top, bool with_top);
  Node walk_below(std::uint32_t rule, Node top);
  Node first_child(std::uint32_t rule, Node parent);

  Node match_all(const Op& op, Node node);
  Node match_any(const Op& op, Node node);
  Node match_not(const Op& op, Node node);
  Node match_global(const Op& op, Node node);
  bool holds_alone(std::uint32_t op, Node node);
  bool match_constraints(const Core& core);
  bool is_open(std::uint32_t operand, Node node);

  bool match_nth_child(const Op& op, Node node);
  std::uint32_t place_among_named(Node parent, Node node);
  std::uint32_t place_among_matching(std::uint32_t of_rule, bool reverse, Node parent, Node node);
  bool match_range(const TextRange& range, Node node);

  const Program& program_;
  Scratch& scratch_;
};

}  // namespace peer::rules
