// From what a model proposes to edits of a file, found by text and never by a number of its own:
// exactly, then with other line ends and trailing space, then with another indentation; and only
// where it is clear which place is meant. Pure; thread-safe; linear in the text.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "analyzers/fix/fix.hpp"
#include "llm/answer/blocks.hpp"

namespace peer {

/// How much the text had to be bent to find it.
enum class MatchTier { exact, line_ends, indentation };
[[nodiscard]] std::string_view to_string(MatchTier tier);

struct AppliedEdits {
  std::vector<Edit> edits;             ///< sorted, not overlapping, as small as whole lines can be
  MatchTier tier = MatchTier::exact;   ///< the least exact of them
  std::size_t chosen_by_distance = 0;  ///< places that were not unique, but nearest
};

/// Why a proposal cannot be applied, in words for the model.
struct Unapplied {
  std::string reason;
};

/// The edits that `blocks` ask for in `text`. `near_line` (1-based) is where the finding stands:
/// where a text occurs more than once, the place nearest to it counts, if one is nearest. All
/// blocks or none.
[[nodiscard]] tl::expected<AppliedEdits, Unapplied> apply_blocks(
    std::string_view text, std::span<const SearchReplace> blocks,
    std::optional<std::uint32_t> near_line);

/// The edits that put `code` in the place of the lines of `function` (a span of whole lines of
/// `text`): indentation and line ends follow what stands there.
[[nodiscard]] tl::expected<AppliedEdits, Unapplied> replace_function(std::string_view text,
                                                                     Span function,
                                                                     std::string_view code);

}  // namespace peer
