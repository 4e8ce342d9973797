// How requests reach the fake of GitLab, and what it says of its project.
#include "tests/fakes/gitlab_fake.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "reporters/base64.hpp"

namespace peer::fakes {

GitLabFake::Answer GitLabFake::answer_to(ServedRequest request) {
  // under its usual address too
  if (request.target.starts_with("/api/v4")) request.target.erase(0, 7);
  const auto token = request.header("private-token");
  const auto job = request.header("job-token");
  if (!users.contains(token)) return no(401, job.empty() ? "401 Unauthorized" : "403 Forbidden");
  me_ = users.at(token);
  Json body;
  if (!request.body.empty()) {
    auto parsed = parse_json(request.body);
    if (!parsed) return no(400, "Bad request");
    body = std::move(*parsed);
  }
  if (request.target == "/user") return {200, Json{{"id", me_}}};
  const std::string issues_prefix = "/projects/g%2Fp/issues";
  if (request.target.starts_with(issues_prefix)) {
    if (request.method != "GET" && !may_write.contains(token)) return no(403, "403 Forbidden");
    return issue(request.method, request.target.substr(issues_prefix.size()), body);
  }
  if (auto answer = project_api(request, body); answer.status != 0) return answer;
  const std::string prefix = "/projects/g%2Fp/merge_requests/7";
  if (!request.target.starts_with(prefix)) return no(404, "404 Project Not Found");
  if (request.method != "GET" && !may_write.contains(token)) return no(403, "403 Forbidden");
  const auto query = request.target.find('?');
  const auto path = request.target.substr(
      prefix.size(), query == std::string::npos ? query : query - prefix.size());
  if (request.method == "GET") return get(path, request.target);
  if (body.contains("body") && body["body"].get<std::string>().size() > 1'000'000)
    return no(400, "body is too long");
  return change(request.method, path, body);
}

GitLabFake::Answer GitLabFake::project_api(const ServedRequest& request, const Json& body) {
  const auto query = request.target.find('?');
  const auto path = request.target.substr(0, query);
  const std::string people = "/projects/g%2Fp/members/all/";
  if (path.starts_with(people)) {
    const auto id = std::stoull(path.substr(people.size()));
    if (!members.contains(id)) return no(404, "404 Not found");
    return {200, Json{{"id", id}, {"state", "active"}, {"access_level", members.at(id)}}};
  }
  const auto project = std::to_string(source_project), root = "/projects/" + project;
  const std::string branch = root + "/repository/branches/", file = root + "/repository/files/";
  if (path.starts_with(branch)) {
    const auto* there = branch_at(project, replace_all(path.substr(branch.size()), "%2F", "/"));
    if (there == nullptr) return no(404, "404 Branch Not Found");
    Json commit{{"id", there->id}, {"message", there->message}, {"parent_ids", Json::array()}};
    if (!there->parent.empty()) commit["parent_ids"].push_back(there->parent);
    return {200, Json{{"name", "x"}, {"commit", commit}}};
  }
  if (path.starts_with(file))
    return {200, Json{{"last_commit_id",
                       last_commits[replace_all(path.substr(file.size()), "%2F", "/")]}}};
  if (path == root + "/repository/commits" && request.method == "POST")
    return commit(project, body);
  if (path == root + "/merge_requests" && request.method == "GET") {
    Json list = Json::array();
    for (const auto& each : opened)
      if (request.target.find("source_branch=" +
                              replace_all(each.at("source_branch").get<std::string>(), "/", "%2F") +
                              "&") != std::string::npos)
        list.push_back(each);
    return {200, list};
  }
  if (path == root + "/merge_requests" && request.method == "POST") {
    if (branch_at(project, body.at("source_branch")) == nullptr)
      return no(400, "source branch does not exist");
    opened.push_back(body);
    opened.back()["web_url"] = "https://gitlab.example/g/p/-/merge_requests/100";
    return {201, opened.back(), true};
  }
  return {0};
}

BranchFake* GitLabFake::branch_at(const std::string& project, const std::string& name) {
  const bool is_head = project == std::to_string(source_project) && name == "topic";
  if (is_head && branches.find(project, name) == nullptr) branches.set(project, name, head);
  auto* there = branches.find(project, name);
  if (there != nullptr && is_head && there->id != head) {
    there->id = head;
    there->parent = there->message = "";
  }
  return there;
}

GitLabFake::Answer GitLabFake::commit(const std::string& project, const Json& body) {
  const auto name = body.at("branch").get<std::string>();
  auto* branch = branch_at(project, name);
  if (!may_push || (branch != nullptr && branch->is_protected))
    return no(403, "You are not allowed to push into this branch");
  if (body.contains("start_sha") && branch != nullptr)
    return no(400, "A branch called '" + name + "' already exists");
  if (branch == nullptr && !body.contains("start_sha"))
    return no(400, "You can only create or edit files when you are on a branch");
  std::map<std::string, std::string> files;
  for (const auto& each : body.at("actions")) {
    const auto path = each.at("file_path").get<std::string>();
    if (each.at("action") != "update" || each.at("last_commit_id") != last_commits[path])
      return no(400, "The file has changed since you started editing it: " + path);
    files[path] = base64_decode(each.at("content").get<std::string>()).value_or("");
  }
  if (branch == nullptr) branch = &branches.set(project, name, body.at("start_sha"));
  const auto id = branches.commit(*branch, body.at("commit_message"), std::move(files));
  if (name == "topic") head = id;
  return {201, Json{{"id", id}}, true};
}

GitLabFake::Answer GitLabFake::issue(const std::string& method, const std::string& rest,
                                     const Json& body) {
  if (method == "GET") {
    Json list = Json::array();
    for (const auto& each : issues)
      if (rest.find("author_id=" + std::to_string(each.author) + "&") != std::string::npos)
        list.push_back({{"iid", each.iid},
                        {"title", each.title},
                        {"description", each.description},
                        {"state", each.state},
                        {"author", {{"id", each.author}}}});
    return {200, list};
  }
  if (method == "POST" && rest.empty()) {
    issues.push_back({++last_, me_, body.at("title"), body.at("description")});
    return {201, Json{{"iid", last_}}, true};
  }
  for (auto& each : issues) {
    if (method != "PUT" || rest != "/" + std::to_string(each.iid)) continue;
    if (each.author != me_) problems.push_back("changed an issue of someone else");
    const auto event = body.value("state_event", "");
    if (event == "close") each.state = "closed";
    if (event == "reopen") each.state = "opened";
    each.title = body.value("title", each.title);
    each.description = body.value("description", each.description);
    return {200, Json{{"iid", each.iid}}, true};
  }
  return no(404, "404 Issue Not Found");
}

}  // namespace peer::fakes
