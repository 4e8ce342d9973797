// Identity of findings across line shifts, renames, reformatting and rebases, and the pairing of
// two sets of them. Pure; thread-safe.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "analyzers/change_set.hpp"
#include "analyzers/finding.hpp"
#include "analyzers/source_file.hpp"

namespace peer {

/// Sets `fingerprint` of every finding of `file`: SHA-256 (first 16 hex digits) over rule,
/// enclosing symbol and the normalised tokens of the anchor (white space folded; comments left out
/// where there is a tree), without path or line. Repeats inside the file get their ordinal hashed
/// in, in order of position, so that two equal findings have two prints.
void set_fingerprints(std::span<Finding> findings, const SourceFile& file);

/// Pairs of indices (old, new) that are the same finding. Each index occurs at most once. Their
/// prints are equal; where a print occurs more than once, those of one path are paired first, then
/// those of a path and what `files` says it was renamed or copied to, then those whose files have
/// the same blob, then the rest, each in order. Linear.
[[nodiscard]] std::vector<std::pair<std::size_t, std::size_t>> match_findings(
    std::span<const Finding> old_findings, std::span<const Finding> new_findings,
    std::span<const ChangedFile> files = {});

}  // namespace peer
