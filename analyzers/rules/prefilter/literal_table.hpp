// The literals that the rules of one language look for, by number: those of the built-in rules are
// numbered when Peer is built, those of others behind them. And what it means that one stands in a
// text.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string_view>
#include <vector>

#include "analyzers/rules/prefilter/literals.hpp"

namespace peer::rules {

/// A Literal that belongs to somebody else.
struct LiteralView {
  std::string_view text;
  std::string_view before;
  bool is_word = false;
  bool ignore_case = false;
};

/// The literal stands at `start` of `text`, where the letters of it do, their case aside.
[[nodiscard]] bool stands_at(std::string_view text, std::size_t start, const LiteralView& literal);

/// What the built-in rules of a language ask of texts. Plain constants without an address in them:
/// a program's start has nothing to do for them.
struct LanguageDigest {
  struct Entry {
    std::uint32_t begin;  ///< in `texts`: the text, and behind it what stands before it
    std::uint16_t size;   ///< of the text
    std::uint8_t before;  ///< size of what stands before it
    bool is_word, ignore_case;
  };
  std::string_view language;  ///< Language::name
  std::string_view texts;
  std::span<const Entry> literals;
  /// Demands (prefilter/demand.hpp), one behind the other; rules know where theirs begin.
  std::span<const std::uint32_t> demands;
};

class LiteralTable {
 public:
  explicit LiteralTable(const LanguageDigest* digest = nullptr) : digest_(digest) {}

  [[nodiscard]] std::uint32_t size() const {
    return digested() + static_cast<std::uint32_t>(own_.size());
  }
  /// Lives as long as the table, and the digest.
  [[nodiscard]] LiteralView operator[](std::uint32_t number) const;
  /// Gives it the next number.
  void add(const Literal& literal) { own_.push_back(literal); }

 private:
  [[nodiscard]] std::uint32_t digested() const {
    return digest_ == nullptr ? 0 : static_cast<std::uint32_t>(digest_->literals.size());
  }

  const LanguageDigest* digest_;
  std::vector<Literal> own_;  // behind the digest's
};

/// Gives each literal a number.
class LiteralNumbers {
 public:
  explicit LiteralNumbers(const LanguageDigest* digest = nullptr) : table_(digest) {}
  std::uint32_t of(const Literal& literal);
  [[nodiscard]] const LiteralTable& table() const { return table_; }

 private:
  LiteralTable table_;
  std::map<Literal, std::uint32_t> known_;  // of those that are not the digest's
};

}  // namespace peer::rules
