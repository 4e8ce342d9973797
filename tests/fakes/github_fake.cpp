// How requests reach the fake of GitHub, and what its plain API answers.
#include "tests/fakes/github_fake.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace peer::fakes {

GitHubFake::Answer GitHubFake::unprocessable(const std::string& message) {
  return {422, Json{{"message", "Unprocessable Entity"}, {"errors", {message}}}, false};
}

GitHubFake::Answer GitHubFake::answer_to(const ServedRequest& request) {
  if (request.header("user-agent").empty())
    return no(403, "Request forbidden by administrative rules");
  const auto it = tokens.find(request.header("authorization"));
  if (it == tokens.end()) return no(401, "Bad credentials");
  token_ = &it->second;
  Json body;
  if (!request.body.empty()) {
    auto parsed = parse_json(request.body);
    if (!parsed) return no(400, "Problems parsing JSON");
    body = std::move(*parsed);
  }
  if (request.target == "/graphql") return graphql(body);
  if (head_repository != repository &&
      request.target.starts_with("/repos/" + head_repository + "/"))
    return project_api(request, head_repository, body);
  const auto prefix = "/repos/" + repository;
  if (!request.target.starts_with(prefix)) return no(404, "Not Found");
  if (request.target.starts_with(prefix + "/issues?")) return list_issues(request.target);
  const auto rest = request.target.substr(prefix.size(), request.target.find('?') - prefix.size());
  auto answer = project_api(request, repository, body);
  if (answer.status == 404 && answer.body == Json::object())
    answer = rest_api(request.method, rest, body);
  return answer;
}

GitHubFake::Answer GitHubFake::project_api(const ServedRequest& request, const std::string& project,
                                           const Json& body) {
  const auto query = request.target.find('?');
  const auto path = request.target.substr(
      7 + project.size(), query == std::string::npos ? query : query - 7 - project.size());
  const std::string people = "/collaborators/", commits = "/commits/heads%2F",
                    signs = "/issues/comments/";
  if (path.starts_with(people) && path.ends_with("/permission")) {
    const auto login = path.substr(people.size(), path.size() - people.size() - 11);
    const auto it = permissions.find(login);
    if (it == permissions.end()) return no(404, login + " is not a user");
    return {
        200,
        Json{{"permission", it->second}, {"role_name", it->second}, {"user", {{"login", login}}}},
        false};
  }
  if (path.starts_with(commits)) {
    const auto* branch = branch_at(project, replace_all(path.substr(commits.size()), "%2F", "/"));
    if (branch == nullptr) return no(422, "No commit found for SHA");
    Json json{{"sha", branch->id},
              {"commit", {{"message", branch->message}}},
              {"parents", Json::array()}};
    if (!branch->parent.empty()) json["parents"].push_back({{"sha", branch->parent}});
    return {200, json, false};
  }
  if (path == "/git/refs" && request.method == "POST") return make_ref(project, body);
  if (path == "/pulls" && request.method == "GET") return {200, open_pulls(request.target), false};
  if (path == "/pulls" && request.method == "POST") return open_pull(body);
  if (path.starts_with(signs) && path.ends_with("/reactions")) {
    if (!may("comment")) return no(403, "Resource not accessible by integration");
    auto& there = reactions[path.substr(signs.size(), path.size() - signs.size() - 10)];
    const auto sign = body.at("content").get<std::string>();
    for (const auto& each : there)
      if (each == sign) return {200, Json{{"id", 1}, {"content", sign}}, false};
    there.push_back(sign);
    return {201, Json{{"id", 1}, {"content", sign}}, true};
  }
  return {404, Json::object(), false};
}

GitHubFake::Answer GitHubFake::rest_api(const std::string& method, const std::string& path,
                                        const Json& body) {
  const auto n = std::to_string(number);
  if (path == "/pulls/" + n && method == "GET") return pull();
  if (path == "/pulls/" + n + "/reviews" && method == "POST") return review(body);
  if (path == "/issues/" + n + "/comments" && method == "POST") return comment(body);
  if (path.starts_with("/issues/comments/")) return change_comment(method, path.substr(17), body);
  if (path.starts_with("/pulls/comments/")) return change_talk(method, path.substr(16), body);
  if (path.starts_with("/issues/" + n + "/labels"))
    return label(method, path.substr(8 + n.size() + 7), body);
  if (path == "/issues" && method == "POST") return open_issue(body);
  if (path.starts_with("/issues/") && method == "PATCH") return edit_issue(path.substr(8), body);
  if (path == "/commits/" + head + "/check-runs") return list_checks();
  if (path == "/check-runs" && method == "POST") return check(nullptr, body);
  if (path.starts_with("/check-runs/") && method == "PATCH") {
    for (auto& each : checks)
      if (std::to_string(each.id) == path.substr(12)) return check(&each, body);
    return no(404, "Not Found");
  }
  if (path == "/commits/" + head + "/statuses") return list_statuses();
  if (path == "/statuses/" + head && method == "POST") return status(body);
  if (path == "/code-scanning/sarifs" && method == "POST") return sarif(body);
  return no(404, "Not Found");
}

GitHubFake::Answer GitHubFake::pull() const {
  Json json{{"number", number},
            {"state", state},
            {"locked", locked},
            {"draft", draft},
            {"labels", Json::array()}};
  json["head"] = {{"sha", head}, {"ref", "topic"}, {"repo", {{"full_name", head_repository}}}};
  json["base"] = {{"ref", base_ref}, {"sha", base}, {"repo", {{"full_name", repository}}}};
  json["maintainer_can_modify"] = maintainer_can_modify;
  for (const auto& each : labels)
    json["labels"].push_back({{"name", each}});
  return {200, json, false};
}

}  // namespace peer::fakes
