#include "analyzers/taint/question_names.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <string>

#include "analyzers/taint/words.hpp"

namespace peer::taint {
namespace {

using Words = std::span<const std::string_view>;

constexpr std::array<std::string_view, 4> kDenials{"invalid", "unsafe", "disallow", "notallow"};
constexpr std::array<std::string_view, 6> kFine{"valid",     "safe",      "allowed",
                                                "whitelist", "permitted", "trusted"};
constexpr std::array<std::string_view, 8> kChecks{"check",  "ensure",  "validate", "assert",
                                                  "verify", "require", "guard",    "must"};
constexpr std::array<std::string_view, 9> kQuestions{"is",    "has",     "can",   "may",   "known",
                                                     "match", "contain", "looks", "accept"};

std::string folded(std::string_view name) {
  std::string lower;
  for (const char c : name)
    if (c != '_') lower.push_back(static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c));
  return lower;
}

bool has_one(std::string_view name, Words words) {
  return std::any_of(words.begin(), words.end(),
                     [&](std::string_view word) { return contains(name, word); });
}

bool begins_with_one(std::string_view name, Words words) {
  return std::any_of(words.begin(), words.end(),
                     [&](std::string_view word) { return name.starts_with(word); });
}

}  // namespace

bool validates(std::string_view name) {
  const std::string lower = folded(name);
  if (has_one(lower, kDenials) || contains(lower, "isnot")) return false;
  if (has_one(lower, kFine)) return true;
  return is_one_of(
      lower,
      {"isalnum",    "isalpha",     "isdigit",      "isnumeric",      "isdecimal",  "isnumber",
       "isinteger",  "isint",       "isuuid",       "isalphanumeric", "ctypealnum", "ctypealpha",
       "ctypedigit", "ctypexdigit", "isidentifier", "isfinite",       "isnan",      "isbool",
       "isboolean",  "isfloat",     "ishexadecimal"});
}

bool checks(std::string_view name) { return begins_with_one(folded(name), kChecks); }

bool asks(std::string_view name) {
  return validates(name) || checks(name) || begins_with_one(folded(name), kQuestions);
}

}  // namespace peer::taint
