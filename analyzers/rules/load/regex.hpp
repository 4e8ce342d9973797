// Regular expressions of the `regex` crate (Rust) in the words of RE2. Pure; thread-safe.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace re2 {
class RE2;
}

namespace peer::rules {

struct TranslatedRegex {
  std::string ascii;  ///< means the same on texts of ASCII
  /// Means the same on all texts, but for `\b` beside letters outside of ASCII.
  std::string unicode;
};

/// Translates what differs: named groups, `\u{..}` and its kin, (?x), nested classes, and `\d \w
/// \s`, which in Rust know all of Unicode. Fails with invalid_input, naming the construct, on what
/// RE2 has no words for (look-around, back-references, `&&` in classes, `(?R)`, word edges) and on
/// what Rust refuses.
[[nodiscard]] Result<TranslatedRegex> translate_regex(std::string_view rust);

/// Compiles for RE2 under a memory cap; null and a message in `error` when it is refused.
[[nodiscard]] std::unique_ptr<re2::RE2> compile_re2(const std::string& pattern, std::string& error);

}  // namespace peer::rules
