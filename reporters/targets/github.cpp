#include "reporters/targets/github.hpp"

#include <fmt/format.h>
#include <utility>

#include <nlohmann/json.hpp>

#include "base/text.hpp"
#include "reporters/forges/app_auth.hpp"
#include "reporters/forges/fields.hpp"
#include "reporters/forges/github.hpp"
#include "reporters/forges/github_commands.hpp"
#include "reporters/render/escape.hpp"

namespace peer {
namespace {

class GitHubTarget : public ForgeTarget {
 public:
  GitHubTarget(std::unique_ptr<ForgeAuth> auth, const ForgePlace& place, const ForgeWorld& world,
               SecretScan secrets)
      : auth_(std::move(auth)),
        http_(world, place.api, github_headers(), *auth_, std::move(secrets)) {}

  ForgeHttp& http() { return http_; }
  void talk_about(const GitHubPlace& place) {
    talk_.emplace(place, http_);
    commands_.emplace(place, http_);
  }
  [[nodiscard]] Conversation& conversation() override { return *talk_; }
  [[nodiscard]] CommandForge& commands() override { return *commands_; }

 private:
  std::unique_ptr<ForgeAuth> auth_;
  ForgeHttp http_;
  std::optional<GitHub> talk_;
  std::optional<GitHubCommands> commands_;
};

/// The open pull request from that branch, whose head must be the commit of the event.
Result<std::uint64_t> find_number(const ForgePlace& place, ForgeHttp& http) {
  std::uint64_t number = 0;
  const auto colon = place.branch.find(':');
  const auto done =
      http.ask_pages(fmt::format("/repos/{}/pulls?state=open&per_page=100&head={}:{}",
                                 place.project, uri_path(place.branch.substr(0, colon)),
                                 uri_path(place.branch.substr(colon + 1))),
                     [&](const Json& page) {
                       for (const auto& pull : page)
                         if (forge::text(pull, "head/sha") == place.head)
                           number = forge::number(pull, "number");
                     });
  if (!done) return fail(done.error());
  if (number == 0)
    return fail(ErrorKind::not_found,
                "no open pull request has the commit of this job as its head: it has moved on");
  return number;
}

}  // namespace

ForgeHttp::Headers github_headers() {
  return {{"Accept", "application/vnd.github+json"},
          {"X-GitHub-Api-Version", "2022-11-28"},
          {"User-Agent", "peer/" PEER_VERSION}};
}

Result<std::unique_ptr<ForgeAuth>> github_auth(const ForgePlace& place, const ForgeWorld& world) {
  const auto api = parse_url(place.api);
  if (!api) return fail(api.error());
  if (!place.app_id.empty() && !place.app_key.empty())
    return std::make_unique<AppAuth>(
        AppIdentity{place.api, place.app_id, place.app_key, place.app_installation, place.project},
        world.http, world.clock, world.stop);
  if (place.token.empty())
    return fail(ErrorKind::refused,
                "there is no token: give GITHUB_TOKEN, with pull-requests: write");
  return std::make_unique<FixedAuth>(
      HttpCredential{api->origin, "Authorization", "Bearer " + place.token});
}

Result<void> check_address(const std::string& url) {
  const auto parsed = parse_url(url);
  if (!parsed) return fail(parsed.error());
  if (parsed->origin.scheme != "https" && !is_loopback(parsed->origin))
    return fail(ErrorKind::refused, url + ": a token is only sent over https");
  return {};
}

Result<std::unique_ptr<ForgeTarget>> open_github(const ForgePlace& place,
                                                 const PublishOptions& options,
                                                 const ForgeWorld& world,
                                                 std::vector<std::string> secrets) {
  for (const auto& url : {place.api, place.graphql})
    if (auto good = check_address(url); !good) return fail(good.error());
  const auto api = parse_url(place.api), graphql = parse_url(place.graphql);
  if (!(api->origin == graphql->origin))
    return fail(ErrorKind::refused, "GITHUB_GRAPHQL_URL is on another server than GITHUB_API_URL");
  auto auth = github_auth(place, world);
  if (!auth) return fail(auth.error());
  secrets.push_back(place.token);
  secrets.push_back(place.app_key);
  auto target = std::make_unique<GitHubTarget>(std::move(*auth), place, world, SecretScan(secrets));
  auto number = place.number;
  if (number == 0) {
    const auto found = find_number(place, target->http());
    if (!found) return fail(found.error());
    number = *found;
  }
  target->talk_about({place.api, place.graphql, place.project, number, mark_name(options.name)});
  return target;
}

}  // namespace peer
