// What commands need of GitLab: members, branches, and commits by its API. One thread.
#pragma once

#include <string>

#include "reporters/commands/forge.hpp"
#include "reporters/forges/forge_http.hpp"
#include "reporters/forges/gitlab.hpp"

namespace peer {

class GitLabCommands : public CommandForge {
 public:
  GitLabCommands(GitLabPlace place, ForgeHttp& http) : place_(std::move(place)), http_(http) {}

  /// `user` is a number.
  [[nodiscard]] Result<bool> may_write(const std::string& user) override;
  [[nodiscard]] Result<ChangeEnds> ends() override;
  void react(const std::string& comment, Reaction reaction) override;
  [[nodiscard]] Result<std::optional<BranchTip>> tip(const std::string& project,
                                                     const std::string& branch) override;
  [[nodiscard]] CommitEnd commit(const NewCommit& commit) override;
  [[nodiscard]] Result<std::string> open_change(const NewChange& change) override;
  [[nodiscard]] bool keeps_modes() const override { return true; }

 private:
  [[nodiscard]] std::string project() const;
  [[nodiscard]] Result<Json> actions_of(const NewCommit& commit);

  GitLabPlace place_;
  ForgeHttp& http_;
};

}  // namespace peer
