// The summary of a run: facts that Peer counted, and where models help one paragraph that words
// them. Pure but for the question; thread-safe as Ai is.
#pragma once

#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "bot/ai/ai.hpp"
#include "reporters/report.hpp"

namespace peer {

/// "2 files changed, 10 lines added, 3 removed"; "fixed 3 findings of syntax-error"; "complexity of
/// f in a.py: 12 -> 8"; ... What there is nothing of is left out.
[[nodiscard]] std::vector<std::string> facts_of(const Report& report);

/// Whether `words` name no number that `facts` do not name.
[[nodiscard]] bool only_known_numbers(std::string_view words,
                                      const std::vector<std::string>& facts);

/// Sets report.summary: the facts and `more` of them, then a model's paragraph with its name where
/// one answers and keeps to the facts.
void summarise(Report& report, Ai& ai, const std::vector<std::string>& more,
               const std::stop_token& stop);

}  // namespace peer
