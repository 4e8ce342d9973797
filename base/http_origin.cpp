#include "base/http_origin.hpp"

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <charconv>
#include <cstring>
#include <fmt/format.h>
#include <netinet/in.h>

#include "base/text.hpp"

namespace peer {
namespace {

constexpr std::size_t kMostHostBytes = 253;
constexpr std::size_t kMostUrlBytes = 8192;

bool is_alnum(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

tl::unexpected<Error> bad(std::string_view why) {
  return fail(ErrorKind::invalid_input, fmt::format("not an address Peer accepts: {}", why));
}

bool is_dotted_ipv4(const std::string& host) {
  in_addr address{};
  // inet_pton takes only the four decimal numbers, none of the short, octal or hexadecimal
  // spellings
  return inet_pton(AF_INET, host.c_str(), &address) == 1;
}

/// A last label of digits or "0x.." would be read as a number by some resolvers.
bool looks_numeric(std::string_view host) {
  const auto last =
      host.substr(host.rfind('.') == std::string_view::npos ? 0 : host.rfind('.') + 1);
  return !last.empty() && last.front() >= '0' && last.front() <= '9';
}

Result<void> check_name(const std::string& host) {
  if (host.empty() || host.size() > kMostHostBytes) return bad("the host is empty or too long");
  for (const auto label : split(host, '.')) {
    const bool clean = std::all_of(label.begin(), label.end(),
                                   [](char c) { return is_alnum(c) || c == '-' || c == '_'; });
    if (label.empty() || label.size() > 63 || !clean || label.front() == '-' || label.back() == '-')
      return bad("the host is no plain name");
  }
  if (looks_numeric(host) && !is_dotted_ipv4(host)) return bad("the host is an odd number");
  return {};
}

/// Splits "host:port" and reads the host; `rest` is left at what follows the host.
Result<std::string> take_host(std::string_view& rest) {
  if (rest.starts_with('[')) {
    const auto close = rest.find(']');
    if (close == std::string_view::npos) return bad("a bracket is open");
    const std::string inside(rest.substr(1, close - 1));
    in6_addr address{};
    if (inet_pton(AF_INET6, inside.c_str(), &address) != 1)
      return bad("no IPv6 address in brackets");
    std::array<char, INET6_ADDRSTRLEN> canonical{};
    inet_ntop(AF_INET6, &address, canonical.data(), canonical.size());
    rest.remove_prefix(close + 1);
    return "[" + std::string(canonical.data()) + "]";
  }
  const auto end = std::min(rest.find(':'), rest.size());
  auto host = to_lower(rest.substr(0, end));
  if (const auto checked = check_name(host); !checked) return fail(checked.error());
  rest.remove_prefix(end);
  return host;
}

Result<std::uint16_t> read_port(std::string_view rest, std::uint16_t usual) {
  if (rest.empty()) return usual;
  if (rest.front() != ':') return bad("something follows the host");
  rest.remove_prefix(1);
  std::uint16_t port = 0;
  const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), port);
  if (error != std::errc{} || end != rest.data() + rest.size() || port == 0)
    return bad("the port is no number");
  return port;
}

AddressKind kind_of_ipv4(std::uint32_t a) {
  const auto in = [a](std::uint32_t network, unsigned bits) {
    return (a >> (32U - bits)) == (network >> (32U - bits));
  };
  if (in(0x7F000000U, 8)) return AddressKind::loopback;
  if (in(0x0A000000U, 8) || in(0xAC100000U, 12) || in(0xC0A80000U, 16) || in(0x64400000U, 10))
    return AddressKind::private_network;
  if (in(0xA9FE0000U, 16) || in(0, 8) || in(0xE0000000U, 3) || in(0xC0000000U, 24) ||
      in(0xC6120000U, 15))
    return AddressKind::link_local;
  return AddressKind::global;
}

std::uint32_t big_endian(const std::uint8_t* bytes) {
  return (std::uint32_t{bytes[0]} << 24U) | (std::uint32_t{bytes[1]} << 16U) |
         (std::uint32_t{bytes[2]} << 8U) | bytes[3];
}

AddressKind kind_of_ipv6(const std::uint8_t* a) {
  constexpr std::array<std::uint8_t, 15> kZeros{};
  constexpr std::array<std::uint8_t, 12> kMapped{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};
  constexpr std::array<std::uint8_t, 12> kNat64{0, 0x64, 0xFF, 0x9B};
  if (std::memcmp(a, kMapped.data(), 12) == 0 || std::memcmp(a, kNat64.data(), 12) == 0)
    return kind_of_ipv4(big_endian(a + 12));
  if (a[0] == 0x20 && a[1] == 0x02) return kind_of_ipv4(big_endian(a + 2));
  if (std::memcmp(a, kZeros.data(), 15) == 0)
    return a[15] == 1 ? AddressKind::loopback : AddressKind::link_local;
  if (std::memcmp(a, kZeros.data(), 12) == 0) return kind_of_ipv4(big_endian(a + 12));
  if ((a[0] & 0xFEU) == 0xFC) return AddressKind::private_network;
  if ((a[0] == 0xFE && (a[1] & 0x80U) == 0x80) || a[0] == 0xFF) return AddressKind::link_local;
  return AddressKind::global;
}

}  // namespace

std::string to_string(const Origin& origin) {
  const std::uint16_t usual = origin.scheme == "http" ? 80 : 443;
  if (origin.port == usual) return origin.scheme + "://" + origin.host;
  return fmt::format("{}://{}:{}", origin.scheme, origin.host, origin.port);
}

Result<Url> parse_url(std::string_view text) {
  if (text.size() > kMostUrlBytes) return bad("it is too long");
  if (std::any_of(text.begin(), text.end(),
                  [](char c) { return c <= ' ' || c > '~' || c == '\\'; }))
    return bad("it has a space, a backslash, a control or a non-ASCII character");
  Url url;
  const auto colon = text.find("://");
  if (colon == std::string_view::npos) return bad("it does not begin with https://");
  url.origin.scheme = to_lower(text.substr(0, colon));
  if (url.origin.scheme != "https" && url.origin.scheme != "http")
    return bad("it is neither https nor http");
  text.remove_prefix(colon + 3);
  const auto end = std::min(text.find_first_of("/?#"), text.size());
  auto authority = text.substr(0, end);
  url.target = std::string(text.substr(end));
  if (authority.find('@') != std::string_view::npos) return bad("it holds a user name");
  if (url.target.find('#') != std::string::npos) return bad("it has a fragment");
  if (!url.target.starts_with('/')) url.target.insert(0, 1, '/');
  auto host = take_host(authority);
  if (!host) return fail(host.error());
  const auto port = read_port(authority, url.origin.scheme == "http" ? 80 : 443);
  if (!port) return fail(port.error());
  url.origin.host = *std::move(host);
  url.origin.port = *port;
  return url;
}

AddressKind kind_of(const sockaddr& address) {
  if (address.sa_family == AF_INET) {
    sockaddr_in v4{};
    std::memcpy(&v4, &address, sizeof v4);
    return kind_of_ipv4(ntohl(v4.sin_addr.s_addr));
  }
  if (address.sa_family == AF_INET6) {
    sockaddr_in6 v6{};
    std::memcpy(&v6, &address, sizeof v6);
    return kind_of_ipv6(v6.sin6_addr.s6_addr);
  }
  return AddressKind::link_local;
}

const AllowedOrigin* find_allowed(const std::vector<AllowedOrigin>& list, const Origin& origin) {
  const auto it = std::find_if(list.begin(), list.end(),
                               [&](const AllowedOrigin& entry) { return entry.origin == origin; });
  return it == list.end() ? nullptr : &*it;
}

bool may_connect(const AllowedOrigin& allowed, AddressKind kind) {
  if (kind == AddressKind::global) return true;
  const auto& host = allowed.origin.host;
  const bool literal = host.starts_with('[') || is_dotted_ipv4(host);
  if (literal) return true;  // the user wrote this very address
  if (is_loopback(allowed.origin)) return kind == AddressKind::loopback;
  return allowed.may_be_private && kind != AddressKind::link_local;
}

bool is_loopback(const Origin& origin) {
  return origin.host == "localhost" || origin.host == "[::1]" ||
         (origin.host.starts_with("127.") && is_dotted_ipv4(origin.host));
}

}  // namespace peer
