// Finds many short literals in one pass over a text: every four bytes, case folded, are looked up
// in a bit set that stays in the first-level cache; only where it says yes is a keyword compared.
// The set-up costs microseconds. Immutable after construction; thread-safe.
#pragma once

#include <cstdint>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace peer::secrets {

class KeywordFinder {
 public:
  struct Keyword {
    std::string text;  ///< at least three bytes
    bool any_case = false;
    std::uint32_t payload = 0;  ///< the caller's
  };

  explicit KeywordFinder(std::vector<Keyword> keywords);

  /// Calls `found(offset, keyword)` for every place where a keyword stands. Order: by the place of
  /// the keyword's rarest four bytes, which is nearly that of the text.
  template <class Found>
  void find_all(std::string_view text, Found&& found) const {
    if (text.size() < kGram) return;
    const char* const data = text.data();
    const std::size_t last = text.size() - kGram;
    for (std::size_t i = 0; i <= last; ++i) {
      const auto hash = hash_of(data + i);
      if (((bits_[hash >> 6U] >> (hash & 63U)) & 1U) == 0) continue;
      for (auto e = first_[hash >> kBucketShift]; e != first_[(hash >> kBucketShift) + 1]; ++e) {
        const auto& entry = entries_[e];
        if (entry.hash != hash || i < entry.offset) continue;
        const auto& keyword = keywords_[entry.keyword];
        if (stands_at(text, i - entry.offset, keyword)) found(i - entry.offset, keyword);
      }
    }
  }

 private:
  static constexpr std::size_t kGram = 4;
  static constexpr unsigned kHashBits = 17;  // 16 KB of bits: half of a first-level cache
  static constexpr unsigned kBucketShift = kHashBits - 10;

  struct Entry {
    std::uint32_t hash;
    std::uint16_t keyword;
    std::uint16_t offset;  // of the four bytes within the keyword
  };

  static std::uint32_t hash_of(const char* four) {
    std::uint32_t word = 0;
    std::memcpy(&word, four, kGram);
    return ((word | 0x20202020U) * 2654435761U) >> (32U - kHashBits);
  }
  [[nodiscard]] static bool stands_at(std::string_view text, std::size_t at,
                                      const Keyword& keyword);
  void add(std::uint16_t keyword);

  std::vector<Keyword> keywords_;
  std::vector<Entry> entries_;        // by hash
  std::vector<std::uint16_t> first_;  // of each bucket of hashes, in entries_
  std::vector<std::uint64_t> bits_;
};

}  // namespace peer::secrets
