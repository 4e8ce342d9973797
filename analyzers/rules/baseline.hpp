// Findings that are known and do not count any more: a file of fingerprints that a team commits.
// Pure; thread-safe.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "analyzers/finding.hpp"
#include "base/result.hpp"

namespace peer {

struct BaselineEntry {
  std::string fingerprint;
  std::string rule;  ///< for people, as is the path: pairing is by fingerprint
  std::string path;
  std::uint32_t count = 1;  ///< findings with this print in this file
  // NOLINTNEXTLINE(modernize-use-nullptr)
  friend auto operator<=>(const BaselineEntry&, const BaselineEntry&) = default;
};

struct Baseline {
  std::vector<BaselineEntry> entries;  ///< sorted by path, rule, fingerprint
  friend bool operator==(const Baseline&, const Baseline&) = default;
};

/// The baseline of `findings`: those that no comment or configuration silences, and those the old
/// baseline held.
[[nodiscard]] Baseline make_baseline(std::span<const Finding> findings);

/// Reads what write_baseline wrote. Fails with invalid_input (not JSON, no baseline, over 64 MB or
/// 1,000,000 entries) or refused (the version of a newer Peer).
[[nodiscard]] Result<Baseline> parse_baseline(std::string_view text);

/// JSON with one entry to a line, sorted, so that Git merges it well: the same baseline gives the
/// same bytes.
[[nodiscard]] std::string write_baseline(const Baseline& baseline);

/// Marks the findings that `baseline` knows (Suppression of kind "baseline"), one to one: an entry
/// of count n silences at most n findings, those at its own path first, then moved ones. Findings
/// that are suppressed already are left as they are and use up nothing. Gives the entries, or the
/// part of their count, that nothing was found for any more.
std::vector<BaselineEntry> apply_baseline(const Baseline& baseline, std::span<Finding> findings);

}  // namespace peer
