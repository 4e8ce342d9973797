#include "reporters/forges/secret_scan.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <fmt/format.h>

#include "base/text.hpp"
#include "reporters/base64.hpp"

namespace peer {
namespace {

constexpr std::size_t kLeast =
    8;  // letters and digits of a credential that is found inside words, too
constexpr std::size_t kLeastWord = 4;     // of one that is looked for as a word
constexpr std::size_t kLeastWindow = 12;  // of a part of one
constexpr std::size_t kLeastLine = 32;    // of a line of a key
constexpr unsigned kHashBits = 20;

bool is_alnum(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/// With a letter and a digit: "redis" and "6379" stand in many texts.
bool is_no_word(std::string_view text) {
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  return std::any_of(text.begin(), text.end(), is_digit) &&
         std::any_of(text.begin(), text.end(), [&](char c) { return is_alnum(c) && !is_digit(c); });
}

/// Letters and digits alone: what separates them is easily put there, and easily left out.
std::string plain(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const char c : text)
    if (is_alnum(c)) out += c;
  return out;
}

/// JSON without its escapes: signs as they are, blanks for the rest, which is a letter or a digit
/// in none that Peer writes.
std::string unescaped(std::string_view json) {
  std::string out;
  out.reserve(json.size());
  for (std::size_t i = 0; i < json.size(); ++i) {
    if (json[i] != '\\') {
      out += json[i];
      continue;
    }
    ++i;
    const char escaped = i < json.size() ? json[i] : ' ';
    out += is_alnum(escaped) ? ' ' : escaped;
    if (escaped == 'u') i += 4;
  }
  return out;
}

/// A hash of the `kLeast` characters from `at` on.
std::size_t beginning(const char* at) {
  std::uint64_t word = 0;
  static_assert(sizeof word == kLeast);
  std::memcpy(&word, at, sizeof word);
  return static_cast<std::size_t>((word * 0x9E3779B97F4A7C15U) >> (64U - kHashBits));
}

std::string hex(std::string_view bytes) {
  std::string out;
  for (const char c : bytes)
    out += fmt::format("{:02x}", static_cast<unsigned>(static_cast<unsigned char>(c)));
  return out;
}

std::string url_encoded(std::string_view bytes) {
  std::string out;
  for (const char c : bytes)
    out += is_alnum(c)
               ? std::string(1, c)
               : fmt::format("%{:02X}", static_cast<unsigned>(static_cast<unsigned char>(c)));
  return out;
}

std::string upper(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) {
    return static_cast<char>(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
  });
  return text;
}

/// Base64 of text that holds `secret` from its byte `offset` on: without the characters at both
/// ends that depend on what stands around it.
std::string base64_inside(std::string_view secret, std::size_t offset) {
  auto coded = base64_encode(std::string(offset, 'x') + std::string(secret));
  constexpr std::array<std::size_t, 3> kHead{0, 2, 3};
  while (coded.ends_with('='))
    coded.pop_back();
  const auto head = kHead[offset];
  const bool cut_end = (offset + secret.size()) % 3 != 0;
  if (coded.size() <= head + (cut_end ? 1U : 0U)) return {};
  return coded.substr(head, coded.size() - head - (cut_end ? 1U : 0U));
}

}  // namespace

SecretScan::SecretScan(const std::vector<std::string>& secrets) {
  for (const auto& each : secrets)
    know(each);
}

void SecretScan::know(std::string_view secret) {
  add_dresses(trim(secret));
  // variables hold keys with their line ends written out, too
  const auto lines = replace_all(std::string(secret), "\\n", "\n");
  if (lines.find("-----BEGIN") == std::string::npos) return;
  for (const auto line : split(lines, '\n'))
    if (line.size() >= kLeastLine && !line.starts_with("-----")) add_dresses(trim(line));
}

void SecretScan::add_dresses(std::string_view secret) {
  const auto length = plain(secret).size();
  if (length < kLeast) {
    if (length >= kLeastWord && is_no_word(secret)) add_words(secret);
    return;
  }
  add(secret);
  add(std::string(secret.rbegin(), secret.rend()));
  add(hex(secret));
  add(upper(hex(secret)));
  add(url_encoded(secret));
  for (std::size_t offset = 0; offset < 3; ++offset)
    add(base64_inside(secret, offset));
}

void SecretScan::add_words(std::string_view secret) {
  auto coded = base64_encode(secret);
  while (coded.ends_with('='))
    coded.pop_back();
  words_.insert(words_.end(),
                {std::string(secret), std::string(secret.rbegin(), secret.rend()), hex(secret),
                 upper(hex(secret)), url_encoded(secret), std::move(coded)});
}

bool SecretScan::stands_alone_in(std::string_view text) const {
  return std::any_of(words_.begin(), words_.end(), [&](const std::string& word) {
    for (auto at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1)) {
      const auto end = at + word.size();
      if ((at == 0 || !is_alnum(text[at - 1])) && (end == text.size() || !is_alnum(text[end])))
        return true;
    }
    return false;
  });
}

void SecretScan::add(std::string_view form) {
  const auto text = plain(form);
  if (text.size() < kLeast) return;
  // two thirds of it in a row are enough to know it again
  const auto length = std::min(text.size(), std::max(kLeastWindow, text.size() * 2 / 3));
  auto it = std::find_if(windows_.begin(), windows_.end(),
                         [&](const auto& each) { return each.first == length; });
  if (it == windows_.end()) it = windows_.insert(it, {length, {}});
  beginnings_.resize(std::size_t{1} << kHashBits);
  for (std::size_t at = 0; at + length <= text.size(); ++at) {
    it->second.insert(text.substr(at, length));
    beginnings_[beginning(text.data() + at)] = true;
  }
}

bool SecretScan::known_in(const std::string& letters) const {
  std::string window;
  for (std::size_t at = 0; at + kLeast <= letters.size(); ++at) {
    if (!beginnings_[beginning(letters.data() + at)]) continue;
    for (const auto& [length, known] : windows_) {
      if (at + length > letters.size()) continue;
      window.assign(letters, at, length);
      if (known.contains(window)) return true;
    }
  }
  return false;
}

bool SecretScan::found_in(std::string_view text) const {
  return stands_alone_in(text) || (!windows_.empty() && known_in(plain(text)));
}

bool SecretScan::found_in_json(std::string_view json) const {
  if (empty()) return false;
  const auto text = unescaped(json);
  return stands_alone_in(json) || stands_alone_in(text) ||
         (!windows_.empty() && (known_in(plain(json)) || known_in(plain(text))));
}

bool is_forge_secret(std::string_view variable) {
  constexpr auto kNames = std::to_array<std::string_view>({"GITHUB_TOKEN",
                                                           "GH_TOKEN",
                                                           "GH_ENTERPRISE_TOKEN",
                                                           "GITHUB_ENTERPRISE_TOKEN",
                                                           "GITLAB_TOKEN",
                                                           "GITLAB_PRIVATE_TOKEN",
                                                           "CI_JOB_TOKEN",
                                                           "CI_REPOSITORY_URL",
                                                           "CI_REGISTRY_PASSWORD",
                                                           "CI_DEPLOY_PASSWORD",
                                                           "CI_DEPENDENCY_PROXY_PASSWORD",
                                                           "CI_JOB_JWT",
                                                           "CI_JOB_JWT_V1",
                                                           "CI_JOB_JWT_V2",
                                                           "ACTIONS_RUNTIME_TOKEN",
                                                           "ACTIONS_ID_TOKEN_REQUEST_TOKEN",
                                                           "ACTIONS_CACHE_TOKEN",
                                                           "PEER_GITHUB_TOKEN",
                                                           "PEER_GITLAB_TOKEN",
                                                           "PEER_GITHUB_APP_PRIVATE_KEY",
                                                           "INPUT_GITHUB-TOKEN",
                                                           "INPUT_GITHUB_TOKEN",
                                                           "INPUT_TOKEN"});
  return std::find(kNames.begin(), kNames.end(), variable) != kNames.end();
}

bool looks_secret(std::string_view variable) {
  if (is_forge_secret(variable)) return true;
  const auto name = upper(std::string(variable));
  constexpr auto kWords =
      std::to_array<std::string_view>({"TOKEN", "SECRET", "PASSWORD", "PASSWD", "API_KEY", "APIKEY",
                                       "PRIVATE_KEY", "ACCESS_KEY", "_KEY", "CREDENTIAL"});
  return std::any_of(kWords.begin(), kWords.end(),
                     [&](std::string_view word) { return name.find(word) != std::string::npos; });
}

}  // namespace peer
