// Which functions and types of a file that does not fit a question a model should see first, as a
// model ranks them. Thread-safe as Ai is.
#pragma once

#include <stop_token>
#include <string>
#include <vector>

#include "analyzers/compress/digest.hpp"
#include "bot/ai/ai.hpp"

namespace peer {

/// Names of elements of `file`, the most important for the lines of `request` first. Empty where
/// nobody answers, or the answer names what the file's tree does not hold.
[[nodiscard]] std::vector<std::string> ranked_by_model(const SourceFile& file,
                                                       const DigestRequest& request, Ai& ai,
                                                       const std::stop_token& stop);

}  // namespace peer
