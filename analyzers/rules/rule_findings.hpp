// From matches of YAML rules to findings like those of any check. Pure; thread-safe.
#pragma once

#include <cstdint>
#include <span>
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

/// Which rules are asked.
struct Asked {
  const RuleIds* off = nullptr;  ///< not these
  bool security_only = false;
};
[[nodiscard]] bool is_asked(const RuleFacts& rule, const Asked& asked);

/// The rules of `book` that are asked and may match `text`.
[[nodiscard]] Candidates candidates_for(const RuleBook& book, const Language& language,
                                        std::string_view path, std::string_view text,
                                        const Asked& asked = {});

/// What the rules of `book` find in `file`. `candidates` is what candidates_for() gave for the
/// file's text, or null.
[[nodiscard]] RuleFindings find_by_rules(const SourceFile& file, const RuleBook& book,
                                         const Asked& asked = {}, const std::stop_token& stop = {},
                                         const Candidates* candidates = nullptr);

}  // namespace peer::rules
