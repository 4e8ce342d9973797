// What Peer writes on a merge request.
#include "reporters/forges/gitlab.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "base/sha1.hpp"
#include "base/text.hpp"
#include "reporters/forges/fields.hpp"

namespace peer {
namespace {

using Kind = WriteEnd::Kind;

/// One end of a position.
struct Place {
  std::uint32_t old_line = 0, new_line = 0;
  bool in_old = false, in_new = false;  ///< the line stands on that side
};

Place place_of(Side side, std::uint32_t line, std::uint32_t other, bool unchanged) {
  if (side == Side::new_side) return {other, line, unchanged, true};
  return {line, other, true, unchanged};
}

void put_lines(Json& json, const Place& place) {
  if (place.in_old) json["old_line"] = place.old_line;
  if (place.in_new) json["new_line"] = place.new_line;
}

Json range_end(const std::string& path, const Place& place) {
  Json json{{"line_code", fmt::format("{}_{}_{}", sha1(path), place.old_line, place.new_line)},
            {"type", place.in_old ? "old" : "new"}};
  // texts here, by GitLab's description, though numbers in the position around it
  if (place.in_old) json["old_line"] = std::to_string(place.old_line);
  if (place.in_new) json["new_line"] = std::to_string(place.new_line);
  return json;
}

/// A thing that is not found although the merge request is there: this token may not.
WriteEnd hidden_is_forbidden(WriteEnd end) {
  if (end.kind == Kind::gone) end.kind = Kind::forbidden;
  return end;
}

}  // namespace

Json gitlab_position(const Anchor& at, const Json& version) {
  const auto first = place_of(at.side, at.first_line, at.first_other, at.first_unchanged);
  const auto last = place_of(at.side, at.last_line, at.last_other, at.last_unchanged);
  Json json{{"position_type", "text"},
            {"base_sha", forge::text(version, "base_commit_sha")},
            {"start_sha", forge::text(version, "start_commit_sha")},
            {"head_sha", forge::text(version, "head_commit_sha")},
            {"old_path", at.old_path},
            {"new_path", at.path}};
  put_lines(json, last);
  if (at.first_line < at.last_line)
    json["line_range"] = {{"start", range_end(at.path, first)}, {"end", range_end(at.path, last)}};
  return json;
}

std::string GitLab::path(std::string_view rest) const {
  return fmt::format("/projects/{}/merge_requests/{}{}", replace_all(place_.project, "/", "%2F"),
                     place_.number, rest);
}

Sent GitLab::send(std::string_view method, std::string_view url, const Json& body) {
  return watched_.send(
      http_, [this] { return ask_change(); }, method, url, body);
}

WriteEnd GitLab::write(const Write& write) {
  return std::visit([this](const auto& each) { return carry_out(each); }, write);
}

WriteEnd GitLab::carry_out(const PostComments& post) {
  const auto versions = http_.ask_json(path("/versions?per_page=1"));
  if (!versions) return {Kind::unsure, versions.error().message, {}};
  if (!versions->is_array() || versions->empty() ||
      forge::text(versions->front(), "head_commit_sha") != head_)
    return {Kind::unsure, "the forge has not yet taken in the last push", {}};
  WriteEnd all;
  for (const auto& comment : post.comments) {
    const auto position = gitlab_position(comment.at, versions->front());
    Sent sent;
    if (drafts_) {
      sent = send("POST", path("/draft_notes"), {{"note", comment.body}, {"position", position}});
      drafts_ = sent.end.kind != Kind::gone && sent.end.kind != Kind::forbidden;
    }
    if (!drafts_)
      sent = send("POST", path("/discussions"), {{"body", comment.body}, {"position", position}});
    if (sent.end.kind == Kind::refused) {
      all.refused.insert(all.refused.end(), comment.keys.begin(), comment.keys.end());
      all.detail = sent.end.detail;
      continue;
    }
    if (sent.end.kind != Kind::done) return hidden_is_forbidden(sent.end);
  }
  if (drafts_ && all.refused.size() < post.comments.size())
    if (auto shown = carry_out(PublishPending{}); shown.kind != Kind::done) return shown;
  return all;
}

WriteEnd GitLab::carry_out(const PublishPending&) {
  return hidden_is_forbidden(send("POST", path("/draft_notes/bulk_publish"), {}).end);
}

WriteEnd GitLab::carry_out(const EditComment& edit) {
  return send("PUT", path(fmt::format("/discussions/{}/notes/{}", edit.thread, edit.comment)),
              {{"body", edit.body}})
      .end;
}

WriteEnd GitLab::carry_out(const DeleteComment& comment) {
  if (comment.thread.empty())
    return send("DELETE", path("/draft_notes/" + comment.comment), {}).end;
  return send("DELETE",
              path(fmt::format("/discussions/{}/notes/{}", comment.thread, comment.comment)), {})
      .end;
}

WriteEnd GitLab::carry_out(const SetResolved& set) {
  return send("PUT", path("/discussions/" + set.thread), {{"resolved", set.resolved}}).end;
}

WriteEnd GitLab::carry_out(const PostSummary& post) {
  return hidden_is_forbidden(send("POST", path("/notes"), {{"body", post.body}}).end);
}

WriteEnd GitLab::carry_out(const EditSummary& edit) {
  return send("PUT", path("/notes/" + edit.id), {{"body", edit.body}}).end;
}

WriteEnd GitLab::carry_out(const DeleteSummary& summary) {
  return send("DELETE", path("/notes/" + summary.id), {}).end;
}

WriteEnd GitLab::carry_out(const SetLabels& labels) {
  Json body = Json::object();
  if (!labels.add.empty()) body["add_labels"] = labels.add;
  if (!labels.remove.empty()) body["remove_labels"] = labels.remove;
  return hidden_is_forbidden(send("PUT", path(""), body).end);
}

}  // namespace peer
