// C and C++ as a grammar can read them: macros that stand where the language has nothing are
// blanked. Pure; thread-safe.
#pragma once

#include <string>
#include <string_view>

namespace peer {

/// `text` with the macros replaced by blanks that no grammar can know and that would tear
/// definitions apart: `API` in `class API Basket {`, `NOEXCEPT` in `f() const NOEXCEPT {`, `INLINE`
/// in `INLINE auto f()`, `BEGIN_NAMESPACE` on its own line. Of the same length, so that every span
/// stays true. "" when there is nothing to blank.
///
/// Only names in capitals are looked at, and only in places where a type or a value could not
/// stand, so that code without macros is never touched. Linear in the text.
[[nodiscard]] std::string blank_macros(std::string_view text);

}  // namespace peer
