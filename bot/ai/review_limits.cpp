#include "bot/ai/review_limits.hpp"

#include <algorithm>

#include "llm/prompt/prompt.hpp"

namespace peer {
namespace {

ReviewLimits small(ItemLimits item, std::uint64_t context, const Model& model) {
  ReviewLimits out;
  out.item = item;
  out.batch.max_items = 1;
  out.context_tokens = context;
  out.output_tokens = std::min(768U, std::max(model.window / 4, 128U));
  return out;
}

ReviewLimits large(std::size_t items, std::size_t tokens, std::uint64_t context) {
  ReviewLimits out;
  out.batch.max_items = items;
  out.batch.max_size = tokens;
  out.context_tokens = context;
  return out;
}

}  // namespace

ReviewLimits review_limits(const Model& model, unsigned concurrency) {
  auto out = [&] {
    switch (profile_of(model.window)) {
      case PromptProfile::tiny4k:
        return small({2'500, 40}, 256, model);
      case PromptProfile::small8k:
        return small({5'000, 60}, 384, model);
      case PromptProfile::mid32k:
        return large(6, 8'000, 512);
      case PromptProfile::large:
        break;
    }
    return large(10, 16'000, 512);
  }();
  out.batch.concurrency = concurrency;
  return out;
}

}  // namespace peer
