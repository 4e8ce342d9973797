// One request on its way through libcurl. Inside base/http* only. Belongs to the engine's thread.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include "base/http.hpp"
#include "base/http_curl.hpp"
#include "base/http_engine.hpp"

namespace peer {

class HttpTransfer {
 public:
  using Time = std::chrono::steady_clock::time_point;

  /// `curl` and `options` must outlive the transfer; `easy` is taken over.
  HttpTransfer(const CurlLibrary& curl, const HttpOptions& options, HttpRequest request,
               HttpEngine::Done done, Time started);
  HttpTransfer(const HttpTransfer&) = delete;
  HttpTransfer& operator=(const HttpTransfer&) = delete;
  ~HttpTransfer();

  /// Prepares `easy` for this request. The transfer must stay where it is until it was finished;
  /// until then it lowers `soonest` to each deadline() that begins to count.
  void prepare(CURL* easy, const AllowedOrigin& allowed, const Url& url, Time& soonest);
  [[nodiscard]] CURL* easy() const { return easy_; }

  /// When a phase's time is over, at the latest; nullopt: never.
  [[nodiscard]] std::optional<Time> deadline() const;
  /// Why the transfer must end now, if it must. `none` in it: the reader has enough, so it ends
  /// well.
  [[nodiscard]] std::optional<HttpFailure> overdue(Time now) const;

  /// Fills the outcome in from curl's result.
  void conclude(CURLcode code);
  /// Fills the outcome in where Peer ended the transfer.
  void conclude(HttpFailure failure, std::string detail);
  /// Hands the outcome to whom it is for.
  void report();

 private:
  static std::size_t on_body(char* bytes, std::size_t size, std::size_t count, void* self);
  static std::size_t on_header(char* bytes, std::size_t size, std::size_t count, void* self);
  static curl_socket_t on_socket(void* self, curlsocktype purpose, curl_sockaddr* address);
  std::size_t take_body(std::string_view bytes);
  std::size_t take_header(std::string_view line);
  void touch();
  void hasten();
  void set_basics(const Url& url);
  void set_proxy(const Origin& origin);
  void set_method();
  void set_headers();
  void add_header(const std::string& line);
  [[nodiscard]] HttpFailure failure_of(CURLcode code) const;

  const CurlLibrary& curl_;
  const HttpOptions& options_;
  HttpRequest request_;
  HttpEngine::Done done_;
  HttpOutcome outcome_;
  CURL* easy_ = nullptr;
  curl_slist* header_list_ = nullptr;
  AllowedOrigin allowed_;
  bool through_proxy_ = false;
  std::array<char, CURL_ERROR_SIZE> error_{};
  Time* soonest_ = nullptr;
  Time started_;
  Time last_piece_;
  bool answering_ = false;                       // a byte of the answer came
  std::optional<Time> enough_;                   // when the reader had enough
  HttpFailure own_failure_ = HttpFailure::none;  // set by a callback that ends the transfer
  std::size_t header_bytes_ = 0;
};

}  // namespace peer
