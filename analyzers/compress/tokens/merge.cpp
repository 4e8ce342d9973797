#include "analyzers/compress/tokens/merge.hpp"

#include <algorithm>
#include <array>
#include <functional>

namespace peer::tokens {
namespace {

constexpr std::size_t kFew = 96;         // bytes up to which a search through all pairs is fastest
constexpr std::uint32_t kWindow = 1024;  // of a long piece: fits the nearest cache
constexpr std::uint32_t kOverlap = 384;  // three times the longest token

}  // namespace

const std::vector<std::uint32_t>& Merger::ends_of(std::string_view piece) {
  ends_.clear();
  if (piece.size() == 1 || table_.find(piece) != kNoToken)
    ends_.push_back(static_cast<std::uint32_t>(piece.size()));
  else if (piece.size() <= kFew)
    merge_few(piece);
  else
    merge_many(piece);
  return ends_;
}

/// For short pieces: all pairs are looked through for the lowest.
void Merger::merge_few(std::string_view piece) {
  std::array<std::uint32_t, kFew + 1> begin{};
  std::array<std::uint32_t, kFew + 1> pair{};  // rank of the token here with its right neighbour
  std::size_t count = piece.size();
  for (std::uint32_t i = 0; i <= count; ++i)
    begin[i] = i;
  const auto rank_at = [&](std::size_t i) {
    return i + 2 <= count ? rank(piece, begin[i], begin[i + 2]) : kNoToken;
  };
  for (std::size_t i = 0; i < count; ++i)
    pair[i] = rank_at(i);
  for (;;) {
    const auto* lowest = std::min_element(pair.data(), pair.data() + count);
    if (*lowest == kNoToken) break;
    const auto at = static_cast<std::size_t>(lowest - pair.data());
    std::copy(begin.data() + at + 2, begin.data() + count + 1, begin.data() + at + 1);
    std::copy(pair.data() + at + 2, pair.data() + count, pair.data() + at + 1);
    --count;
    pair[at] = rank_at(at);
    if (at > 0) pair[at - 1] = rank_at(at - 1);
  }
  ends_.assign(begin.data() + 1, begin.data() + count + 1);
}

/// With a heap of pairs, by rank and then place. Entries that no longer hold are passed over.
void Merger::merge_window(std::string_view window, std::vector<std::uint32_t>& ends) {
  const auto size = static_cast<std::uint32_t>(window.size());
  next_.resize(size + 1);
  before_.resize(size + 1);
  rank_.assign(size + 1, kNoToken);
  heap_.clear();
  for (std::uint32_t i = 0; i < size; ++i) {
    next_[i] = i + 1;
    before_[i] = i - 1;
    if (i + 2 > size) break;
    rank_[i] = rank(window, i, i + 2);
    if (rank_[i] != kNoToken) heap_.push_back(std::uint64_t{rank_[i]} << 32U | i);
  }
  std::make_heap(heap_.begin(), heap_.end(), std::greater<>());
  const auto set_rank = [&](std::uint32_t at) {
    const auto second = next_[at];
    rank_[at] = second < size ? rank(window, at, next_[second]) : kNoToken;
    if (rank_[at] == kNoToken) return;
    heap_.push_back(std::uint64_t{rank_[at]} << 32U | at);
    std::push_heap(heap_.begin(), heap_.end(), std::greater<>());
  };
  while (!heap_.empty()) {
    std::pop_heap(heap_.begin(), heap_.end(), std::greater<>());
    const auto at = static_cast<std::uint32_t>(heap_.back());
    const auto lowest = static_cast<std::uint32_t>(heap_.back() >> 32U);
    heap_.pop_back();
    if (rank_[at] != lowest) continue;
    const auto gone = next_[at];
    rank_[gone] = kNoToken;  // no entry of it holds any more
    next_[at] = next_[gone];
    if (next_[at] < size) before_[next_[at]] = at;
    set_rank(at);
    if (at > 0) set_rank(before_[at]);
  }
  ends.clear();
  for (std::uint32_t at = 0; at < size; at = next_[at])
    ends.push_back(next_[at]);
}

/// Window by window. A row of tokens is what the whole text gives exactly if each two neighbours
/// are what their own bytes give: merges within the bytes of the two happen in the same order as in
/// the whole, as long as none crosses their borders, and a first one that did would do so in the
/// two alone. So where two overlapping windows have one and the same token, the row of the first up
/// to it and that of the second after it make one row that holds. Where they have none, the first
/// is widened.
void Merger::merge_many(std::string_view piece) {
  const auto size = static_cast<std::uint32_t>(piece.size());
  std::uint32_t base = 0;  // where the window begins
  std::uint32_t sure = 0;  // up to here the tokens are in ends_
  std::uint32_t width = kWindow;
  merge_window(piece.substr(0, width), window_ends_);
  while (base + width < size) {
    // the next window begins at a token of this one, not before `sure`
    const auto from = std::max(sure, base + width - kOverlap * (width / kWindow));
    const auto begin = std::lower_bound(window_ends_.begin(), window_ends_.end(), from - base);
    const auto next = base + *begin;
    merge_window(piece.substr(next, kWindow), wider_ends_);
    // a token of both: the same begin and the same end
    auto mine = begin + 1;
    auto theirs = wider_ends_.begin();
    std::uint32_t mine_begins = next, theirs_begins = next;
    bool found = false;
    while (mine != window_ends_.end() && theirs != wider_ends_.end()) {
      const auto mine_ends = base + *mine, theirs_ends = next + *theirs;
      if (mine_begins == theirs_begins && mine_ends == theirs_ends) {
        found = true;
        break;
      }
      if (mine_ends <= theirs_ends) {
        mine_begins = mine_ends;
        ++mine;
      }
      if (theirs_ends <= mine_ends) {
        theirs_begins = theirs_ends;
        ++theirs;
      }
    }
    if (!found) {
      width = std::min(size - base, 2 * width);
      merge_window(piece.substr(base, width), window_ends_);
      continue;
    }
    for (const auto end : window_ends_)
      if (base + end > sure && base + end <= base + *mine) ends_.push_back(base + end);
    sure = base + *mine;
    base = next;
    width = kWindow;
    std::swap(window_ends_, wider_ends_);
  }
  for (const auto end : window_ends_)
    if (base + end > sure) ends_.push_back(base + end);
}

}  // namespace peer::tokens
