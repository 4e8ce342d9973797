// Tests that a model suggests for fixes: text for people, run by nobody. Thread-safe as Ai is.
#pragma once

#include <stop_token>
#include <vector>

#include "bot/ai/ai.hpp"
#include "reporters/report.hpp"

namespace peer {

/// Sets ProvedFix::suggested_test of the applied and offered fixes that have a diff, the first ten;
/// one that no model answers stays without.
void suggest_tests(Report& report, Ai& ai, const std::stop_token& stop);

}  // namespace peer
