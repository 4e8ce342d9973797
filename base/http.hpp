// HTTP as the rest of Peer sees it: a request with deadlines and limits goes into a transport, an
// outcome comes out. Everything that can go wrong on the way is a named failure, never an
// exception. Values; the real transport is base/http_engine.hpp, tests give their own.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/http_origin.hpp"

namespace peer {

/// What the reader of a streamed body wants next.
enum class HttpFlow {
  more,    ///< go on
  enough,  ///< the answer is whole; the transfer may end well without its last bytes
  abort,   ///< end the transfer, which then failed as `stopped`
};

/// A header whose value is secret. It is sent only to the origin it belongs to and shown nowhere.
struct HttpCredential {
  Origin origin;
  std::string header;  ///< "Authorization", "x-api-key"
  std::string value;
};

/// How long each phase may take; zero: no limit. All count from the start of the call but `idle`.
struct HttpDeadlines {
  std::chrono::milliseconds connect{5'000};      ///< name, connection and TLS
  std::chrono::milliseconds first_byte{30'000};  ///< until the first byte of the answer
  std::chrono::milliseconds idle{30'000};        ///< between two pieces of the answer
  std::chrono::milliseconds total{60'000};
};

struct HttpRequest {
  std::string method = "POST";
  std::string url;
  std::vector<std::pair<std::string, std::string>> headers;  ///< none of them secret
  std::optional<HttpCredential> credential;
  std::string body;
  HttpDeadlines deadlines;
  std::size_t max_body_bytes = std::size_t{8} << 20U;  ///< of the answer, after decompression
  /// Goes over a connection of its own: on one that was used before, a library repeats what got no
  /// answer, and what writes must not happen twice.
  bool only_once = false;
  /// Hears the body of a 2xx answer as it comes, on the transport's thread: must be quick and must
  /// not call the transport. The body is then not kept.
  std::function<HttpFlow(std::string_view)> on_data = {};
};

enum class HttpFailure {
  none,
  unavailable,  ///< there is no HTTP library
  refused,      ///< Peer's own rules forbid the address
  name,         ///< the host name cannot be resolved
  connect,      ///< nobody answers there
  tls,          ///< no trusted encrypted connection
  proxy,        ///< the proxy refuses
  reset,        ///< the connection broke before the answer was whole
  protocol,     ///< what came back is not HTTP
  too_large,    ///< the answer is over its limit
  connect_timeout,
  first_byte_timeout,
  idle_timeout,
  total_timeout,
  stopped,    ///< by the reader of the stream
  cancelled,  ///< by the caller's stop token, or because the transport ends
};

[[nodiscard]] std::string_view to_string(HttpFailure failure);

struct HttpTimes {
  std::chrono::microseconds first_byte{0};  ///< from the start of the call
  std::chrono::microseconds total{0};
};

/// What came back. After a failure: as much as had come.
struct HttpOutcome {
  HttpFailure failure = HttpFailure::none;
  std::string detail;  ///< about a failure, for people; holds no secret
  int status = 0;      ///< 0: none came
  std::vector<std::pair<std::string, std::string>> headers;  ///< names in lower case
  std::string body;
  std::uint64_t received_bytes = 0;  ///< of the body, after decompression
  bool http2 = false;
  HttpTimes times;

  [[nodiscard]] bool ok() const { return failure == HttpFailure::none; }
  /// The first header of that lower-case name.
  [[nodiscard]] std::optional<std::string_view> header(std::string_view name) const;
};

/// Sends requests. Safe from many threads.
class HttpTransport {
 public:
  virtual ~HttpTransport() = default;
  /// Blocks until the outcome is there, at the latest when the deadlines are over or soon after
  /// `stop` is asked. Redirects are never followed: a 3xx is an answer.
  [[nodiscard]] virtual HttpOutcome send(const HttpRequest& request,
                                         const std::stop_token& stop) = 0;
};

}  // namespace peer
