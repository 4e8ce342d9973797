// Functions that a change touched, each in both its states: those in which nothing but comments or
// layout differs are told by their trees, and of the others a model may say whether callers could
// tell them apart. Thread-safe as Ai is.
#pragma once

#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "analyzers/same_code.hpp"
#include "bot/ai/ai.hpp"
#include "llm/review/verdict.hpp"
#include "reporters/report.hpp"

namespace peer {

struct TouchedFunction {
  std::string path, name;
  std::string before, after;  ///< its text on either side
  CodeComparison by_tree;
  std::optional<CompareVerdict> by_model;
  std::string model;
};

/// The functions with text on both sides that differ, by path and place; at most 200.
[[nodiscard]] std::vector<TouchedFunction> touched_functions(
    const Report& report, const Config& config,
    const std::function<Result<std::string>(const BlobRef&, std::string_view path)>& read_blob,
    const std::stop_token& stop);

/// Asks a model, in batches, about those that their trees leave open. An answer that cannot be read
/// or contradicts itself leaves its function open.
void compare_with_models(std::vector<TouchedFunction>& functions, Ai& ai, unsigned concurrency,
                         const std::stop_token& stop);

/// "f in a.py differs in comments or layout alone": what was counted without a model.
[[nodiscard]] std::vector<std::string> facts_of(const std::vector<TouchedFunction>& functions);
/// "f in a.py does what it did before, says groq/x: a loop became a call".
[[nodiscard]] std::vector<std::string> opinions_of(const std::vector<TouchedFunction>& functions);

}  // namespace peer
