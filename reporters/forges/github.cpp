// What Peer writes on a pull request.
#include "reporters/forges/github.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <iterator>

#include <nlohmann/json.hpp>

#include "analyzers/import/gunzip.hpp"
#include "base/text.hpp"
#include "reporters/base64.hpp"
#include "reporters/forges/fields.hpp"
#include "reporters/forges/github_queries.hpp"
#include "reporters/render/escape.hpp"

namespace peer {
namespace {

using Kind = WriteEnd::Kind;

constexpr std::size_t kMostAtOnce = 50;         // annotations of one request
constexpr std::size_t kMostSarif = 10'000'000;  // bytes, packed
constexpr std::size_t kMostSummary = 65'000;    // characters of a check run's summary

Json comment_json(const NewComment& comment) {
  const auto& at = comment.at;
  const std::string side = at.side == Side::new_side ? "RIGHT" : "LEFT";
  // a removed line of a renamed file is found under the new name too
  Json json{{"path", at.path}, {"side", side}, {"line", at.last_line}};
  if (at.first_line < at.last_line) {
    json["start_line"] = at.first_line;
    json["start_side"] = side;
  }
  json["body"] = comment.body;
  return json;
}

std::string_view level(Severity severity) {
  if (severity == Severity::error) return "failure";
  return severity == Severity::warning ? "warning" : "notice";
}

Json annotation_json(const Annotation& note) {
  const auto last = std::max(note.at.end.line, note.at.start.line);
  Json json{{"path", note.path},   {"start_line", note.at.start.line},
            {"end_line", last},    {"annotation_level", level(note.severity)},
            {"title", note.title}, {"message", note.message}};
  // columns only count within one line
  if (last == note.at.start.line) {
    json["start_column"] = note.at.start.column;
    json["end_column"] = std::max(note.at.end.column, note.at.start.column);
  }
  return json;
}

std::string_view word(Conclusion conclusion) {
  if (conclusion == Conclusion::success) return "success";
  return conclusion == Conclusion::neutral ? "neutral" : "failure";
}

/// GraphQL answers with 200 whatever happened.
WriteEnd graphql_end(const ForgeHttp& http, const Sent& sent) {
  if (sent.end.kind != Kind::done) return sent.end;
  const auto json = parse_json(sent.reply.body);
  if (!json) return {Kind::unsure, "the forge's answer is no JSON", {}};
  const auto& errors = forge::at(*json, "errors");
  if (!errors.is_array() || errors.empty()) return {};
  const auto type = forge::text(errors.front(), "type");
  const auto words = http.words_of(sent.reply);
  if (type == "FORBIDDEN") return {Kind::forbidden, words, {}};
  if (type == "NOT_FOUND") return {Kind::gone, words, {}};
  return {type == "RATE_LIMITED" ? Kind::failed : Kind::unsure, words, {}};
}

}  // namespace

std::string GitHub::path(std::string_view rest) const {
  return fmt::format("/repos/{}{}", place_.repository, rest);
}

Sent GitHub::send(std::string_view method, std::string_view url, const Json& body) {
  return watched_.send(
      http_, [this] { return ask_change(); }, method, url, body);
}

WriteEnd GitHub::write(const Write& write) {
  return std::visit([this](const auto& each) { return carry_out(each); }, write);
}

/// One review holds them all. It is taken whole or not at all, so one that is refused is halved
/// until the culprits stand alone.
WriteEnd GitHub::carry_out(const PostComments& post) {
  WriteEnd all;
  std::vector<std::vector<NewComment>> batches{post.comments};
  while (!batches.empty()) {
    const auto batch = std::move(batches.back());
    batches.pop_back();
    Json body{{"commit_id", head_},
              {"event", "COMMENT"},
              {"body", fmt::format("Peer: {} on this change.", count_of(batch.size(), "comment"))},
              {"comments", Json::array()}};
    for (const auto& comment : batch)
      body["comments"].push_back(comment_json(comment));
    const auto sent = send("POST", path(fmt::format("/pulls/{}/reviews", place_.number)), body);
    if (sent.end.kind == Kind::done) continue;
    // a pull request that could just be read is there: 404 means that we may not
    if (sent.end.kind == Kind::gone) return {Kind::forbidden, sent.end.detail, {}};
    if (sent.end.kind != Kind::refused) return sent.end;
    if (batch.size() == 1) {
      all.refused.insert(all.refused.end(), batch[0].keys.begin(), batch[0].keys.end());
      all.detail = sent.end.detail;
      continue;
    }
    const auto middle = batch.begin() + static_cast<std::ptrdiff_t>(batch.size() / 2);
    batches.emplace_back(middle, batch.end());
    batches.emplace_back(batch.begin(), middle);
  }
  return all;
}

WriteEnd GitHub::carry_out(const PublishPending&) { return {}; }

WriteEnd GitHub::carry_out(const EditComment& edit) {
  return send("PATCH", path("/pulls/comments/" + edit.comment), {{"body", edit.body}}).end;
}

WriteEnd GitHub::carry_out(const DeleteComment& comment) {
  return send("DELETE", path("/pulls/comments/" + comment.comment), {}).end;
}

WriteEnd GitHub::carry_out(const SetResolved& set) {
  const Json body{{"query", set.resolved ? kResolveMutation : kUnresolveMutation},
                  {"variables", {{"id", set.thread}}}};
  return graphql_end(http_, send("POST", place_.graphql, body));
}

WriteEnd GitHub::carry_out(const PostSummary& post) {
  auto end =
      send("POST", path(fmt::format("/issues/{}/comments", place_.number)), {{"body", post.body}})
          .end;
  if (end.kind == Kind::gone) end.kind = Kind::forbidden;
  return end;
}

WriteEnd GitHub::carry_out(const EditSummary& edit) {
  return send("PATCH", path("/issues/comments/" + edit.id), {{"body", edit.body}}).end;
}

WriteEnd GitHub::carry_out(const DeleteSummary& summary) {
  return send("DELETE", path("/issues/comments/" + summary.id), {}).end;
}

WriteEnd GitHub::carry_out(const SetLabels& labels) {
  const auto here = path(fmt::format("/issues/{}/labels", place_.number));
  for (const auto& label : labels.remove) {
    auto end = send("DELETE", here + "/" + uri_path(label), {}).end;
    if (end.kind != Kind::done && end.kind != Kind::gone) return end;
  }
  if (labels.add.empty()) return {};
  auto end = send("POST", here, {{"labels", labels.add}}).end;
  if (end.kind == Kind::gone) end.kind = Kind::forbidden;
  return end;
}

WriteEnd GitHub::carry_out(const UploadSarif& upload) {
  // packed, nobody would find it any more
  if (http_.holds_secret(upload.sarif)) return {Kind::failed, std::string(kHoldsCredential), {}};
  const auto packed = gzip(upload.sarif);
  if (packed.size() > kMostSarif)
    return {Kind::forbidden, "the SARIF file is over 10 MB packed", {}};
  const Json body{{"commit_sha", head_},
                  {"ref", fmt::format("refs/pull/{}/head", place_.number)},
                  {"sarif", base64_encode(packed)},
                  {"tool_name", "Peer"}};
  auto end = send("POST", path("/code-scanning/sarifs"), body).end;
  // a step that people can do without: nothing of it stops the rest
  if (end.kind == Kind::gone || end.kind == Kind::refused) end.kind = Kind::forbidden;
  return end;
}

WriteEnd GitHub::carry_out(const PostCheck& post) {
  const auto& check = post.check;
  auto id = post.id;
  auto from = std::min(post.from, check.annotations.size());
  for (;;) {
    const auto end = std::min(from + kMostAtOnce, check.annotations.size());
    Json output{{"title", check.title}, {"summary", check.summary.substr(0, kMostSummary)}};
    output["annotations"] = Json::array();
    for (auto i = from; i < end; ++i)
      output["annotations"].push_back(annotation_json(check.annotations[i]));
    const bool last = end == check.annotations.size();
    Json body{{"name", place_.name},
              {"external_id", fmt::format("peer:{}:{}", place_.name, check.key)}};
    body["status"] = last ? "completed" : "in_progress";
    if (last) body["conclusion"] = word(check.conclusion);
    body["output"] = std::move(output);
    if (id.empty()) body["head_sha"] = head_;
    auto sent = id.empty() ? send("POST", path("/check-runs"), body)
                           : send("PATCH", path("/check-runs/" + id), body);
    if (sent.end.kind == Kind::gone) sent.end.kind = Kind::forbidden;
    if (!id.empty() && watched_.has_moved_on()) cancel_check(id);
    if (sent.end.kind != Kind::done || last) return sent.end;
    if (const auto made = parse_json(sent.reply.body)) id = forge::id(*made, "id");
    if (id.empty()) return {Kind::unsure, "the forge does not say which check run it made", {}};
    from = end;
  }
}

/// A check run belongs to its own commit, where it would run for ever in everybody's eyes. What
/// becomes of this is nobody's worry: the change is elsewhere.
void GitHub::cancel_check(const std::string& id) {
  (void)http_.send("PATCH", path("/check-runs/" + id),
                   {{"status", "completed"}, {"conclusion", "cancelled"}});
}

WriteEnd GitHub::carry_out(const PostStatus& post) {
  auto end =
      send("POST", path("/statuses/" + head_),
           {{"state", post.state}, {"context", place_.name}, {"description", post.description}})
          .end;
  if (end.kind == Kind::gone) end.kind = Kind::forbidden;
  return end;
}

}  // namespace peer
