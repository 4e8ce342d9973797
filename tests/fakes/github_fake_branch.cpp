// Branches, commits and pull requests that are made through the API.
#include <algorithm>

#include "base/text.hpp"
#include "reporters/base64.hpp"
#include "tests/fakes/github_fake.hpp"

namespace peer::fakes {

BranchFake* GitHubFake::branch_at(const std::string& project, const std::string& name) {
  if (project == head_repository && name == "topic" && branches.find(project, name) == nullptr)
    branches.set(project, name, head);
  auto* branch = branches.find(project, name);
  // a push moves it, and so does a commit of ours
  if (branch != nullptr && project == head_repository && name == "topic" && branch->id != head) {
    branch->id = head;
    branch->parent = branch->message = "";
  }
  return branch;
}

bool GitHubFake::may_push(const std::string& project) const {
  return may("contents") && (project == repository || maintainer_can_modify);
}

GitHubFake::Answer GitHubFake::make_ref(const std::string& project, const Json& body) {
  if (!may_push(project)) return no(403, "Resource not accessible by integration");
  const auto ref = body.at("ref").get<std::string>();
  if (!ref.starts_with("refs/heads/"))
    return unprocessable("Reference name must start with 'refs'");
  if (branch_at(project, ref.substr(11)) != nullptr)
    return unprocessable("Reference already exists");
  branches.set(project, ref.substr(11), body.at("sha"));
  return {201, Json{{"ref", ref}, {"object", {{"sha", body.at("sha")}}}}, true};
}

Json GitHubFake::open_pulls(const std::string& target) const {
  Json list = Json::array();
  const auto owner = head_repository.substr(0, head_repository.find('/'));
  if (state == "open" && target.find("head=" + owner + ":topic") != std::string::npos)
    list.push_back(pull().body);
  for (const auto& each : opened) {
    const auto head_is = "head=o:" + replace_all(each.at("head").get<std::string>(), "/", "%2F");
    if (target.find(head_is) != std::string::npos) list.push_back(each);
  }
  return list;
}

GitHubFake::Answer GitHubFake::open_pull(const Json& body) {
  if (!may("comment"))
    return no(403, "GitHub Actions is not permitted to create or approve pull requests.");
  if (branch_at(repository, body.at("head")) == nullptr) return unprocessable("head is invalid");
  auto pull = body;
  pull["number"] = 100 + opened.size();
  pull["html_url"] =
      "https://github.example/" + repository + "/pull/" + std::to_string(100 + opened.size());
  opened.push_back(pull);
  return {201, pull, true};
}

GitHubFake::Answer GitHubFake::graphql_error(const std::string& type, const std::string& message) {
  return {200,
          Json{{"data", {{"createCommitOnBranch", nullptr}}},
               {"errors", {{{"type", type}, {"message", message}}}}},
          false};
}

GitHubFake::Answer GitHubFake::commit_on_branch(const Json& input) {
  const auto project = input.at("branch").at("repositoryNameWithOwner").get<std::string>();
  const auto name = input.at("branch").at("branchName").get<std::string>();
  if (!may_push(project))
    return graphql_error("FORBIDDEN", "Resource not accessible by integration");
  auto* branch = branch_at(project, name);
  if (branch == nullptr) return graphql_error("NOT_FOUND", "No ref found");
  if (branch->is_protected)
    return graphql_error("UNPROCESSABLE", "Changes must be made through a pull request.");
  const auto expected = input.at("expectedHeadOid").get<std::string>();
  if (branch->id != expected)
    return graphql_error("STALE_DATA", "Expected branch to point to \"" + expected +
                                           "\" but it did not. Pull and try again.");
  std::map<std::string, std::string> files;
  for (const auto& each : input.at("fileChanges").at("additions")) {
    const auto text = base64_decode(each.at("contents").get<std::string>());
    if (!text)
      return graphql_error("UNPROCESSABLE",
                           "A path was requested for addition with contents that are no Base64");
    files[each.at("path")] = *text;
  }
  const auto message = input.at("message").at("headline").get<std::string>() + "\n\n" +
                       input.at("message").value("body", "");
  const auto id = branches.commit(*branch, message, std::move(files));
  if (project == head_repository && name == "topic") head = id;
  return {200, Json{{"data", {{"createCommitOnBranch", {{"commit", {{"oid", id}}}}}}}}, true};
}

}  // namespace peer::fakes
