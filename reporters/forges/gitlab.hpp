// A merge request on GitLab as a Conversation. Comments are written as drafts and shown all at
// once, so that people get one message. One thread.
#pragma once

#include <cstdint>
#include <string>

#include "reporters/comment_sync/conversation.hpp"
#include "reporters/forges/forge_http.hpp"
#include "reporters/forges/watched.hpp"

namespace peer {

struct GitLabPlace {
  std::string project;  ///< number or path
  std::uint64_t number = 0;
  std::string name = "peer";  ///< of this Peer, in marks
};

class GitLab : public Conversation {
 public:
  GitLab(GitLabPlace place, ForgeHttp& http) : place_(std::move(place)), http_(http) {}

  [[nodiscard]] Result<Said> read(const TokenAbilities& abilities) override;
  [[nodiscard]] Result<ChangeNow> look() override;
  [[nodiscard]] WriteEnd write(const Write& write) override;

 private:
  [[nodiscard]] std::string path(std::string_view rest) const;
  [[nodiscard]] Result<ChangeNow> ask_change();
  [[nodiscard]] Sent send(std::string_view method, std::string_view url, const Json& body);
  [[nodiscard]] Result<void> who_am_i();
  [[nodiscard]] Result<void> read_discussions(Said& said);
  [[nodiscard]] Result<void> read_drafts(Said& said);
  void take_discussion(const Json& discussion, Said& said) const;

  [[nodiscard]] WriteEnd carry_out(const PostComments& post);
  [[nodiscard]] WriteEnd carry_out(const PublishPending& publish);
  [[nodiscard]] WriteEnd carry_out(const EditComment& edit);
  [[nodiscard]] WriteEnd carry_out(const DeleteComment& comment);
  [[nodiscard]] WriteEnd carry_out(const SetResolved& set);
  [[nodiscard]] WriteEnd carry_out(const PostSummary& post);
  [[nodiscard]] WriteEnd carry_out(const EditSummary& edit);
  [[nodiscard]] WriteEnd carry_out(const DeleteSummary& summary);
  [[nodiscard]] WriteEnd carry_out(const SetLabels& labels);
  // GitLab shows these from the artifacts of the job, and the job's own state
  [[nodiscard]] static WriteEnd carry_out(const UploadSarif&) { return {}; }
  [[nodiscard]] static WriteEnd carry_out(const PostCheck&) { return {}; }
  [[nodiscard]] static WriteEnd carry_out(const PostStatus&) { return {}; }

  GitLabPlace place_;
  ForgeHttp& http_;
  Watched watched_;
  std::string head_;    ///< as last looked at
  std::string me_;      ///< id of the token's user
  bool drafts_ = true;  ///< this GitLab has them
};

/// Where a comment stands, in GitLab's words; `version` holds the commits of the change's newest
/// version. Pure.
[[nodiscard]] Json gitlab_position(const Anchor& at, const Json& version);

}  // namespace peer
