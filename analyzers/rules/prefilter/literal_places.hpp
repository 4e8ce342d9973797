// Where literals stand in one text. Used by one thread; refers to the table and the text.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "analyzers/rules/prefilter/automaton.hpp"
#include "analyzers/rules/prefilter/literal_table.hpp"

namespace peer::rules {

class LiteralPlaces {
 public:
  /// Looks for a literal when somebody asks for it: for small texts, of which few are asked for and
  /// an automaton of all costs more than it finds.
  LiteralPlaces(const LiteralTable& literals, std::string_view text);
  /// Finds all of them at once.
  LiteralPlaces(const LiteralTable& literals, const Automaton& automaton, std::string_view text);

  [[nodiscard]] bool has(std::uint32_t literal) {
    return known_[literal] == kUnknown ? !of(literal).empty() : known_[literal] != kNowhere;
  }
  /// Those that stand in the text, where all were found at once.
  [[nodiscard]] std::span<const std::uint32_t> all_found() const { return all_found_; }
  /// Where it begins, sorted.
  [[nodiscard]] std::span<const std::uint32_t> of(std::uint32_t literal);

 private:
  static constexpr std::uint32_t kUnknown = 0;
  static constexpr std::uint32_t kNowhere = 1;

  /// The pairs of bytes of a text, capitals as small letters: most literals that do not stand in it
  /// have one that does not.
  class Pairs {
   public:
    explicit Pairs(std::string_view lower);
    [[nodiscard]] bool may_hold(std::string_view literal) const;

   private:
    std::vector<bool> seen_;
  };

  std::vector<std::uint32_t> look_for(const LiteralView& literal) const;
  void note(std::uint32_t literal, std::vector<std::uint32_t> starts);

  const LiteralTable& literals_;
  std::string_view text_;
  std::string lower_;
  std::unique_ptr<const Pairs> pairs_;  // null where all were found at once
  std::vector<std::uint32_t>
      known_;  // by literal: kUnknown, kNowhere or 2 + the index of its places
  // looked for when asked for
  std::vector<std::vector<std::uint32_t>> found_;
  // all found at once: those of an index are starts_[first_[index], first_[index + 1])
  std::vector<std::uint32_t> first_;
  std::vector<std::uint32_t> starts_;
  std::vector<std::uint32_t> all_found_;
};

}  // namespace peer::rules
