// What a model says about a finding, for explain-error. Thread-safe as Ai is.
#pragma once

#include <stop_token>
#include <string>

#include "analyzers/finding.hpp"
#include "bot/ai/ai.hpp"

namespace peer {

/// Some lines to show below what Peer itself knows: the model's words and its name, or why there
/// are none. Everything in them is safe to show.
[[nodiscard]] std::string explained_by_model(Ai& ai, const Finding& finding,
                                             const std::stop_token& stop);

}  // namespace peer
