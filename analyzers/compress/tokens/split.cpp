// Each function below is one alternative of the expressions; the comment above it is that
// alternative, as gpt-tokenizer 4.0.0 has it. Expressions try alternatives in order and give back
// what they took too much; what that comes to is worked out here.
#include "analyzers/compress/tokens/split.hpp"

#include "analyzers/compress/tokens/classes.hpp"

namespace peer::tokens {
namespace {

constexpr std::size_t kNone = std::string_view::npos;

/// Past all characters from `at` on that have a bit of `any` and none of `not_any`; `any` 0: all.
std::size_t skip(std::string_view text, std::size_t at, unsigned any, unsigned not_any = 0) {
  while (at < text.size()) {
    const auto character = character_at(text, at);
    if ((any != 0 && (character.bits & any) == 0) || (character.bits & not_any) != 0) break;
    at += character.size;
  }
  return at;
}

/// `'(?:[sdmt]|ll|ve|re)` in either case: the end, or `at`.
std::size_t contraction(std::string_view text, std::size_t at) {
  if (text.size() - at < 2 || text[at] != '\'') return at;
  const auto lower = [&](std::size_t i) {
    return i < text.size() ? static_cast<char>(text[i] | 0x20) : '\0';
  };
  // no byte but a letter gives these with 0x20 set, or 0x13, 0x04 ..: those are excluded here
  const auto is_letter = [&](std::size_t i) {
    return i < text.size() && (text[i] & 0x40) != 0 && static_cast<unsigned char>(text[i]) < 0x80;
  };
  if (!is_letter(at + 1)) return at;
  switch (lower(at + 1)) {
    case 's':
    case 'd':
    case 'm':
    case 't':
      return at + 2;
    case 'l':
      return is_letter(at + 2) && lower(at + 2) == 'l' ? at + 3 : at;
    case 'v':
    case 'r':
      return is_letter(at + 2) && lower(at + 2) == 'e' ? at + 3 : at;
    default:
      return at;
  }
}

/// `[upper]*[lower]+`: the greedy run of upper gives back until a lower one follows.
std::size_t word_with_lower(std::string_view text, std::size_t at) {
  std::size_t after_last_both = kNone;
  while (at < text.size()) {
    const auto character = character_at(text, at);
    if ((character.bits & kUpper) == 0) {
      if ((character.bits & kLower) != 0) return skip(text, at, kLower);
      break;
    }
    at += character.size;
    if ((character.bits & kLower) != 0) after_last_both = at;
  }
  return after_last_both;
}

/// `[^\r\n\p{L}\p{N}]?`: where a word may begin after its first character, or kNone.
std::size_t after_prefix(std::string_view text, std::size_t at) {
  const auto first = character_at(text, at);
  if ((first.bits & (kNewline | kLetter | kDigit)) != 0) return kNone;
  const auto next = at + first.size;
  return next < text.size() ? next : kNone;
}

/// Both alternatives of o200k_base for words: the one with a lower character, then the one without.
std::size_t o200k_word(std::string_view text, std::size_t at) {
  const auto word = after_prefix(text, at);
  auto end = word == kNone ? kNone : word_with_lower(text, word);
  if (end == kNone) end = word_with_lower(text, at);
  if (end == kNone) {
    const auto begin = word == kNone ? at : word;
    end = skip(text, begin, kUpper);
    if (end == begin) return kNone;
  }
  return contraction(text, end);
}

/// `[^\r\n\p{L}\p{N}]?\p{L}+`
std::size_t cl100k_word(std::string_view text, std::size_t at) {
  const auto prefixed = after_prefix(text, at);
  const auto begin = prefixed == kNone ? at : prefixed;
  const auto end = skip(text, begin, kLetter);
  return end == begin ? kNone : end;
}

/// `\p{N}{1,3}`
std::size_t number(std::string_view text, std::size_t at) {
  auto end = at;
  for (int i = 0; i < 3 && end < text.size(); ++i) {
    const auto character = character_at(text, end);
    if ((character.bits & kDigit) == 0) break;
    end += character.size;
  }
  return end == at ? kNone : end;
}

/// ` ?[^\s\p{L}\p{N}]+[\r\n]*`, with `/` among the last where `slashes`.
std::size_t symbols(std::string_view text, std::size_t at, bool slashes) {
  const auto begin = text[at] == ' ' ? at + 1 : at;
  auto end = skip(text, begin, 0, kSpace | kLetter | kDigit);
  if (end == begin) return kNone;
  while (end < text.size() &&
         (text[end] == '\r' || text[end] == '\n' || (slashes && text[end] == '/')))
    ++end;
  return end;
}

/// `\s*[\r\n]+|\s+(?!\S)|\s+`; with `whole_end`, `\s+$` before them.
std::size_t spaces(std::string_view text, std::size_t at, bool whole_end) {
  std::size_t after_newline = kNone, last = at, end = at;
  while (end < text.size()) {
    const auto character = character_at(text, end);
    if ((character.bits & kSpace) == 0) break;
    last = end;
    end += character.size;
    if ((character.bits & kNewline) != 0) after_newline = end;
  }
  if (whole_end && end == text.size()) return end;
  if (after_newline != kNone) return after_newline;
  return end == text.size() || last == at ? end : last;
}

}  // namespace

std::size_t o200k_piece_end(std::string_view text, std::size_t at) {
  if (const auto end = o200k_word(text, at); end != kNone) return end;
  if (const auto end = number(text, at); end != kNone) return end;
  if (const auto end = symbols(text, at, true); end != kNone) return end;
  return spaces(text, at, false);
}

std::size_t cl100k_piece_end(std::string_view text, std::size_t at) {
  if (const auto end = contraction(text, at); end != at) return end;
  if (const auto end = cl100k_word(text, at); end != kNone) return end;
  if (const auto end = number(text, at); end != kNone) return end;
  if (const auto end = symbols(text, at, false); end != kNone) return end;
  return spaces(text, at, true);
}

}  // namespace peer::tokens
