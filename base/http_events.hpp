// Waits for the sockets of libcurl's multi handle: a wait costs what became ready, not what is
// open. Inside base/http* only. One thread, but for wake().
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <sys/epoll.h>

#include "base/http_curl.hpp"

namespace peer {

class HttpEvents {
 public:
  using Time = std::chrono::steady_clock::time_point;

  /// Takes over what `multi` wants to wait for. Both must outlive the object; it must outlive the
  /// clean-up of `multi`, which closes sockets.
  HttpEvents(const CurlLibrary& curl, CURLM* multi);
  ~HttpEvents();
  HttpEvents(const HttpEvents&) = delete;
  HttpEvents& operator=(const HttpEvents&) = delete;

  /// The system had no more files for it.
  [[nodiscard]] bool failed() const { return epoll_ < 0 || wake_ < 0; }
  /// Lets curl go on with what is ready, or waits until something is, the time `until` has come
  /// or somebody wakes it.
  void wait(Time until);
  /// Ends a wait, or the next one. From any thread.
  void wake() const;

 private:
  static int on_socket(CURL*, curl_socket_t socket, int what, void* self, void* known);
  static int on_timer(CURLM*, long milliseconds, void* self);
  void take_ready(const epoll_event& event);

  static constexpr std::size_t kMostAtOnce = 64;
  const CurlLibrary& curl_;
  CURLM* multi_;
  int epoll_ = -1;
  int wake_ = -1;
  std::optional<Time> timer_;  // when curl wants to be called though nothing is ready
  std::array<epoll_event, kMostAtOnce> ready_{};
};

}  // namespace peer
