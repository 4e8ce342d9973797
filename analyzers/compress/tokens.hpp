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

/// The bytes of the longest prefix of `text` that ends between two tokens and two characters and
/// has at most `most` tokens where it stands; at least one character where `most` is not 0.
[[nodiscard]] std::size_t prefix_within(std::string_view text, std::uint64_t most,
                                        Vocabulary vocabulary = Vocabulary::o200k_base);

/// Counts for one model: the tokens of a vocabulary we have, times how many more the model's own
/// makes of the same text, at worst.
struct TokenMeter {
  Vocabulary vocabulary = Vocabulary::o200k_base;
  double factor = 1.0;

  /// Tokens that `text` is at most.
  [[nodiscard]] std::uint64_t count(std::string_view text) const;
  /// Tokens of the vocabulary that are at most `tokens` of the model.
  [[nodiscard]] std::uint64_t within(std::uint64_t tokens) const;
  friend bool operator==(const TokenMeter&, const TokenMeter&) = default;
};

/// The meter of a model by its name ("gpt-4o-mini", "anthropic/claude-sonnet-4",
/// "qwen2.5-coder:7b"), with the safe factor of its family; the largest one for families that are
/// not known.
[[nodiscard]] TokenMeter meter_of(std::string_view model);

}  // namespace peer
