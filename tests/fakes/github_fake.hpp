// A small GitHub that keeps state and enforces what the real one is known to enforce: lengths,
// reviews that are taken whole or not at all, lines outside the diff, permissions that look like
// 404, pages, limits. It loses replies and breaks when it is told to.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "tests/fakes/branches.hpp"
#include "tests/fakes/forge_fake.hpp"

namespace peer::fakes {

class GitHubFake : public ForgeFake {
 public:
  struct Comment {
    std::uint64_t id;
    std::string login, body;
  };
  struct Talk {  // a review thread
    std::string id, path, side;
    std::uint64_t start_line = 0, line = 0;
    bool resolved = false, minimized = false;
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

  std::string repository = "o/r";
  std::uint64_t number = 7;
  std::string head = std::string(40, 'a'), base_ref = "main", state = "open",
              base = std::string(40, '0');
  bool locked = false, draft = false;
  std::set<std::string> labels;
  std::map<std::string, Diff> diff;
  std::vector<Comment> comments;
  std::vector<Talk> talks;
  std::vector<Check> checks;
  std::vector<Status> statuses;
  std::vector<Json> sarifs;
  std::vector<Issue> issues;
  bool has_issues = true;
  std::map<std::string, Token> tokens{
      {"Bearer writer",
       {"peer-bot", {"comment", "resolve", "checks", "statuses", "sarif", "contents", "issues"}}}};
  std::map<std::string, std::string> permissions;  // by login
  std::string head_repository = "o/r";             // a fork's: "f/r"
  bool maintainer_can_modify = false;
  BranchesFake branches;     // the head branch, "topic", ends in `head` until it is committed to
  std::vector<Json> opened;  // pull requests of Peer's
  std::map<std::string, std::vector<std::string>> reactions;  // by comment

  GitHubFake()
      : server_([this](const auto& request, auto& connection) {
          serve(request, connection, [&] { return answer_to(request); });
        }) {}

  [[nodiscard]] std::string url() const { return server_.url(); }
  [[nodiscard]] std::vector<ServedRequest> requests() const { return server_.requests(); }
  Comment person(std::string login, std::string body) {
    return {++last_, std::move(login), std::move(body)};
  }

 private:
  static Answer unprocessable(const std::string& message);
  Answer answer_to(const ServedRequest& request);

  /// Branches and what is made of them, people, signs; 404 without a word for anything else.
  Answer project_api(const ServedRequest& request, const std::string& project, const Json& body);
  BranchFake* branch_at(const std::string& project, const std::string& name);
  [[nodiscard]] bool may_push(const std::string& project) const;
  Answer make_ref(const std::string& project, const Json& body);
  Json open_pulls(const std::string& target) const;
  Answer open_pull(const Json& body);
  static Answer graphql_error(const std::string& type, const std::string& message);
  Answer commit_on_branch(const Json& input);
  Answer rest_api(const std::string& method, const std::string& path, const Json& body);
  [[nodiscard]] bool may(const std::string& what) const { return token_->may.contains(what); }

  Answer pull() const;
  static bool too_long(const Json& body);
  static bool within(const std::vector<Range>& ranges, std::uint64_t first, std::uint64_t last);
  std::string refusal(const Json& comment) const;
  Answer review(const Json& body);
  Answer comment(const Json& body);
  Answer change_comment(const std::string& method, const std::string& id, const Json& body);
  Answer change_talk(const std::string& method, const std::string& id, const Json& body);
  Answer label(const std::string& method, const std::string& name, const Json& body);

  /// Those of a creator, pages of two, a pull request among them.
  Answer list_issues(const std::string& target);
  static std::string query_of(const std::string& target, const std::string& name);
  Answer open_issue(const Json& body);
  Answer edit_issue(const std::string& number_text, const Json& body);
  Answer list_checks() const;
  Answer check(Check* existing, const Json& body);
  Answer list_statuses() const;
  Answer status(const Json& body);
  Answer sarif(const Json& body);
  Answer graphql(const Json& body);
  Json said(const Comment& comment) const;

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

  Answer talk(const Json& variables) const;

  std::uint64_t last_ = 5'000'000'000;  // over 32 bits, as real ids are
  const Token* token_ = nullptr;
  HttpServer server_;
};

}  // namespace peer::fakes
