// The part of Evaluation that looks for a node below another or among its siblings. A rule that
// asks of each use of a pointer whether it was freed before goes through the function each time,
// though only one or two of its statements free anything. Which these are does not depend on what
// variables hold: once a search has gone through as many nodes as the file has, it goes through a
// list of those that its rule may match at all.
#include <algorithm>
#include <iterator>
#include <ranges>
#include <utility>

#include "analyzers/rules/match/ancestors.hpp"
#include "analyzers/rules/match/evaluate.hpp"

namespace peer::rules {
namespace {

/// Below a node of less text than this a walk is cheaper than the question whether to walk.
constexpr std::uint32_t kLittleText = 256;

/// From a node `depth` levels below the top of a walk to the next that is not below it; false where
/// the walk ends.
inline bool to_next_beside(const LentCursor& cursor, std::size_t& depth) {
  while (depth > 0 && !cursor->to_next_sibling()) {
    cursor->to_parent();
    --depth;
  }
  return depth > 0;
}

/// Keeps Scratch::child during a search.
class AtChild {
 public:
  AtChild(Scratch& scratch, const Node& parent)
      : scratch_(scratch), parent_(parent), outer_(scratch.child) {}
  ~AtChild() { scratch_.child = outer_; }
  AtChild(const AtChild&) = delete;
  AtChild& operator=(const AtChild&) = delete;
  Node next(Node child) {
    const bool is_named = child.is_named();
    place_ += is_named ? 1 : 0;
    scratch_.child = {child, parent_, is_named ? place_ : 0};
    return child;
  }

 private:
  Scratch& scratch_;
  Node parent_;
  Scratch::Child outer_;
  std::uint32_t place_ = 0;
};

bool stands_before(Node left, Node right) {
  return left.begin() != right.begin() ? left.begin() < right.begin() : left.end() > right.end();
}

}  // namespace

// as deep as the rule NOLINTBEGIN(misc-no-recursion)

Node Evaluation::first_below(std::uint32_t rule, const Node& top, bool with_top) {
  if (with_top)
    if (const Node found = match(rule, top)) return found;
  const bool is_root = top.id() == scratch_.root.id();
  if (!is_root && top.span().size() < kLittleText) return walk_below(rule, top);
  auto& sought = scratch_.sought[&program_.ops[rule]];
  if (is_root) walked(sought, scratch_.node_count());
  if (const auto* list = listed(rule, sought)) return first_of(rule, sought, *list, top);
  const auto before = scratch_.steps_left;
  const Node found = walk_below(rule, top);
  walked(sought, (before - scratch_.steps_left) / 2);
  return found;
}

Node Evaluation::walk_below(std::uint32_t rule, const Node& top) {
  const LentCursor cursor(scratch_, top);
  std::size_t depth = 0;
  for (;;) {
    if (!scratch_.spend(2)) return {};
    if (cursor->to_first_child())
      ++depth;
    else if (!to_next_beside(cursor, depth))
      return {};
    if (const Node found = match(rule, cursor->node())) return found;
  }
}

Node Evaluation::find_has_until(const Op& op, const Node& top) {
  if (top.span().size() >= kLittleText) {
    const auto* few = few_of(op.child, top.node_count());
    if (few != nullptr && !any_below(*few, top)) return {};
  }
  const LentCursor cursor(scratch_, top);
  std::size_t depth = 0;
  bool enter = true;
  for (;;) {
    if (!scratch_.spend(1)) return {};
    if (enter && cursor->to_first_child())
      ++depth;
    else if (!to_next_beside(cursor, depth))
      return {};
    if (const Node found = match(op.child, cursor->node())) return found;
    enter = !holds_alone(op.stop, cursor->node());
  }
}

Node Evaluation::find_among_siblings(const Search& search, const Node& node, bool backward) {
  if (search.stop_by == StopBy::neighbor) {
    const Node sibling = backward ? previous_sibling(scratch_, node) : next_sibling(scratch_, node);
    return sibling ? match(search.rule, sibling) : Node();
  }
  const Node parent = parent_of(scratch_, node);
  if (!parent) return {};
  if (const auto list = scratch_.children.of(parent))
    return find_in_list(search, *list, node, backward);
  const LentCursor cursor(scratch_, parent);
  cursor->to_first_child_after(node.begin());
  // going back costs the children before
  while (scratch_.spend(backward ? 8 : 2) &&
         (backward ? cursor->to_previous_sibling() : cursor->to_next_sibling())) {
    if (const Node found = match(search.rule, cursor->node())) return found;
    if (search.stop_by == StopBy::rule && holds_alone(search.stop, cursor->node())) break;
  }
  return {};
}

Node Evaluation::find_in_list(const Search& search, const ChildLists::List& siblings,
                              const Node& node, bool backward) {
  const auto self = std::partition_point(siblings.begin(), siblings.end(), [&](Node sibling) {
    return sibling.end() <= node.begin();
  });
  if (self == siblings.end()) return {};
  const auto before = std::span(siblings.begin(), self);
  const auto behind = std::span(self + 1, siblings.end());
  if (search.stop_by == StopBy::end) {
    const auto& asked = backward ? before : behind;
    if (const auto* few = few_of(search.rule, asked.size()))
      return nearest_of(search.rule, *few, asked, backward);
  }
  Node found;
  const auto ends_at = [&](Node sibling) {
    if (!scratch_.spend(1)) return true;
    found = match(search.rule, sibling);
    return found || (search.stop_by == StopBy::rule && holds_alone(search.stop, sibling));
  };
  if (backward)
    (void)std::find_if(before.rbegin(), before.rend(), ends_at);
  else
    (void)std::find_if(behind.begin(), behind.end(), ends_at);
  return found;
}

/// Whether a node of `list` stands below `top`, or may.
bool Evaluation::any_below(const KindLists::List& list, const Node& top) {
  const auto part = part_within(list, top.span());
  return std::any_of(part.begin(), part.end(), [&](const Node& node) {
    return node.end() <= top.end() && node.id() != top.id();
  });
}

/// Those that `rule` may match whatever is bound, once it has been tried at enough nodes, of which
/// `asked` are about to be.
const KindLists::List* Evaluation::few_of(std::uint32_t rule, std::size_t asked) {
  auto& sought = scratch_.sought[&program_.ops[rule]];
  const auto* list = listed(rule, sought);
  if (list != nullptr && sought.few) return list;
  if (list != nullptr)
    sought.tried += asked;
  else
    walked(sought, asked);
  return nullptr;
}

Node Evaluation::first_child(std::uint32_t rule, const Node& parent) {
  constexpr std::size_t kMany = 64;  // children
  if (const auto siblings =
          scratch_.children.of(parent)) {  // a cursor goes down to the first of many each time
    if (siblings->size() >= kMany)
      if (const auto* few = few_of(rule, siblings->size()))
        return nearest_of(rule, *few, *siblings, false);
    AtChild at(scratch_, parent);
    for (const Node child : *siblings)
      if (const Node found = match(rule, at.next(child)); found || !scratch_.spend(1)) return found;
    return {};
  }
  const auto children = scratch_.children.short_of(parent);
  AtChild at(scratch_, parent);
  for (std::uint32_t i = 0; i < children.count; ++i)
    if (const Node found = match(rule, at.next(children.nodes[i])); found || !scratch_.spend(1))
      return found;
  return {};
}

/// The first of `list` that is one of `siblings` and matches; the last with `backward`.
Node Evaluation::nearest_of(std::uint32_t rule, const KindLists::List& list,
                            std::span<const Node> siblings, bool backward) {
  if (siblings.empty()) return {};
  const auto is_sibling = [&](const Node& node) {
    auto at = std::partition_point(siblings.begin(), siblings.end(),
                                   [&](Node sibling) { return sibling.begin() < node.begin(); });
    while (at != siblings.end() && at->begin() == node.begin() && at->id() != node.id())
      ++at;
    return at != siblings.end() && at->id() == node.id();
  };
  const auto part = part_within(list, {siblings.front().begin(), siblings.back().end()});
  Node found;
  const auto ends_at = [&](const Node& node) {
    if (!scratch_.spend(1)) return true;
    if (is_sibling(node)) found = match(rule, node);
    return static_cast<bool>(found);
  };
  if (backward)
    (void)std::find_if(part.rbegin(), part.rend(), ends_at);
  else
    (void)std::find_if(part.begin(), part.end(), ends_at);
  return found;
}

Node Evaluation::first_of(std::uint32_t rule, Sought& sought, const KindLists::List& list,
                          const Node& top) {
  const auto part = part_within(list, top.span());
  if (!sought.is_narrowed) sought.tried += part.size();
  for (const Node node : part) {
    if (!scratch_.spend(1)) return {};
    if (node.end() > top.end() || node.id() == top.id() || !is_below(top, node)) continue;
    if (const Node found = match(rule, node)) return found;
  }
  return {};
}

void Evaluation::walked(Sought& sought, std::uint64_t nodes) {
  sought.walked += nodes;
  scratch_.walked += nodes;
}

/// The nodes of the file that `rule` may match, in source order; null before enough was walked for
/// them, and where they would be too many.
const KindLists::List* Evaluation::listed(std::uint32_t rule, Sought& sought) {
  const auto kinds = program_.ops[rule].kinds;
  if (kinds == kNone || scratch_.root.id() == nullptr) return nullptr;
  // once for all rules as many nodes as the file has, which is what it costs to collect them; then
  // less for each
  constexpr std::uint64_t kPartForOne = 64;
  if (!scratch_.kinds.is_collected() && scratch_.walked < scratch_.node_count() / 2) return nullptr;
  if (!sought.is_listed && sought.walked < scratch_.node_count() / kPartForOne &&
      !scratch_.kinds.knows(program_.kind_sets[kinds]))
    return nullptr;
  // within a constant others may not be followed
  if (scratch_.constants_open == 0) prepare(rule, sought);
  return sought.list;
}

void Evaluation::prepare(std::uint32_t rule, Sought& sought) {
  const auto& kinds = program_.kind_sets[program_.ops[rule].kinds];
  if (!sought.is_listed) {
    sought.is_listed = true;
    sought.list = scratch_.kinds.below(scratch_.root, kinds);
    if (sought.list != nullptr && program_.name_kinds != kNone) add_names(kinds, sought);
  }
  if (sought.list != nullptr && !sought.is_narrowed && sought.tried >= sought.list->size())
    narrow(rule, sought);
}

/// Names that stand for constants are tried as those.
void Evaluation::add_names(const KindSet& kinds, Sought& sought) {
  if (!scratch_.constant_names) {
    auto& names = scratch_.constant_names.emplace();
    if (const auto* all =
            scratch_.kinds.below(scratch_.root, program_.kind_sets[program_.name_kinds]))
      std::copy_if(all->begin(), all->end(), std::back_inserter(names),
                   [this](const Node& node) { return static_cast<bool>(constant_behind(node)); });
    else
      scratch_.has_too_many_names = true;
  }
  KindLists::List names;
  std::copy_if(scratch_.constant_names->begin(), scratch_.constant_names->end(),
               std::back_inserter(names), [&](const Node& node) {
                 return !kinds.contains(node.kind_id()) && may_stand_for(kinds, node);
               });
  const auto size = names.size() + sought.list->size();
  if (scratch_.has_too_many_names || (!names.empty() && size > scratch_.sought_room)) {
    sought.list = nullptr;
    return;
  }
  if (names.empty()) return;
  scratch_.sought_room -= size;
  auto& both = sought.with_names.emplace();
  std::merge(sought.list->begin(), sought.list->end(), names.begin(), names.end(),
             std::back_inserter(both), stands_before);
  sought.list = &both;
}

/// Leaves those that `rule` may match whatever is bound.
void Evaluation::narrow(std::uint32_t rule, Sought& sought) {
  sought.is_narrowed = true;
  const auto& nodes = *sought.list;
  if (nodes.size() > scratch_.sought_room || !narrows(rule)) return;
  KindLists::List few;
  for (const Node node : nodes) {
    if (!scratch_.spend(1)) return;
    if (may_match(rule, node)) few.push_back(node);
  }
  if (scratch_.is_exhausted) return;
  scratch_.sought_room -= few.size();
  sought.list = &sought.few.emplace(std::move(few));
}

/// Whether some part of `rule` asks for more than a kind and for nothing that is bound.
bool Evaluation::narrows(std::uint32_t rule, int depth) const {
  constexpr int kMostDepth = 32;  // a utility may name itself below a relation
  if (depth > kMostDepth) return false;
  const Op& op = program_.ops[rule];
  if (!op.binds) return op.form != Op::Form::kind;
  if (op.form == Op::Form::local) return narrows(program_.utils[op.value].op, depth + 1);
  if (op.form == Op::Form::has)
    return program_.ops[op.child].kinds != kNone || narrows(op.child, depth + 1);
  if (op.form != Op::Form::all && op.form != Op::Form::any) return false;
  const auto* operands = program_.operands.data() + op.first;
  return std::any_of(operands, operands + op.count,
                     [&](std::uint32_t operand) { return narrows(operand, depth + 1); });
}

/// Whether a name is tried as a node of these kinds: it, or the name that it stands for, stands for
/// one.
bool Evaluation::may_stand_for(const KindSet& kinds, const Node& name) {
  const Node value = constant_behind(name);
  if (!value || kinds.contains(value.kind_id())) return static_cast<bool>(value);
  const Node behind = constant_behind(value);
  return behind && kinds.contains(behind.kind_id());
}

/// False only where match() is, whatever is bound.
bool Evaluation::may_match(std::uint32_t rule, const Node& node) {
  if (scratch_.depth >= Scratch::kMaxDepth) return true;
  ++scratch_.depth;
  const bool may = may_match_itself(rule, node);
  --scratch_.depth;
  return may;
}

bool Evaluation::may_match_itself(std::uint32_t rule, const Node& node) {
  const Op& op = program_.ops[rule];
  if (op.kinds != kNone && !program_.kind_sets[op.kinds].contains(node.kind_id()))
    return program_.name_kinds != kNone && may_stand_for(program_.kind_sets[op.kinds], node);
  if (program_.name_kinds != kNone && constant_behind(node)) return true;
  const auto* operands = program_.operands.data() + op.first;
  const auto may = [&](std::uint32_t operand) { return may_match(operand, node); };
  if (op.binds && op.form == Op::Form::local) return may_match(program_.utils[op.value].op, node);
  if (op.binds && op.form == Op::Form::all) return std::all_of(operands, operands + op.count, may);
  if (op.binds && op.form == Op::Form::any)
    return std::any_of(operands, operands + op.count, [&](std::uint32_t operand) {
      return (scratch_.ways == nullptr || is_open(operand, node)) && may_match(operand, node);
    });
  if (op.binds && op.form == Op::Form::has) return may_have(op, node);
  return op.binds || holds_alone(rule, node);
}

bool Evaluation::may_have(const Op& op, const Node& node) {
  Node top = node;
  if (op.field != 0) {
    top = scratch_.field_of(node, op.field);
    if (!top || may_match(op.child, top)) return static_cast<bool>(top);
    if (op.stop_by == StopBy::neighbor) return false;
  }
  if (op.stop_by == StopBy::end || (op.stop_by == StopBy::rule && op.field == 0))
    return may_have_below(op.child, top);
  const LentCursor cursor(scratch_, top);
  if (!cursor->to_first_child()) return false;
  do {
    if (may_match(op.child, cursor->node())) return true;
  } while (scratch_.spend(1) && cursor->to_next_sibling());
  return scratch_.is_exhausted;
}

bool Evaluation::may_have_below(std::uint32_t rule, const Node& top) {
  constexpr std::uint32_t kMost = 256;  // nodes: more are not worth it
  if (top.node_count() > kMost) return true;
  const LentCursor cursor(scratch_, top);
  std::size_t depth = 0;
  for (;;) {
    if (!scratch_.spend(2)) return true;
    if (cursor->to_first_child())
      ++depth;
    else if (!to_next_beside(cursor, depth))
      return false;
    if (may_match(rule, cursor->node())) return true;
  }
}

// NOLINTEND(misc-no-recursion)

}  // namespace peer::rules
