#include "llm/tokens/correction.hpp"

#include <algorithm>

namespace peer {
namespace {

constexpr std::size_t kKept = 50;            // calls
constexpr std::size_t kEnough = 8;           // before a factor may sink
constexpr std::uint64_t kLeastTokens = 200;  // below, what stands around messages weighs too much
constexpr double kHeadRoom = 1.05;
constexpr double kLeast = 0.5, kMost = 8.0;  // a report beyond is of something else

}  // namespace

std::optional<double> TokenCorrection::saw(std::uint64_t counted, std::uint64_t reported) {
  if (counted < kLeastTokens || reported == 0) return std::nullopt;
  const double ratio = static_cast<double>(reported) / static_cast<double>(counted);
  if (ratio < kLeast || ratio > kMost) return std::nullopt;
  remember(ratio);
  return ratio;
}

void TokenCorrection::remember(double ratio) {
  if (!(ratio >= kLeast && ratio <= kMost)) return;
  ratios_.push_back(ratio);
  if (ratios_.size() > kKept) ratios_.pop_front();
}

TokenMeter TokenCorrection::corrected(TokenMeter meter) const {
  if (ratios_.empty()) return meter;
  const double needed = *std::max_element(ratios_.begin(), ratios_.end());
  // an exact vocabulary stays exact: what a provider adds around messages is not the text's
  if (meter.factor == 1.0 && needed <= kHeadRoom) return meter;
  if (needed * kHeadRoom > meter.factor || ratios_.size() >= kEnough)
    meter.factor = std::max(1.0, needed * kHeadRoom);
  return meter;
}

}  // namespace peer
