// The matching of the reference, step by step: what it matches is found by going forward through
// the children of pattern and target at once, without turning back. An ellipsis takes nodes until
// the first that the rest of the pattern could begin with.
#include "analyzers/rules/match/pattern_match.hpp"

#include <algorithm>
#include <span>

#include "analyzers/rules/match/same_code.hpp"

namespace peer::rules {
namespace {

enum class Step { matched, skip_both, skip_goal, skip_target, failed };

/// Recursion is as deep as the pattern, which add_pattern bounds.
// NOLINTBEGIN(misc-no-recursion)
class PatternMatch {
 public:
  PatternMatch(const Program& program, Strictness strictness, Scratch& scratch)
      : program_(program),
        nodes_(program.pattern_nodes),
        strictness_(strictness),
        scratch_(scratch) {}

  Step match_root(std::uint32_t goal, Node target) {
    const auto& node = nodes_[goal];
    // a variable that is the whole pattern stands for any node, comments too
    const bool is_variable =
        node.form == PatternNode::Form::capture || node.form == PatternNode::Form::dropped;
    if (is_variable && strictness_ == Strictness::smart)
      return bind(node, target) ? Step::matched : Step::failed;
    return match_one(goal, target);
  }

 private:
  /// Children of pattern and target that are still to be matched.
  struct Run {
    std::uint32_t goal, goals_end;
    Cursor* targets;
    bool has_target;
    [[nodiscard]] bool has_goal() const { return goal != goals_end; }
  };
  enum class Flow { done, again, through, failed };

  Step match_one(std::uint32_t goal, Node target) {
    const auto& node = nodes_[goal];
    switch (node.form) {
      case PatternNode::Form::terminal:
        return match_terminal(node, target);
      case PatternNode::Form::internal:
        if (strictness_ != Strictness::as_template && !kinds_match(node.kind, target))
          return Step::failed;
        return match_children(goal, target) ? Step::matched : Step::failed;
      default:
        break;
    }
    if (skips_comments() && target.is_extra()) return Step::skip_target;
    return bind(node, target) ? Step::matched : Step::failed;
  }

  static bool kinds_match(std::uint16_t goal, Node target) {
    return goal == target.kind_id() || goal == kErrorKind;
  }

  [[nodiscard]] bool skips_comments() const {
    return strictness_ != Strictness::cst && strictness_ != Strictness::ast;
  }

  [[nodiscard]] bool same_text(const PatternNode& goal, Node target) const {
    return program_.text_of(goal) == target.text(scratch_.text);
  }

  Step match_terminal(const PatternNode& goal, Node target) {
    const bool same_kind = kinds_match(goal.kind, target);
    // the text of an unnamed node is its kind
    if (same_kind && (!goal.is_named || same_text(goal, target))) return Step::matched;
    if (skips_comments() && target.is_extra()) return Step::skip_target;
    bool skip_goal = false;
    const bool skip_target = strictness_ != Strictness::cst && !target.is_named();
    switch (strictness_) {
      case Strictness::cst:
      case Strictness::smart:
        break;
      case Strictness::ast:
      case Strictness::relaxed:
        skip_goal = !goal.is_named;
        break;
      case Strictness::signature:
        if (same_kind) return Step::matched;
        skip_goal = !goal.is_named;
        break;
      case Strictness::as_template:
        if (same_text(goal, target)) return Step::matched;
        break;
    }
    if (skip_goal) return skip_target ? Step::skip_both : Step::skip_goal;
    return skip_target ? Step::skip_target : Step::failed;
  }

  bool bind(const PatternNode& goal, Node target) {
    switch (goal.form) {
      case PatternNode::Form::capture:
        return (!goal.is_named || target.is_named()) && bind_single(scratch_, goal.slot, target);
      case PatternNode::Form::dropped:
        return !goal.is_named || target.is_named();
      case PatternNode::Form::multi_capture:
        return bind_list(goal.slot, std::span<const Node>(&target, 1));
      default:
        return true;
    }
  }

  bool bind_list(std::uint32_t slot, std::span<const Node> nodes) {
    auto& bindings = scratch_.bindings();
    if (bindings.has_list(slot) && !same_list(slot, nodes)) return false;
    bindings.bind_list(slot, nodes);
    return true;
  }

  /// Named nodes decide.
  bool same_list(std::uint32_t slot, std::span<const Node> nodes) {
    const auto next_named = [](std::span<const Node>& rest) {
      while (!rest.empty() && !rest.front().is_named())
        rest = rest.subspan(1);
      if (rest.empty()) return Node();
      const Node node = rest.front();
      rest = rest.subspan(1);
      return node;
    };
    auto known = scratch_.bindings().list(slot);
    for (;;) {
      const Node left = next_named(known);
      const Node right = next_named(nodes);
      if (!left || !right) return !left && !right;
      if (!same_code(scratch_, left, right)) return false;
    }
  }

  void advance(Run& run) { run.has_target = scratch_.spend(1) && run.targets->to_next_sibling(); }
  void next_goal(Run& run) const { run.goal = nodes_[run.goal].end; }

  bool match_children(std::uint32_t goal, Node target) {
    const LentCursor cursor(scratch_, target);
    Run run{goal + 1, nodes_[goal].end, cursor.get(), false};
    run.has_target = scratch_.spend(1) && cursor->to_first_child();
    if (!run.has_target) return false;
    for (;;) {
      auto flow = match_ellipsis(run);
      if (flow == Flow::through) flow = match_next(run);
      if (flow == Flow::failed) return false;
      if (flow == Flow::done) return true;
      if (flow == Flow::again) continue;
      if (run.has_goal()) {
        next_goal(run);
        if (run.has_target) advance(run);
      }
      if (!run.has_goal()) return rest_may_trail(run);
      if (!run.has_target) return false;
    }
  }

  bool rest_may_trail(Run& run) {
    if (strictness_ == Strictness::smart) return true;
    for (; run.has_target; advance(run))
      if (!may_trail(run.targets->node())) return false;
    return !scratch_.is_exhausted;
  }

  [[nodiscard]] bool may_trail(Node target) const {
    switch (strictness_) {
      case Strictness::cst:
        return false;
      case Strictness::smart:
        return true;
      case Strictness::ast:
        return !target.is_named();
      case Strictness::relaxed:
      case Strictness::signature:
        return !target.is_named() || target.is_extra();
      case Strictness::as_template:
        return target.is_extra();
    }
    return false;
  }

  /// Takes nodes for the ellipsis that comes next in the pattern, if one does.
  Flow match_ellipsis(Run& run) {
    if (!run.has_goal()) return Flow::done;
    const auto& ellipsis = nodes_[run.goal];
    if (!ellipsis.is_ellipsis()) return Flow::through;
    const auto base = scratch_.collected.size();
    const auto flow = take_ellipsis(run, ellipsis, base);
    scratch_.collected.resize(base);
    return flow;
  }

  Flow take_ellipsis(Run& run, const PatternNode& ellipsis, std::size_t base) {
    next_goal(run);
    // unnamed nodes after it (commas) need not be there; as many are taken back from its end
    std::size_t skipped = 0;
    while (run.has_goal() && nodes_[run.goal].form == PatternNode::Form::terminal &&
           !nodes_[run.goal].is_named) {
      next_goal(run);
      ++skipped;
    }
    if (!run.has_goal()) return take_all(run, ellipsis, base, skipped);
    if (nodes_[run.goal].is_ellipsis()) {
      take(run, ellipsis);
      if (!run.has_target) return Flow::failed;
      return finish(ellipsis, base, skipped) ? Flow::again : Flow::failed;
    }
    return take_until_next(run, ellipsis, base, skipped);
  }

  void take(Run& run, const PatternNode& ellipsis) {
    if (ellipsis.slot != kNone) scratch_.collected.push_back(run.targets->node());
    advance(run);
  }

  Flow take_all(Run& run, const PatternNode& ellipsis, std::size_t base, std::size_t skipped) {
    if (ellipsis.slot == kNone) return Flow::done;
    while (run.has_target)
      take(run, ellipsis);
    return finish(ellipsis, base, skipped) ? Flow::done : Flow::failed;
  }

  Flow take_until_next(Run& run, const PatternNode& ellipsis, std::size_t base,
                       std::size_t skipped) {
    auto& bindings = scratch_.bindings();
    for (;;) {
      const auto mark = bindings.mark();
      if (match_one(run.goal, run.targets->node()) == Step::matched) {
        // the reference binds the ellipsis first and matches again, which differs only where the
        // same ellipsis stands below once more
        const bool again = ellipsis.slot != kNone && names_list(run.goal, ellipsis.slot);
        if (again) bindings.roll_back(mark);
        if (!finish(ellipsis, base, skipped)) return Flow::failed;
        if (again) return Flow::through;
        return take_matched(run);
      }
      bindings.roll_back(mark);
      take(run, ellipsis);
      if (!run.has_target) return Flow::failed;
    }
  }

  /// Goes past the goal and target that have met.
  Flow take_matched(Run& run) {
    next_goal(run);
    advance(run);
    if (!run.has_goal()) return rest_may_trail(run) ? Flow::done : Flow::failed;
    return run.has_target ? Flow::again : Flow::failed;
  }

  [[nodiscard]] bool names_list(std::uint32_t goal, std::uint32_t slot) const {
    const auto first = nodes_.begin() + goal;
    return std::any_of(first, nodes_.begin() + nodes_[goal].end, [slot](const PatternNode& node) {
      return node.form == PatternNode::Form::multi_capture && node.slot == slot;
    });
  }

  bool finish(const PatternNode& ellipsis, std::size_t base, std::size_t skipped) {
    if (ellipsis.slot == kNone) return true;
    const auto count = scratch_.collected.size() - base;
    return bind_list(
        ellipsis.slot,
        std::span<const Node>(scratch_.collected).subspan(base, count - std::min(count, skipped)));
  }

  /// Matches the next node of the pattern, past what may be skipped.
  Flow match_next(Run& run) {
    for (;;) {
      if (!run.has_target) return skip_goals(run) ? Flow::through : Flow::failed;
      switch (match_one(run.goal, run.targets->node())) {
        case Step::matched:
          return Flow::through;
        case Step::skip_goal:
          next_goal(run);
          if (!run.has_goal()) return Flow::through;
          break;
        case Step::skip_both:
          advance(run);
          next_goal(run);
          if (!run.has_goal()) return Flow::through;
          break;
        case Step::skip_target:
          advance(run);
          break;
        case Step::failed:
          return Flow::failed;
      }
    }
  }

  bool skip_goals(Run& run) const {
    while (run.has_goal() && may_be_missing(nodes_[run.goal]))
      next_goal(run);
    return !run.has_goal();
  }

  [[nodiscard]] bool may_be_missing(const PatternNode& goal) const {
    if (goal.is_ellipsis()) return strictness_ != Strictness::cst;
    if (strictness_ != Strictness::ast && strictness_ != Strictness::relaxed &&
        strictness_ != Strictness::signature)
      return false;
    return goal.form != PatternNode::Form::internal && !goal.is_named;
  }

  const Program& program_;
  const std::vector<PatternNode>& nodes_;
  Strictness strictness_;
  Scratch& scratch_;
};
// NOLINTEND(misc-no-recursion)

}  // namespace

bool bind_single(Scratch& scratch, std::uint32_t slot, Node node) {
  auto& bindings = scratch.bindings();
  const Node known = bindings.single(slot);
  if (known && !same_code(scratch, known, node)) return false;
  bindings.bind(slot, node);
  return true;
}

bool match_pattern(const Program& program, const Pattern& pattern, Node node, Scratch& scratch) {
  if (pattern.has_root_kind && node.kind_id() != pattern.root_kind) return false;
  auto& bindings = scratch.bindings();
  const auto mark = bindings.mark();
  if (PatternMatch(program, pattern.strictness, scratch).match_root(pattern.root, node) ==
          Step::matched &&
      !scratch.is_exhausted)
    return true;
  bindings.roll_back(mark);
  return false;
}

}  // namespace peer::rules
