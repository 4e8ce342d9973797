#include "analyzers/fix/pairing.hpp"

#include <algorithm>
#include <map>
#include <string_view>
#include <utility>

#include "analyzers/fingerprint.hpp"

namespace peer {
namespace {

using Pairs = std::vector<std::optional<std::size_t>>;

bool same_place(const Finding& before, const Finding& after, const EditMap& edits) {
  // the old side of the change does not move
  if (before.side == Side::old_side) return before.at.span == after.at.span;
  return edits.may_be(before.at.span, after.at.span);
}

void pair_by_place(std::span<const Finding> before, std::span<const Finding> after,
                   const EditMap& edits, Pairs& pairs, std::vector<bool>& taken) {
  std::map<std::pair<std::string_view, Side>, std::multimap<std::uint32_t, std::size_t>> begins;
  for (std::size_t i = 0; i < after.size(); ++i)
    begins[{after[i].rule, after[i].side}].emplace(after[i].at.span.begin, i);
  for (std::size_t i = 0; i < before.size(); ++i) {
    const auto same_rule = begins.find({before[i].rule, before[i].side});
    if (same_rule == begins.end()) continue;
    auto& places = same_rule->second;
    const auto at = before[i].at.span.begin;
    const bool old_side = before[i].side == Side::old_side;
    const auto last = places.upper_bound(old_side ? at : edits.rightmost(at));
    for (auto it = places.lower_bound(old_side ? at : edits.leftmost(at)); it != last; ++it) {
      if (!same_place(before[i], after[it->second], edits)) continue;
      pairs[i] = it->second;
      taken[it->second] = true;
      places.erase(it);
      break;
    }
  }
}

/// match_findings on what is left of both.
void pair_by_print(std::span<const Finding> before, std::span<const Finding> after, Pairs& pairs,
                   const std::vector<bool>& taken) {
  std::vector<Finding> old_left;
  std::vector<Finding> new_left;
  std::vector<std::size_t> old_index;
  std::vector<std::size_t> new_index;
  for (std::size_t i = 0; i < before.size(); ++i)
    if (!pairs[i]) old_left.push_back(before[i]), old_index.push_back(i);
  for (std::size_t i = 0; i < after.size(); ++i)
    if (!taken[i]) new_left.push_back(after[i]), new_index.push_back(i);
  for (const auto& pair : match_findings(old_left, new_left))
    pairs[old_index[pair.first]] = new_index[pair.second];
}

}  // namespace

Pairs pair_findings(std::span<const Finding> before, std::span<const Finding> after,
                    const EditMap& edits) {
  Pairs pairs(before.size());
  std::vector<bool> taken(after.size(), false);
  pair_by_place(before, after, edits, pairs, taken);
  pair_by_print(before, after, pairs, taken);
  return pairs;
}

}  // namespace peer
