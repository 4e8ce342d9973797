#include "analyzers/parse/tree_memory.hpp"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <mutex>

#include <tree_sitter/api.h>

namespace peer {
namespace {

constexpr std::size_t kBlock = std::size_t{256} << 10U;
constexpr std::size_t kKeptBlocks = 24;  // between parses, of all threads

/// Stands before each piece. A piece that malloc gave has `number` kFromMalloc.
struct Head {
  std::uint32_t number;
  std::uint32_t unused;
};
static_assert(sizeof(Head) == 8);
constexpr std::uint32_t kFromMalloc = 0xFFFFFFFF;
constexpr std::size_t kMallocHead = 16;  // keeps malloc's alignment

// sizes up to kSmall are multiples of kStep, above it powers of two
constexpr std::size_t kStep = 16;
constexpr std::size_t kSmall = 1024;
constexpr std::uint32_t kSmallSizes = kSmall / kStep + 1;
constexpr int kFirstPower = 11;

std::uint32_t number_of(std::size_t size) {
  if (size <= kSmall) return static_cast<std::uint32_t>(std::max(size, kStep) + kStep - 1) / kStep;
  return kSmallSizes + static_cast<std::uint32_t>(std::bit_width(size - 1) - kFirstPower);
}

std::size_t size_of(std::uint32_t number) {
  if (number < kSmallSizes) return number * kStep;
  return std::size_t{1} << (number - kSmallSizes + kFirstPower);
}

Head& head_of(void* place) {
  return *reinterpret_cast<Head*>(static_cast<std::byte*>(place) - sizeof(Head));
}

/// Blocks that wait for the next parse, of whatever thread.
class Spare {
 public:
  std::byte* take() {
    const std::lock_guard guard(lock_);
    if (count_ == 0) return nullptr;
    return blocks_[--count_];
  }
  void release() {
    const std::lock_guard guard(lock_);
    while (count_ > 0)
      std::free(blocks_[--count_]);
  }
  bool keep(std::byte* block) {
    const std::lock_guard guard(lock_);
    if (count_ == kKeptBlocks) return false;
    blocks_[count_++] = block;
    return true;
  }

 private:
  std::mutex lock_;
  std::array<std::byte*, kKeptBlocks> blocks_{};
  std::size_t count_ = 0;
};

Spare& spare() {
  static Spare blocks;
  return blocks;
}

thread_local TreeMemory* current = nullptr;

void* from_malloc(std::size_t size) {
  if (size > SIZE_MAX - kMallocHead) return nullptr;
  auto* whole = static_cast<std::byte*>(std::malloc(size + kMallocHead));
  if (whole == nullptr) return nullptr;
  void* place = whole + kMallocHead;
  head_of(place).number = kFromMalloc;
  return place;
}

std::byte* whole_of(void* place) { return static_cast<std::byte*>(place) - kMallocHead; }

/// tree-sitter cannot go on without memory, nor does it check.
void* or_abort(void* place) {
  if (place == nullptr) std::abort();
  return place;
}

void* ts_take(std::size_t size) {
  return or_abort(current != nullptr ? current->take(size) : from_malloc(size));
}

void* ts_take_zeroed(std::size_t count, std::size_t size) {
  if (size != 0 && count > SIZE_MAX / size) std::abort();
  void* place = ts_take(count * size);
  std::memset(place, 0, count * size);
  return place;
}

void ts_give_back(void* place) {
  if (place == nullptr) return;
  if (head_of(place).number == kFromMalloc) {
    std::free(whole_of(place));
  } else if (current != nullptr) {
    current->give_back(place);
  }
}

void* ts_resize(void* place, std::size_t size) {
  if (place == nullptr) return ts_take(size);
  if (head_of(place).number != kFromMalloc) return or_abort(current->resize(place, size));
  if (size > SIZE_MAX - kMallocHead) std::abort();
  auto* whole = static_cast<std::byte*>(std::realloc(whole_of(place), size + kMallocHead));
  return or_abort(whole == nullptr ? nullptr : whole + kMallocHead);
}

}  // namespace

TreeMemory::~TreeMemory() {
  for (auto* block : blocks_)
    if (!spare().keep(block)) std::free(block);
  for (auto* piece : large_)
    std::free(piece);
}

void TreeMemory::release_spare() { spare().release(); }

TreeMemory::Use::Use(TreeMemory& memory) : before_(current) {
  static std::once_flag once;
  std::call_once(once, [] { ts_set_allocator(ts_take, ts_take_zeroed, ts_resize, ts_give_back); });
  current = &memory;
}

TreeMemory::Use::~Use() { current = before_; }

std::byte* TreeMemory::cut(std::size_t bytes) {
  if (bytes > kBlock / 4) {
    auto* piece = static_cast<std::byte*>(std::malloc(bytes));
    if (piece != nullptr) large_.push_back(piece);
    return piece;
  }
  if (static_cast<std::size_t>(end_ - next_) < bytes) {
    auto* block = spare().take();
    if (block == nullptr) block = static_cast<std::byte*>(std::malloc(kBlock));
    if (block == nullptr) return nullptr;
    blocks_.push_back(block);
    next_ = block;
    end_ = block + kBlock;
  }
  auto* piece = next_;
  next_ += bytes;
  return piece;
}

void* TreeMemory::take(std::size_t size) {
  const auto number = number_of(size);
  if (number >= kSizes) return nullptr;
  if (void* place = free_[number]) {
    std::memcpy(&free_[number], place, sizeof(void*));
    return place;
  }
  auto* piece = cut(size_of(number) + sizeof(Head));
  if (piece == nullptr) return nullptr;
  void* place = piece + sizeof(Head);
  head_of(place).number = number;
  return place;
}

void TreeMemory::give_back(void* place) {
  auto& list = free_[head_of(place).number];
  std::memcpy(place, &list, sizeof(void*));
  list = place;
}

void* TreeMemory::resize(void* old, std::size_t size) {
  const auto had = size_of(head_of(old).number);
  if (size <= had) return old;
  void* place = take(size);
  if (place == nullptr) return nullptr;
  std::memcpy(place, old, had);
  give_back(old);
  return place;
}

}  // namespace peer
