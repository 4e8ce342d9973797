// A regular expression of a rule, in Rust's syntax: run by RE2, unless it only lists texts. Safe
// from any thread.
#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "analyzers/rules/match/plain_texts.hpp"
#include "base/result.hpp"

namespace re2 {
class RE2;
}

namespace peer::rules {

class TextPattern {
 public:
  /// Fails with invalid_input and a sentence that names the construct: one that RE2 lacks, or that
  /// is wrong.
  [[nodiscard]] static Result<std::unique_ptr<TextPattern>> compile(std::string_view rust);
  /// For one that is known to compile: it is, when it is first used.
  [[nodiscard]] static std::unique_ptr<TextPattern> checked(std::string_view rust);
  ~TextPattern();
  TextPattern(const TextPattern&) = delete;
  TextPattern& operator=(const TextPattern&) = delete;

  /// True where some part of `text` matches.
  [[nodiscard]] bool is_in(std::string_view text) const;
  /// The expression as it was written.
  [[nodiscard]] const std::string& source() const { return source_; }

 private:
  TextPattern();
  [[nodiscard]] Result<void> prepare() const;

  std::string source_;
  mutable std::once_flag first_use_, first_unicode_;
  mutable std::optional<PlainTexts> plain_;  // in the place of all below
  mutable std::string for_unicode_;          // "" where the one for ASCII does for all
  mutable std::unique_ptr<re2::RE2> ascii_;
  // compiled when the first text with other characters comes
  mutable std::unique_ptr<re2::RE2> unicode_;
};

}  // namespace peer::rules
