// What the codes of security linters are about, so that a comment that was written for one of them
// ("# noqa: S324", "# nosec B303", "#nosec G402") counts for the rules of ours that see the same.
// Pure.
#pragma once

#include <span>
#include <string_view>

namespace peer {

/// The weaknesses (CWE numbers) that `code` of bandit (B303), ruff (S303), gosec (G401) or ESLint's
/// security plug-in ("detect-child-process", "no-eval", without prefix) reports; empty for any
/// other word. Of flaws alone: imports and assertions are none.
[[nodiscard]] std::span<const int> weaknesses_of(std::string_view code);

}  // namespace peer
