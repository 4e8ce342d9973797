#include "base/http_transfer.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <sys/socket.h>
#include <unistd.h>
#include <utility>

#include "base/text.hpp"

namespace peer {
namespace {

constexpr std::size_t kMostHeaderBytes = std::size_t{128} << 10U;
/// How long the end of an answer is waited for after its reader had enough: the connection can then
/// be used again.
constexpr std::chrono::milliseconds kGrace{100};

std::optional<HttpTransfer::Time> after(HttpTransfer::Time from, std::chrono::milliseconds limit) {
  if (limit.count() <= 0) return std::nullopt;
  return from + limit;
}

std::chrono::microseconds since(HttpTransfer::Time from) {
  return std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() -
                                                               from);
}

bool has_line_break(std::string_view text) {
  return text.find_first_of("\r\n") != std::string_view::npos;
}

}  // namespace

HttpTransfer::HttpTransfer(const CurlLibrary& curl, const HttpOptions& options, HttpRequest request,
                           HttpEngine::Done done, Time started)
    : curl_(curl),
      options_(options),
      request_(std::move(request)),
      done_(std::move(done)),
      started_(started),
      last_piece_(started) {}

HttpTransfer::~HttpTransfer() {
  if (header_list_ != nullptr) curl_.slist_free_all(header_list_);
}

void HttpTransfer::prepare(CURL* easy, const AllowedOrigin& allowed, const Url& url,
                           Time& soonest) {
  easy_ = easy;
  allowed_ = allowed;
  soonest_ = &soonest;
  hasten();
  set_basics(url);
  set_proxy(url.origin);
  set_method();
  set_headers();
}

void HttpTransfer::set_basics(const Url& url) {
  // put together again from its parts, so that curl cannot read it differently
  const auto address =
      fmt::format("{}://{}:{}{}", url.origin.scheme, url.origin.host, url.origin.port, url.target);
  const auto set = [&](CURLoption option, auto value) { curl_.easy_setopt(easy_, option, value); };
  set(CURLOPT_URL, address.c_str());
  set(CURLOPT_PROTOCOLS_STR, url.origin.scheme.c_str());
  set(CURLOPT_PATH_AS_IS, 1L);
  set(CURLOPT_FOLLOWLOCATION, 0L);
  set(CURLOPT_NOSIGNAL, 1L);
  set(CURLOPT_SSL_VERIFYPEER, 1L);
  set(CURLOPT_SSL_VERIFYHOST, 2L);
  set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  set(CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_2TLS));
  set(CURLOPT_PIPEWAIT, url.origin.scheme == "https" ? 1L : 0L);
  set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(request_.deadlines.connect.count()));
  set(CURLOPT_ERRORBUFFER, error_.data());
  set(CURLOPT_PRIVATE, static_cast<void*>(this));
  set(CURLOPT_WRITEFUNCTION, &HttpTransfer::on_body);
  set(CURLOPT_WRITEDATA, static_cast<void*>(this));
  set(CURLOPT_HEADERFUNCTION, &HttpTransfer::on_header);
  set(CURLOPT_HEADERDATA, static_cast<void*>(this));
  set(CURLOPT_OPENSOCKETFUNCTION, &HttpTransfer::on_socket);
  set(CURLOPT_OPENSOCKETDATA, static_cast<void*>(this));
  if (request_.only_once) set(CURLOPT_FRESH_CONNECT, 1L);
  const auto& trusted = options_.ca_file.empty() ? curl_.authorities : options_.ca_file;
  if (!trusted.empty()) set(CURLOPT_CAINFO, trusted.c_str());
  // a packed stream may be held back until the packer's window is full
  if (!request_.on_data) set(CURLOPT_ACCEPT_ENCODING, "gzip, deflate");
}

void HttpTransfer::set_proxy(const Origin& origin) {
  through_proxy_ = uses_proxy(options_, origin);
  // set even when empty: curl would otherwise ask the environment
  curl_.easy_setopt(easy_, CURLOPT_PROXY, through_proxy_ ? options_.proxy.c_str() : "");
  curl_.easy_setopt(easy_, CURLOPT_NOPROXY, "");
  curl_.easy_setopt(easy_, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
  // without encryption the proxy would read key and code: such requests go through a tunnel too
  if (through_proxy_) curl_.easy_setopt(easy_, CURLOPT_HTTPPROXYTUNNEL, 1L);
}

void HttpTransfer::set_method() {
  if (request_.method == "GET") {
    curl_.easy_setopt(easy_, CURLOPT_HTTPGET, 1L);
    return;
  }
  curl_.easy_setopt(easy_, CURLOPT_POST, 1L);
  curl_.easy_setopt(easy_, CURLOPT_POSTFIELDSIZE_LARGE,
                    static_cast<curl_off_t>(request_.body.size()));
  curl_.easy_setopt(easy_, CURLOPT_POSTFIELDS, request_.body.c_str());
  if (request_.method != "POST")
    curl_.easy_setopt(easy_, CURLOPT_CUSTOMREQUEST, request_.method.c_str());
}

void HttpTransfer::add_header(const std::string& line) {
  if (has_line_break(line)) return;
  if (auto* longer = curl_.slist_append(header_list_, line.c_str())) header_list_ = longer;
}

void HttpTransfer::set_headers() {
  add_header("Expect:");
  add_header("User-Agent: peer/" PEER_VERSION);
  if (request_.method != "GET") add_header("Content-Type: application/json");
  for (const auto& [name, value] : request_.headers)
    add_header(fmt::format("{}: {}", name, value));
  if (request_.credential)
    add_header(request_.credential->header + ": " + request_.credential->value);
  curl_.easy_setopt(easy_, CURLOPT_HTTPHEADER, header_list_);
}

std::optional<HttpTransfer::Time> HttpTransfer::deadline() const {
  const auto& limits = request_.deadlines;
  auto first = after(started_, limits.total);
  const auto earlier = [&](std::optional<Time> other) {
    if (other && (!first || *other < *first)) first = other;
  };
  earlier(answering_ ? after(last_piece_, limits.idle) : after(started_, limits.first_byte));
  if (enough_) earlier(*enough_ + kGrace);
  return first;
}

std::optional<HttpFailure> HttpTransfer::overdue(Time now) const {
  const auto over = [&](std::optional<Time> limit) { return limit && now >= *limit; };
  const auto& limits = request_.deadlines;
  if (enough_ && now >= *enough_ + kGrace) return HttpFailure::none;
  if (over(after(started_, limits.total))) return HttpFailure::total_timeout;
  if (!answering_ && over(after(started_, limits.first_byte)))
    return HttpFailure::first_byte_timeout;
  if (answering_ && over(after(last_piece_, limits.idle))) return HttpFailure::idle_timeout;
  return std::nullopt;
}

void HttpTransfer::hasten() { *soonest_ = std::min(*soonest_, deadline().value_or(Time::max())); }

void HttpTransfer::touch() {
  last_piece_ = std::chrono::steady_clock::now();
  if (std::exchange(answering_, true)) return;
  hasten();
  outcome_.times.first_byte = since(started_);
}

std::size_t HttpTransfer::on_body(char* bytes, std::size_t size, std::size_t count, void* self) {
  return static_cast<HttpTransfer*>(self)->take_body({bytes, size * count});
}

std::size_t HttpTransfer::take_body(std::string_view bytes) {
  touch();
  outcome_.received_bytes += bytes.size();
  if (outcome_.received_bytes > request_.max_body_bytes) {
    own_failure_ = HttpFailure::too_large;
    return 0;
  }
  const bool stream = request_.on_data && outcome_.status >= 200 && outcome_.status < 300;
  if (!stream) {
    outcome_.body.append(bytes);
    return bytes.size();
  }
  switch (request_.on_data(bytes)) {
    case HttpFlow::more:
      break;
    case HttpFlow::enough:
      if (enough_) break;
      enough_ = last_piece_;
      hasten();
      break;
    case HttpFlow::abort:
      own_failure_ = HttpFailure::stopped;
      return 0;
  }
  return bytes.size();
}

std::size_t HttpTransfer::on_header(char* bytes, std::size_t size, std::size_t count, void* self) {
  return static_cast<HttpTransfer*>(self)->take_header({bytes, size * count});
}

std::size_t HttpTransfer::take_header(std::string_view line) {
  touch();
  header_bytes_ += line.size();
  if (header_bytes_ > kMostHeaderBytes) {
    own_failure_ = HttpFailure::too_large;
    return 0;
  }
  if (line.starts_with("HTTP/")) {
    outcome_.headers.clear();  // those of an interim answer
    long status = 0;
    curl_.easy_getinfo(easy_, CURLINFO_RESPONSE_CODE, &status);
    outcome_.status = static_cast<int>(status);
    outcome_.http2 = line.starts_with("HTTP/2");
  } else if (const auto colon = line.find(':'); colon != std::string_view::npos) {
    outcome_.headers.emplace_back(to_lower(trim(line.substr(0, colon))),
                                  std::string(trim(line.substr(colon + 1))));
  }
  return line.size();
}

curl_socket_t HttpTransfer::on_socket(void* self, curlsocktype, curl_sockaddr* address) {
  auto& transfer = *static_cast<HttpTransfer*>(self);
  // the address that is really connected to, whatever a name resolved to earlier
  if (!transfer.through_proxy_ && !may_connect(transfer.allowed_, kind_of(address->addr))) {
    transfer.own_failure_ = HttpFailure::refused;
    return CURL_SOCKET_BAD;
  }
  return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

HttpFailure HttpTransfer::failure_of(CURLcode code) const {
  if (own_failure_ != HttpFailure::none) return own_failure_;
  long proxy_status = 0;
  curl_.easy_getinfo(easy_, CURLINFO_HTTP_CONNECTCODE, &proxy_status);
  if (proxy_status >= 300) return HttpFailure::proxy;
  switch (code) {
    case CURLE_COULDNT_RESOLVE_HOST:
      return HttpFailure::name;
    case CURLE_COULDNT_CONNECT:
      return HttpFailure::connect;
    case CURLE_OPERATION_TIMEDOUT:
      return HttpFailure::connect_timeout;  // the only limit curl was told
    case CURLE_COULDNT_RESOLVE_PROXY:
    case CURLE_PROXY:
      return HttpFailure::proxy;
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_CIPHER:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_ISSUER_ERROR:
    case CURLE_SSL_PINNEDPUBKEYNOTMATCH:
    case CURLE_SSL_INVALIDCERTSTATUS:
      return HttpFailure::tls;
    case CURLE_WEIRD_SERVER_REPLY:
    case CURLE_UNSUPPORTED_PROTOCOL:
    case CURLE_BAD_CONTENT_ENCODING:
      return HttpFailure::protocol;
    default:
      return HttpFailure::reset;
  }
}

void HttpTransfer::conclude(CURLcode code) {
  if (code == CURLE_OK) return conclude(HttpFailure::none, {});
  const auto failure = failure_of(code);
  std::string detail = error_[0] != '\0' ? error_.data() : curl_.easy_strerror(code);
  if (failure == HttpFailure::too_large)
    detail = fmt::format("the answer is over the limit of {} bytes", request_.max_body_bytes);
  if (failure == HttpFailure::refused)
    detail =
        fmt::format("{} leads to an address that may not be reached", to_string(allowed_.origin));
  if (failure == HttpFailure::stopped) detail = "its reader ended it";
  conclude(failure, std::move(detail));
}

void HttpTransfer::conclude(HttpFailure failure, std::string detail) {
  outcome_.failure = failure;
  outcome_.detail = std::move(detail);
  outcome_.times.total = since(started_);
}

void HttpTransfer::report() {
  if (done_) std::exchange(done_, nullptr)(std::move(outcome_));
}

}  // namespace peer
