// Tokens as models count them: exactly for o200k_base and cl100k_base, whose vocabularies are
// mapped with the program and read where they lie, at most so many for all other models. Linear
// time on any text. Pure; thread-safe.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace peer {

enum class Vocabulary {
  o200k_base,   ///< GPT-4o and later
  cl100k_base,  ///< GPT-4, GPT-3.5
};

/// How many tokens `text` is. Words that are special in prompts ("<|endoftext|>") count as text.
/// Bytes that are not UTF-8 count as they stand.
[[nodiscard]] std::uint64_t count_tokens(std::string_view text,
                                         Vocabulary vocabulary = Vocabulary::o200k_base);

/// The numbers of the tokens of `text`, in order.
[[nodiscard]] std::vector<std::uint32_t> encode_tokens(
    std::string_view text, Vocabulary vocabulary = Vocabulary::o200k_base);

/// Where to cut `text` so that each part has at most `most` > 0 of its tokens, as they are in the
/// whole: the ends of the parts, each between two characters. A part has at least one character,
/// and by itself hardly ever more tokens.
[[nodiscard]] std::vector<std::size_t> cuts_of(std::string_view text, std::uint64_t most,
                                               Vocabulary vocabulary = Vocabulary::o200k_base);

/// Counts for one model: the tokens of a vocabulary we have, times how many more the model's own
/// makes of the same text, at worst.
struct TokenMeter {
  Vocabulary vocabulary = Vocabulary::o200k_base;
  double factor = 1.0;

  /// Tokens that `text` is at most.
  [[nodiscard]] std::uint64_t count(std::string_view text) const;
  /// The same of a text that was counted: `counted` tokens of the vocabulary.
  [[nodiscard]] std::uint64_t most(std::uint64_t counted) const;
  /// Tokens of the vocabulary that are at most `tokens` of the model.
  [[nodiscard]] std::uint64_t within(std::uint64_t tokens) const;
  friend bool operator==(const TokenMeter&, const TokenMeter&) = default;
};

/// The meter of a model by its name ("gpt-4o-mini", "anthropic/claude-sonnet-4",
/// "qwen2.5-coder:7b"), with the safe factor of its family; the largest one for families that are
/// not known.
[[nodiscard]] TokenMeter meter_of(std::string_view model);

}  // namespace peer
