#include "analyzers/rules/prefilter/literal_table.hpp"

#include <algorithm>

namespace peer::rules {
namespace {

bool stands_alone(std::string_view text, std::size_t start, std::size_t end) {
  const auto is_letter = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  };
  // an escape in a string ends where a text of its own begins: "\nmd5"
  constexpr std::size_t kLongestEscape = 12;
  if (start > 0 && is_letter(text[start - 1])) {
    const auto from = start - std::min(start, kLongestEscape);
    if (text.substr(from, start - from).find('\\') == std::string_view::npos) return false;
  }
  return end == text.size() || (!is_letter(text[end]) && (text[end] < '0' || text[end] > '9'));
}

/// `text` ends with the sign, or may: a comment that ends at a line's end is not seen.
bool follows(std::string_view text, std::string_view sign) {
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t'))
    text.remove_suffix(1);
  return text.empty() || text.ends_with(sign) || text.back() == '\n' || text.back() == '\r' ||
         text.ends_with("*/") || static_cast<unsigned char>(text.back()) >= 0x80 ||
         static_cast<unsigned char>(text.back()) < ' ';
}

}  // namespace

bool stands_at(std::string_view text, std::size_t start, const LiteralView& literal) {
  const auto size = literal.text.size();
  if (!literal.ignore_case && text.substr(start, size) != literal.text) return false;
  if (literal.is_word && !stands_alone(text, start, start + size)) return false;
  return literal.before.empty() || follows(text.substr(0, start), literal.before);
}

LiteralView LiteralTable::operator[](std::uint32_t number) const {
  if (number >= digested()) {
    const auto& own = own_[number - digested()];
    return {own.text, own.before, own.is_word, own.ignore_case};
  }
  const auto& entry = digest_->literals[number];
  return {digest_->texts.substr(entry.begin, entry.size),
          digest_->texts.substr(entry.begin + entry.size, entry.before), entry.is_word,
          entry.ignore_case};
}

std::uint32_t LiteralNumbers::of(const Literal& literal) {
  const auto [found, is_new] = known_.try_emplace(literal, table_.size());
  if (is_new) table_.add(literal);
  return found->second;
}

}  // namespace peer::rules
