#include "analyzers/checks/secrets/generic.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "analyzers/characters.hpp"
#include "analyzers/checks/secrets/value.hpp"
#include "base/text.hpp"

namespace peer::secrets {
namespace {

template <std::size_t N>
bool is_one_of(std::string_view word, const std::array<std::string_view, N>& words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

/// The words of an identifier, lower case: "githubAPIKey2" -> github, api, key. Digits are left
/// out.
std::vector<std::string> words_of(std::string_view name) {
  std::vector<std::string> words;
  bool fresh = true;
  for (std::size_t i = 0; i < name.size(); ++i) {
    const char c = name[i];
    if (!is_letter(c)) {
      fresh = true;
      continue;
    }
    const bool hump = is_upper(c) && i > 0 &&
                      (is_lower(name[i - 1]) || (i + 1 < name.size() && is_lower(name[i + 1])));
    if (fresh || hump) words.emplace_back();
    fresh = false;
    words.back() += is_upper(c) ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return words;
}

/// Words that make a name speak about something else than a secret.
bool disqualifies(std::string_view word) {
  static constexpr std::array<std::string_view, 62> kWords{
      "csrf",    "xsrf",    "public",  "pub",          "next",         "page",    "continuation",
      "cursor",  "sync",    "cancel",  "cancellation", "design",       "lexer",   "syntax",
      "hash",    "hashed",  "digest",  "checksum",     "sha",          "expired", "invalid",
      "wrong",   "bad",     "missing", "mock",         "fake",         "test",    "tests",
      "dummy",   "example", "sample",  "label",        "regex",        "pattern", "prompt",
      "message", "error",   "hint",    "title",        "forgot",       "type",    "kind",
      "max",     "min",     "num",     "is",           "has",          "no",      "eos",
      "bos",     "unk",     "pad",     "special",      "separator",    "field",   "header",
      "param",   "cookie",  "resume",  "idempotency",  "verification", "site"};
  return is_one_of(word, kWords);
}

/// Words that may follow the one that counts: "password_prod".
bool is_suffix(std::string_view word) {
  static constexpr std::array<std::string_view, 15> kWords{
      "value", "prod",   "production", "dev",     "development", "staging", "stage", "live",
      "str",   "string", "base",       "default", "plain",       "raw",     "b"};
  return is_one_of(word, kWords);
}

bool ends_with_any(std::string_view word, std::initializer_list<std::string_view> ends) {
  return std::any_of(ends.begin(), ends.end(), [&](std::string_view end) {
    return word.size() >= end.size() && word.substr(word.size() - end.size()) == end;
  });
}

/// Words before "key" that make it one to keep.
bool qualifies_key(std::string_view word) {
  static constexpr std::array<std::string_view, 18> kWords{
      "api",    "access",      "auth",    "private", "encryption", "signing",
      "secret", "master",      "service", "account", "storage",    "shared",
      "app",    "application", "license", "admin",   "webhook",    "hmac"};
  return is_one_of(word, kWords);
}

struct Shape {
  std::size_t digits = 0, uppers = 0, lowers = 0, others = 0;
  std::size_t turns = 0;  // from letter to digit or back
  bool hex = true;
};

Shape shape_of(std::string_view value) {
  Shape shape;
  char before = '\0';
  for (const char c : value) {
    shape.digits += is_digit(c) ? 1 : 0;
    shape.uppers += is_upper(c) ? 1 : 0;
    shape.lowers += is_lower(c) ? 1 : 0;
    shape.others += is_digit(c) || is_letter(c) ? 0 : 1;
    shape.turns += (is_digit(c) && is_letter(before)) || (is_letter(c) && is_digit(before)) ? 1 : 0;
    shape.hex = shape.hex && is_hex(c);
    before = c;
  }
  return shape;
}

/// Parts between separators that are words, numbers, or a word and a number: "aws-signing-key-v2",
/// "foo.bar1".
bool is_phrase(std::string_view value) {
  std::size_t parts = 0;
  std::size_t begin = 0;
  while (begin <= value.size()) {
    const auto end = std::min(value.find_first_of("-_./:+", begin), value.size());
    const auto part = value.substr(begin, end - begin);
    const auto shape = shape_of(part);
    const bool mixed_case = shape.uppers > 1 && shape.lowers > 1 && shape.digits > 0;
    if (shape.others > 0 || shape.turns > 1 || mixed_case || shape.digits > 8) return false;
    ++parts;
    begin = end + 1;
  }
  return parts > 1;
}

bool is_graphic(std::string_view value, std::string_view others) {
  return std::all_of(value.begin(), value.end(), [&](char c) {
    return is_word(c) || others.find(c) != std::string_view::npos;
  });
}

bool looks_like_key(std::string_view value) {
  if (value.size() < 16 || value.size() > 256 || !is_graphic(value, "-+/=.~")) return false;
  const auto shape = shape_of(value);
  if (shape.digits < 2 || shape.uppers + shape.lowers < 2 || is_phrase(value)) return false;
  if (shape.hex) return value.size() >= 20 && entropy_of(value) >= 2.9;
  const bool mixed = shape.uppers >= 2 && shape.lowers >= 2 && shape.others <= 2;
  if (shape.turns < 3 && !mixed) return false;
  return entropy_of(value) >= (value.size() < 24 ? 3.3 : 3.6);
}

bool looks_like_password(std::string_view value) {
  if (value.size() < 8 || value.size() > 64 || !is_graphic(value, "-+=.~!@#$%^&*?;:,_"))
    return false;
  const auto shape = shape_of(value);
  if (shape.digits == 0 || shape.uppers + shape.lowers < 2 || is_phrase(value)) return false;
  const int classes = (shape.digits > 0 ? 1 : 0) + (shape.uppers > 0 ? 1 : 0) +
                      (shape.lowers > 0 ? 1 : 0) + (shape.others > 0 ? 1 : 0);
  return (classes >= 3 || shape.turns >= 3) && entropy_of(value) >= 2.75;
}

}  // namespace

NameKind kind_of_name(std::string_view name) {
  auto words = words_of(name);
  while (words.size() > 1 && is_suffix(words.back()))
    words.pop_back();
  if (words.empty() || std::any_of(words.begin(), words.end(), disqualifies))
    return NameKind::other;
  const std::string_view last = words.back();
  if (ends_with_any(last, {"password", "passwd", "passphrase", "passcode", "pwd"}))
    return NameKind::password;
  // "pass" and "word" written apart: passWord, pass_word
  if (last == "word" && words.size() > 1 && words[words.size() - 2] == "pass")
    return NameKind::password;
  if (ends_with_any(last, {"secret", "token", "apikey", "accesskey", "secretkey", "privatekey",
                           "authkey", "credential", "credentials"}))
    return NameKind::key;
  if (last == "key" && words.size() > 1 && qualifies_key(words[words.size() - 2]))
    return NameKind::key;
  return NameKind::other;
}

bool looks_secret(NameKind kind, std::string_view value) {
  if (kind == NameKind::other || is_reference(value) || is_uuid(value)) return false;
  if (names_itself_fake(value) || is_patterned(value)) return false;
  return looks_like_key(value) || (kind == NameKind::password && looks_like_password(value));
}

}  // namespace peer::secrets
