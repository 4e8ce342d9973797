// One walk through a tree for many rules. One thread.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <stop_token>
#include <string_view>
#include <vector>

#include "analyzers/rules/match/open_ways.hpp"
#include "analyzers/rules/rule_set.hpp"

namespace peer::rules {

/// A rule in a walk; `rule` is null where it is not taken.
struct ScanRule {
  const Rule* rule = nullptr;
  const Matcher* matcher = nullptr;
  /// Any match holds one of these places (sorted); nothing where they are not known.
  std::optional<std::vector<std::uint32_t>> places = {};
  /// Of the matcher's program.
  OpenWays ways = {};
};

struct TreeScan {
  Node root;
  std::string_view text;
  std::span<ScanRule> rules;
  std::span<const std::uint32_t> by_kind;        // indexes into rules, of those that are taken
  std::span<const std::uint32_t> by_kind_first;  // by kind, and one more
  std::uint32_t kind_count;                      // errors are by_kind_first[kind_count]
};

/// Appends all matches to `result`, by start, outer before inner, in the order of by_kind; says
/// there when it ended early.
void scan_tree(const TreeScan& scan, const std::stop_token& stop, ScanResult& result);

}  // namespace peer::rules
