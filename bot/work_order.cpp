#include "bot/work_order.hpp"

#include <algorithm>

#include "base/workers.hpp"

namespace peer {
namespace {

constexpr std::uint64_t kLarge = std::uint64_t{128} << 10U;

/// Of so many threads one is enough for the large files: they are few.
constexpr unsigned kThreadsOfOneLarge = 4;

}  // namespace

WorkOrder::WorkOrder(std::span<const std::uint64_t> sizes, unsigned threads) {
  most_ = std::max(1U, thread_count(threads) / kThreadsOfOneLarge);
  for (auto i = sizes.size(); i-- > 0;)
    (sizes[i] >= kLarge ? large_ : small_).push_back(i);
}

WorkOrder::Turn WorkOrder::next() {
  const std::scoped_lock lock(lock_);
  const bool is_large = !large_.empty() && (in_hand_ < most_ || small_.empty());
  auto& from = is_large ? large_ : small_;
  const auto index = from.back();
  from.pop_back();
  if (is_large) ++in_hand_;
  return {*this, index, is_large};
}

void WorkOrder::end_large() {
  const std::scoped_lock lock(lock_);
  --in_hand_;
}

}  // namespace peer
