#include "reporters/forges/gitlab_commands.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "base/text.hpp"
#include "reporters/base64.hpp"
#include "reporters/forges/fields.hpp"
#include "reporters/render/escape.hpp"

namespace peer {
namespace {

using forge::at;
using forge::flag;
using forge::text;
using Kind = CommitEnd::Kind;

constexpr std::uint64_t kDeveloper = 30;

std::string uri_part(std::string_view name) { return replace_all(uri_path(name), "/", "%2F"); }

CommitEnd commit_end(const Sent& sent) {
  using End = WriteEnd::Kind;
  const auto& end = sent.end;
  switch (end.kind) {
    case End::done:
      if (const auto json = parse_json(sent.reply.body)) return {Kind::done, text(*json, "id"), ""};
      return {Kind::unsure, "", "the forge's answer is no JSON"};
    case End::unsure:
      return {Kind::unsure, "", end.detail};
    case End::failed:
      return {Kind::failed, "", end.detail};
    case End::refused:
      // "The file has changed since you started editing it", "A branch called ... already exists"
      if (end.detail.find("has changed since") != std::string::npos ||
          end.detail.find("already exists") != std::string::npos)
        return {Kind::moved, "", end.detail};
      break;
    case End::forbidden:
    case End::gone:
      break;
  }
  return {Kind::forbidden, "", end.detail};
}

}  // namespace

std::string GitLabCommands::project() const {
  return "/projects/" + replace_all(place_.project, "/", "%2F");
}

Result<bool> GitLabCommands::may_write(const std::string& user) {
  if (user.empty() || user.size() > 19 || user.find_first_not_of("0123456789") != std::string::npos)
    return false;
  const auto member = http_.ask_json(fmt::format("{}/members/all/{}", project(), user));
  if (!member && member.error().kind == ErrorKind::not_found) return false;
  if (!member) return fail(member.error());
  return forge::id(*member, "id") == user && text(*member, "state") == "active" &&
         forge::number(*member, "access_level") >= kDeveloper;
}

Result<ChangeEnds> GitLabCommands::ends() {
  const auto request =
      http_.ask_json(fmt::format("{}/merge_requests/{}", project(), place_.number));
  if (!request) return fail(request.error());
  ChangeEnds ends;
  ends.head = text(*request, "sha");
  ends.branch = text(*request, "source_branch");
  ends.project = forge::id(*request, "source_project_id");
  ends.base = text(*request, "diff_refs/base_sha");
  ends.open = text(*request, "state") == "opened";
  ends.locked = flag(*request, "discussion_locked");
  ends.foreign = ends.project != forge::id(*request, "target_project_id");
  ends.shared = flag(*request, "allow_collaboration");
  if (ends.head.empty() || ends.base.empty())
    return fail(ErrorKind::invalid_input, "the forge's answer is no merge request");
  return ends;
}

void GitLabCommands::react(const std::string& comment, Reaction reaction) {
  const auto* name = reaction == Reaction::seen   ? "eyes"
                     : reaction == Reaction::done ? "thumbsup"
                                                  : "confused";
  (void)http_.send(
      "POST",
      fmt::format("{}/merge_requests/{}/notes/{}/award_emoji", project(), place_.number, comment),
      {{"name", name}});
}

Result<std::optional<BranchTip>> GitLabCommands::tip(const std::string& project,
                                                     const std::string& branch) {
  const auto found =
      http_.ask_json(fmt::format("/projects/{}/repository/branches/{}", project, uri_part(branch)));
  if (!found && found.error().kind == ErrorKind::not_found) return std::nullopt;
  if (!found) return fail(found.error());
  const auto& parents = at(*found, "commit/parent_ids");
  const bool one = parents.is_array() && parents.size() == 1 && parents.front().is_string();
  return BranchTip{text(*found, "commit/id"), text(*found, "commit/message"),
                   one ? parents.front().get<std::string>() : ""};
}

/// Each file with the commit that last changed it as of `on`: GitLab refuses where another one did
/// since.
Result<Json> GitLabCommands::actions_of(const NewCommit& commit) {
  Json actions = Json::array();
  for (const auto& file : commit.files) {
    const auto there = http_.ask_json(fmt::format("/projects/{}/repository/files/{}?ref={}",
                                                  commit.project, uri_part(file.path), commit.on));
    if (!there) return fail(there.error());
    actions.push_back({{"action", "update"},
                       {"file_path", file.path},
                       {"content", base64_encode(file.text)},
                       {"encoding", "base64"},
                       {"last_commit_id", text(*there, "last_commit_id")}});
  }
  return actions;
}

CommitEnd GitLabCommands::commit(const NewCommit& commit) {
  auto actions = actions_of(commit);
  if (!actions) {
    const auto kind = actions.error().kind;
    const bool passing = kind == ErrorKind::unavailable || kind == ErrorKind::rate_limited ||
                         kind == ErrorKind::timeout;
    return {passing ? Kind::failed : Kind::forbidden, "", actions.error().message};
  }
  Json body{{"branch", commit.branch},
            {"commit_message", commit.title + "\n\n" + commit.body},
            {"actions", std::move(*actions)}};
  if (commit.new_branch) body["start_sha"] = commit.on;
  return commit_end(
      http_.send("POST", fmt::format("/projects/{}/repository/commits", commit.project), body));
}

Result<std::string> GitLabCommands::open_change(const NewChange& change) {
  const auto requests = fmt::format("/projects/{}/merge_requests", change.project);
  std::string detail;
  for (int attempt = 0; attempt < 2; ++attempt) {
    const auto open =
        http_.ask_json(fmt::format("{}?state=opened&source_branch={}&target_branch={}&per_page=1",
                                   requests, uri_part(change.from), uri_part(change.into)));
    if (!open) return fail(open.error());
    if (open->is_array() && !open->empty()) return text(open->front(), "web_url");
    const auto sent = http_.send("POST", requests,
                                 {{"source_branch", change.from},
                                  {"target_branch", change.into},
                                  {"title", change.title},
                                  {"description", change.body},
                                  {"remove_source_branch", true}});
    const auto made = parse_json(sent.reply.body);
    if (sent.end.kind == WriteEnd::Kind::done && made) return text(*made, "web_url");
    detail = sent.end.detail;
    if (sent.end.kind != WriteEnd::Kind::unsure) break;
  }
  return fail(ErrorKind::refused, detail);
}

}  // namespace peer
