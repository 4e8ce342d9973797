#include "analyzers/checks/secrets/value.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>

#include "analyzers/characters.hpp"
#include "base/text.hpp"

namespace peer::secrets {
namespace {

constexpr std::size_t kWordsWithin = 64;  // words turn up by chance in what is longer

/// Length of the longest run in which each character follows from the one before by `step`.
std::size_t longest_run(std::string_view value, int step) {
  std::size_t longest = value.empty() ? 0 : 1;
  std::size_t run = 1;
  for (std::size_t i = 1; i < value.size(); ++i) {
    run = value[i] - value[i - 1] == step ? run + 1 : 1;
    longest = std::max(longest, run);
  }
  return longest;
}

/// The value is one piece of up to eight characters over and over.
bool is_repetition(std::string_view value) {
  for (std::size_t period = 1; period <= 8 && period * 2 <= value.size(); ++period)
    if (value.substr(period) == value.substr(0, value.size() - period)) return true;
  return false;
}

std::size_t distinct(std::string_view value) {
  std::array<bool, 256> seen{};
  std::size_t count = 0;
  for (const char c : value) {
    auto& flag = seen[static_cast<unsigned char>(c)];
    count += flag ? 0 : 1;
    flag = true;
  }
  return count;
}

std::uint32_t crc32(std::string_view text) {
  std::uint32_t crc = 0xFFFFFFFFU;
  for (const char c : text) {
    crc ^= static_cast<unsigned char>(c);
    for (int bit = 0; bit < 8; ++bit)
      crc = (crc >> 1U) ^ ((crc & 1U) != 0 ? 0xEDB88320U : 0U);
  }
  return ~crc;
}

}  // namespace

double entropy_of(std::string_view value) {
  std::array<std::uint32_t, 256> counts{};
  for (const char c : value)
    ++counts[static_cast<unsigned char>(c)];
  double bits = 0;
  const auto total = static_cast<double>(value.size());
  for (const auto count : counts) {
    if (count == 0) continue;
    const double share = static_cast<double>(count) / total;
    bits -= share * std::log2(share);
  }
  return bits;
}

bool is_patterned(std::string_view value) {
  if (value.size() < 6) return distinct(value) <= 1;
  const auto few = value.size() >= 20 ? 7U : 4U;
  return longest_run(value, 0) >= 6 || longest_run(value, 1) >= 7 || longest_run(value, -1) >= 7 ||
         distinct(value) < few || is_repetition(value);
}

bool names_itself_fake(std::string_view value) {
  static constexpr std::array<std::string_view, 27> kWords{
      "example",   "sample",  "dummy",    "fake",     "placeholder", "changeme", "change-me",
      "change_me", "your",    "redacted", "replace",  "insert",      "notreal",  "not-real",
      "not_real",  "invalid", "mytoken",  "mysecret", "my-token",    "my_token", "test",
      "foobar",    "qwerty",  "secret",   "password", "xxxx",        "deadbeef"};
  const auto lower = to_lower(value.substr(0, kWordsWithin));
  return std::any_of(kWords.begin(), kWords.end(),
                     [&](std::string_view word) { return lower.find(word) != std::string::npos; });
}

bool is_reference(std::string_view value) {
  if (value.empty()) return true;
  static constexpr std::string_view kOpeners = "$<{[(%@#&*!|";
  if (kOpeners.find(value[0]) != std::string_view::npos &&
      value.find_first_of("}>])({%") != std::string_view::npos)
    return true;
  if (value[0] == '$' || value[0] == '<' || value[0] == '*') return true;
  static constexpr std::array<std::string_view, 10> kMarks{"${", "$(", "{{", "#{",  "%{",
                                                           "%(", "<%", "%s", "...", "::"};
  return std::any_of(kMarks.begin(), kMarks.end(), [&](std::string_view mark) {
    return value.find(mark) != std::string_view::npos;
  });
}

bool is_uuid(std::string_view value) {
  if (value.size() != 36) return false;
  for (std::size_t i = 0; i < value.size(); ++i) {
    const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
    if (dash ? value[i] != '-' : !is_hex(value[i])) return false;
  }
  return true;
}

std::string crc32_base62(std::string_view text) {
  static constexpr std::string_view kDigits =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  auto rest = crc32(text);
  std::string digits(6, '0');
  for (auto i = digits.size(); i-- > 0;) {
    digits[i] = kDigits[rest % kDigits.size()];
    rest /= static_cast<std::uint32_t>(kDigits.size());
  }
  return digits;
}

std::string masked(std::string_view secret) {
  const std::size_t shown = secret.size() >= 8 ? 4 : secret.size() / 2;
  return std::string(secret.substr(0, shown)) + "****";
}

}  // namespace peer::secrets
