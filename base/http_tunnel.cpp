#include "base/http_tunnel.hpp"

#include <array>
#include <cerrno>
#include <fmt/format.h>
#include <poll.h>
#include <string_view>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>
#include <utility>

#include "base/http_curl.hpp"

namespace peer {
namespace {

constexpr std::size_t kChunk = std::size_t{16} << 10U;
constexpr std::size_t kMostWaiting = std::size_t{1} << 20U;  // received and not yet taken

tl::unexpected<Error> failed(const TlsTunnel::Target& target, CURLcode code, const char* why) {
  const auto kind = code == CURLE_OPERATION_TIMEDOUT         ? ErrorKind::timeout
                    : code == CURLE_PEER_FAILED_VERIFICATION ? ErrorKind::refused
                                                             : ErrorKind::unavailable;
  return fail(kind, fmt::format("no TLS connection to {}:{}: {}", target.host, target.port, why));
}

void close_if_open(int& descriptor) {
  if (descriptor >= 0) ::close(descriptor);
  descriptor = -1;
}

}  // namespace

struct TlsTunnel::State {
  const CurlLibrary* curl = nullptr;
  CURL* easy = nullptr;
  curl_socket_t wire = CURL_SOCKET_BAD;
  int near = -1, far = -1;
  std::string out, in;  // on the way to the other side, and back
  std::jthread carrier;

  ~State();
  CURLcode connect(const Target& target);
  void carry();
  [[nodiscard]] bool wait(bool at_once);
  [[nodiscard]] bool take();
  [[nodiscard]] bool send();
  [[nodiscard]] bool receive(bool& more);
  [[nodiscard]] bool give();
};

TlsTunnel::State::~State() {
  if (far >= 0) ::shutdown(far, SHUT_RDWR);  // wakes the carrier, which then ends
  if (carrier.joinable()) carrier.join();
  close_if_open(near);
  close_if_open(far);
  if (easy != nullptr) curl->easy_cleanup(easy);
}

CURLcode TlsTunnel::State::connect(const Target& target) {
  const auto set = [&](CURLoption option, auto value) { curl->easy_setopt(easy, option, value); };
  const bool is_v6 = target.host.find(':') != std::string::npos;
  const auto url = fmt::format("https://{}{}{}:{}/", is_v6 ? "[" : "", target.host,
                               is_v6 ? "]" : "", target.port);
  set(CURLOPT_URL, url.c_str());
  set(CURLOPT_CONNECT_ONLY, 1L);
  set(CURLOPT_PROXY, "");
  set(CURLOPT_NOSIGNAL, 1L);
  set(CURLOPT_SSL_ENABLE_ALPN, 0L);  // it is not HTTP that follows
  set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(target.patience.count()));
  const auto& trusted = target.ca_file.empty() ? curl->authorities : target.ca_file;
  if (!trusted.empty()) set(CURLOPT_CAINFO, trusted.c_str());
  const auto code = curl->easy_perform(easy);
  return code == CURLE_OK ? curl->easy_getinfo(easy, CURLINFO_ACTIVESOCKET, &wire) : code;
}

/// False where waiting makes no sense any more.
bool TlsTunnel::State::wait(bool at_once) {
  const auto wanted = [](bool reads, bool writes) {
    return static_cast<short>((reads ? POLLIN : 0) | (writes ? POLLOUT : 0));
  };
  std::array<pollfd, 2> both{
      {{far, wanted(out.empty(), !in.empty()), 0}, {wire, wanted(in.empty(), !out.empty()), 0}}};
  int ready = 0;
  do
    ready = ::poll(both.data(), both.size(), at_once ? 0 : -1);
  while (ready < 0 && errno == EINTR);
  return ready >= 0 && (both[0].revents & (POLLERR | POLLHUP | POLLNVAL)) ==
                           0;  // nobody at the near end: no answer is wanted
}

/// Reads from the near end what is to be sent; false at its end.
bool TlsTunnel::State::take() {
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-member-init): written before it is read
  std::array<char, kChunk> chunk;
  const auto count = ::recv(far, chunk.data(), chunk.size(), MSG_DONTWAIT);
  if (count > 0) out.append(chunk.data(), static_cast<std::size_t>(count));
  return count > 0 || (count < 0 && (errno == EAGAIN || errno == EINTR));
}

bool TlsTunnel::State::send() {
  std::size_t count = 0;
  const auto code = curl->easy_send(easy, out.data(), out.size(), &count);
  if (code == CURLE_OK) out.erase(0, count);
  return code == CURLE_OK || code == CURLE_AGAIN;
}

/// `more`: it stopped for now although more may stand ready, which no poll would tell of.
bool TlsTunnel::State::receive(bool& more) {
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-member-init): written before it is read
  std::array<char, kChunk> chunk;
  for (more = true; in.size() < kMostWaiting;) {
    std::size_t count = 0;
    const auto code = curl->easy_recv(easy, chunk.data(), chunk.size(), &count);
    if (code == CURLE_AGAIN) more = false;
    if (code == CURLE_AGAIN) return true;
    if (code != CURLE_OK || count == 0) return false;
    in.append(chunk.data(), count);
  }
  return true;
}

/// Writes to the near end what arrived; false when nobody reads it any more.
bool TlsTunnel::State::give() {
  const auto count = ::send(far, in.data(), in.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
  if (count > 0) in.erase(0, static_cast<std::size_t>(count));
  return count >= 0 || errno == EAGAIN || errno == EINTR;
}

void TlsTunnel::State::carry() {
  bool more = false;
  while (wire != CURL_SOCKET_BAD || !in.empty()) {
    if (!wait(more && in.empty())) break;
    if (out.empty() && !take()) break;
    const bool sent = out.empty() || wire == CURL_SOCKET_BAD || send();
    const bool received = !in.empty() || wire == CURL_SOCKET_BAD || receive(more);
    if (!sent || !received) wire = CURL_SOCKET_BAD;  // what has arrived is still given
    if (!in.empty() && !give()) break;
  }
  ::shutdown(far, SHUT_WR);  // the near end reads the end; were reading shut too, writing there
                             // would raise SIGPIPE
}

TlsTunnel::TlsTunnel(std::unique_ptr<State> state) : state_(std::move(state)) {}
TlsTunnel::TlsTunnel(TlsTunnel&&) noexcept = default;
TlsTunnel& TlsTunnel::operator=(TlsTunnel&&) noexcept = default;
TlsTunnel::~TlsTunnel() = default;

Result<TlsTunnel> TlsTunnel::open(const Target& target) {
  const auto curl = curl_library();
  if (!curl) return fail(curl.error());
  auto state = std::make_unique<State>();
  state->curl = *curl;
  state->easy = state->curl->easy_init();
  if (state->easy == nullptr) return fail(ErrorKind::unavailable, "no memory for a TLS connection");
  std::array<char, CURL_ERROR_SIZE> why{};
  state->curl->easy_setopt(state->easy, CURLOPT_ERRORBUFFER, why.data());
  const auto code = state->connect(target);
  state->curl->easy_setopt(state->easy, CURLOPT_ERRORBUFFER,
                           nullptr);  // it ends with this function
  if (code != CURLE_OK)
    return failed(target, code, why[0] == '\0' ? state->curl->easy_strerror(code) : why.data());
  std::array<int, 2> ends{-1, -1};
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0)
    return fail(ErrorKind::unavailable, "no descriptors left for a TLS connection");
  state->near = ends[0];
  state->far = ends[1];
  state->carrier = std::jthread([raw = state.get()] { raw->carry(); });
  return TlsTunnel(std::move(state));
}

int TlsTunnel::take_near_end() { return std::exchange(state_->near, -1); }

}  // namespace peer
