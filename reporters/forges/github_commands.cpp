#include "reporters/forges/github_commands.hpp"

#include <algorithm>
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "base/text.hpp"
#include "reporters/base64.hpp"
#include "reporters/forges/fields.hpp"
#include "reporters/forges/github_queries.hpp"
#include "reporters/render/escape.hpp"

namespace peer {
namespace {

using forge::at;
using forge::flag;
using forge::text;
using Kind = CommitEnd::Kind;

/// "owner/name", of characters that need no encoding.
bool is_project(std::string_view name) {
  const auto good = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_' || c == '.' || c == '/';
  };
  return std::all_of(name.begin(), name.end(), good) &&
         std::count(name.begin(), name.end(), '/') == 1 &&
         name.find("..") == std::string_view::npos;
}

/// One part of an address, slashes too.
std::string uri_part(std::string_view name) { return replace_all(uri_path(name), "/", "%2F"); }

/// The commit that GitHub made, or why it did not.
CommitEnd commit_end(const ForgeHttp& http, const Sent& sent) {
  const auto& end = sent.end;
  if (end.kind == WriteEnd::Kind::unsure) return {Kind::unsure, "", end.detail};
  if (end.kind == WriteEnd::Kind::failed) return {Kind::failed, "", end.detail};
  if (end.kind != WriteEnd::Kind::done) return {Kind::forbidden, "", end.detail};
  const auto json = parse_json(sent.reply.body);
  if (!json) return {Kind::unsure, "", "the forge's answer is no JSON"};
  auto id = text(*json, "data/createCommitOnBranch/commit/oid");
  if (!id.empty()) return {Kind::done, std::move(id), ""};
  const auto& errors = at(*json, "errors");
  const auto type =
      errors.is_array() && !errors.empty() ? text(errors.front(), "type") : std::string();
  const auto words = http.words_of(sent.reply);
  if (type == "STALE_DATA") return {Kind::moved, "", words};
  if (type == "RATE_LIMITED") return {Kind::failed, "", words};
  // one without a type is a mishap of GitHub's, after which anything may have happened
  return {type.empty() ? Kind::unsure : Kind::forbidden, "", words};
}

}  // namespace

Result<bool> GitHubCommands::may_write(const std::string& user) {
  const auto good = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_';
  };
  if (user.empty() || user.size() > 80 || !std::all_of(user.begin(), user.end(), good))
    return false;
  const auto answer =
      http_.ask_json(fmt::format("/repos/{}/collaborators/{}/permission", place_.repository, user));
  if (!answer && answer.error().kind == ErrorKind::not_found) return false;
  if (!answer) return fail(answer.error());
  // "maintain" and roles of an organisation's own come as the one of these that they include
  const auto permission = text(*answer, "permission");
  return permission == "admin" || permission == "write" || permission == "maintain";
}

Result<ChangeEnds> GitHubCommands::ends() {
  const auto pull =
      http_.ask_json(fmt::format("/repos/{}/pulls/{}", place_.repository, place_.number));
  if (!pull) return fail(pull.error());
  ChangeEnds ends;
  ends.head = text(*pull, "head/sha");
  ends.branch = text(*pull, "head/ref");
  ends.project = text(*pull, "head/repo/full_name");
  ends.base = text(*pull, "base/sha");
  ends.open = text(*pull, "state") == "open";
  ends.locked = flag(*pull, "locked");
  ends.foreign = ends.project != text(*pull, "base/repo/full_name");
  ends.shared = flag(*pull, "maintainer_can_modify");
  if (ends.head.empty() || ends.base.empty())
    return fail(ErrorKind::invalid_input, "the forge's answer is no pull request");
  if (!is_project(ends.project)) ends.project.clear();
  return ends;
}

void GitHubCommands::react(const std::string& comment, Reaction reaction) {
  const auto* content = reaction == Reaction::seen   ? "eyes"
                        : reaction == Reaction::done ? "+1"
                                                     : "confused";
  // a sign that nothing depends on
  (void)http_.send(
      "POST", fmt::format("/repos/{}/issues/comments/{}/reactions", place_.repository, comment),
      {{"content", content}});
}

Result<std::optional<BranchTip>> GitHubCommands::tip(const std::string& project,
                                                     const std::string& branch) {
  const auto commit = http_.ask_json(
      fmt::format("/repos/{}/commits/{}?per_page=1", project, uri_part("heads/" + branch)));
  // GitHub says 422 where there is no such branch
  if (!commit && (commit.error().kind == ErrorKind::not_found ||
                  commit.error().kind == ErrorKind::invalid_input))
    return std::nullopt;
  if (!commit) return fail(commit.error());
  const auto& parents = at(*commit, "parents");
  const bool one = parents.is_array() && parents.size() == 1;
  return BranchTip{text(*commit, "sha"), text(*commit, "commit/message"),
                   one ? text(parents.front(), "sha") : ""};
}

/// Nothing where the branch can be committed to; one that is there already is, if it ends where it
/// should.
std::optional<CommitEnd> GitHubCommands::make_branch(const NewCommit& commit) {
  using End = WriteEnd::Kind;
  const auto sent = http_.send("POST", fmt::format("/repos/{}/git/refs", commit.project),
                               {{"ref", "refs/heads/" + commit.branch}, {"sha", commit.on}});
  if (sent.end.kind == End::done || sent.end.kind == End::refused) return std::nullopt;
  if (sent.end.kind == End::unsure) return CommitEnd{Kind::unsure, "", sent.end.detail};
  return CommitEnd{sent.end.kind == End::failed ? Kind::failed : Kind::forbidden, "",
                   sent.end.detail};
}

CommitEnd GitHubCommands::commit(const NewCommit& commit) {
  if (commit.new_branch)
    if (auto end = make_branch(commit)) return *end;
  Json additions = Json::array();
  for (const auto& file : commit.files)
    additions.push_back({{"path", file.path}, {"contents", base64_encode(file.text)}});
  const Json input{
      {"branch", {{"repositoryNameWithOwner", commit.project}, {"branchName", commit.branch}}},
      {"message", {{"headline", commit.title}, {"body", commit.body}}},
      {"expectedHeadOid", commit.on},
      {"fileChanges", {{"additions", std::move(additions)}}}};
  return commit_end(http_,
                    http_.send("POST", place_.graphql,
                               {{"query", kCommitMutation}, {"variables", {{"input", input}}}}));
}

Result<std::string> GitHubCommands::open_change(const NewChange& change) {
  const auto owner = change.project.substr(0, change.project.find('/'));
  const auto list =
      fmt::format("/repos/{}/pulls?state=open&head={}:{}&base={}&per_page=1", change.project, owner,
                  uri_part(change.from), uri_part(change.into));
  std::string detail;
  for (int attempt = 0; attempt < 2; ++attempt) {
    const auto open = http_.ask_json(list);
    if (!open) return fail(open.error());
    if (open->is_array() && !open->empty()) return text(open->front(), "html_url");
    const auto sent = http_.send("POST", fmt::format("/repos/{}/pulls", change.project),
                                 {{"title", change.title},
                                  {"head", change.from},
                                  {"base", change.into},
                                  {"body", change.body}});
    const auto made = parse_json(sent.reply.body);
    if (sent.end.kind == WriteEnd::Kind::done && made) return text(*made, "html_url");
    detail = sent.end.detail;
    if (sent.end.kind != WriteEnd::Kind::unsure) break;
  }
  return fail(ErrorKind::refused, detail);
}

}  // namespace peer
