// What the fake of GitLab does to a merge request and its discussions.
#include <algorithm>

#include "base/sha1.hpp"
#include "base/text.hpp"
#include "tests/fakes/gitlab_fake.hpp"

namespace peer::fakes {

GitLabFake::Answer GitLabFake::get(const std::string& path, const std::string& target_url) {
  if (path.empty()) {
    Json json{{"sha", head},
              {"state", state},
              {"target_branch", target},
              {"discussion_locked", locked},
              {"draft", draft},
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

GitLabFake::Answer GitLabFake::list_discussions(const std::string& target_url) {
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

GitLabFake::Answer GitLabFake::change(const std::string& method, const std::string& path,
                                      const Json& body) {
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

GitLabFake::Answer GitLabFake::set_labels(const Json& body) {
  for (const auto& label : body.value("add_labels", Json::array()))
    labels.insert(label.get<std::string>());
  for (const auto& label : body.value("remove_labels", Json::array()))
    labels.erase(label.get<std::string>());
  return {200, Json::object(), true};
}

GitLabFake::Answer GitLabFake::post_note(const Json& body) {
  if (locked) return no(403, "403 Forbidden");
  Discussion discussion;
  discussion.id = "d" + std::to_string(++last_);
  discussion.notes.push_back({++last_, me_, body.at("body")});
  discussions.push_back(discussion);
  ++notices;
  return {201, Json{{"id", discussion.notes[0].id}}, true};
}

GitLabFake::Answer GitLabFake::publish_drafts() {
  for (const auto& each : drafts)
    if (each.author == me_) show(each.note, each.position);
  std::erase_if(drafts, [&](const auto& each) { return each.author == me_; });
  ++notices;
  return {204, {}, true};
}

void GitLabFake::show(const std::string& text, const Json& position) {
  Discussion discussion;
  discussion.id = "d" + std::to_string(++last_);
  discussion.resolvable = true;
  discussion.position = position;
  discussion.notes.push_back({++last_, me_, text});
  discussions.push_back(discussion);
}

GitLabFake::Answer GitLabFake::change_note(const std::string& method, const std::string& id,
                                           const Json& body) {
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

GitLabFake::Answer GitLabFake::change_discussion(const std::string& method, const std::string& rest,
                                                 const Json& body) {
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

std::string GitLabFake::refusal(const Json& position) const {
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

const GitLabFake::Line* GitLabFake::names_a_line(const Json& json, const std::vector<Line>& lines,
                                                 bool texts) {
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

}  // namespace peer::fakes
