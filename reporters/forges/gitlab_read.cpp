// What stands on a merge request.
#include <algorithm>
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "reporters/forges/fields.hpp"
#include "reporters/forges/gitlab.hpp"

namespace peer {
namespace {

using forge::at;
using forge::flag;
using forge::text;

std::string path_in(const Json& position) {
  auto path = text(position, "new_path");
  return path.empty() ? text(position, "old_path") : path;
}

bool older(const std::string& a, const std::string& b) {
  return a.size() != b.size() ? a.size() < b.size() : a < b;
}

}  // namespace

Result<ChangeNow> GitLab::ask_change() {
  const auto request = http_.ask_json(path(""));
  if (!request) return fail(request.error());
  ChangeNow change;
  change.head = text(*request, "sha");
  change.target = text(*request, "target_branch");
  change.open = text(*request, "state") == "opened";
  change.locked = flag(*request, "discussion_locked");
  for (const auto& label : at(*request, "labels"))
    if (label.is_string()) change.labels.push_back(label.get<std::string>());
  if (change.head.empty())
    return fail(ErrorKind::invalid_input, "the forge's answer is no merge request");
  return change;
}

Result<ChangeNow> GitLab::look() {
  auto change = ask_change();
  if (!change) return change;
  head_ = change->head;
  watched_.looked(*change);
  return change;
}

Result<void> GitLab::who_am_i() {
  if (!me_.empty()) return {};
  const auto user = http_.ask_json("/user");
  if (!user) return fail(user.error());
  me_ = forge::id(*user, "id");
  if (me_.empty())
    return fail(ErrorKind::invalid_input, "the forge does not say whose token this is");
  return {};
}

Result<Said> GitLab::read(const TokenAbilities&) {
  Said said;
  auto change = look();
  if (!change) return fail(change.error());
  said.change = std::move(*change);
  if (auto done = who_am_i(); !done) return fail(done.error());
  if (auto done = read_discussions(said); !done) return fail(done.error());
  if (auto done = read_drafts(said); !done) return fail(done.error());
  std::sort(said.threads.begin(), said.threads.end(), [](const Thread& a, const Thread& b) {
    // drafts come last: what is shown already counts first
    return a.pending != b.pending ? b.pending : older(a.comment, b.comment);
  });
  std::sort(said.summaries.begin(), said.summaries.end(),
            [](const auto& a, const auto& b) { return older(a.id, b.id); });
  std::sort(said.answers.begin(), said.answers.end(),
            [](const auto& a, const auto& b) { return older(a.id, b.id); });
  return said;
}

void GitLab::take_discussion(const Json& discussion, Said& said) const {
  const auto& notes = at(discussion, "notes");
  if (!notes.is_array() || notes.empty()) return;
  const auto& first = notes.front();
  if (forge::id(first, "author/id") != me_ || flag(first, "system")) return;
  const auto body = text(first, "body");
  if (auto memory = read_memory(body); memory && memory->name == place_.name)
    return said.summaries.push_back({forge::id(first, "id"), body, std::move(*memory)});
  if (auto answer = read_answer_mark(body); answer && answer->name == place_.name)
    return said.answers.push_back({forge::id(first, "id"), body, std::move(*answer)});
  auto mark = read_mark(body);
  if (!mark || mark->name != place_.name) return;
  Thread thread;
  thread.id = text(discussion, "id");
  thread.comment = forge::id(first, "id");
  thread.path = path_in(at(first, "position"));
  thread.body = body;
  thread.mark = std::move(*mark);
  thread.resolved = flag(first, "resolved");
  thread.resolved_by_us = thread.resolved && forge::id(first, "resolved_by/id") == me_;
  for (const auto& note : notes)
    thread.people = thread.people || (!flag(note, "system") && forge::id(note, "author/id") != me_);
  said.threads.push_back(std::move(thread));
}

Result<void> GitLab::read_discussions(Said& said) {
  return http_.ask_pages(path("/discussions?per_page=100"), [&](const Json& page) {
    for (const auto& discussion : page)
      take_discussion(discussion, said);
  });
}

Result<void> GitLab::read_drafts(Said& said) {
  if (!drafts_) return {};
  const auto done = http_.ask_pages(path("/draft_notes?per_page=100"), [&](const Json& page) {
    for (const auto& draft : page) {
      auto mark = read_mark(text(draft, "note"));
      if (!mark || mark->name != place_.name) continue;
      Thread thread;
      thread.comment = forge::id(draft, "id");
      thread.path = path_in(at(draft, "position"));
      thread.body = text(draft, "note");
      thread.mark = std::move(*mark);
      thread.pending = true;
      const auto made_for = text(draft, "position/head_sha");
      thread.stale = !made_for.empty() && made_for != head_;
      said.threads.push_back(std::move(thread));
    }
  });
  if (done) return {};
  const auto kind = done.error().kind;
  if (kind != ErrorKind::not_found && kind != ErrorKind::refused) return fail(done.error());
  drafts_ = false;  // an old GitLab: comments are then shown one by one
  return {};
}

}  // namespace peer
