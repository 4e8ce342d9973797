// The vocabulary of a tokenizer as one block of bytes: made when Peer is built (main.cpp), mapped
// read-only with the program, searched where it lies. Nothing is built at start. Thread-safe.
#pragma once

#include <cstdint>
#include <cstring>
#include <optional>
#include <string_view>

namespace peer::tokens {

/// What stands first in the block. The rest follows in the order of the members of Table, each part
/// beginning at a multiple of four bytes.
struct TableHeader {
  std::uint32_t count = 0;        ///< tokens; their numbers are 0 to count - 1
  std::uint32_t longest = 0;      ///< bytes of the longest token
  std::uint32_t bucket_bits = 0;  ///< there are 2^bucket_bits pilots
  std::uint32_t slot_bits = 0;    ///< and 2^slot_bits slots
};

inline constexpr unsigned kNumberBits = 18;  ///< of a slot; the others are a fingerprint
inline constexpr std::uint32_t kNumberMask = (1U << kNumberBits) - 1;
inline constexpr std::uint32_t kNoToken = UINT32_MAX;
inline constexpr std::uint32_t kEmptySlot = kNumberMask;
inline constexpr std::size_t kPairs =
    0x10000;  ///< numbers of the tokens of two bytes: most looked up

inline std::uint64_t stir(std::uint64_t x) {
  x *= 0x9E3779B97F4A7C15ULL;
  return x ^ (x >> 32U);
}

/// Of all bytes of `text`, eight at a time.
inline std::uint64_t hash_bytes(std::string_view text) {
  const char* at = text.data();
  std::size_t left = text.size();
  std::uint64_t hash = stir(left + 1);
  std::uint64_t word = 0;
  for (; left > 8; at += 8, left -= 8) {
    std::memcpy(&word, at, 8);
    hash = stir(hash ^ word);
  }
  if (left >= 4) {
    std::uint32_t first = 0, last = 0;
    std::memcpy(&first, at, 4);
    std::memcpy(&last, at + left - 4, 4);
    word = std::uint64_t{first} << 32U | last;
  } else if (left > 0) {
    const auto byte = [&](std::size_t i) {
      return std::uint64_t{static_cast<unsigned char>(at[i])};
    };
    word = byte(0) | byte(left / 2) << 8U | byte(left - 1) << 16U;
  }
  return stir(stir(hash ^ word));
}

/// The slot of a key: its bucket's pilot was chosen so that no two keys share one (the method of
/// PTHash, Pibiri and Trani 2021, in its simplest form).
inline std::uint32_t slot_of(std::uint64_t hash, std::uint32_t pilot, std::uint32_t slot_bits) {
  return static_cast<std::uint32_t>(
      stir(hash + pilot * 0xD6E8FEB86659FD93ULL) * 0xA0761D6478BD642FULL >> (64U - slot_bits));
}
inline std::uint32_t bucket_of(std::uint64_t hash, std::uint32_t bucket_bits) {
  return static_cast<std::uint32_t>(hash >> (64U - bucket_bits));
}
inline std::uint32_t fingerprint_of(std::uint64_t hash) {
  return static_cast<std::uint32_t>(hash) << kNumberBits;
}

/// `a == b`, quickly where both are short.
inline bool are_same(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  if (a.size() < 4 || a.size() > 8) return a == b;
  std::uint32_t first[2], last[2];
  std::memcpy(&first[0], a.data(), 4);
  std::memcpy(&first[1], b.data(), 4);
  std::memcpy(&last[0], a.data() + a.size() - 4, 4);
  std::memcpy(&last[1], b.data() + b.size() - 4, 4);
  return first[0] == first[1] && last[0] == last[1];
}

/// Views of a block.
class Table {
 public:
  explicit Table(const unsigned char* block) {
    std::memcpy(&header_, block, sizeof header_);
    pilots_ = block + sizeof header_;
    const auto* words = pilots_ + (std::size_t{1} << header_.bucket_bits);
    pairs_ = reinterpret_cast<const std::uint32_t*>(words);
    slots_ = pairs_ + kPairs;
    begins_ = slots_ + (std::size_t{1} << header_.slot_bits);
    bytes_ = reinterpret_cast<const char*>(begins_ + header_.count + 1);
  }

  /// The number of the token that is exactly `text`, or kNoToken. A token's number is its rank too.
  [[nodiscard]] std::uint32_t find(std::string_view text) const {
    if (text.size() == 2)
      return pairs_[static_cast<unsigned char>(text[0]) << 8U |
                    static_cast<unsigned char>(text[1])];
    if (text.size() > header_.longest) return kNoToken;
    const auto hash = hash_bytes(text);
    const auto pilot = pilots_[bucket_of(hash, header_.bucket_bits)];
    const auto slot = slots_[slot_of(hash, pilot, header_.slot_bits)];
    if ((slot & ~kNumberMask) != fingerprint_of(hash)) return kNoToken;
    const auto number = slot & kNumberMask;
    if (number >= header_.count) return kNoToken;
    return are_same(token(number), text) ? number : kNoToken;
  }
  [[nodiscard]] std::string_view token(std::uint32_t number) const {
    return {bytes_ + begins_[number], begins_[number + 1] - begins_[number]};
  }
  [[nodiscard]] std::uint32_t longest() const { return header_.longest; }
  [[nodiscard]] std::uint32_t count() const { return header_.count; }

 private:
  TableHeader header_;
  const unsigned char* pilots_;
  const std::uint32_t* pairs_;
  const std::uint32_t* slots_;
  const std::uint32_t* begins_;
  const char* bytes_;
};

}  // namespace peer::tokens
