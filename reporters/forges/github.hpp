// A pull request on GitHub or GitHub Enterprise Server as a Conversation: REST for what it can do,
// GraphQL for threads, which REST can neither tell apart nor resolve. One thread.
#pragma once

#include <string>

#include "reporters/comment_sync/conversation.hpp"
#include "reporters/forges/forge_http.hpp"
#include "reporters/forges/watched.hpp"

namespace peer {

/// Which pull request, and in whose name.
struct GitHubPlace {
  std::string api = "https://api.github.com";
  std::string graphql = "https://api.github.com/graphql";
  std::string repository;  ///< "owner/name"
  std::uint64_t number = 0;
  std::string name = "peer";  ///< of this Peer: marks, check run, status
};

class GitHub : public Conversation {
 public:
  GitHub(GitHubPlace place, ForgeHttp& http) : place_(std::move(place)), http_(http) {}

  [[nodiscard]] Result<Said> read(const TokenAbilities& abilities) override;
  [[nodiscard]] Result<ChangeNow> look() override;
  [[nodiscard]] WriteEnd write(const Write& write) override;

 private:
  [[nodiscard]] std::string path(std::string_view rest) const;
  [[nodiscard]] Result<ChangeNow> ask_change();
  [[nodiscard]] Sent send(std::string_view method, std::string_view url, const Json& body);
  [[nodiscard]] Result<void> read_talk(Said& said);
  [[nodiscard]] Result<void> read_check(Said& said);
  [[nodiscard]] Result<void> read_status(Said& said);

  [[nodiscard]] WriteEnd carry_out(const PostComments& post);
  [[nodiscard]] static WriteEnd carry_out(const PublishPending& publish);
  [[nodiscard]] WriteEnd carry_out(const EditComment& edit);
  [[nodiscard]] WriteEnd carry_out(const DeleteComment& comment);
  [[nodiscard]] WriteEnd carry_out(const SetResolved& set);
  [[nodiscard]] WriteEnd carry_out(const PostSummary& post);
  [[nodiscard]] WriteEnd carry_out(const EditSummary& edit);
  [[nodiscard]] WriteEnd carry_out(const DeleteSummary& summary);
  [[nodiscard]] WriteEnd carry_out(const SetLabels& labels);
  [[nodiscard]] WriteEnd carry_out(const UploadSarif& upload);
  [[nodiscard]] WriteEnd carry_out(const PostCheck& post);
  [[nodiscard]] WriteEnd carry_out(const PostStatus& post);
  void cancel_check(const std::string& id);

  GitHubPlace place_;
  ForgeHttp& http_;
  Watched watched_;
  std::string head_;  ///< as last looked at
};

}  // namespace peer
