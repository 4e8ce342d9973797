// Which findings of an edited file were there before the edit. Pure; thread-safe.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "analyzers/finding.hpp"
#include "analyzers/fix/edit_map.hpp"

namespace peer {

/// For each of `before` its index in `after`, where it is still there. A finding that stands where
/// the old one moved to is the same; what then remains is matched by fingerprint (match_findings).
/// By place first, because of two equal findings the later takes over the print of the earlier when
/// that one is fixed.
[[nodiscard]] std::vector<std::optional<std::size_t>> pair_findings(std::span<const Finding> before,
                                                                    std::span<const Finding> after,
                                                                    const EditMap& edits);

}  // namespace peer
