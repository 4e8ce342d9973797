#include "analyzers/compress/tokens.hpp"

#include <array>
#include <cmath>
#include <cstring>
#include <memory>

#include "analyzers/compress/tokens/blocks.hpp"
#include "analyzers/compress/tokens/merge.hpp"
#include "analyzers/compress/tokens/split.hpp"
#include "analyzers/compress/tokens/table.hpp"
#include "base/text.hpp"

namespace peer {
namespace {

using tokens::Table;

/// Calls `visit(begin, end)` for each token of `text`, in order.
template <class Visit>
void for_each_token(std::string_view text, const Table& table,
                    std::size_t (*piece_end)(std::string_view, std::size_t), Visit visit) {
  tokens::Merger merger(table);
  for (std::size_t at = 0; at < text.size();) {
    const auto end = piece_end(text, at);
    std::size_t begin = at;
    for (const auto token_end : merger.ends_of(text.substr(at, end - at))) {
      visit(begin, at + token_end);
      begin = at + token_end;
    }
    at = end;
  }
}

template <class Visit>
void for_each_token(std::string_view text, Vocabulary vocabulary, Visit visit) {
  if (vocabulary == Vocabulary::cl100k_base)
    for_each_token(text, Table(peer_cl100k_base_block), tokens::cl100k_piece_end, visit);
  else
    for_each_token(text, Table(peer_o200k_base_block), tokens::o200k_piece_end, visit);
}

/// How many tokens short pieces are, as they were last seen: most pieces of a text are not new.
class KnownPieces {
 public:
  static constexpr std::size_t kLongest = 16;

  /// The count of `piece` (at most kLongest bytes), by `count()` where it is not known.
  template <class Count>
  std::uint64_t count_of(std::string_view piece, Count count) {
    const Words words = words_of(piece);
    const auto hash = tokens::stir(words.first ^ tokens::stir(words.last + piece.size()));
    auto& known = known_[hash >> (64U - kBits)];
    if (known.words == words && known.size == piece.size()) return known.tokens;
    known = {words, static_cast<std::uint32_t>(piece.size()), static_cast<std::uint32_t>(count())};
    return known.tokens;
  }

 private:
  /// The first and the last eight bytes, which may overlap: with the size they say all.
  struct Words {
    std::uint64_t first = 0, last = 0;
    friend bool operator==(const Words& a, const Words& b) {
      return a.first == b.first && a.last == b.last;
    }
  };
  struct Known {
    Words words;
    std::uint32_t size = 0, tokens = 0;
  };
  static Words words_of(std::string_view piece) {
    Words words;
    const auto size = piece.size();
    if (size >= 8) {
      std::memcpy(&words.first, piece.data(), 8);
      std::memcpy(&words.last, piece.data() + size - 8, 8);
    } else if (size >= 4) {
      std::memcpy(&words.first, piece.data(), 4);
      std::memcpy(&words.last, piece.data() + size - 4, 4);
    } else {
      const auto byte = [&](std::size_t i) {
        return std::uint64_t{static_cast<unsigned char>(piece[i])};
      };
      words.first = byte(0) | byte(size / 2) << 8U | byte(size - 1) << 16U;
    }
    return words;
  }

  static constexpr unsigned kBits = 13;
  std::array<Known, std::size_t{1} << kBits> known_{};
};

std::uint64_t count_pieces(std::string_view text, const Table& table, KnownPieces& known,
                           std::size_t (*piece_end)(std::string_view, std::size_t)) {
  tokens::Merger merger(table);
  std::uint64_t count = 0;
  for (std::size_t at = 0; at < text.size();) {
    const auto end = piece_end(text, at);
    const auto piece = text.substr(at, end - at);
    const auto encode = [&] { return merger.ends_of(piece).size(); };
    count += piece.size() <= KnownPieces::kLongest ? known.count_of(piece, encode) : encode();
    at = end;
  }
  return count;
}

bool begins_character(std::string_view text, std::size_t at) {
  return at == text.size() || (static_cast<unsigned char>(text[at]) & 0xC0U) != 0x80U;
}

/// Measured against o200k_base on code, prose and diffs; see docs/compress.md.
struct Family {
  std::string_view word;  ///< in the model's name
  TokenMeter meter;
};
constexpr double kUnknown = 1.75;
constexpr std::array<Family, 32> kFamilies{{
    {"gpt-oss", {Vocabulary::o200k_base, 1.10}},
    {"gpt-4o", {Vocabulary::o200k_base, 1.0}},
    {"gpt-4.", {Vocabulary::o200k_base, 1.0}},
    {"gpt-4", {Vocabulary::cl100k_base, 1.0}},
    {"gpt-3.5", {Vocabulary::cl100k_base, 1.0}},
    {"gpt-35", {Vocabulary::cl100k_base, 1.0}},
    {"gpt-", {Vocabulary::o200k_base, 1.0}},
    {"o1", {Vocabulary::o200k_base, 1.0}},
    {"o3", {Vocabulary::o200k_base, 1.0}},
    {"o4", {Vocabulary::o200k_base, 1.0}},
    {"claude-2", {Vocabulary::o200k_base, 1.35}},
    {"claude-3", {Vocabulary::o200k_base, 1.35}},
    {"claude-opus-4-7", {Vocabulary::o200k_base, 1.75}},
    {"claude-opus-4-8", {Vocabulary::o200k_base, 1.75}},
    {"claude-opus-4-9", {Vocabulary::o200k_base, 1.75}},
    {"claude-opus-4", {Vocabulary::o200k_base, 1.35}},
    {"claude-sonnet-4", {Vocabulary::o200k_base, 1.35}},
    {"claude-haiku-4", {Vocabulary::o200k_base, 1.35}},
    {"claude", {Vocabulary::o200k_base, 1.75}},
    {"gemini", {Vocabulary::o200k_base, 1.40}},
    {"gemma", {Vocabulary::o200k_base, 1.40}},
    {"deepseek-r1-distill", {Vocabulary::o200k_base, 1.10}},
    {"deepseek-coder", {Vocabulary::o200k_base, 1.76}},
    {"deepseek", {Vocabulary::o200k_base, 1.45}},
    {"llama-2", {Vocabulary::o200k_base, 1.50}},
    {"llama2", {Vocabulary::o200k_base, 1.50}},
    {"codellama", {Vocabulary::o200k_base, 1.50}},
    {"llama", {Vocabulary::o200k_base, 1.10}},
    {"qwen", {Vocabulary::o200k_base, 1.10}},
    {"starcoder", {Vocabulary::o200k_base, 1.50}},
    {"mistral", {Vocabulary::o200k_base, 1.50}},
    {"phi", {Vocabulary::o200k_base, 1.50}},
}};

}  // namespace

std::uint64_t count_tokens(std::string_view text, Vocabulary vocabulary) {
  // what is kept of earlier texts is true of every text; on the heap, because every thread, whether
  // it counts or not, sets room aside for what is thread_local itself
  if (vocabulary == Vocabulary::cl100k_base) {
    thread_local const auto kKnown = std::make_unique<KnownPieces>();
    return count_pieces(text, Table(peer_cl100k_base_block), *kKnown, tokens::cl100k_piece_end);
  }
  thread_local const auto kKnown = std::make_unique<KnownPieces>();
  return count_pieces(text, Table(peer_o200k_base_block), *kKnown, tokens::o200k_piece_end);
}

std::vector<std::uint32_t> encode_tokens(std::string_view text, Vocabulary vocabulary) {
  const Table table(vocabulary == Vocabulary::cl100k_base ? peer_cl100k_base_block
                                                          : peer_o200k_base_block);
  std::vector<std::uint32_t> numbers;
  for_each_token(text, vocabulary, [&](std::size_t begin, std::size_t end) {
    numbers.push_back(table.find(text.substr(begin, end - begin)));
  });
  return numbers;
}

std::vector<std::size_t> cuts_of(std::string_view text, std::uint64_t most, Vocabulary vocabulary) {
  std::vector<std::size_t> cuts;
  std::uint64_t count = 0, count_at_fit = 0;
  std::size_t fit = 0;  // the last end of a token and a character
  for_each_token(text, vocabulary, [&](std::size_t, std::size_t end) {
    ++count;
    if (count > most && fit > (cuts.empty() ? 0 : cuts.back())) {
      cuts.push_back(fit);
      count -= count_at_fit;
    }
    if (begins_character(text, end)) {
      fit = end;
      count_at_fit = count;
    }
  });
  if (!text.empty()) cuts.push_back(text.size());
  return cuts;
}

std::uint64_t TokenMeter::count(std::string_view text) const {
  return most(count_tokens(text, vocabulary));
}

std::uint64_t TokenMeter::most(std::uint64_t counted) const {
  return factor == 1.0
             ? counted
             : static_cast<std::uint64_t>(std::ceil(static_cast<double>(counted) * factor));
}

std::uint64_t TokenMeter::within(std::uint64_t tokens) const {
  return factor == 1.0 ? tokens : static_cast<std::uint64_t>(static_cast<double>(tokens) / factor);
}

TokenMeter meter_of(std::string_view model) {
  const auto name = to_lower(model);
  for (const auto& family : kFamilies)
    if (name.find(family.word) != std::string::npos) return family.meter;
  return {Vocabulary::o200k_base, kUnknown};
}

}  // namespace peer
