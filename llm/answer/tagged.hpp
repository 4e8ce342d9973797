// Reads what a model says about its fix: code, how sure it is, and why. Models write this in many
// ways; what is not clearly a valid value is none. Pure; thread-safe.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace peer {

struct TaggedAnswer {
  std::optional<std::string> code;   ///< inside <code>, or the only fenced block; without fence
  std::optional<double> confidence;  ///< 0.0 to 1.0
  std::string reasoning;
  friend bool operator==(const TaggedAnswer&, const TaggedAnswer&) = default;
};

/// Reads <code>, <confidence> and <reasoning>, or one JSON object with these members, or a fenced
/// block and a line such as "Confidence: 8/10".
[[nodiscard]] TaggedAnswer parse_tagged(std::string_view answer);

/// "8/10", "8", "80%", "0.8" -> 0.8. nullopt for what is out of range, not a number, or could mean
/// two things ("1.0").
[[nodiscard]] std::optional<double> parse_confidence(std::string_view text);

/// The text inside the first fence of at least three ` or ~, without its info line; nullopt where
/// there is no whole one.
[[nodiscard]] std::optional<std::string> first_fenced(std::string_view text);

}  // namespace peer
