// What a run cost, summed and in one line of words. Pure; thread-safe.
#pragma once

#include <string>

#include "reporters/report.hpp"

namespace peer {

/// Adds what models cost to what a run cost.
void add_receipt(Receipt& to, const Receipt& models);

/// "4 calls (2 models), 7,412 in + 911 out tokens, 61 % saved by compression, 82 % from cache,
/// $0.0031, 4.2 s"; what is nought is left out, and without calls and cache only the time is there.
[[nodiscard]] std::string receipt_line(const Receipt& receipt);

/// "0.06 s", "4.2 s", "2 min 5 s".
[[nodiscard]] std::string duration_words(double seconds);

}  // namespace peer
