// Words and signs that nodes of a kind always hold: `goto` for a goto_statement. Pure; thread-safe.
#pragma once

#include <span>
#include <string_view>

namespace peer::rules {

/// One of these, separated by '|', stands in the text of every node of the kind; "" where nothing
/// is known. Where it is made of letters it stands there as a word.
[[nodiscard]] std::string_view keywords_of_kind(std::string_view language, std::string_view kind);

/// True where a pattern's signs of two characters and more (`==`, `=>`) stand in whatever it
/// matches as they are written, and next to what they stand next to.
[[nodiscard]] bool has_plain_signs(std::string_view language);

struct KindKeywords {
  std::string_view kind;
  std::string_view keywords;
};
/// What is known of a language by itself; what it does not say holds as for the one it extends.
[[nodiscard]] std::span<const KindKeywords> known_keywords(std::string_view language);
/// "javascript" for TypeScript and TSX, else "".
[[nodiscard]] std::string_view language_extended_by(std::string_view language);

}  // namespace peer::rules
