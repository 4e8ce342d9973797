// Reviews, comments and threads of a pull request, as far as GitHub takes them.
#include <algorithm>

#include "base/text.hpp"
#include "tests/fakes/github_fake.hpp"

namespace peer::fakes {

bool GitHubFake::too_long(const Json& body) {
  return !body.contains("body") || !body["body"].is_string() ||
         body["body"].get<std::string>().empty() || body["body"].get<std::string>().size() > 65'536;
}

bool GitHubFake::within(const std::vector<Range>& ranges, std::uint64_t first, std::uint64_t last) {
  for (const auto& range : ranges)
    if (range.first <= first && last <= range.last) return true;
  return false;
}

std::string GitHubFake::refusal(const Json& comment) const {
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
  if (!within(ranges, start, line)) return "Start line must be part of the same hunk as the line.";
  return {};
}

GitHubFake::Answer GitHubFake::review(const Json& body) {
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

GitHubFake::Answer GitHubFake::comment(const Json& body) {
  if (!may("comment")) return no(404, "Not Found");
  if (locked) return no(403, "Unable to create comment because issue is locked.");
  if (too_long(body)) return unprocessable("Body is too long (maximum is 65536 characters)");
  comments.push_back({++last_, token_->login, body.at("body")});
  return {201, Json{{"id", last_}, {"body", body.at("body")}}, true};
}

GitHubFake::Answer GitHubFake::change_comment(const std::string& method, const std::string& id,
                                              const Json& body) {
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

GitHubFake::Answer GitHubFake::change_talk(const std::string& method, const std::string& id,
                                           const Json& body) {
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

GitHubFake::Answer GitHubFake::graphql(const Json& body) {
  const auto query = body.value("query", "");
  if (!body.contains("variables"))
    return {200, Json{{"data", {{"viewer", {{"login", token_->login}}}}}}, false};
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
  return {200, Json{{"data", nullptr}, {"errors", {{{"type", "NOT_FOUND"}, {"message", "gone"}}}}},
          false};
}

Json GitHubFake::said(const Comment& comment) const {
  return {{"fullDatabaseId", std::to_string(comment.id)},
          {"body", comment.body},
          {"viewerDidAuthor", comment.login == token_->login}};
}

GitHubFake::Answer GitHubFake::talk(const Json& variables) const {
  Json pull;
  pull["reviewThreads"] = paged(talks, variables.at("threads"), [&](const Talk& each) {
    Json node{{"id", each.id},
              {"isResolved", each.resolved},
              {"path", each.path},
              {"resolvedBy", nullptr}};
    if (!each.resolved_by.empty()) node["resolvedBy"] = {{"login", each.resolved_by}};
    node["comments"] = {{"totalCount", each.comments.size()}, {"nodes", Json::array()}};
    for (std::size_t i = 0; i < std::min<std::size_t>(20, each.comments.size()); ++i) {
      auto comment = said(each.comments[i]);
      comment["isMinimized"] = i == 0 && each.minimized;
      node["comments"]["nodes"].push_back(std::move(comment));
    }
    return node;
  });
  pull["comments"] =
      paged(comments, variables.at("comments"), [&](const Comment& each) { return said(each); });
  Json data{{"viewer", {{"login", token_->login}}}};
  data["repository"]["pullRequest"] = pull;
  return {200, Json{{"data", data}}, false};
}

}  // namespace peer::fakes
