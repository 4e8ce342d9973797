// Edits onto a text: the exact, all-or-nothing way. Pure; thread-safe.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "analyzers/fix/fix.hpp"
#include "base/result.hpp"

namespace peer {

/// Why `edits` do not fit `text` (a span past the end or turned round, edits out of order or
/// overlapping, two insertions at one place), as a sentence with the bytes concerned; nullopt when
/// they fit.
[[nodiscard]] std::optional<std::string> misfit(std::string_view text, std::span<const Edit> edits);

/// `text` with `edits` made: everything outside their spans stays byte for byte. Fails with
/// invalid_input and the reason of misfit(); linear in the text and the edits.
[[nodiscard]] Result<std::string> apply_edits(std::string_view text, std::span<const Edit> edits);

/// Sorts by place; edits that are already in order keep it.
void sort_edits(std::vector<Edit>& edits);

/// `edits` without the bytes that they replace by themselves at both ends, so that each covers only
/// what changes (a CR LF is never parted). Edits that change nothing are dropped.
[[nodiscard]] std::vector<Edit> tightened(std::string_view text, std::span<const Edit> edits);

/// `edit`, which must fit, as the smaller edits of whole lines that do the same: a rewritten block
/// falls into the lines that really differ. Tightened.
[[nodiscard]] std::vector<Edit> refined(std::string_view text, const Edit& edit);

}  // namespace peer
