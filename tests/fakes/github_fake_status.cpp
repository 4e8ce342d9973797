// Checks, statuses, labels, issues and code scanning.
#include <algorithm>

#include "analyzers/import/gunzip.hpp"
#include "base/text.hpp"
#include "reporters/base64.hpp"
#include "tests/fakes/github_fake.hpp"

namespace peer::fakes {

GitHubFake::Answer GitHubFake::label(const std::string& method, const std::string& name,
                                     const Json& body) {
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

GitHubFake::Answer GitHubFake::list_issues(const std::string& target) {
  if (!has_issues) return no(410, "Issues are disabled for this repo");
  const auto creator =
      replace_all(replace_all(query_of(target, "creator"), "%5B", "["), "%5D", "]");
  Json all = Json::array();
  all.push_back({{"number", 1},
                 {"title", "a change"},
                 {"body", ""},
                 {"state", "closed"},
                 {"user", {{"login", creator}}},
                 {"pull_request", Json::object()}});
  for (const auto& each : issues)
    if (each.login == creator)
      all.push_back({{"number", each.number},
                     {"title", each.title},
                     {"body", each.body},
                     {"state", each.state},
                     {"user", {{"login", each.login}}}});
  const auto page_text = query_of(target, "page");
  const std::size_t from = page_text.empty() ? 0 : (std::stoul(page_text) - 1) * 2;
  Answer answer{200, Json::array(), false};
  for (auto i = from; i < std::min(from + 2, all.size()); ++i)
    answer.body.push_back(all[i]);
  if (from + 2 < all.size())
    answer.link = "<" + url() + target.substr(0, target.find("&page=")) +
                  "&page=" + std::to_string(from / 2 + 2) + ">; rel=\"next\"";
  return answer;
}

std::string GitHubFake::query_of(const std::string& target, const std::string& name) {
  const auto at = target.find("&" + name + "=");
  if (at == std::string::npos) return {};
  const auto begin = at + name.size() + 2;
  return target.substr(begin, target.find('&', begin) - begin);
}

GitHubFake::Answer GitHubFake::open_issue(const Json& body) {
  if (!may("issues")) return no(403, "Resource not accessible by integration");
  if (too_long(body) || body.value("title", "").empty()) return unprocessable("title or body");
  issues.push_back({++last_, token_->login, body.at("title"), body.at("body")});
  return {201, Json{{"number", last_}}, true};
}

GitHubFake::Answer GitHubFake::edit_issue(const std::string& number_text, const Json& body) {
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

GitHubFake::Answer GitHubFake::list_checks() const {
  Json runs = Json::array();
  for (const auto& each : checks)
    if (each.sha == head)
      runs.push_back({{"id", each.id},
                      {"name", each.name},
                      {"external_id", each.external_id},
                      {"status", each.status},
                      {"conclusion", each.conclusion.empty() ? Json() : Json(each.conclusion)},
                      {"output", {{"annotations_count", each.annotations}}}});
  return {200, Json{{"total_count", runs.size()}, {"check_runs", runs}}, false};
}

GitHubFake::Answer GitHubFake::check(Check* existing, const Json& body) {
  if (!may("checks")) return no(403, "You must authenticate via a GitHub App.");
  const auto output =
      existing == nullptr ? body.at("output") : body.value("output", Json::object());
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
  existing->summary = output.value("summary", existing->summary);
  existing->annotations += notes.size();
  return {200, Json{{"id", existing->id}}, true};
}

GitHubFake::Answer GitHubFake::list_statuses() const {
  Json list = Json::array();
  for (auto it = statuses.rbegin(); it != statuses.rend(); ++it)
    if (it->sha == head)
      list.push_back(
          {{"state", it->state}, {"context", it->context}, {"description", it->description}});
  return {200, list, false};
}

GitHubFake::Answer GitHubFake::status(const Json& body) {
  if (!may("statuses")) return no(403, "Resource not accessible by integration");
  if (body.value("description", "").size() > 140) return unprocessable("description is too long");
  statuses.push_back({head, body.at("state"), body.at("context"), body.value("description", "")});
  return {201, Json::object(), true};
}

GitHubFake::Answer GitHubFake::sarif(const Json& body) {
  if (!may("sarif")) return no(403, "Code scanning is not enabled for this repository.");
  const auto packed = base64_decode(body.at("sarif").get<std::string>());
  const auto text = gunzip(packed.value_or(""), std::size_t{64} << 20U);
  if (!text || body.value("commit_sha", "") != head) return no(400, "Invalid SARIF");
  auto json = parse_json(*text);
  if (!json) return no(400, "Invalid SARIF");
  sarifs.push_back(std::move(*json));
  return {202, Json{{"id", "s1"}}, true};
}

}  // namespace peer::fakes
