// A fix as the text that replaces whole lines: what forges let people commit with one click. Pure;
// thread-safe.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "analyzers/finding.hpp"

namespace peer {

struct Suggestion {
  std::uint32_t first_line = 1;  ///< of the lines that are replaced
  std::uint32_t last_line = 1;
  std::string text;  ///< the new lines with their ends; "": the lines go
};

/// `fix` applied to the lines of the finding's code frame. nullopt where the frame does not hold
/// these lines whole (cut, masked), the places of the edits are not known, or the result could not
/// be shown byte for byte.
[[nodiscard]] std::optional<Suggestion> suggest(const Finding& finding, const Fix& fix);

}  // namespace peer
