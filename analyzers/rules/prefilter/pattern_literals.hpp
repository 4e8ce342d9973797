// Texts that whatever a pattern of a rule matches must hold. Pure; thread-safe.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "analyzers/parse/grammar.hpp"
#include "analyzers/rules/match/program.hpp"
#include "analyzers/rules/prefilter/literals.hpp"

namespace peer::rules {

/// Shorter texts than this are looked for as words only: they stand in every file.
inline constexpr std::size_t kMinLength = 2;

/// A letter or `_`, and then letters, digits and `_`.
[[nodiscard]] bool is_word(std::string_view text);

class PatternLiterals {
 public:
  /// `program` must outlive it, and be of a language.
  explicit PatternLiterals(const Program& program)
      : program_(program), grammar_(*program.language) {}
  [[nodiscard]] std::vector<Clause> of(const Pattern& pattern) const;

 private:
  [[nodiscard]] bool is_required(const Pattern& pattern, const PatternNode& node,
                                 std::uint32_t index) const;
  [[nodiscard]] bool is_sign(std::string_view text) const;
  [[nodiscard]] std::string_view sign_before(const Pattern& pattern, std::uint32_t index) const;
  [[nodiscard]] bool follows_ellipsis(const Pattern& pattern, std::uint32_t index) const;
  [[nodiscard]] bool is_name(std::uint16_t kind, std::string_view text) const;

  const Program& program_;
  Grammar grammar_;
};

}  // namespace peer::rules
