// How a change is cut into questions for a model. Pure; thread-safe.
#pragma once

#include "llm/ask/batch.hpp"
#include "llm/model.hpp"
#include "llm/review/items.hpp"

namespace peer {

struct ReviewLimits {
  ItemLimits item;
  BatchLimits batch;  ///< sizes in tokens
  std::uint32_t output_tokens = 2'048;
  std::uint64_t context_tokens = 512;  ///< of what else each file of a question holds
};

/// What fits the window of `model`; small windows get one piece for each question. `concurrency`:
/// questions under way at once.
[[nodiscard]] ReviewLimits review_limits(const Model& model, unsigned concurrency);

}  // namespace peer
