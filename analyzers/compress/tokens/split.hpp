// Cuts text into the pieces that are encoded one by one, as the regular expressions of the
// tokenizers do, but by hand: in time linear in the text, whatever it is. Pure; thread-safe.
#pragma once

#include <cstddef>
#include <string_view>

namespace peer::tokens {

/// The end of the piece of o200k_base that begins at byte `at` < text.size(). Pieces follow one
/// another without gaps.
[[nodiscard]] std::size_t o200k_piece_end(std::string_view text, std::size_t at);

/// As above for cl100k_base.
[[nodiscard]] std::size_t cl100k_piece_end(std::string_view text, std::size_t at);

}  // namespace peer::tokens
