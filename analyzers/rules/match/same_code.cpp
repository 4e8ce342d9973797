#include "analyzers/rules/match/same_code.hpp"

namespace peer::rules {
namespace {

enum class Verdict { same, different, look_below };

Verdict compare(Scratch& scratch, Node first, Node second) {
  if (first.id() == second.id()) return Verdict::same;
  if (first.named_child_count() == 0 || second.named_child_count() == 0) {
    const auto text = first.text(scratch.text);
    if (!scratch.spend(1 + text.size() / 16)) return Verdict::different;
    return text == second.text(scratch.text) ? Verdict::same : Verdict::different;
  }
  if (first.kind_id() != second.kind_id()) return Verdict::different;
  if (first.child_count() != second.child_count()) return Verdict::different;
  return scratch.spend(1) ? Verdict::look_below : Verdict::different;
}

}  // namespace

bool same_code(Scratch& scratch, Node first, Node second) {
  // most differ here or are leaves, and need no cursor
  if (const auto verdict = compare(scratch, first, second); verdict != Verdict::look_below)
    return verdict == Verdict::same;
  const LentCursor left(scratch, first);
  const LentCursor right(scratch, second);
  std::size_t depth = 0;
  for (;;) {
    const auto verdict = compare(scratch, left->node(), right->node());
    if (verdict == Verdict::different) return false;
    if (verdict == Verdict::look_below && left->to_first_child()) {
      right->to_first_child();
      ++depth;
      continue;
    }
    while (depth > 0 && !left->to_next_sibling()) {
      left->to_parent();
      right->to_parent();
      --depth;
    }
    if (depth == 0) return true;
    right->to_next_sibling();
  }
}

}  // namespace peer::rules
