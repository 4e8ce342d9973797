// nthChild and range: where a node stands among its siblings and in the text.
#include <algorithm>

#include "analyzers/rules/load/nth_child.hpp"
#include "analyzers/rules/match/ancestors.hpp"
#include "analyzers/rules/match/evaluate.hpp"

namespace peer::rules {
namespace {

/// Places are remembered for parents with more children than this: looking them up for each child
/// in turn would cost the square of their number.
constexpr std::uint32_t kManyChildren = 16;

/// Characters from the line's start; a byte that is no part of UTF-8 counts as one.
std::uint32_t column_in_characters(std::string_view text, std::uint32_t offset,
                                   std::uint32_t bytes) {
  const auto line = text.substr(offset - std::min(offset, bytes), bytes);
  return static_cast<std::uint32_t>(std::count_if(line.begin(), line.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
  }));
}

}  // namespace

bool Evaluation::match_range(const TextRange& range, const Node& node) {
  const auto start = node.start_point();
  const auto end = node.end_point();
  if (start.row != range.start.line || end.row != range.end.line) return false;
  const auto is_at_column = [this](std::uint32_t wanted, std::uint32_t offset,
                                   std::uint32_t bytes) {
    if (wanted == kNone) return true;
    return scratch_.spend(bytes / 8) &&
           column_in_characters(scratch_.text, offset, bytes) == wanted;
  };
  return is_at_column(range.start.column, node.begin(), start.column) &&
         is_at_column(range.end.column, node.end(), end.column);
}

// NOLINTBEGIN(misc-no-recursion): see evaluate.cpp
bool Evaluation::match_nth_child(const Op& op, const Node& node) {
  const bool is_at_child = scratch_.child.node.id() == node.id();
  const Node parent = is_at_child ? scratch_.child.parent : parent_of(scratch_, node);
  if (!parent) return false;
  const auto& position = program_.positions[op.value];
  std::uint32_t place = 0;
  if (op.child != kNone) {
    place = place_among_matching(op.child, position.reverse, parent, node);
    // the node's own variables are kept, those of its siblings are not
    if (place != 0) match(op.child, node);
  } else {
    place = is_at_child ? scratch_.child.place : place_among_named(parent, node);
    if (place != 0 && position.reverse) place = parent.named_child_count() + 1 - place;
  }
  return place != 0 && is_at(position, place);
}
// NOLINTEND(misc-no-recursion)

/// 1-based, or 0 for an unnamed node.
std::uint32_t Evaluation::place_among_named(const Node& parent, const Node& node) {
  if (!node.is_named()) return 0;
  const bool has_many = parent.child_count() > kManyChildren;
  if (has_many)
    if (const auto known = scratch_.places.find(parent.id()); known != scratch_.places.end()) {
      const auto place = known->second.find(node.id());
      return place == known->second.end() ? 0 : place->second;
    }
  std::unordered_map<const void*, std::uint32_t> places;
  std::uint32_t found = 0;
  std::uint32_t place = 0;
  for_each_child(parent, [&](Node child) {
    if (!child.is_named()) return;
    ++place;
    if (child.id() == node.id() && found == 0) found = place;
    if (has_many) places.emplace(child.id(), place);
  });
  scratch_.spend(parent.child_count());
  if (has_many) scratch_.places.emplace(parent.id(), std::move(places));
  return found;
}

// NOLINTBEGIN(misc-no-recursion): see evaluate.cpp
std::uint32_t Evaluation::place_among_matching(std::uint32_t of_rule, bool reverse,
                                               const Node& parent, const Node& node) {
  auto& bindings = scratch_.bindings();
  const LentCursor cursor(scratch_, parent);
  if (!cursor->to_first_child()) return 0;
  std::uint32_t count = 0;
  std::uint32_t found = 0;
  do {
    if (!cursor->node().is_named()) continue;
    const auto mark = bindings.mark();
    const Node matched = match(of_rule, cursor->node());
    bindings.roll_back(mark);
    if (!matched) continue;
    ++count;
    const bool is_it = matched.id() == node.id();
    if (is_it && (found == 0 || reverse)) found = count;
    if (is_it && !reverse) return found;
  } while (scratch_.spend(4) && cursor->to_next_sibling());
  return reverse && found != 0 ? count + 1 - found : found;
}
// NOLINTEND(misc-no-recursion)

}  // namespace peer::rules
