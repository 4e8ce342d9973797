// What expressions write behind a backslash, and classes that have names. Pure.
#pragma once

#include <algorithm>
#include <optional>
#include <string_view>

#include "analyzers/checks/slow_regex/char_set.hpp"

namespace peer::slow_regex {

/// A place in the text of an expression; never behind its end.
class Cursor {
 public:
  explicit Cursor(std::string_view text) : text_(text) {}

  [[nodiscard]] bool at_end() const { return at_ >= text_.size(); }
  [[nodiscard]] char peek(std::size_t ahead = 0) const {
    return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
  }
  bool take(std::string_view word) {
    if (text_.substr(at_, word.size()) != word) return false;
    at_ += word.size();
    return true;
  }
  void skip(std::size_t count) { at_ = std::min(at_ + count, text_.size()); }
  /// One code point; a byte that is no UTF-8 counts as what it is.
  char32_t code_point();
  /// Behind the next of `signs`; false where there is none.
  bool skip_past(std::string_view signs) {
    const std::size_t end = text_.find_first_of(signs, at_);
    if (end == std::string_view::npos) return false;
    at_ = end + 1;
    return true;
  }

  /// The next `count` bytes, or what is left, taken.
  std::string_view taken(std::size_t count) {
    const auto out = text_.substr(at_, count);
    skip(count);
    return out;
  }
  /// What stands before the next `sign`, both taken; nothing where there is none.
  std::optional<std::string_view> taken_to(std::string_view sign) {
    const std::size_t end = text_.find(sign, at_);
    if (end == std::string_view::npos) return std::nullopt;
    const auto out = text_.substr(at_, end - at_);
    at_ = end + sign.size();
    return out;
  }

 protected:
  std::string_view text_;
  std::size_t at_ = 0;
};

/// `alpha` of `[[:alpha:]]`.
[[nodiscard]] CharSet posix_class(std::string_view name);
/// `\d`, `\S`: what the letter behind the backslash stands for, which is taken; nothing where it is
/// no class.
[[nodiscard]] std::optional<CharSet> class_escape(Cursor& at);
/// `p{Lu}`, `PL`: near enough for where they overlap; nothing where the property is not known.
[[nodiscard]] std::optional<CharSet> property(Cursor& at);
/// The character that is written behind the backslash: `n`, `x41`, `u{1F600}`, `177`, `.`; nothing
/// where it is malformed.
[[nodiscard]] std::optional<char32_t> char_escape(Cursor& at);

}  // namespace peer::slow_regex
