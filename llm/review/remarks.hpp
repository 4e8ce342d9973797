// What a model says is wrong with a piece of a change, as it can be read: every field checked,
// nothing made up. Pure; thread-safe.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analyzers/finding.hpp"

namespace peer {

struct Remark {
  std::string quote;    ///< the line it is about, as the model quotes it
  std::string message;  ///< one sentence
  std::string why, help;
  std::string category;  ///< "correctness", "security", "performance", "maintainability"
  Severity severity = Severity::info;  ///< at most warning: a model fails no run by itself
  double confidence = 0.6;             ///< 0.0 to 0.7
};

struct ParsedRemarks {
  std::vector<Remark> remarks;
  std::size_t unusable = 0;  ///< entries without quote or message, or one too many
};

/// The rule that findings of models carry.
inline constexpr std::string_view kModelRule = "model-review";
inline constexpr std::size_t kMostRemarks = 20;  ///< of one piece

/// Reads {"findings":[{"quote", "message", "why", "help", "category", "severity", "confidence"}]}.
/// nullopt where the answer is not that.
[[nodiscard]] std::optional<ParsedRemarks> parse_remarks(std::string_view json);

}  // namespace peer
