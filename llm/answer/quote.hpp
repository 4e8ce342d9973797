// Where a model's remark belongs: found by the line it quotes, never by a number it gives. Pure;
// thread-safe.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace peer {

/// A line that may be quoted.
struct QuotableLine {
  std::uint32_t number = 0;  ///< 1-based, in the file
  std::string_view text;
  bool added = false;  ///< by the change
};

enum class QuoteMatch { exact, spaces, similar };
[[nodiscard]] std::string_view to_string(QuoteMatch match);

struct QuotePlace {
  std::uint32_t first = 0, last = 0;  ///< numbers of lines
  QuoteMatch match = QuoteMatch::exact;
  friend bool operator==(const QuotePlace&, const QuotePlace&) = default;
};

/// Token similarity from which a line counts as the one that was meant.
inline constexpr double kLeastSimilarity = 0.9;

/// The lines that `quote` (one line or several, perhaps with marks of a diff or a fence) repeats:
/// as they are, else but for white space, else one line by its tokens. Of several equal ones an
/// added one, else the first. nullopt where nothing is alike enough, where two lines are equally
/// alike, or where the quote says too little ("}").
[[nodiscard]] std::optional<QuotePlace> locate_quote(std::span<const QuotableLine> lines,
                                                     std::string_view quote);

/// 0.0 to 1.0: twice the shared tokens over all tokens, each counted as often as it stands there.
[[nodiscard]] double token_similarity(std::string_view a, std::string_view b);

}  // namespace peer
