// A regular expression of a rule, in Rust's syntax: run by RE2, unless it only lists texts.
// Compiled as late as can be: most expressions of the pack see a few short texts of a small file,
// none of which holds what they ask for. Safe from any thread.
#pragma once

#include <atomic>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

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
  /// For one that is known to compile: it is, when it is needed.
  [[nodiscard]] static std::unique_ptr<TextPattern> checked(std::string_view rust);
  ~TextPattern();
  TextPattern(const TextPattern&) = delete;
  TextPattern& operator=(const TextPattern&) = delete;

  /// True where some part of `text` matches.
  [[nodiscard]] bool is_in(std::string_view text) const;
  /// The expression as it was written.
  [[nodiscard]] const std::string& source() const { return source_; }

 private:
  /// What is known of it before it is compiled.
  struct Outside {
    std::optional<PlainTexts> plain;    // it says no more: it is never compiled
    std::vector<std::string> literals;  // a match holds one, unless there are none
    bool ignores_case = false;          // then they are in lower case
  };

  TextPattern();
  [[nodiscard]] Result<void> prepare() const;
  [[nodiscard]] bool may_be_in(std::string_view text) const;

  std::string source_;
  mutable std::once_flag first_look_, first_use_, first_unicode_;
  mutable Outside outside_;
  mutable std::atomic<int> looks_ = 0;
  mutable std::string for_unicode_;  // "" where the one for ASCII does for all
  mutable std::unique_ptr<re2::RE2> ascii_;
  // compiled when the first text with other characters comes
  mutable std::unique_ptr<re2::RE2> unicode_;
};

}  // namespace peer::rules
