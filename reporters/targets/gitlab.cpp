#include "reporters/targets/gitlab.hpp"

#include <utility>

#include "reporters/forges/gitlab.hpp"
#include "reporters/forges/gitlab_commands.hpp"

namespace peer {
namespace {

class GitLabTarget : public ForgeTarget {
 public:
  GitLabTarget(HttpCredential credential, const ForgePlace& place, const std::string& name,
               const ForgeWorld& world, SecretScan secrets)
      : auth_(std::move(credential)),
        http_(world, place.api,
              {{"Accept", "application/json"}, {"User-Agent", "peer/" PEER_VERSION}}, auth_,
              std::move(secrets)),
        talk_({place.project, place.number, mark_name(name)}, http_),
        commands_({place.project, place.number, mark_name(name)}, http_) {}

  [[nodiscard]] Conversation& conversation() override { return talk_; }
  [[nodiscard]] CommandForge& commands() override { return commands_; }

 private:
  FixedAuth auth_;
  ForgeHttp http_;
  GitLab talk_;
  GitLabCommands commands_;
};

}  // namespace

Result<std::unique_ptr<ForgeTarget>> open_gitlab(const ForgePlace& place,
                                                 const PublishOptions& options,
                                                 const ForgeWorld& world,
                                                 std::vector<std::string> secrets) {
  if (auto good = check_address(place.api); !good) return fail(good.error());
  if (place.token.empty() || place.job_token)
    return fail(
        ErrorKind::refused,
        place.token.empty()
            ? "there is no token: set PEER_GITLAB_TOKEN to a project access token with the "
              "scope api; the report is in the artifacts of the job"
            : "CI_JOB_TOKEN can read a merge request but not comment on it: set "
              "PEER_GITLAB_TOKEN to a project access token with the scope api; the report is "
              "in the artifacts of the job");
  secrets.push_back(place.token);
  HttpCredential credential{parse_url(place.api)->origin, "PRIVATE-TOKEN", place.token};
  return std::make_unique<GitLabTarget>(std::move(credential), place, options.name, world,
                                        SecretScan(secrets));
}

}  // namespace peer
