// A small HTTP/1.1 server on a loopback port, for tests: each connection has a thread, the handler
// sees what was asked and writes what it likes, broken bytes included.
#pragma once

#include <arpa/inet.h>
#include <atomic>
#include <cstdint>
#include <cstdlib>
#include <functional>
#include <list>
#include <map>
#include <mutex>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <string>
#include <string_view>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>
#include <vector>

#include "base/text.hpp"

namespace peer::fakes {

struct ServedRequest {
  std::string method, target;
  std::map<std::string, std::string> headers;  // names in lower case
  std::string body;
  std::string head;  // the raw head

  [[nodiscard]] std::string header(const std::string& name) const {
    const auto it = headers.find(name);
    return it == headers.end() ? "" : it->second;
  }
};

/// What a handler writes to. Once closed, nothing more is read from the connection.
class Connection {
 public:
  Connection(int socket, const std::atomic<bool>& ending) : socket_(socket), ending_(ending) {}

  /// False when the other side is gone.
  bool write(std::string_view bytes) {
    while (!bytes.empty()) {
      const auto n = send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (n <= 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(n));
    }
    return true;
  }
  void reply(int status, std::string_view body,
             const std::vector<std::pair<std::string, std::string>>& headers = {
                 {"Content-Type", "application/json"}}) {
    std::string out = "HTTP/1.1 " + std::to_string(status) +
                      " X\r\nContent-Length: " + std::to_string(body.size()) + "\r\n";
    for (const auto& [name, value] : headers)
      out += name + ": " + value + "\r\n";
    write(out + "\r\n" + std::string(body));
  }
  /// Begins an answer of unknown length; pieces follow by chunk(), then end_chunks().
  void begin_chunks(std::string_view content_type) {
    write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Type: " +
          std::string(content_type) + "\r\n\r\n");
  }
  bool chunk(std::string_view bytes) {
    char size[32];
    const int n = std::snprintf(size, sizeof size, "%zx\r\n", bytes.size());
    return write(std::string(size, static_cast<std::size_t>(n)) + std::string(bytes) + "\r\n");
  }
  void end_chunks() { write("0\r\n\r\n"); }
  /// Says nothing until the other side goes away or the server ends.
  void hang() {
    while (!ending_) {
      pollfd waiting{socket_, POLLIN | POLLRDHUP, 0};
      if (poll(&waiting, 1, 20) > 0 && (waiting.revents & (POLLRDHUP | POLLHUP | POLLERR)) != 0)
        break;
    }
    close();
  }
  /// Like hang() for a while; false when the other side is gone.
  bool wait(int milliseconds) {
    pollfd waiting{socket_, POLLRDHUP, 0};
    return poll(&waiting, 1, milliseconds) == 0 && !ending_;
  }
  void close() { closed_ = true; }
  /// Ends with a reset instead of an orderly close.
  void reset() {
    const linger none{1, 0};
    setsockopt(socket_, SOL_SOCKET, SO_LINGER, &none, sizeof none);
    close();
  }
  [[nodiscard]] bool closed() const { return closed_; }

 private:
  int socket_;
  const std::atomic<bool>& ending_;
  bool closed_ = false;
};

class HttpServer {
 public:
  using Handler = std::function<void(const ServedRequest&, Connection&)>;

  explicit HttpServer(Handler handler) : handler_(std::move(handler)) {
    listener_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof address;
    auto* generic = reinterpret_cast<sockaddr*>(&address);
    if (bind(listener_, generic, length) != 0 || listen(listener_, 1024) != 0 ||
        getsockname(listener_, generic, &length) != 0)
      std::abort();
    port_ = ntohs(address.sin_port);
    acceptor_ = std::thread([this] { accept_all(); });
  }
  ~HttpServer() {
    ending_ = true;
    shutdown(listener_, SHUT_RDWR);
    acceptor_.join();
    ::close(listener_);
    {
      const std::lock_guard guard(lock_);
      for (const int open : open_)
        shutdown(open, SHUT_RDWR);
    }
    for (auto& thread : threads_)
      thread.join();
  }
  HttpServer(const HttpServer&) = delete;
  HttpServer& operator=(const HttpServer&) = delete;

  [[nodiscard]] std::uint16_t port() const { return port_; }
  [[nodiscard]] std::string url(std::string_view target = "") const {
    return "http://127.0.0.1:" + std::to_string(port_) + std::string(target);
  }
  [[nodiscard]] std::size_t connections() const { return connections_; }
  [[nodiscard]] std::vector<ServedRequest> requests() const {
    const std::lock_guard guard(lock_);
    return requests_;
  }
  /// Requests are no longer kept: for measurements.
  void forget_requests() { keep_ = false; }

 private:
  void accept_all() {
    while (!ending_) {
      const int connection = accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
      if (connection < 0) {
        if (ending_) return;
        continue;
      }
      const int yes = 1;
      setsockopt(connection, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
      ++connections_;
      const std::lock_guard guard(lock_);
      open_.push_back(connection);
      threads_.emplace_back([this, connection] { serve(connection); });
    }
  }
  void serve(int socket) {
    Connection connection(socket, ending_);
    std::string buffer;
    ServedRequest request;
    while (!connection.closed() && read_request(socket, buffer, request)) {
      if (keep_) {
        const std::lock_guard guard(lock_);
        requests_.push_back(request);
      }
      handler_(request, connection);
    }
    const std::lock_guard guard(lock_);
    std::erase(open_, socket);
    ::close(socket);
  }
  static bool fill(int socket, std::string& buffer) {
    char piece[16384];
    const auto n = recv(socket, piece, sizeof piece, 0);
    if (n <= 0) return false;
    buffer.append(piece, static_cast<std::size_t>(n));
    return true;
  }
  static bool read_request(int socket, std::string& buffer, ServedRequest& request) {
    std::size_t end = 0;
    while ((end = buffer.find("\r\n\r\n")) == std::string::npos)
      if (!fill(socket, buffer)) return false;
    request = {};
    request.head = buffer.substr(0, end + 2);
    buffer.erase(0, end + 4);
    const auto lines = split_lines(request.head);
    const auto words = split(lines.at(0), ' ');
    request.method = std::string(words.at(0));
    request.target = std::string(words.at(1));
    for (std::size_t i = 1; i < lines.size(); ++i)
      if (const auto colon = lines[i].find(':'); colon != std::string_view::npos)
        request.headers[to_lower(lines[i].substr(0, colon))] =
            std::string(trim(lines[i].substr(colon + 1)));
    const auto length = static_cast<std::size_t>(
        std::strtoull(request.header("content-length").c_str(), nullptr, 10));
    while (buffer.size() < length)
      if (!fill(socket, buffer)) return false;
    request.body = buffer.substr(0, length);
    buffer.erase(0, length);
    return true;
  }

  Handler handler_;
  int listener_ = -1;
  std::uint16_t port_ = 0;
  std::atomic<bool> ending_ = false;
  std::atomic<bool> keep_ = true;
  std::atomic<std::size_t> connections_ = 0;
  std::thread acceptor_;
  mutable std::mutex lock_;
  std::vector<int> open_;
  std::list<std::thread> threads_;
  std::vector<ServedRequest> requests_;
};

}  // namespace peer::fakes
