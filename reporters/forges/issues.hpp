// The issues of a repository on GitHub and GitLab. One thread.
#pragma once

#include <string>

#include "reporters/comment_sync/issue_plan.hpp"
#include "reporters/forges/forge_http.hpp"

namespace peer {

class GitHubIssues : public IssueTracker {
 public:
  /// `graphql` tells whose token it is; `repository` is "owner/name"; `name` is that of this Peer.
  GitHubIssues(std::string graphql, std::string repository, std::string name, ForgeHttp& http)
      : graphql_(std::move(graphql)),
        repository_(std::move(repository)),
        name_(std::move(name)),
        http_(http) {}
  [[nodiscard]] Result<std::vector<IssueThere>> read() override;
  [[nodiscard]] WriteEnd write(const IssueWrite& write) override;

 private:
  std::string graphql_, repository_, name_;
  ForgeHttp& http_;
  std::string me_;
};

class GitLabIssues : public IssueTracker {
 public:
  /// `project` is a number or a path.
  GitLabIssues(std::string project, std::string name, ForgeHttp& http)
      : project_(std::move(project)), name_(std::move(name)), http_(http) {}
  [[nodiscard]] Result<std::vector<IssueThere>> read() override;
  [[nodiscard]] WriteEnd write(const IssueWrite& write) override;

 private:
  [[nodiscard]] std::string path(std::string_view rest) const;
  std::string project_, name_;
  ForgeHttp& http_;
  std::string me_;
};

}  // namespace peer
