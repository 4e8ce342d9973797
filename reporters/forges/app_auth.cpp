#include "reporters/forges/app_auth.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "reporters/forges/fields.hpp"
#include "reporters/forges/rs256.hpp"

namespace peer {
namespace {

constexpr std::int64_t kLife = 3600;  // of a token
constexpr std::int64_t kEarly = 300;  // renewed that long before its end

bool is_number(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

}  // namespace

Result<Json> AppAuth::introduce(std::string_view method, const std::string& target,
                                const std::string& body) {
  const auto now = clock_.unix_seconds();
  Json claims;
  claims["iat"] = now - 60;  // clocks differ
  claims["exp"] = now + 540;
  // a number where it is one, as the documentation has it
  if (is_number(app_.app_id) && app_.app_id.size() < 18)
    claims["iss"] = std::stoll(app_.app_id);
  else
    claims["iss"] = app_.app_id;
  const auto word = sign_jwt(dump_json(claims), app_.key);
  if (!word) return fail(word.error());
  const auto api = parse_url(app_.api);
  if (!api) return fail(api.error());
  HttpRequest request;
  request.method = method;
  request.url = app_.api + target;
  request.headers = {{"Accept", "application/vnd.github+json"},
                     {"X-GitHub-Api-Version", "2022-11-28"},
                     {"User-Agent", "peer/" PEER_VERSION}};
  if (!body.empty()) request.headers.emplace_back("Content-Type", "application/json");
  request.credential = HttpCredential{api->origin, "Authorization", "Bearer " + *word};
  request.body = body;
  const auto outcome = http_.send(request, stop_);
  if (!outcome.ok())
    return fail(ErrorKind::unavailable,
                fmt::format("the forge cannot be asked: {}", outcome.detail));
  if (outcome.status < 200 || outcome.status >= 300)
    return fail(ErrorKind::refused, "the GitHub App gets no token: the forge says " +
                                        said_by({outcome.status, outcome.body, outcome.headers}));
  return parse_json(outcome.body);
}

Result<void> AppAuth::renew() {
  if (app_.installation.empty()) {
    const auto found = introduce("GET", fmt::format("/repos/{}/installation", app_.repository), "");
    if (!found) return fail(found.error());
    app_.installation = forge::id(*found, "id");
  }
  if (!is_number(app_.installation))
    return fail(ErrorKind::invalid_input, "PEER_GITHUB_APP_INSTALLATION_ID is no number");
  Json wish;
  wish["repositories"] = {app_.repository.substr(app_.repository.find('/') + 1)};
  const auto given =
      introduce("POST", fmt::format("/app/installations/{}/access_tokens", app_.installation),
                dump_json(wish));
  if (!given) return fail(given.error());
  token_ = forge::text(*given, "token");
  if (token_.empty()) return fail(ErrorKind::refused, "the GitHub App gets no token");
  good_until_ = clock_.unix_seconds() + kLife - kEarly;
  return {};
}

Result<HttpCredential> AppAuth::credential(bool fresh) {
  if (fresh || token_.empty() || clock_.unix_seconds() >= good_until_)
    if (auto renewed = renew(); !renewed) return fail(renewed.error());
  return HttpCredential{parse_url(app_.api)->origin, "Authorization", "Bearer " + token_};
}

}  // namespace peer
