#include "analyzers/checks/secrets/special.hpp"

#include <algorithm>
#include <array>

#include "analyzers/characters.hpp"
#include "analyzers/checks/secrets/value.hpp"
#include "base/text.hpp"

namespace peer::secrets {
namespace {

constexpr std::size_t kMostKey = 16384;
constexpr std::size_t kLeastKey =
    60;  // base64 characters of the smallest key in armour, an Ed25519 one
constexpr std::size_t kMostUser = 128;
constexpr std::size_t kMostPassword = 256;

Span span_of(std::size_t begin, std::size_t end) {
  return {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
}

bool is_base64(char c) { return is_letter(c) || is_digit(c) || c == '+' || c == '/' || c == '='; }

/// The base64 of a key's body: without headers, line ends, their escapes, quotes and what joins
/// strings.
std::string key_material(std::string_view body) {
  std::string material;
  for (std::size_t i = 0; i < body.size(); ++i) {
    if (body[i] == '\\') {
      ++i;  // \n
      continue;
    }
    if (is_base64(body[i])) material += body[i];
  }
  return material;
}

bool is_cloud_account(std::string_view text, std::size_t at) {
  const auto from = at > 1024 ? at - 1024 : 0;
  return text.substr(from, 2048 + 1024).find("service_account") != std::string_view::npos;
}

/// Passwords of examples and of machines that everyone knows.
bool is_stock_password(std::string_view user, std::string_view password) {
  static constexpr std::array<std::string_view, 24> kStock{
      "pass",  "pwd",   "passwd", "root",     "admin",   "user",    "guest",    "postgres",
      "mysql", "redis", "mongo",  "rabbitmq", "token",   "hunter2", "pw",       "foo",
      "bar",   "baz",   "dev",    "demo",     "default", "minio",   "p4ssw0rd", "letmein"};
  const auto lower = to_lower(password);
  return lower == to_lower(user) || std::find(kStock.begin(), kStock.end(), lower) != kStock.end();
}

bool is_example_host(std::string_view host) {
  static constexpr std::array<std::string_view, 7> kHosts{
      "example.", ".example", "localhost", "127.0.0.1", "0.0.0.0", "[::1]", ".test"};
  return std::any_of(kHosts.begin(), kHosts.end(), [&](std::string_view part) {
    return host.find(part) != std::string_view::npos;
  });
}

/// A password that protects something: not one of a few letters, nor a word.
bool is_worth_hiding(std::string_view password) {
  if (password.size() < 6 || is_patterned(password) || is_reference(password) ||
      names_itself_fake(password))
    return false;
  const bool digit = std::any_of(password.begin(), password.end(), is_digit);
  const bool letter = std::any_of(password.begin(), password.end(), is_letter);
  return digit && letter && entropy_of(password) >= 2.3;
}

}  // namespace

std::optional<SecretHit> private_key_at(std::string_view text, std::size_t at) {
  const auto header_end = text.find("-----", at + 5);
  if (header_end == std::string_view::npos || header_end - at > 80) return std::nullopt;
  const auto label = text.substr(at, header_end - at);
  if (label.find("PRIVATE KEY") == std::string_view::npos ||
      label.find('\n') != std::string_view::npos)
    return std::nullopt;
  const auto begin = header_end + 5;
  // the blanks, line ends and their escapes after the header are not part of the key
  auto first = begin;
  while (first < text.size() && !is_base64(text[first]) && text[first] != '-')
    first += text[first] == '\\' ? 2 : 1;
  const auto footer = text.substr(0, begin + kMostKey).find("-----", first);
  const bool closed = footer != std::string_view::npos && text.substr(footer, 8) == "-----END";
  if (!closed || first >= footer) return std::nullopt;
  const auto body = text.substr(first, footer - first);
  const auto material = key_material(body);
  if (material.size() < kLeastKey || body.find("...") != std::string_view::npos ||
      names_itself_fake(body) || is_patterned(material.substr(0, kLeastKey)) ||
      entropy_of(material) < 4.0)
    return std::nullopt;
  const auto line_end = std::min(text.find('\n', footer), footer + label.size() + 10);
  const bool cloud = is_cloud_account(text, at);
  return SecretHit{span_of(at, std::min(line_end, text.size())), span_of(first, footer),
                   cloud ? kServiceAccountRule : kPrivateKeyRule,
                   cloud ? "Google Cloud service account key" : "private key", Certainty::known};
}

std::optional<SecretHit> url_password_at(std::string_view text, std::size_t at) {
  const auto ends_user = [](char c) {
    return !is_word(c) && std::string_view(".-+%~").find(c) == std::string_view::npos;
  };
  std::size_t colon = at + 3;
  while (colon < text.size() && colon - at <= kMostUser && !ends_user(text[colon]))
    ++colon;
  if (colon >= text.size() || text[colon] != ':') return std::nullopt;
  const auto begin = colon + 1;
  std::size_t end = begin;
  static constexpr std::string_view kStops = " \t\r\n\"'`<>/\\@()[],|";
  while (end < text.size() && end - begin <= kMostPassword &&
         kStops.find(text[end]) == std::string_view::npos)
    ++end;
  if (end >= text.size() || text[end] != '@' || end == begin) return std::nullopt;
  auto host_end = end + 1;
  while (host_end < text.size() && host_end - end < 64 && !ends_user(text[host_end]))
    ++host_end;
  const auto host = text.substr(end + 1, host_end - end - 1);
  const auto user = text.substr(at + 3, colon - at - 3);
  const auto password = text.substr(begin, end - begin);
  if (host.empty() || is_example_host(host) || is_stock_password(user, password) ||
      !is_worth_hiding(password))
    return std::nullopt;
  return SecretHit{span_of(begin, end), span_of(begin, end), kUrlPasswordRule,
                   "password in an address", Certainty::likely};
}

std::optional<SecretHit> web_token_at(std::string_view text, std::size_t at) {
  constexpr std::size_t kMost = 4096;
  std::size_t end = at;
  std::array<std::size_t, 2> dots{};
  std::size_t parts = 0;
  while (end < text.size() && end - at < kMost) {
    const char c = text[end];
    if (c == '.' && parts < dots.size())
      dots[parts++] = end;
    else if (!is_word(c) && c != '-')
      break;
    ++end;
  }
  if (parts < 2 || end - dots[1] < 21 || text.substr(dots[0] + 1, 3) != "eyJ") return std::nullopt;
  const auto line_begin = at == 0 ? std::string_view::npos : text.rfind('\n', at - 1);
  const auto from =
      std::max(line_begin == std::string_view::npos ? 0 : line_begin, at > 80 ? at - 80 : 0);
  const auto context = to_lower(text.substr(from, at - from));
  static constexpr std::array<std::string_view, 7> kWords{"token", "secret", "key",     "auth",
                                                          "jwt",   "bearer", "password"};
  const bool speaks = std::any_of(kWords.begin(), kWords.end(), [&](std::string_view word) {
    return context.find(word) != std::string::npos;
  });
  // {"sub":"1234567890","name":"John Doe", as in every tutorial
  const bool tutorial =
      text.substr(at, end - at).find("eyJzdWIiOiIxMjM0NTY3ODkw") != std::string_view::npos;
  if (!speaks || tutorial || is_patterned(text.substr(dots[1] + 1, end - dots[1] - 1)))
    return std::nullopt;
  return SecretHit{span_of(at, end), span_of(at, end), kWebTokenRule, "JSON web token",
                   Certainty::likely};
}

}  // namespace peer::secrets
