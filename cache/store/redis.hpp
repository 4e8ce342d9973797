// A Redis server as a store of bytes: one connection with strict time limits. After the first
// failure of the connection it is dead for good, so that a server that is gone costs one time limit
// and no more. The only folder that names hiredis. A RedisStore belongs to one thread at a time.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace peer {

struct RedisAddress {
  std::string host;  ///< or, where `unix_path` is set, empty
  std::uint16_t port = 6379;
  std::string unix_path;
  std::string user, password;
  std::uint32_t database = 0;
  bool tls = false;
};

/// Reads "redis://[user:password@]host[:port][/database]", "rediss://..." (TLS) or "unix:///path".
/// Fails with invalid_input; the message holds no password.
[[nodiscard]] Result<RedisAddress> parse_redis_url(std::string_view url);

struct RedisOptions {
  std::chrono::milliseconds connect{50};
  std::chrono::milliseconds operation{100};
  std::size_t max_value_bytes = std::size_t{16}
                                << 20U;  ///< larger ones are neither sent nor believed
  std::string ca_file = {};              ///< of TLS: trusted certificates (PEM); "": the system's
};

class RedisStore {
 public:
  /// Connects, and signs in where the address says so. Fails with unavailable, timeout or refused
  /// (sign-in, or a certificate that nobody trusted vouches for) and PEER-E164. TLS goes through a
  /// TlsTunnel, as Debian 12's hiredis has none; its handshake may take as long as an operation
  /// more.
  [[nodiscard]] static Result<RedisStore> connect(const RedisAddress& address,
                                                  const RedisOptions& options = {});
  RedisStore(RedisStore&&) noexcept;
  RedisStore& operator=(RedisStore&&) noexcept;
  ~RedisStore();

  /// Hit, miss (nullopt) or failure. A key that holds no string is a failure that leaves the
  /// connection alive.
  [[nodiscard]] Result<std::optional<std::string>> get(std::string_view key);
  /// Stores for `ttl_seconds`.
  [[nodiscard]] Result<void> put(std::string_view key, std::string_view value,
                                 std::int64_t ttl_seconds);
  [[nodiscard]] Result<void> remove(std::string_view key);
  /// False after the connection failed.
  [[nodiscard]] bool alive() const;

 private:
  struct State;
  explicit RedisStore(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace peer
