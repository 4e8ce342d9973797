#include "analyzers/checks/secrets/keywords.hpp"

#include <algorithm>

namespace peer::secrets {
namespace {

char folded(char c) { return static_cast<char>(static_cast<unsigned char>(c) | 0x20U); }

/// How rare four bytes are in source text, roughly: vowels and runs are everywhere, digits and rare
/// letters are not.
int rarity(std::string_view gram) {
  int score = 0;
  for (std::size_t i = 0; i < gram.size(); ++i) {
    const char c = folded(gram[i]);
    static constexpr std::string_view kCommon = "etaoinsrl -./=";
    static constexpr std::string_view kRare = "jkqxzvw0123456789~$";
    if (kCommon.find(c) == std::string_view::npos) score += 2;
    if (kRare.find(c) != std::string_view::npos) score += 2;
    if (i > 0 && gram[i] == gram[i - 1]) score -= 2;
  }
  return score;
}

}  // namespace

KeywordFinder::KeywordFinder(std::vector<Keyword> keywords)
    : keywords_(std::move(keywords)),
      first_((std::size_t{1} << (kHashBits - kBucketShift)) + 1, 0),
      bits_((std::size_t{1} << kHashBits) / 64, 0) {
  for (std::size_t i = 0; i < keywords_.size(); ++i)
    add(static_cast<std::uint16_t>(i));
  std::sort(entries_.begin(), entries_.end(),
            [](const Entry& a, const Entry& b) { return a.hash < b.hash; });
  std::size_t next = 0;
  for (std::size_t bucket = 0; bucket < first_.size(); ++bucket) {
    while (next < entries_.size() && entries_[next].hash >> kBucketShift < bucket)
      ++next;
    first_[bucket] = static_cast<std::uint16_t>(next);
  }
}

void KeywordFinder::add(std::uint16_t keyword) {
  const std::string& text = keywords_[keyword].text;
  const auto enter = [&](const char* four, std::size_t offset) {
    const auto hash = hash_of(four);
    bits_[hash >> 6U] |= std::uint64_t{1} << (hash & 63U);
    entries_.push_back({hash, keyword, static_cast<std::uint16_t>(offset)});
  };
  if (text.size() >= kGram) {
    std::size_t best = 0;
    for (std::size_t at = 1; at + kGram <= text.size(); ++at)
      if (rarity(std::string_view(text).substr(at, kGram)) >
          rarity(std::string_view(text).substr(best, kGram)))
        best = at;
    return enter(text.data() + best, best);
  }
  // three bytes: once for each folded character that may follow in a secret
  for (unsigned char next = 0x20; next < 0x80; ++next) {
    if (folded(static_cast<char>(next)) != static_cast<char>(next)) continue;
    const std::string four = text + static_cast<char>(next);
    enter(four.data(), 0);
  }
}

bool KeywordFinder::stands_at(std::string_view text, std::size_t at, const Keyword& keyword) {
  const auto here = text.substr(at, keyword.text.size());
  if (!keyword.any_case) return here == keyword.text;
  return here.size() == keyword.text.size() &&
         std::equal(here.begin(), here.end(), keyword.text.begin(),
                    [](char a, char b) { return (a >= 'A' && a <= 'Z' ? folded(a) : a) == b; });
}

}  // namespace peer::secrets
