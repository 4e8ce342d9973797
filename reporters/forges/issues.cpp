#include "reporters/forges/issues.hpp"

#include <algorithm>
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "base/text.hpp"
#include "reporters/forges/fields.hpp"
#include "reporters/forges/github_queries.hpp"
#include "reporters/render/escape.hpp"

namespace peer {
namespace {

using forge::text;

/// An issue that we wrote, or nullopt.
std::optional<IssueThere> issue_of(const Json& json, const char* number, const char* body,
                                   const std::string& name) {
  IssueThere issue{forge::id(json, number),
                   text(json, "title"),
                   text(json, body),
                   !text(json, "state").starts_with("closed"),
                   {}};
  auto memory = read_memory(issue.body);
  if (issue.id.empty() || !memory || memory->name != name) return std::nullopt;
  issue.memory = std::move(*memory);
  return issue;
}

void oldest_first(std::vector<IssueThere>& issues) {
  std::sort(issues.begin(), issues.end(), [](const auto& a, const auto& b) {
    return a.id.size() != b.id.size() ? a.id.size() < b.id.size() : a.id < b.id;
  });
}

/// A repository that could just be read is there: what is not found may not be written.
WriteEnd hidden_is_forbidden(WriteEnd end) {
  if (end.kind == WriteEnd::Kind::gone) end.kind = WriteEnd::Kind::forbidden;
  return end;
}

}  // namespace

Result<std::vector<IssueThere>> GitHubIssues::read() {
  if (me_.empty()) {
    const auto viewer = http_.ask_json(graphql_, dump_json(Json{{"query", kViewerQuery}}));
    if (!viewer) return fail(viewer.error());
    me_ = text(*viewer, "data/viewer/login");
    if (me_.empty()) return fail(ErrorKind::refused, "the forge does not say whose token this is");
  }
  std::vector<IssueThere> issues;
  const auto done = http_.ask_pages(
      fmt::format("/repos/{}/issues?state=all&creator={}&sort=created&direction=asc&per_page=100",
                  repository_, uri_path(me_)),
      [&](const Json& page) {
        for (const auto& each : page) {
          // GitHub lists pull requests as issues too
          if (text(each, "user/login") != me_ || forge::at(each, "pull_request").is_object())
            continue;
          if (auto issue = issue_of(each, "number", "body", name_))
            issues.push_back(std::move(*issue));
        }
      });
  if (!done) return fail(done.error());
  oldest_first(issues);
  return issues;
}

WriteEnd GitHubIssues::write(const IssueWrite& write) {
  const auto list = fmt::format("/repos/{}/issues", repository_);
  if (const auto* open = std::get_if<OpenIssue>(&write))
    return hidden_is_forbidden(
        http_.send("POST", list, {{"title", open->title}, {"body", open->body}}).end);
  const auto& edit = std::get<EditIssue>(write);
  const Json body{
      {"title", edit.title}, {"body", edit.body}, {"state", edit.open ? "open" : "closed"}};
  return http_.send("PATCH", list + "/" + edit.id, body).end;
}

std::string GitLabIssues::path(std::string_view rest) const {
  return fmt::format("/projects/{}/issues{}", replace_all(project_, "/", "%2F"), rest);
}

Result<std::vector<IssueThere>> GitLabIssues::read() {
  if (me_.empty()) {
    const auto user = http_.ask_json("/user");
    if (!user) return fail(user.error());
    me_ = forge::id(*user, "id");
    if (me_.empty()) return fail(ErrorKind::refused, "the forge does not say whose token this is");
  }
  std::vector<IssueThere> issues;
  const auto done = http_.ask_pages(
      path(fmt::format("?scope=all&author_id={}&order_by=created_at&sort=asc&per_page=100", me_)),
      [&](const Json& page) {
        for (const auto& each : page) {
          if (forge::id(each, "author/id") != me_) continue;
          if (auto issue = issue_of(each, "iid", "description", name_))
            issues.push_back(std::move(*issue));
        }
      });
  if (!done) return fail(done.error());
  oldest_first(issues);
  return issues;
}

WriteEnd GitLabIssues::write(const IssueWrite& write) {
  if (const auto* open = std::get_if<OpenIssue>(&write))
    return hidden_is_forbidden(
        http_.send("POST", path(""), {{"title", open->title}, {"description", open->body}}).end);
  const auto& edit = std::get<EditIssue>(write);
  const Json body{{"title", edit.title},
                  {"description", edit.body},
                  {"state_event", edit.open ? "reopen" : "close"}};
  return http_.send("PUT", path("/" + edit.id), body).end;
}

}  // namespace peer
