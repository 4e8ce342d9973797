// A small GitLab that keeps state and enforces what the real one is known to enforce: commits of
// the newest version, both paths, both lines where a line is unchanged, line codes, who may write,
// pages, limits. It loses replies and breaks when it is told to.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "tests/fakes/branches.hpp"
#include "tests/fakes/forge_fake.hpp"

namespace peer::fakes {

class GitLabFake : public ForgeFake {
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

  std::string head = std::string(40, 'a'), base = std::string(40, '0'), target = "main",
              state = "opened";
  bool locked = false, draft = false, has_drafts = true;
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
  std::size_t notices = 0;                          // messages that people got

  GitLabFake()
      : server_([this](const auto& request, auto& connection) {
          serve(request, connection, [&] { return answer_to(request); });
        }) {}
  [[nodiscard]] std::string url() const { return server_.url(); }
  [[nodiscard]] std::vector<ServedRequest> requests() const { return server_.requests(); }
  /// Why a position is no good, as GitLab says it; "" when it is.
  [[nodiscard]] std::string refusal(const Json& position) const;
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
  Answer answer_to(ServedRequest request);

  /// Branches and what is made of them, and people; status 0 for anything else.
  Answer project_api(const ServedRequest& request, const Json& body);
  BranchFake* branch_at(const std::string& project, const std::string& name);
  Answer commit(const std::string& project, const Json& body);
  Answer get(const std::string& path, const std::string& target_url);
  Answer list_discussions(const std::string& target_url);
  Answer change(const std::string& method, const std::string& path, const Json& body);
  Answer set_labels(const Json& body);
  Answer post_note(const Json& body);
  Answer issue(const std::string& method, const std::string& rest, const Json& body);
  Answer publish_drafts();
  void show(const std::string& text, const Json& position);
  Answer change_note(const std::string& method, const std::string& id, const Json& body);
  Answer change_discussion(const std::string& method, const std::string& rest, const Json& body);

  /// The line that is named on exactly the sides where it stands; in a range its numbers are texts.
  static const Line* names_a_line(const Json& json, const std::vector<Line>& lines, bool texts);

  std::uint64_t last_ = 100, me_ = 0;
  HttpServer server_;
};

}  // namespace peer::fakes
