// A small GitLab that keeps state and enforces what the real one is known to enforce: commits of
// the newest version, both paths, both lines where a line is unchanged, line codes, who may write,
// pages, limits. It loses replies and breaks when it is told to.
#pragma once

#include <functional>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "base/json.hpp"
#include "base/sha1.hpp"
#include "base/text.hpp"
#include "reporters/base64.hpp"
#include "tests/fakes/branches.hpp"
#include "tests/fakes/http_server.hpp"

namespace peer::fakes {

class GitLabFake {
 public:
  struct Note {
    std::uint64_t id, author;
    std::string body;
    bool system = false;
  };
  struct Discussion {
    std::string id;
    bool resolvable = false, resolved = false;
    std::uint64_t resolved_by = 0;
    Json position;
    std::vector<Note> notes;
  };
  struct Draft {
    std::uint64_t id, author;
    std::string note;
    Json position;
  };
  struct Issue {
    std::uint64_t iid, author;
    std::string title, description, state = "opened";
  };
  /// A line that the diff shows; 0: not on that side (its counter is then in the other two).
  struct Line {
    std::uint64_t old_line, new_line;  // as counted on
    bool in_old, in_new;
  };
  struct Fault {
    enum Kind { none, drop_before, drop_after, answer } kind = none;
    int status = 500;
    std::string body = "{\"message\":\"500 Internal Server Error\"}";
    std::vector<std::pair<std::string, std::string>> headers = {};
  };

  std::string head = std::string(40, 'a'), base = std::string(40, '0'), target = "main",
              state = "opened";
  bool locked = false, has_drafts = true;
  std::set<std::string> labels;
  std::map<std::string, std::vector<Line>> diff;  // by new path
  std::map<std::string, std::string> old_paths;   // of renamed files
  std::vector<Discussion> discussions;
  std::vector<Draft> drafts;
  std::vector<Issue> issues;
  std::map<std::string, std::uint64_t> users{{"writer", 11}};  // by token
  std::set<std::string> may_write{"writer"};
  std::map<std::uint64_t, std::uint64_t> members;  // access level by user
  std::uint64_t source_project = 1;                // the target is project 1, g/p
  bool allow_collaboration = false, may_push = true;
  BranchesFake branches;                            // as in GitHubFake
  std::map<std::string, std::string> last_commits;  // of files of the head, by path
  std::vector<Json> opened;                         // merge requests of Peer's
  std::vector<std::string> problems;
  std::size_t page = 100, notices = 0;  // notices: messages that people got
  std::function<Fault(const ServedRequest&)> fault;
  std::function<void(const ServedRequest&)> before;

  GitLabFake()
      : server_([this](const auto& request, auto& connection) { serve(request, connection); }) {}
  [[nodiscard]] std::string url() const { return server_.url(); }
  [[nodiscard]] std::size_t writes() const {
    const std::lock_guard guard(lock_);
    return writes_;
  }
  Note person(std::string body) { return {++last_, 99, std::move(body), false}; }
  [[nodiscard]] std::vector<Discussion> threads() const {
    std::vector<Discussion> out;
    for (const auto& each : discussions)
      if (each.resolvable) out.push_back(each);
    return out;
  }
  [[nodiscard]] std::vector<Discussion> notes() const {
    std::vector<Discussion> out;
    for (const auto& each : discussions)
      if (!each.resolvable) out.push_back(each);
    return out;
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
    return {status, Json{{"message", message}}};
  }

  Answer answer_to(ServedRequest request) {
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

  /// Branches and what is made of them, and people; status 0 for anything else.
  Answer project_api(const ServedRequest& request, const Json& body) {
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
        if (request.target.find(
                "source_branch=" +
                replace_all(each.at("source_branch").get<std::string>(), "/", "%2F") + "&") !=
            std::string::npos)
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

  BranchFake* branch_at(const std::string& project, const std::string& name) {
    const bool is_head = project == std::to_string(source_project) && name == "topic";
    if (is_head && branches.find(project, name) == nullptr) branches.set(project, name, head);
    auto* there = branches.find(project, name);
    if (there != nullptr && is_head && there->id != head) {
      there->id = head;
      there->parent = there->message = "";
    }
    return there;
  }

  Answer commit(const std::string& project, const Json& body) {
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

  Answer get(const std::string& path, const std::string& target_url) {
    if (path.empty()) {
      Json json{{"sha", head},
                {"state", state},
                {"target_branch", target},
                {"discussion_locked", locked},
                {"labels", labels},
                {"source_branch", "topic"},
                {"source_project_id", source_project},
                {"target_project_id", 1},
                {"allow_collaboration", allow_collaboration}};
      json["diff_refs"] = {{"base_sha", base}, {"head_sha", head}};
      return {200, json};
    }
    if (path == "/versions")
      return {200, Json::array({{{"id", 1},
                                 {"base_commit_sha", base},
                                 {"start_commit_sha", base},
                                 {"head_commit_sha", head}}})};
    if (path == "/draft_notes" && has_drafts) {
      Json list = Json::array();
      for (const auto& each : drafts)
        if (each.author == me_)
          list.push_back({{"id", each.id}, {"note", each.note}, {"position", each.position}});
      return {200, list};
    }
    if (path == "/discussions") return list_discussions(target_url);
    return no(404, "404 Not Found");
  }

  Answer list_discussions(const std::string& target_url) {
    const auto at = target_url.find("cursor=");
    const std::size_t from = at == std::string::npos ? 0 : std::stoul(target_url.substr(at + 7));
    Answer answer{200, Json::array()};
    auto i = from;
    for (; i < std::min(from + page, discussions.size()); ++i) {
      const auto& each = discussions[i];
      Json json{{"id", each.id}, {"individual_note", !each.resolvable}, {"notes", Json::array()}};
      for (const auto& note : each.notes) {
        Json entry{{"id", note.id},
                   {"body", note.body},
                   {"author", {{"id", note.author}}},
                   {"system", note.system},
                   {"resolvable", each.resolvable}};
        if (each.resolvable) entry["position"] = each.position;
        if (each.resolvable) entry["resolved"] = each.resolved;
        if (each.resolved) entry["resolved_by"] = {{"id", each.resolved_by}};
        json["notes"].push_back(entry);
      }
      answer.body.push_back(json);
    }
    if (i < discussions.size())
      answer.link =
          "<" + url() +
          "/projects/g%2Fp/merge_requests/7/discussions?per_page=100&cursor=" + std::to_string(i) +
          ">; rel=\"next\"";
    return answer;
  }

  Answer change(const std::string& method, const std::string& path, const Json& body) {
    if (path.empty() && method == "PUT") return set_labels(body);
    if (path == "/notes" && method == "POST") return post_note(body);
    if (path == "/discussions" && method == "POST") {
      if (const auto why = refusal(body.at("position")); !why.empty()) return no(400, why);
      show(body.at("body"), body.at("position"));
      ++notices;
      return {201, Json::object(), true};
    }
    if (path == "/draft_notes" && method == "POST" && has_drafts) {
      if (const auto why = refusal(body.at("position")); !why.empty()) return no(400, why);
      drafts.push_back({++last_, me_, body.at("note"), body.at("position")});
      return {201, Json{{"id", last_}}, true};
    }
    if (path == "/draft_notes/bulk_publish" && has_drafts) return publish_drafts();
    if (path.starts_with("/draft_notes/") && method == "DELETE")
      return std::erase_if(
                 drafts,
                 [&](const auto& each) { return std::to_string(each.id) == path.substr(13); }) > 0
                 ? Answer{204, {}, true}
                 : no(404, "404 Not Found");
    if (path.starts_with("/notes/")) return change_note(method, path.substr(7), body);
    if (path.starts_with("/discussions/")) return change_discussion(method, path.substr(13), body);
    return no(404, "404 Not Found");
  }

  Answer set_labels(const Json& body) {
    for (const auto& label : body.value("add_labels", Json::array()))
      labels.insert(label.get<std::string>());
    for (const auto& label : body.value("remove_labels", Json::array()))
      labels.erase(label.get<std::string>());
    return {200, Json::object(), true};
  }

  Answer post_note(const Json& body) {
    if (locked) return no(403, "403 Forbidden");
    Discussion discussion;
    discussion.id = "d" + std::to_string(++last_);
    discussion.notes.push_back({++last_, me_, body.at("body")});
    discussions.push_back(discussion);
    ++notices;
    return {201, Json{{"id", discussion.notes[0].id}}, true};
  }

  Answer issue(const std::string& method, const std::string& rest, const Json& body) {
    if (method == "GET") {
      Json list = Json::array();
      for (const auto& each : issues)
        if (rest.find("author_id=" + std::to_string(each.author) + "&") != std::string::npos)
          list.push_back({{"iid", each.iid}, {"title", each.title}, {"description", each.description}, {"state", each.state}, {"author", {{"id", each.author}}}});
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

  Answer publish_drafts() {
    for (const auto& each : drafts)
      if (each.author == me_) show(each.note, each.position);
    std::erase_if(drafts, [&](const auto& each) { return each.author == me_; });
    ++notices;
    return {204, {}, true};
  }

  void show(const std::string& text, const Json& position) {
    Discussion discussion;
    discussion.id = "d" + std::to_string(++last_);
    discussion.resolvable = true;
    discussion.position = position;
    discussion.notes.push_back({++last_, me_, text});
    discussions.push_back(discussion);
  }

  Answer change_note(const std::string& method, const std::string& id, const Json& body) {
    for (auto it = discussions.begin(); it != discussions.end(); ++it) {
      auto& note = it->notes.front();
      if (std::to_string(note.id) != id) continue;
      if (note.author != me_) problems.push_back("changed a note of someone else");
      if (method == "DELETE")
        discussions.erase(it);
      else
        note.body = body.at("body");
      return {method == "DELETE" ? 204 : 200, Json::object(), true};
    }
    return no(404, "404 Note Not Found");
  }

  Answer change_discussion(const std::string& method, const std::string& rest, const Json& body) {
    const auto slash = rest.find('/');
    for (auto& each : discussions) {
      if (each.id != rest.substr(0, slash)) continue;
      if (slash != std::string::npos)
        return change_note(method, rest.substr(rest.rfind('/') + 1), body);
      if (!each.resolvable) return no(400, "not resolvable");
      each.resolved = body.at("resolved");
      each.resolved_by = each.resolved ? me_ : 0;
      return {200, Json::object(), true};
    }
    return no(404, "404 Discussion Not Found");
  }

 public:
  /// Why a position is no good, as GitLab says it; "" when it is.
  std::string refusal(const Json& position) const {
    const std::string bad =
        "400 Bad request - Note {:line_code=>[\"can't be blank\", \"must be a valid line code\"]}";
    if (position.value("position_type", "") != "text" || position.value("base_sha", "") != base ||
        position.value("start_sha", "") != base || position.value("head_sha", "") != head)
      return bad;
    const auto path = position.value("new_path", "");
    const auto it = diff.find(path);
    if (it == diff.end()) return bad;
    const auto old_path = old_paths.contains(path) ? old_paths.at(path) : path;
    if (position.value("old_path", "") != old_path) return bad;
    if (!names_a_line(position, it->second, false)) return bad;
    if (!position.contains("line_range")) return {};
    for (const auto* end : {"start", "end"}) {
      const auto& part = position["line_range"][end];
      const auto* line = names_a_line(part, it->second, true);
      if (line == nullptr) return bad;
      const auto code =
          sha1(path) + "_" + std::to_string(line->old_line) + "_" + std::to_string(line->new_line);
      if (part.value("line_code", "") != code ||
          part.value("type", "") != (line->in_old ? "old" : "new"))
        return bad;
    }
    return {};
  }

 private:
  /// The line that is named on exactly the sides where it stands; in a range its numbers are texts.
  static const Line* names_a_line(const Json& json, const std::vector<Line>& lines, bool texts) {
    for (const auto& line : lines) {
      if (json.contains("old_line") != line.in_old || json.contains("new_line") != line.in_new)
        continue;
      if (line.in_old &&
          json["old_line"] != (texts ? Json(std::to_string(line.old_line)) : Json(line.old_line)))
        continue;
      if (line.in_new &&
          json["new_line"] != (texts ? Json(std::to_string(line.new_line)) : Json(line.new_line)))
        continue;
      return &line;
    }
    return nullptr;
  }

  mutable std::mutex lock_;
  std::uint64_t last_ = 100, me_ = 0;
  std::size_t writes_ = 0;
  HttpServer server_;
};

}  // namespace peer::fakes
