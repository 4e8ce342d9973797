// Where a request may go: addresses taken apart strictly, and the list of those that are allowed.
// Everything that two readers of a URL could understand differently is refused. Pure functions and
// values; thread-safe.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

struct sockaddr;

namespace peer {

/// Scheme, host and port: what a key is bound to.
struct Origin {
  std::string scheme;  ///< "https" or "http"
  std::string host;    ///< lower case; an IPv6 address in its brackets
  std::uint16_t port = 0;
  friend bool operator==(const Origin&, const Origin&) = default;
};

/// "https://api.example.com", with the port where it is not the scheme's own.
[[nodiscard]] std::string to_string(const Origin& origin);

struct Url {
  Origin origin;
  std::string target;  ///< path and query, begins with '/'
};

/// Takes an absolute http or https URL apart. Fails with invalid_input on user names, fragments,
/// backslashes, control and non-ASCII characters, empty or malformed hosts and ports, numeric hosts
/// that are no dotted IPv4 address.
[[nodiscard]] Result<Url> parse_url(std::string_view text);

enum class AddressKind { global, loopback, private_network, link_local };

/// Of the address a socket would connect to; IPv4 inside IPv6 (mapped, NAT64, 6to4) counts as the
/// IPv4 address. What no server can have (multicast, reserved, unspecified) counts as link-local.
[[nodiscard]] AddressKind kind_of(const sockaddr& address);

/// One place that may be talked to.
struct AllowedOrigin {
  Origin origin;
  /// Its name may lead to a loopback or private address: the user's own servers. A name that should
  /// be public may not (DNS rebinding). Link-local addresses, where clouds keep their metadata, are
  /// only reached by address.
  bool may_be_private = false;
  friend bool operator==(const AllowedOrigin&, const AllowedOrigin&) = default;
};

/// The entry of `list` for `origin`, or null.
[[nodiscard]] const AllowedOrigin* find_allowed(const std::vector<AllowedOrigin>& list,
                                                const Origin& origin);

/// Whether a connection for `allowed` may go to an address of that kind.
[[nodiscard]] bool may_connect(const AllowedOrigin& allowed, AddressKind kind);

/// The host is "localhost" or a literal loopback address.
[[nodiscard]] bool is_loopback(const Origin& origin);

}  // namespace peer
