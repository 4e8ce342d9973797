#include "reporters/forges/userinfo.hpp"

#include <algorithm>

#include "base/percent.hpp"
#include "base/text.hpp"

namespace peer {
namespace {

constexpr std::size_t kLeast = 4;

bool is_secret(std::string_view word, std::size_t least) {
  const auto has = [&](char first, char last) {
    return std::any_of(word.begin(), word.end(), [&](char c) { return first <= c && c <= last; });
  };
  if (word.size() >= least) return true;
  return word.size() >= kLeast && has('0', '9') && (has('a', 'z') || has('A', 'Z'));
}

/// What stands before the "@" of an address whose authority begins `rest`.
std::string_view userinfo_of(std::string_view rest) {
  rest = rest.substr(0, rest.find_first_of(" \t\r\n\"'"));
  const auto end = rest.find_first_of("/?#");
  const auto authority = rest.substr(0, end);
  auto at = authority.rfind('@');
  // a password that should have been encoded and was not; a port is none
  const auto colon = authority.find(':');
  if (at == std::string_view::npos && colon != std::string_view::npos &&
      authority.find_first_not_of("0123456789", colon + 1) != std::string_view::npos)
    at = rest.rfind('@');
  return at == std::string_view::npos ? std::string_view() : rest.substr(0, at);
}

}  // namespace

std::vector<std::string> passwords_in(std::string_view name, std::string_view value,
                                      std::size_t least) {
  std::vector<std::string> found;
  const auto take = [&](std::string_view rest) {
    const auto info = userinfo_of(rest);
    const auto colon = info.find(':');
    const auto word = colon == std::string_view::npos ? info : info.substr(colon + 1);
    // a name of a user alone may be anybody's
    if (!is_secret(word, least) || (colon == std::string_view::npos && word.size() < least)) return;
    found.emplace_back(word);
    if (auto decoded = percent_decoded(word); decoded != word) found.push_back(std::move(decoded));
  };
  constexpr std::string_view kSeparator = "://";
  auto at = value.find(kSeparator);
  // proxies are often written without
  if (at == std::string_view::npos && to_lower(name).ends_with("_proxy")) take(value);
  for (; at != std::string_view::npos; at = value.find(kSeparator, at + 1))
    take(value.substr(at + kSeparator.size()));
  return found;
}

}  // namespace peer
