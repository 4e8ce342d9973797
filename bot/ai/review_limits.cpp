#include "bot/ai/review_limits.hpp"

#include "llm/prompt/prompt.hpp"

namespace peer {

ReviewLimits review_limits(const Model& model, unsigned concurrency) {
  ReviewLimits out;
  out.batch.concurrency = concurrency;
  switch (profile_of(model.window)) {
    case PromptProfile::tiny4k:
      out.item = {2'500, 40};
      out.batch.max_items = 1;
      return out;
    case PromptProfile::small8k:
      out.item = {5'000, 60};
      out.batch.max_items = 1;
      return out;
    case PromptProfile::mid32k:
      out.batch.max_items = 6;
      out.batch.max_bytes = 20'000;
      return out;
    case PromptProfile::large:
      break;
  }
  out.batch.max_items = 10;
  out.batch.max_bytes = 40'000;
  return out;
}

}  // namespace peer
