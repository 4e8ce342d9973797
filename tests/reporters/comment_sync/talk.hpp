// A conversation held in memory, with people who answer, resolve and delete, and a connection that
// loses replies.
#pragma once

#include <algorithm>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "reporters/comment_sync/conversation.hpp"
#include "reporters/comment_sync/sync.hpp"

namespace peer::test {

/// What happens to a write on its way.
enum class Fate { arrives, lost_before, lost_after, killed_before, killed_after };

struct Killed {};

class Talk : public Conversation {
 public:
  ChangeNow change{"h0", "main", true, false, {}};
  std::vector<Thread> threads;
  std::vector<SummaryComment> summaries;
  std::map<std::string, CheckThere> checks;  // by head
  std::map<std::string, StatusThere> statuses;
  std::size_t writes = 0, posts = 0;
  std::function<Fate(const Write&)> fate = [](const Write&) { return Fate::arrives; };
  std::set<std::string> forbidden;  // names of writes
  std::set<std::string> refuse;     // keys of comments

  Result<Said> read(const TokenAbilities&) override {
    Said said{change, threads, summaries, {}, {}};
    if (const auto it = checks.find(change.head); it != checks.end()) said.check = it->second;
    if (const auto it = statuses.find(change.head); it != statuses.end()) said.status = it->second;
    return said;
  }
  Result<ChangeNow> look() override { return change; }

  WriteEnd write(const Write& write) override {
    const auto name = std::visit([](const auto& each) { return name_of(each); }, write);
    if (forbidden.contains(name)) return {WriteEnd::Kind::forbidden, "403", {}};
    const auto what = fate(write);
    if (what == Fate::killed_before) throw Killed{};
    if (what == Fate::lost_before) return {WriteEnd::Kind::unsure, "lost", {}};
    ++writes;
    auto end = std::visit([this](const auto& each) { return carry_out(each); }, write);
    if (what == Fate::killed_after) throw Killed{};
    if (what == Fate::lost_after) return {WriteEnd::Kind::unsure, "lost", {}};
    return end;
  }

  Thread* of(const std::string& key) {
    for (auto& thread : threads)
      if (std::find(thread.mark.keys.begin(), thread.mark.keys.end(), key) !=
          thread.mark.keys.end())
        return &thread;
    return nullptr;
  }

  /// Everything but ids: what people see.
  [[nodiscard]] std::string shown() const {
    std::vector<std::string> lines;
    for (const auto& t : threads)
      lines.push_back(t.path + "|" + t.body + "|" + (t.resolved ? "resolved" : "open"));
    std::sort(lines.begin(), lines.end());
    std::string out;
    for (const auto& line : lines)
      out += line + "\n";
    for (const auto& s : summaries)
      out += s.body + "\n";
    for (const auto& [head, check] : checks)
      out += head + check.key + (check.done ? "done" : "half") + std::to_string(check.annotations);
    return out;
  }

  static std::string name_of(const PostComments&) { return "comments"; }
  static std::string name_of(const PublishPending&) { return "publish"; }
  static std::string name_of(const EditComment&) { return "edit"; }
  static std::string name_of(const DeleteComment&) { return "delete"; }
  static std::string name_of(const SetResolved&) { return "resolve"; }
  static std::string name_of(const PostSummary&) { return "summary"; }
  static std::string name_of(const EditSummary&) { return "edit summary"; }
  static std::string name_of(const DeleteSummary&) { return "delete summary"; }
  static std::string name_of(const SetLabels&) { return "labels"; }
  static std::string name_of(const UploadSarif&) { return "sarif"; }
  static std::string name_of(const PostCheck&) { return "check"; }
  static std::string name_of(const PostStatus&) { return "status"; }

 private:
  WriteEnd carry_out(const PostComments& post) {
    WriteEnd end;
    for (const auto& comment : post.comments) {
      if (std::any_of(comment.keys.begin(), comment.keys.end(),
                      [&](const auto& key) { return refuse.contains(key); })) {
        end.refused.insert(end.refused.end(), comment.keys.begin(), comment.keys.end());
        continue;
      }
      ++posts;
      const auto id = std::to_string(++last_);
      threads.push_back({"t" + id, "c" + id, comment.at.path, comment.body,
                         read_mark(comment.body).value_or(Mark{})});
    }
    return end;
  }
  WriteEnd carry_out(const PublishPending&) { return {}; }
  WriteEnd carry_out(const EditComment& edit) {
    for (auto& thread : threads) {
      if (thread.comment != edit.comment) continue;
      thread.body = edit.body;
      thread.mark = read_mark(edit.body).value_or(Mark{});
      return {};
    }
    return {WriteEnd::Kind::gone, "404", {}};
  }
  WriteEnd carry_out(const DeleteComment& gone) {
    const auto n = std::erase_if(threads, [&](const auto& t) { return t.comment == gone.comment; });
    return {n > 0 ? WriteEnd::Kind::done : WriteEnd::Kind::gone, "", {}};
  }
  WriteEnd carry_out(const SetResolved& set) {
    for (auto& thread : threads) {
      if (thread.id != set.thread) continue;
      thread.resolved = set.resolved;
      thread.resolved_by_us = set.resolved;
      return {};
    }
    return {WriteEnd::Kind::gone, "404", {}};
  }
  WriteEnd carry_out(const PostSummary& post) {
    summaries.push_back(
        {"s" + std::to_string(++last_), post.body, read_memory(post.body).value_or(Memory{})});
    ++posts;
    return {};
  }
  WriteEnd carry_out(const EditSummary& edit) {
    for (auto& summary : summaries)
      if (summary.id == edit.id)
        summary = {edit.id, edit.body, read_memory(edit.body).value_or(Memory{})};
    return {};
  }
  WriteEnd carry_out(const DeleteSummary& gone) {
    std::erase_if(summaries, [&](const auto& s) { return s.id == gone.id; });
    return {};
  }
  WriteEnd carry_out(const SetLabels& labels) {
    for (const auto& label : labels.remove)
      std::erase(change.labels, label);
    change.labels.insert(change.labels.end(), labels.add.begin(), labels.add.end());
    return {};
  }
  WriteEnd carry_out(const UploadSarif&) { return {}; }
  WriteEnd carry_out(const PostCheck& post) {
    checks[change.head] = {"k", post.check.key, true, post.check.annotations.size()};
    return {};
  }
  WriteEnd carry_out(const PostStatus& post) {
    statuses[change.head] = {post.state, post.description};
    return {};
  }

  int last_ = 0;
};

inline SyncOutcome sync(const Wanted& wanted, Talk& talk) {
  return peer::sync(wanted, talk, [](int) { return true; });
}

}  // namespace peer::test
