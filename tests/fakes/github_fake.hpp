// A small GitHub that keeps state and enforces what the real one is known to enforce: lengths,
// reviews that are taken whole or not at all, lines outside the diff, permissions that look like
// 404, pages, limits. It loses replies and breaks when it is told to.
#pragma once

#include <functional>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "analyzers/import/gunzip.hpp"
#include "base/json.hpp"
#include "base/text.hpp"
#include "reporters/base64.hpp"
#include "tests/fakes/branches.hpp"
#include "tests/fakes/http_server.hpp"

namespace peer::fakes {

class GitHubFake {
 public:
  struct Comment {
    std::uint64_t id;
    std::string login, body;
  };
  struct Talk {  // a review thread
    std::string id, path, side;
    std::uint64_t start_line = 0, line = 0;
    bool resolved = false;
    std::string resolved_by;
    std::vector<Comment> comments;
  };
  struct Range {
    std::uint64_t first, last;
  };
  struct Diff {  // the hunks of a file, by side
    std::vector<Range> left, right;
  };
  struct Check {
    std::uint64_t id;
    std::string name, sha, external_id, status, conclusion, summary;
    std::size_t annotations = 0;
  };
  struct Status {
    std::string sha, state, context, description;
  };
  struct Issue {
    std::uint64_t number;
    std::string login, title, body, state = "open";
  };
  struct Token {
    std::string login;
    std::set<std::string> may;  // "comment", "resolve", "checks", "statuses", "sarif", "contents"
  };
  /// What happens to a request instead of, or after, being answered.
  struct Fault {
    enum Kind { none, drop_before, drop_after, answer } kind = none;
    int status = 500;
    std::string body = "{\"message\":\"Server Error\"}";
    std::vector<std::pair<std::string, std::string>> headers = {};
  };

  std::string repository = "o/r";
  std::uint64_t number = 7;
  std::string head = std::string(40, 'a'), base_ref = "main", state = "open",
              base = std::string(40, '0');
  bool locked = false;
  std::set<std::string> labels;
  std::map<std::string, Diff> diff;
  std::vector<Comment> comments;
  std::vector<Talk> talks;
  std::vector<Check> checks;
  std::vector<Status> statuses;
  std::vector<Json> sarifs;
  std::vector<Issue> issues;
  bool has_issues = true;
  std::vector<std::string> problems;  // what a request did that the real one would not take
  std::map<std::string, Token> tokens{
      {"Bearer writer",
       {"peer-bot", {"comment", "resolve", "checks", "statuses", "sarif", "contents", "issues"}}}};
  std::map<std::string, std::string> permissions;  // by login
  std::string head_repository = "o/r";             // a fork's: "f/r"
  bool maintainer_can_modify = false;
  BranchesFake branches;     // the head branch, "topic", ends in `head` until it is committed to
  std::vector<Json> opened;  // pull requests of Peer's
  std::map<std::string, std::vector<std::string>> reactions;  // by comment
  std::size_t page = 100;                                     // of GraphQL lists
  std::function<Fault(const ServedRequest&)> fault;
  std::function<void(const ServedRequest&)> before;  // a request is answered

  GitHubFake()
      : server_([this](const auto& request, auto& connection) { serve(request, connection); }) {}

  [[nodiscard]] std::string url() const { return server_.url(); }
  [[nodiscard]] std::vector<ServedRequest> requests() const { return server_.requests(); }
  /// Writes that were carried out.
  [[nodiscard]] std::size_t writes() const {
    const std::lock_guard guard(lock_);
    return writes_;
  }
  std::mutex& lock() { return lock_; }
  Comment person(std::string login, std::string body) {
    return {++last_, std::move(login), std::move(body)};
  }

 private:
  struct Answer {
    int status = 200;
    Json body = Json::object();
    bool wrote = false;
    std::string link = {};
  };

  void serve(const ServedRequest& request, Connection& connection) {
    const std::lock_guard guard(lock_);
    if (before) before(request);
    const auto what = fault ? fault(request) : Fault{};
    if (what.kind == Fault::drop_before) return connection.reset();
    if (what.kind == Fault::answer) return connection.reply(what.status, what.body, what.headers);
    const auto answer = answer_to(request);
    writes_ += answer.wrote ? 1 : 0;
    if (what.kind == Fault::drop_after) return connection.reset();
    std::vector<std::pair<std::string, std::string>> headers{{"Content-Type", "application/json"}};
    if (!answer.link.empty()) headers.emplace_back("Link", answer.link);
    connection.reply(answer.status, answer.status == 204 ? "" : dump_json(answer.body), headers);
  }

  static Answer no(int status, const std::string& message) {
    return {status, Json{{"message", message}}, false};
  }
  static Answer unprocessable(const std::string& message) {
    return {422, Json{{"message", "Unprocessable Entity"}, {"errors", {message}}}, false};
  }

  Answer answer_to(const ServedRequest& request) {
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
    const auto rest =
        request.target.substr(prefix.size(), request.target.find('?') - prefix.size());
    auto answer = project_api(request, repository, body);
    if (answer.status == 404 && answer.body == Json::object())
      answer = rest_api(request.method, rest, body);
    return answer;
  }

  /// Branches and what is made of them, people, signs; 404 without a word for anything else.
  Answer project_api(const ServedRequest& request, const std::string& project, const Json& body) {
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
    if (path == "/pulls" && request.method == "GET")
      return {200, open_pulls(request.target), false};
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

  BranchFake* branch_at(const std::string& project, const std::string& name) {
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

  [[nodiscard]] bool may_push(const std::string& project) const {
    return may("contents") && (project == repository || maintainer_can_modify);
  }

  Answer make_ref(const std::string& project, const Json& body) {
    if (!may_push(project)) return no(403, "Resource not accessible by integration");
    const auto ref = body.at("ref").get<std::string>();
    if (!ref.starts_with("refs/heads/"))
      return unprocessable("Reference name must start with 'refs'");
    if (branch_at(project, ref.substr(11)) != nullptr)
      return unprocessable("Reference already exists");
    branches.set(project, ref.substr(11), body.at("sha"));
    return {201, Json{{"ref", ref}, {"object", {{"sha", body.at("sha")}}}}, true};
  }

  Json open_pulls(const std::string& target) const {
    Json list = Json::array();
    for (const auto& each : opened) {
      const auto head_is = "head=o:" + replace_all(each.at("head").get<std::string>(), "/", "%2F");
      if (target.find(head_is) != std::string::npos) list.push_back(each);
    }
    return list;
  }

  Answer open_pull(const Json& body) {
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

  static Answer graphql_error(const std::string& type, const std::string& message) {
    return {200,
            Json{{"data", {{"createCommitOnBranch", nullptr}}},
                 {"errors", {{{"type", type}, {"message", message}}}}},
            false};
  }

  Answer commit_on_branch(const Json& input) {
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

  Answer rest_api(const std::string& method, const std::string& path, const Json& body) {
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

  [[nodiscard]] bool may(const std::string& what) const { return token_->may.contains(what); }

  Answer pull() const {
    Json json{{"number", number}, {"state", state}, {"locked", locked}, {"labels", Json::array()}};
    json["head"] = {{"sha", head}, {"ref", "topic"}, {"repo", {{"full_name", head_repository}}}};
    json["base"] = {{"ref", base_ref}, {"sha", base}, {"repo", {{"full_name", repository}}}};
    json["maintainer_can_modify"] = maintainer_can_modify;
    for (const auto& each : labels)
      json["labels"].push_back({{"name", each}});
    return {200, json, false};
  }

  static bool too_long(const Json& body) {
    return !body.contains("body") || !body["body"].is_string() ||
           body["body"].get<std::string>().empty() ||
           body["body"].get<std::string>().size() > 65'536;
  }

  static bool within(const std::vector<Range>& ranges, std::uint64_t first, std::uint64_t last) {
    for (const auto& range : ranges)
      if (range.first <= first && last <= range.last) return true;
    return false;
  }

  std::string refusal(const Json& comment) const {
    if (too_long(comment)) return "Body is too long (maximum is 65536 characters)";
    const auto it = diff.find(comment.value("path", ""));
    if (it == diff.end()) return "Path could not be resolved";
    const auto side = comment.value("side", "RIGHT");
    const auto line = comment.value("line", std::uint64_t{0});
    const auto start = comment.value("start_line", line);
    if (comment.contains("start_line") && start >= line)
      return "start_line must precede the end line.";
    if (comment.contains("start_line") && comment.value("start_side", "") != side)
      return "start_side is wrong";
    const auto& ranges = side == "RIGHT" ? it->second.right : it->second.left;
    if (!within(ranges, line, line)) return "Line could not be resolved";
    if (!within(ranges, start, line))
      return "Start line must be part of the same hunk as the line.";
    return {};
  }

  Answer review(const Json& body) {
    if (!may("comment")) return no(404, "Not Found");
    if (locked) return no(403, "Unable to create comment because issue is locked.");
    if (body.value("commit_id", "") != head) return unprocessable("commit_id is not the head");
    if (body.value("event", "") != "COMMENT" || body.value("body", "").empty())
      return unprocessable("event or body");
    for (const auto& each : body.at("comments"))
      if (const auto why = refusal(each); !why.empty()) return unprocessable(why);
    for (const auto& each : body.at("comments")) {
      Talk talk;
      talk.id = "PRRT_" + std::to_string(++last_);
      talk.path = each.at("path");
      talk.side = each.value("side", "RIGHT");
      talk.line = each.at("line");
      talk.start_line = each.value("start_line", talk.line);
      talk.comments.push_back({++last_, token_->login, each.at("body")});
      talks.push_back(std::move(talk));
    }
    return {200, Json{{"id", ++last_}, {"state", "COMMENTED"}}, true};
  }

  Answer comment(const Json& body) {
    if (!may("comment")) return no(404, "Not Found");
    if (locked) return no(403, "Unable to create comment because issue is locked.");
    if (too_long(body)) return unprocessable("Body is too long (maximum is 65536 characters)");
    comments.push_back({++last_, token_->login, body.at("body")});
    return {201, Json{{"id", last_}, {"body", body.at("body")}}, true};
  }

  Answer change_comment(const std::string& method, const std::string& id, const Json& body) {
    for (auto it = comments.begin(); it != comments.end(); ++it) {
      if (std::to_string(it->id) != id) continue;
      if (it->login != token_->login) problems.push_back("changed the comment of " + it->login);
      if (!may("comment")) return no(403, "Resource not accessible by integration");
      if (method == "DELETE") {
        comments.erase(it);
        return {204, {}, true};
      }
      if (too_long(body)) return unprocessable("Body is too long (maximum is 65536 characters)");
      it->body = body.at("body");
      return {200, Json{{"id", it->id}}, true};
    }
    return no(404, "Not Found");
  }

  Answer change_talk(const std::string& method, const std::string& id, const Json& body) {
    for (auto it = talks.begin(); it != talks.end(); ++it) {
      auto& first = it->comments.front();
      if (std::to_string(first.id) != id) continue;
      if (first.login != token_->login) problems.push_back("changed the comment of " + first.login);
      if (!may("comment")) return no(403, "Resource not accessible by integration");
      if (method == "DELETE") {
        talks.erase(it);
        return {204, {}, true};
      }
      if (too_long(body)) return unprocessable("Body is too long (maximum is 65536 characters)");
      first.body = body.at("body");
      return {200, Json{{"id", first.id}}, true};
    }
    return no(404, "Not Found");
  }

  Answer label(const std::string& method, const std::string& name, const Json& body) {
    if (!may("comment")) return no(404, "Not Found");
    if (method == "POST") {
      for (const auto& each : body.at("labels"))
        labels.insert(each.get<std::string>());
      return {200, Json::array(), true};
    }
    const auto plain =
        replace_all(replace_all(name.substr(name.empty() ? 0 : 1), "%20", " "), "%3A", ":");
    return labels.erase(plain) > 0 ? Answer{200, Json::array(), true}
                                   : no(404, "Label does not exist");
  }

  /// Those of a creator, pages of two, a pull request among them.
  Answer list_issues(const std::string& target) {
    if (!has_issues) return no(410, "Issues are disabled for this repo");
    const auto creator = replace_all(replace_all(query_of(target, "creator"), "%5B", "["), "%5D", "]");
    Json all = Json::array();
    all.push_back({{"number", 1}, {"title", "a change"}, {"body", ""}, {"state", "closed"}, {"user", {{"login", creator}}}, {"pull_request", Json::object()}});
    for (const auto& each : issues)
      if (each.login == creator)
        all.push_back({{"number", each.number}, {"title", each.title}, {"body", each.body}, {"state", each.state}, {"user", {{"login", each.login}}}});
    const auto page_text = query_of(target, "page");
    const std::size_t from = page_text.empty() ? 0 : (std::stoul(page_text) - 1) * 2;
    Answer answer{200, Json::array(), false};
    for (auto i = from; i < std::min(from + 2, all.size()); ++i) answer.body.push_back(all[i]);
    if (from + 2 < all.size())
      answer.link = "<" + url() + target.substr(0, target.find("&page=")) + "&page=" + std::to_string(from / 2 + 2) + ">; rel=\"next\"";
    return answer;
  }

  static std::string query_of(const std::string& target, const std::string& name) {
    const auto at = target.find("&" + name + "=");
    if (at == std::string::npos) return {};
    const auto begin = at + name.size() + 2;
    return target.substr(begin, target.find('&', begin) - begin);
  }

  Answer open_issue(const Json& body) {
    if (!may("issues")) return no(403, "Resource not accessible by integration");
    if (too_long(body) || body.value("title", "").empty()) return unprocessable("title or body");
    issues.push_back({++last_, token_->login, body.at("title"), body.at("body")});
    return {201, Json{{"number", last_}}, true};
  }

  Answer edit_issue(const std::string& number_text, const Json& body) {
    for (auto& each : issues) {
      if (std::to_string(each.number) != number_text) continue;
      if (each.login != token_->login) problems.push_back("changed the issue of " + each.login);
      if (!may("issues")) return no(403, "Resource not accessible by integration");
      if (too_long(body)) return unprocessable("Body is too long (maximum is 65536 characters)");
      each.title = body.value("title", each.title);
      each.body = body.at("body");
      each.state = body.value("state", each.state);
      return {200, Json{{"number", each.number}}, true};
    }
    return no(404, "Not Found");
  }

  Answer list_checks() const {
    Json runs = Json::array();
    for (const auto& each : checks)
      if (each.sha == head)
        runs.push_back({{"id", each.id},
                        {"name", each.name},
                        {"external_id", each.external_id},
                        {"status", each.status},
                        {"output", {{"annotations_count", each.annotations}}}});
    return {200, Json{{"total_count", runs.size()}, {"check_runs", runs}}, false};
  }

  Answer check(Check* existing, const Json& body) {
    if (!may("checks")) return no(403, "You must authenticate via a GitHub App.");
    const auto& output = body.at("output");
    const auto notes = output.value("annotations", Json::array());
    if (notes.size() > 50) return unprocessable("No more than 50 annotations are allowed");
    if (output.value("summary", "").size() > 65'535) return unprocessable("Summary is too long");
    for (const auto& each : notes) {
      const bool one = each.at("start_line") == each.at("end_line");
      if (!one && each.contains("start_column")) return unprocessable("Columns need one line");
      if (each.value("title", "").size() > 255) return unprocessable("Title is too long");
    }
    if (body.value("status", "") == "completed" && !body.contains("conclusion"))
      return unprocessable("conclusion");
    if (existing == nullptr) {
      if (body.value("head_sha", "") != head) return unprocessable("No commit found for SHA");
      checks.push_back({++last_, body.at("name"), head, "", "", "", "", 0});
      existing = &checks.back();
    }
    existing->external_id = body.value("external_id", existing->external_id);
    existing->status = body.value("status", "");
    existing->conclusion = body.value("conclusion", "");
    existing->summary = output.value("summary", "");
    existing->annotations += notes.size();
    return {200, Json{{"id", existing->id}}, true};
  }

  Answer list_statuses() const {
    Json list = Json::array();
    for (auto it = statuses.rbegin(); it != statuses.rend(); ++it)
      if (it->sha == head)
        list.push_back(
            {{"state", it->state}, {"context", it->context}, {"description", it->description}});
    return {200, list, false};
  }

  Answer status(const Json& body) {
    if (!may("statuses")) return no(403, "Resource not accessible by integration");
    if (body.value("description", "").size() > 140) return unprocessable("description is too long");
    statuses.push_back({head, body.at("state"), body.at("context"), body.value("description", "")});
    return {201, Json::object(), true};
  }

  Answer sarif(const Json& body) {
    if (!may("sarif")) return no(403, "Code scanning is not enabled for this repository.");
    const auto packed = base64_decode(body.at("sarif").get<std::string>());
    const auto text = gunzip(packed.value_or(""), std::size_t{64} << 20U);
    if (!text || body.value("commit_sha", "") != head) return no(400, "Invalid SARIF");
    auto json = parse_json(*text);
    if (!json) return no(400, "Invalid SARIF");
    sarifs.push_back(std::move(*json));
    return {202, Json{{"id", "s1"}}, true};
  }

  Answer graphql(const Json& body) {
    const auto query = body.value("query", "");
    if (!body.contains("variables")) return {200, Json{{"data", {{"viewer", {{"login", token_->login}}}}}}, false};
    const auto& variables = body.at("variables");
    if (query.starts_with("query")) return talk(variables);
    if (query.find("{createCommitOnBranch") != std::string::npos)
      return commit_on_branch(variables.at("input"));
    const bool resolve = query.find("{resolveReviewThread") != std::string::npos;
    if (!may("resolve"))
      return {200,
              Json{{"data", nullptr},
                   {"errors", {{{"type", "FORBIDDEN"}, {"message", "Resource not accessible"}}}}},
              false};
    for (auto& each : talks) {
      if (each.id != variables.at("id").get<std::string>()) continue;
      each.resolved = resolve;
      each.resolved_by = resolve ? token_->login : "";
      return {200, Json{{"data", {{"thread", {{"isResolved", resolve}}}}}}, true};
    }
    return {200,
            Json{{"data", nullptr}, {"errors", {{{"type", "NOT_FOUND"}, {"message", "gone"}}}}},
            false};
  }

  Json said(const Comment& comment) const {
    return {{"fullDatabaseId", std::to_string(comment.id)},
            {"body", comment.body},
            {"viewerDidAuthor", comment.login == token_->login}};
  }

  /// One page of a list after a cursor, which is a number.
  template <class T, class F>
  Json paged(const std::vector<T>& all, const Json& after, F node) const {
    const std::size_t from = after.is_string() ? std::stoul(after.get<std::string>()) : 0;
    Json list{{"nodes", Json::array()}};
    auto i = from;
    for (; i < std::min(from + page, all.size()); ++i)
      list["nodes"].push_back(node(all[i]));
    list["pageInfo"] = {{"hasNextPage", i < all.size()}, {"endCursor", std::to_string(i)}};
    return list;
  }

  Answer talk(const Json& variables) const {
    Json pull;
    pull["reviewThreads"] = paged(talks, variables.at("threads"), [&](const Talk& each) {
      Json node{{"id", each.id},
                {"isResolved", each.resolved},
                {"path", each.path},
                {"resolvedBy", nullptr}};
      if (!each.resolved_by.empty()) node["resolvedBy"] = {{"login", each.resolved_by}};
      node["comments"] = {{"totalCount", each.comments.size()}, {"nodes", Json::array()}};
      for (std::size_t i = 0; i < std::min<std::size_t>(20, each.comments.size()); ++i)
        node["comments"]["nodes"].push_back(said(each.comments[i]));
      return node;
    });
    pull["comments"] =
        paged(comments, variables.at("comments"), [&](const Comment& each) { return said(each); });
    Json data{{"viewer", {{"login", token_->login}}}};
    data["repository"]["pullRequest"] = pull;
    return {200, Json{{"data", data}}, false};
  }

  mutable std::mutex lock_;
  std::uint64_t last_ = 5'000'000'000;  // over 32 bits, as real ids are
  std::size_t writes_ = 0;
  const Token* token_ = nullptr;
  HttpServer server_;
};

}  // namespace peer::fakes
