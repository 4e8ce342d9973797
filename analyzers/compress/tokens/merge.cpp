#include "analyzers/compress/tokens/merge.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <optional>

namespace peer::tokens {
namespace {

constexpr std::uint32_t kFew = 128;  // bytes up to which a search through all pairs is fastest

/// The lowest of `count` values, a multiple of four: four at a time, as each waits for the one
/// before it.
std::uint32_t lowest_of(const std::uint32_t* values, std::size_t count) {
  std::uint32_t a = kNoToken, b = kNoToken, c = kNoToken, d = kNoToken;
  for (std::size_t i = 0; i < count; i += 4) {
    a = std::min(a, values[i]);
    b = std::min(b, values[i + 1]);
    c = std::min(c, values[i + 2]);
    d = std::min(d, values[i + 3]);
  }
  return std::min(std::min(a, b), std::min(c, d));
}

/// The end of a token that two windows share, or none. `from` is where the second begins in the
/// first, at the end of a token of it.
std::optional<std::uint32_t> shared_end(const std::vector<std::uint32_t>& first, std::uint32_t from,
                                        const std::vector<std::uint32_t>& second) {
  auto mine = std::upper_bound(first.begin(), first.end(), from);
  auto theirs = second.begin();
  std::uint32_t mine_begins = from, theirs_begins = from;
  while (mine != first.end() && theirs != second.end()) {
    const auto mine_ends = *mine, theirs_ends = from + *theirs;
    if (mine_begins == theirs_begins && mine_ends == theirs_ends) return mine_ends;
    if (mine_ends <= theirs_ends) {
      mine_begins = mine_ends;
      ++mine;
    }
    if (theirs_ends <= mine_ends) {
      theirs_begins = theirs_ends;
      ++theirs;
    }
  }
  return std::nullopt;
}

}  // namespace

const std::vector<std::uint32_t>& Merger::ends_of(std::string_view piece) {
  ends_.clear();
  if (piece.size() == 1 || table_.find(piece) != kNoToken)
    ends_.push_back(static_cast<std::uint32_t>(piece.size()));
  else if (piece.size() <= kFew)
    merge_few(piece, ends_);
  else
    merge_many(piece);
  return ends_;
}

/// All pairs are looked through for the lowest, again and again. A pair is its rank above the seven
/// bits of its place, so that the lowest says where it is and the leftmost of equals wins.
void Merger::merge_few(std::string_view text, Ends& ends) const {
  constexpr unsigned kPlaceBits = 7;
  static_assert(1U << kPlaceBits == kFew && kNumberBits + kPlaceBits < 32);
  // each is filled as far as it is used
  std::array<std::uint32_t, kFew> pair;             // NOLINT
  std::array<std::uint8_t, kFew + 1> next, before;  // NOLINT
  const auto size = static_cast<std::uint32_t>(text.size());
  const auto set_pair = [&](std::uint32_t at) {
    const std::uint32_t second = next[at];
    const auto found = second < size ? rank(text, at, next[second]) : kNoToken;
    pair[at] = found == kNoToken ? kNoToken : found << kPlaceBits | at;
  };
  for (std::uint32_t i = 0; i <= size; ++i) {
    next[i] = static_cast<std::uint8_t>(i + 1);
    before[i] = static_cast<std::uint8_t>(i - 1);
  }
  for (std::uint32_t i = 0; i < size; ++i)
    set_pair(i);
  auto count = size;
  for (; count % 4 != 0; ++count)
    pair[count] = kNoToken;
  for (;;) {
    const auto lowest = lowest_of(pair.data(), count);
    if (lowest == kNoToken) break;
    const auto at = lowest & (kFew - 1);
    const auto gone = next[at];
    pair[gone] = kNoToken;
    next[at] = next[gone];
    before[next[at]] = static_cast<std::uint8_t>(at);
    set_pair(at);
    if (at > 0) set_pair(before[at]);
  }
  ends.clear();
  for (std::uint32_t at = 0; at < size; at = next[at])
    ends.push_back(next[at]);
}

void Merger::set_rank(std::string_view text, std::uint32_t at) {
  const auto second = next_[at];
  rank_[at] = second < text.size() ? rank(text, at, next_[second]) : kNoToken;
  if (rank_[at] == kNoToken) return;
  heap_.push_back(std::uint64_t{rank_[at]} << 32U | at);
  std::push_heap(heap_.begin(), heap_.end(), std::greater<>());
}

/// With a heap of pairs, by rank and then place. Entries that no longer hold are passed over.
void Merger::merge_heap(std::string_view text, Ends& ends) {
  const auto size = static_cast<std::uint32_t>(text.size());
  next_.resize(size + 1);
  before_.resize(size + 1);
  rank_.assign(size + 1, kNoToken);
  heap_.clear();
  for (std::uint32_t i = 0; i < size; ++i) {
    next_[i] = i + 1;
    before_[i] = i - 1;
    if (i + 2 > size) break;
    rank_[i] = rank(text, i, i + 2);
    if (rank_[i] != kNoToken) heap_.push_back(std::uint64_t{rank_[i]} << 32U | i);
  }
  std::make_heap(heap_.begin(), heap_.end(), std::greater<>());
  while (!heap_.empty()) {
    std::pop_heap(heap_.begin(), heap_.end(), std::greater<>());
    const auto at = static_cast<std::uint32_t>(heap_.back());
    const auto lowest = static_cast<std::uint32_t>(heap_.back() >> 32U);
    heap_.pop_back();
    if (rank_[at] != lowest) continue;
    const auto gone = next_[at];
    rank_[gone] = kNoToken;
    next_[at] = next_[gone];
    if (next_[at] < size) before_[next_[at]] = at;
    set_rank(text, at);
    if (at > 0) set_rank(text, before_[at]);
  }
  ends.clear();
  for (std::uint32_t at = 0; at < size; at = next_[at])
    ends.push_back(next_[at]);
}

/// What repeats itself is encoded once.
void Merger::encode(std::string_view text, Window& window) {
  if (text.size() <= kFew) {
    if (text == mine_.text)
      window.ends = mine_.ends;
    else
      merge_few(text, window.ends);
  } else {
    if (text != wide_.text) merge_heap(text, wide_.ends);
    wide_.text = text;
    window.ends = wide_.ends;
  }
  window.text = text;
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
  const auto settle = [&](std::uint32_t end) {
    for (const auto each : mine_.ends)
      if (base + each > sure && base + each <= end) ends_.push_back(base + each);
    sure = end;
  };
  mine_.text = wide_.text = {};
  encode(piece.substr(0, kFew), mine_);
  for (;;) {
    const auto width = static_cast<std::uint32_t>(mine_.text.size());
    if (base + width == size) return settle(size);
    // the next window begins at the last token of this one that is some way before the end
    const auto& ends = mine_.ends;
    const auto after = std::upper_bound(ends.begin(), ends.end(), width - width / 12);
    const auto from = std::max(after == ends.begin() ? 0 : *std::prev(after), sure - base);
    std::optional<std::uint32_t> shared;
    if (from > 0 && from < width) {
      encode(piece.substr(base + from, kFew), theirs_);
      shared = shared_end(ends, from, theirs_.ends);
    }
    if (!shared) {
      encode(piece.substr(base, std::size_t{width} * 4), mine_);
      continue;
    }
    settle(base + *shared);
    base += from;
    std::swap(mine_, theirs_);
  }
}

}  // namespace peer::tokens
