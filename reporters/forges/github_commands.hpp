// What commands need of GitHub: permissions, branches, and commits that GitHub itself makes and
// signs. One thread.
#pragma once

#include <string>

#include "reporters/commands/forge.hpp"
#include "reporters/forges/forge_http.hpp"
#include "reporters/forges/github.hpp"

namespace peer {

class GitHubCommands : public CommandForge {
 public:
  GitHubCommands(GitHubPlace place, ForgeHttp& http) : place_(std::move(place)), http_(http) {}

  /// `user` is a login.
  [[nodiscard]] Result<bool> may_write(const std::string& user) override;
  [[nodiscard]] Result<ChangeEnds> ends() override;
  void react(const std::string& comment, Reaction reaction) override;
  [[nodiscard]] Result<std::optional<BranchTip>> tip(const std::string& project,
                                                     const std::string& branch) override;
  [[nodiscard]] CommitEnd commit(const NewCommit& commit) override;
  [[nodiscard]] Result<std::string> open_change(const NewChange& change) override;
  /// createCommitOnBranch writes every file as one that cannot be executed.
  [[nodiscard]] bool keeps_modes() const override { return false; }

 private:
  [[nodiscard]] std::optional<CommitEnd> make_branch(const NewCommit& commit);

  GitHubPlace place_;
  ForgeHttp& http_;
};

}  // namespace peer
