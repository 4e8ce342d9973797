// The one HTTP engine: a thread of its own drives libcurl's multi interface, so that any number of
// callers share connections and HTTP/2 streams. It talks only to the origins it was given, whoever
// asks. Safe from many threads.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/http.hpp"

namespace peer {

struct HttpOptions {
  std::vector<AllowedOrigin> allowed;  ///< nothing else is ever connected to
  std::string proxy;  ///< "http://host:port"; "": none. Of the user, never of a repository
  std::vector<std::string> no_proxy;  ///< hosts reached directly: "a.b", ".b" (with all below), "*"
  std::string ca_file;                ///< trusted certificates (PEM); "": the system's
  long max_idle_connections = 64;
};

/// Whether a request to `origin` goes through the proxy: loopback never does, nor what no_proxy
/// names.
[[nodiscard]] bool uses_proxy(const HttpOptions& options, const Origin& origin);

class HttpEngine : public HttpTransport {
 public:
  using Done = std::function<void(HttpOutcome)>;

  /// Starts nothing: libcurl and the thread come with the first request.
  explicit HttpEngine(HttpOptions options);
  /// Cancels what is under way.
  ~HttpEngine() override;

  /// Begins a transfer and returns at once. `done` is called exactly once, on the engine's thread
  /// or, where the request cannot begin, on the caller's. Gives a number for cancel().
  std::uint64_t start(const HttpRequest& request, Done done);
  /// Ends a transfer early, if it is still under way; its `done` then hears `cancelled`.
  void cancel(std::uint64_t id);

  [[nodiscard]] HttpOutcome send(const HttpRequest& request, const std::stop_token& stop) override;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace peer
