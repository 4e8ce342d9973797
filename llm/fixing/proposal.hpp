// From a model's answer about a finding to edits of the file, or the reason why there are none.
// Nothing is applied here. Pure; thread-safe; linear in answer and text.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "llm/answer/apply.hpp"
#include "llm/fixing/region.hpp"

namespace peer {

/// What the answer is about.
struct ProposalPlace {
  std::string_view text;  ///< of the whole file
  std::string_view path;
  const FixRegion& region;
  std::uint32_t line = 1;  ///< of the finding
  bool whole = false;      ///< all of the region was asked for, not SEARCH/REPLACE blocks
};

struct Proposal {
  AppliedEdits applied;
  std::optional<double> own_score;  ///< 0.0 to 1.0
  std::string reasoning;            ///< the model's words
};

/// Refused, in words for the model: what cannot be read or applied, what names another file, edits
/// outside of what was shown, code that is left out ("rest as before"), stand-ins of secrets that
/// are not this file's, and a deletion of most of what was to be repaired.
[[nodiscard]] tl::expected<Proposal, Unapplied> read_proposal(std::string_view answer,
                                                              const ProposalPlace& place);

}  // namespace peer
