#include "reporters/forges/place.hpp"

#include <algorithm>
#include <charconv>
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "base/json.hpp"
#include "base/text.hpp"
#include "reporters/forges/fields.hpp"

namespace peer {
namespace {

using forge::flag;
using forge::text;
using Place = Result<std::optional<ForgePlace>>;

std::string set(const LookUpVariable& variable, std::string_view name) {
  return std::string(trim(variable(name).value_or("")));
}

/// The first of `names` that is set.
std::string first_of(const LookUpVariable& variable,
                     std::initializer_list<std::string_view> names) {
  for (const auto name : names)
    if (auto value = set(variable, name); !value.empty()) return value;
  return {};
}

std::string without_slash(std::string url) {
  while (url.ends_with('/'))
    url.pop_back();
  return url;
}

/// "owner/name", of characters that need no encoding.
bool is_repository(std::string_view text) {
  const auto good = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_' || c == '.' || c == '/';
  };
  return std::all_of(text.begin(), text.end(), good) &&
         std::count(text.begin(), text.end(), '/') == 1 && !text.starts_with('/') &&
         !text.ends_with('/') && text.find("..") == std::string_view::npos;
}

std::uint64_t number_of(std::string_view text) {
  std::uint64_t value = 0;
  const auto* const end = text.data() + text.size();
  return std::from_chars(text.data(), end, value).ptr == end ? value : 0;
}

/// The job that made the report ran for `run`'s head; its pull request is found by branch, because
/// GitHub does not number those of forks.
void from_workflow_run(const Json& run, ForgePlace& place) {
  place.head = text(run, "head_sha");
  place.foreign = text(run, "head_repository/full_name") != place.project;
  const auto owner = text(run, "head_repository/owner/login");
  const auto branch = text(run, "head_branch");
  if (!owner.empty() && !branch.empty()) place.branch = owner + ":" + branch;
}

Result<void> from_github_event(const LookUpVariable& variable, const ReadTextFile& read_file,
                               ForgePlace& place) {
  const auto path = set(variable, "GITHUB_EVENT_PATH");
  if (path.empty()) return {};
  const auto event_text = read_file(path);
  if (!event_text) return fail(event_text.error().with_context("the event of this job"));
  const auto event = parse_json(*event_text);
  if (!event) return fail(event.error().with_context("the event of this job"));
  const auto& pull = forge::at(*event, "pull_request");
  if (pull.is_object()) {
    place.number = forge::number(pull, "number");
    place.head = text(pull, "head/sha");
    place.target = text(pull, "base/ref");
    place.foreign = flag(pull, "head/repo/fork") &&
                    text(pull, "head/repo/full_name") != text(pull, "base/repo/full_name");
  } else if (forge::at(*event, "issue/pull_request").is_object()) {
    place.number = forge::number(*event, "issue/number");
  } else if (const auto& run = forge::at(*event, "workflow_run"); run.is_object()) {
    if (text(run, "event").starts_with("pull_request")) from_workflow_run(run, place);
  }
  return {};
}

/// All but the change.
Result<ForgePlace> github_project(const LookUpVariable& variable) {
  ForgePlace place;
  place.api = without_slash(set(variable, "GITHUB_API_URL"));
  if (place.api.empty()) place.api = "https://api.github.com";
  place.graphql = without_slash(set(variable, "GITHUB_GRAPHQL_URL"));
  if (place.graphql.empty()) {
    // GitHub Enterprise Server has it beside, not below
    constexpr std::string_view kRest = "/api/v3";
    place.graphql = place.api.ends_with(kRest)
                        ? place.api.substr(0, place.api.size() - kRest.size()) + "/api/graphql"
                        : place.api + "/graphql";
  }
  place.project = set(variable, "GITHUB_REPOSITORY");
  if (!is_repository(place.project))
    return fail(ErrorKind::invalid_input,
                "GITHUB_REPOSITORY does not name a repository (owner/name)");
  place.token = first_of(variable, {"PEER_GITHUB_TOKEN", "GITHUB_TOKEN", "GH_TOKEN"});
  place.app_id = set(variable, "PEER_GITHUB_APP_ID");
  place.app_key = variable("PEER_GITHUB_APP_PRIVATE_KEY").value_or("");
  place.app_installation = set(variable, "PEER_GITHUB_APP_INSTALLATION_ID");
  return place;
}

Place github(const LookUpVariable& variable, const ReadTextFile& read_file, std::uint64_t number) {
  auto project = github_project(variable);
  if (!project) return fail(project.error());
  auto& place = *project;
  if (auto done = from_github_event(variable, read_file, place); !done) return fail(done.error());
  if (number != 0 && place.number != 0 && number != place.number)
    return fail(ErrorKind::invalid_input,
                fmt::format("--change {}: this job is about {}", number, place.number));
  if (number != 0) place.number = number;
  if (place.number == 0 && place.branch.empty()) return std::nullopt;
  return std::optional<ForgePlace>(std::move(place));
}

Result<ForgePlace> gitlab_project(const LookUpVariable& variable) {
  ForgePlace place;
  place.kind = ForgeKind::gitlab;
  place.api = without_slash(set(variable, "CI_API_V4_URL"));
  if (place.api.empty()) place.api = "https://gitlab.com/api/v4";
  place.project = first_of(variable, {"CI_MERGE_REQUEST_PROJECT_ID", "CI_PROJECT_ID",
                                      "CI_MERGE_REQUEST_PROJECT_PATH", "CI_PROJECT_PATH"});
  place.token = first_of(variable, {"PEER_GITLAB_TOKEN", "GITLAB_TOKEN"});
  if (place.token.empty()) {
    place.token = set(variable, "CI_JOB_TOKEN");
    place.job_token = !place.token.empty();
  }
  place.ca_file = set(variable, "CI_SERVER_TLS_CA_FILE");
  if (place.project.empty())
    return fail(ErrorKind::invalid_input,
                "neither CI_PROJECT_ID nor CI_PROJECT_PATH names a project");
  return place;
}

Place gitlab(const LookUpVariable& variable, std::uint64_t number) {
  auto place = gitlab_project(variable);
  if (!place) return fail(place.error());
  place->number = number != 0 ? number : number_of(set(variable, "CI_MERGE_REQUEST_IID"));
  place->target = set(variable, "CI_MERGE_REQUEST_TARGET_BRANCH_NAME");
  place->foreign = first_of(variable, {"CI_MERGE_REQUEST_SOURCE_PROJECT_ID"}) !=
                   first_of(variable, {"CI_MERGE_REQUEST_PROJECT_ID"});
  if (place->number == 0) return std::nullopt;
  return std::optional<ForgePlace>(std::move(*place));
}

}  // namespace

Result<ForgePlace> find_project(ForgeKind kind, const LookUpVariable& variable) {
  return kind == ForgeKind::github ? github_project(variable) : gitlab_project(variable);
}

Place find_place(ForgeKind kind, const LookUpVariable& variable, const ReadTextFile& read_file,
                 std::uint64_t number) {
  return kind == ForgeKind::github ? github(variable, read_file, number) : gitlab(variable, number);
}

}  // namespace peer
