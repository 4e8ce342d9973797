// A GitHub App's way to a token: it introduces itself with a signed word and is given a token for
// one installation and one hour. One thread.
#pragma once

#include <cstdint>
#include <stop_token>
#include <string>

#include "base/clock.hpp"
#include "base/http.hpp"
#include "reporters/forges/forge_http.hpp"

namespace peer {

struct AppIdentity {
  std::string api;           ///< address without a slash at its end
  std::string app_id;        ///< number or client id
  std::string key;           ///< PEM
  std::string installation;  ///< number; "": that of `repository`
  std::string repository;    ///< "owner/name": the token is good for it alone
};

class AppAuth : public ForgeAuth {
 public:
  AppAuth(AppIdentity app, HttpTransport& http, const Clock& clock, std::stop_token stop)
      : app_(std::move(app)), http_(http), clock_(clock), stop_(std::move(stop)) {}

  /// The token of the installation, renewed where it is `fresh` that is asked for or its hour ends.
  [[nodiscard]] Result<HttpCredential> credential(bool fresh) override;
  [[nodiscard]] bool can_refresh() const override { return true; }

 private:
  [[nodiscard]] Result<Json> introduce(std::string_view method, const std::string& target,
                                       const std::string& body);
  [[nodiscard]] Result<void> renew();

  AppIdentity app_;
  HttpTransport& http_;
  const Clock& clock_;
  std::stop_token stop_;
  std::string token_;
  std::int64_t good_until_ = 0;
};

}  // namespace peer
