// A TLS connection as a plain file descriptor, for libraries that speak no TLS themselves: what is
// written to the near end arrives at the other side encrypted. libcurl makes the connection and
// checks its certificate, so that Peer has one TLS library; a thread carries the bytes.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>

#include "base/result.hpp"

namespace peer {

class TlsTunnel {
 public:
  struct Target {
    std::string host;
    std::uint16_t port = 0;
    std::string ca_file = {};               ///< trusted certificates (PEM); "": the system's
    std::chrono::milliseconds patience{0};  ///< for connecting and the handshake together
  };

  /// Connects, straight and not through a proxy. Fails with unavailable or timeout, and with
  /// refused where the certificate is not that of `host` or nobody trusted vouches for it.
  [[nodiscard]] static Result<TlsTunnel> open(const Target& target);
  TlsTunnel(TlsTunnel&&) noexcept;
  TlsTunnel& operator=(TlsTunnel&&) noexcept;
  /// Cuts the connection.
  ~TlsTunnel();

  /// The near end, a stream socket; the caller closes it. To be called once.
  [[nodiscard]] int take_near_end();

 private:
  struct State;
  explicit TlsTunnel(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace peer
