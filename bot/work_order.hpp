// In which order files are examined: the large ones first and few at a time, small ones beside
// them. What a large file needs for a moment is most of what a run needs, and two of them need it
// twice; nor is a thread left with a long one at the end.
#pragma once

#include <cstddef>
#include <cstdint>
#include <mutex>
#include <span>
#include <vector>

namespace peer {

/// Hands out each index once. Safe from any thread.
class WorkOrder {
 public:
  /// Files of `sizes` bytes, by index; `threads` will ask (0: one per core).
  WorkOrder(std::span<const std::uint64_t> sizes, unsigned threads);

  /// An index, in hand until the turn ends.
  class Turn {
   public:
    Turn(WorkOrder& order, std::size_t index, bool is_large)
        : order_(order), index_(index), is_large_(is_large) {}
    ~Turn() {
      if (is_large_) order_.end_large();
    }
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;
    [[nodiscard]] std::size_t index() const { return index_; }

   private:
    WorkOrder& order_;
    std::size_t index_;
    bool is_large_;
  };

  /// To be called as often as there are sizes. Small ones come in rising order; a large one where
  /// fewer are in hand than may be at once, or where no small one is left.
  [[nodiscard]] Turn next();

 private:
  void end_large();

  std::mutex lock_;
  std::vector<std::size_t> large_, small_;  // those left, the next one last
  std::size_t in_hand_ = 0;                 // large ones
  std::size_t most_ = 1;                    // large ones at once
};

}  // namespace peer
