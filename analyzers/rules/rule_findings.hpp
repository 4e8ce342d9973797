// From matches of YAML rules to findings like those of any check. Pure; thread-safe.
#pragma once

#include <cstdint>
#include <functional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "analyzers/finding.hpp"
#include "analyzers/rules/rule_book.hpp"
#include "analyzers/source_file.hpp"

namespace peer::rules {

/// Of one rule in one file; what it matches beyond them is not told.
inline constexpr std::uint32_t kMostFindings = 20'000;

struct RuleFindings {
  std::vector<Finding> findings;  ///< by position; without symbol, frame, fingerprint and in_change
  bool complete = true;           ///< false: a limit ended the search
  std::string reason;             ///< where it did, for people
};

/// What the rules of `book` find in `file`. `wanted` says of a rule whether its matches are asked
/// for. `candidates` is what RuleSet::may_match gave for the file's text, or null.
[[nodiscard]] RuleFindings find_by_rules(const SourceFile& file, const RuleBook& book,
                                         const std::function<bool(const RuleFacts&)>& wanted,
                                         const std::stop_token& stop = {},
                                         const Candidates* candidates = nullptr);

}  // namespace peer::rules
