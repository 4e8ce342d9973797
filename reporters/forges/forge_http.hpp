// How Peer talks to a forge: with patience where the forge asks for it, never faster than it likes,
// never writing twice without looking, and with no credential of ours in what it says. One thread.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/clock.hpp"
#include "base/http.hpp"
#include "base/json.hpp"
#include "reporters/comment_sync/conversation.hpp"
#include "reporters/forges/secret_scan.hpp"

namespace peer {

/// The world around a forge's client; tests give their own.
struct ForgeWorld {
  HttpTransport& http;
  const Clock& clock;
  /// Waits; false when the user wants to stop.
  std::function<bool(std::chrono::milliseconds)> sleep;
  std::stop_token stop = {};
  std::chrono::milliseconds patience{300'000};  ///< for all waiting that limits ask for, in one run
  std::chrono::milliseconds spacing{1'000};     ///< between two writes
};

/// Who asks.
class ForgeAuth {
 public:
  virtual ~ForgeAuth() = default;
  /// The header to send; `fresh`: the last one was not taken, get a new one if there is such a
  /// thing.
  [[nodiscard]] virtual Result<HttpCredential> credential(bool fresh) = 0;
  [[nodiscard]] virtual bool can_refresh() const { return false; }
};

/// A token that stays the same.
class FixedAuth : public ForgeAuth {
 public:
  explicit FixedAuth(HttpCredential credential) : credential_(std::move(credential)) {}
  [[nodiscard]] Result<HttpCredential> credential(bool) override { return credential_; }

 private:
  HttpCredential credential_;
};

struct ForgeReply {
  int status = 0;
  std::string body;
  std::vector<std::pair<std::string, std::string>> headers;  ///< names in lower case
  [[nodiscard]] std::string header(std::string_view name) const;
};

/// How a write ended, with what came back.
struct Sent {
  WriteEnd end;
  ForgeReply reply;
};

/// What a request that holds a credential is answered with.
constexpr std::string_view kHoldsCredential =
    "what was to be sent holds a credential, so it was not sent";

class ForgeHttp {
 public:
  using Headers = std::vector<std::pair<std::string, std::string>>;
  /// `api` is the address that targets are appended to, without a slash at its end.
  ForgeHttp(ForgeWorld world, std::string api, Headers headers, ForgeAuth& auth,
            SecretScan secrets);

  /// Asks for something, as often as it takes; a body makes it a POST that only reads (GraphQL).
  /// Fails with `refused` for 401 and 403, `not_found` for 404, `rate_limited`, `unavailable`,
  /// `invalid_input` for any other answer that is no 2xx.
  [[nodiscard]] Result<ForgeReply> ask(std::string_view target,
                                       const std::optional<std::string>& body = {});
  /// The same, its answer as JSON.
  [[nodiscard]] Result<Json> ask_json(std::string_view target,
                                      const std::optional<std::string>& body = {});
  /// Every entry of a list that comes in pages, which `entries` takes out of each page.
  [[nodiscard]] Result<void> ask_pages(std::string_view target,
                                       const std::function<void(const Json& page)>& entries);

  /// Why a request must not be repeated after waiting; "" when it may.
  using Recheck = std::function<std::string()>;

  /// Changes something, once: what may have happened already is `unsure` and not done again here,
  /// and so is what `recheck` speaks against after a wait that the forge asked for.
  [[nodiscard]] Sent send(std::string_view method, std::string_view target, const Json& body,
                          const Recheck& recheck = {});

  /// "the forge says ..." in a short, safe form; what it says of our credentials is left out.
  [[nodiscard]] std::string words_of(const ForgeReply& reply) const;

  /// `json`, which is not sent as it stands, holds a credential.
  [[nodiscard]] bool holds_secret(std::string_view json) const {
    return secrets_.found_in_json(json);
  }

  /// `target` below the address of the API; a whole address of the same server stays.
  [[nodiscard]] std::string url_of(std::string_view target) const;

 private:
  struct Once;
  [[nodiscard]] Once once(std::string_view method, const std::string& url, const std::string& body,
                          bool writes);
  [[nodiscard]] Once patiently(std::string_view method, std::string url, const std::string& body,
                               bool writes, const Recheck& recheck = {});
  [[nodiscard]] bool wait(std::chrono::milliseconds time);
  [[nodiscard]] bool wait_for_connection(HttpFailure failure, int attempt);
  [[nodiscard]] std::optional<std::chrono::milliseconds> asked_to_wait(const ForgeReply& reply);
  [[nodiscard]] Error error_of(const Once& result) const;
  void know(const HttpCredential& credential);
  void keep_distance();

  ForgeWorld world_;
  std::string api_;
  Headers headers_;
  ForgeAuth& auth_;
  SecretScan secrets_;
  std::string last_credential_;
  std::chrono::milliseconds patience_left_;
  std::chrono::milliseconds next_guess_{60'000};
  std::optional<std::chrono::steady_clock::time_point> last_write_;
};

/// A short, safe form of what a forge says went wrong.
[[nodiscard]] std::string said_by(const ForgeReply& reply);

/// The address of the next page in a Link header; "" when there is none.
[[nodiscard]] std::string next_page(std::string_view link);

}  // namespace peer
