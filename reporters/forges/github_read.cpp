// What stands on a pull request.
#include <algorithm>
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "reporters/forges/fields.hpp"
#include "reporters/forges/github.hpp"
#include "reporters/forges/github_queries.hpp"

namespace peer {
namespace {

using forge::at;
using forge::flag;
using forge::text;

constexpr int kMostPages = 100;
constexpr std::string_view kBot = "[bot]";

ChangeNow change_of(const Json& pull) {
  ChangeNow change;
  change.head = text(pull, "head/sha");
  change.target = text(pull, "base/ref");
  change.open = text(pull, "state") == "open";
  change.locked = flag(pull, "locked");
  for (const auto& label : at(pull, "labels"))
    if (auto name = text(label, "name"); !name.empty()) change.labels.push_back(std::move(name));
  return change;
}

/// GraphQL writes the login of a bot now with and now without "[bot]".
bool same_login(std::string a, std::string b) {
  for (auto* each : {&a, &b})
    if (each->ends_with(kBot)) each->resize(each->size() - kBot.size());
  return !a.empty() && a == b;
}

/// Our thread, or nullopt where someone else began it.
std::optional<Thread> thread_of(const Json& node, const std::string& viewer,
                                const std::string& name) {
  const auto& comments = at(node, "comments/nodes");
  if (!comments.is_array() || comments.empty()) return std::nullopt;
  const auto& first = comments.front();
  if (!flag(first, "viewerDidAuthor")) return std::nullopt;
  Thread thread;
  thread.body = text(first, "body");
  auto mark = read_mark(thread.body);
  if (!mark || mark->name != name) return std::nullopt;
  thread.mark = std::move(*mark);
  thread.id = text(node, "id");
  thread.comment = forge::id(first, "fullDatabaseId");
  thread.path = text(node, "path");
  thread.resolved = flag(node, "isResolved");
  thread.resolved_by_us = thread.resolved && same_login(text(node, "resolvedBy/login"), viewer);
  // Peer hides nothing itself: whoever hid it has spoken
  thread.people =
      forge::number(node, "comments/totalCount") > comments.size() || flag(first, "isMinimized");
  for (const auto& comment : comments)
    thread.people = thread.people || !flag(comment, "viewerDidAuthor");
  return thread;
}

std::optional<SummaryComment> summary_of(const Json& node, const std::string& name) {
  if (!flag(node, "viewerDidAuthor")) return std::nullopt;
  SummaryComment summary{forge::id(node, "fullDatabaseId"), text(node, "body"), {}};
  auto memory = read_memory(summary.body);
  if (!memory || memory->name != name) return std::nullopt;
  summary.memory = std::move(*memory);
  return summary;
}

std::optional<AnswerComment> answer_of(const Json& node, const std::string& name) {
  if (!flag(node, "viewerDidAuthor")) return std::nullopt;
  AnswerComment answer{forge::id(node, "fullDatabaseId"), text(node, "body"), {}};
  auto mark = read_answer_mark(answer.body);
  if (!mark || mark->name != name) return std::nullopt;
  answer.mark = std::move(*mark);
  return answer;
}

/// Numbers in the order of their size: older comments first.
bool older(const std::string& a, const std::string& b) {
  return a.size() != b.size() ? a.size() < b.size() : a < b;
}

/// Takes what is ours from one page of what was said.
void take_page(const Json& pull, const std::string& viewer, const std::string& name, Said& said) {
  for (const auto& node : at(pull, "reviewThreads/nodes"))
    if (auto thread = thread_of(node, viewer, name)) said.threads.push_back(std::move(*thread));
  for (const auto& node : at(pull, "comments/nodes")) {
    if (auto summary = summary_of(node, name))
      said.summaries.push_back(std::move(*summary));
    else if (auto ours = answer_of(node, name))
      said.answers.push_back(std::move(*ours));
  }
}

/// Sets the cursors of the next query behind this page; false where nothing follows it.
bool turn_page(const Json& pull, Json& variables) {
  struct Paged {
    const char* list;
    const char* cursor;
  };
  bool more = false;
  for (const auto& [list, cursor] :
       {Paged{"reviewThreads", "threads"}, Paged{"comments", "comments"}}) {
    const auto& info = at(pull, std::string(list) + "/pageInfo");
    if (auto end = text(info, "endCursor"); !end.empty()) variables[cursor] = end;
    more = more || flag(info, "hasNextPage");
  }
  return more;
}

void sort_by_age(Said& said) {
  std::sort(said.threads.begin(), said.threads.end(),
            [](const Thread& a, const Thread& b) { return older(a.comment, b.comment); });
  std::sort(said.summaries.begin(), said.summaries.end(),
            [](const auto& a, const auto& b) { return older(a.id, b.id); });
  std::sort(said.answers.begin(), said.answers.end(),
            [](const auto& a, const auto& b) { return older(a.id, b.id); });
}

}  // namespace

Result<ChangeNow> GitHub::ask_change() {
  const auto pull = http_.ask_json(path(fmt::format("/pulls/{}", place_.number)));
  if (!pull) return fail(pull.error());
  auto change = change_of(*pull);
  if (change.head.empty())
    return fail(ErrorKind::invalid_input, "the forge's answer is no pull request");
  return change;
}

Result<ChangeNow> GitHub::look() {
  auto change = ask_change();
  if (!change) return change;
  head_ = change->head;
  watched_.looked(*change);
  return change;
}

Result<Said> GitHub::read(const TokenAbilities& abilities) {
  Said said;
  auto change = look();
  if (!change) return fail(change.error());
  said.change = std::move(*change);
  if (auto done = read_talk(said); !done) return fail(done.error());
  if (abilities.check) {
    // a token that may not read them may not write them: the status says it then
    if (auto done = read_check(said); !done && done.error().kind != ErrorKind::refused &&
                                      done.error().kind != ErrorKind::not_found)
      return fail(done.error());
  }
  if (abilities.status && !said.check) {
    if (auto done = read_status(said); !done && done.error().kind != ErrorKind::refused &&
                                       done.error().kind != ErrorKind::not_found)
      return fail(done.error());
  }
  return said;
}

Result<void> GitHub::read_talk(Said& said) {
  const auto slash = place_.repository.find('/');
  Json variables;
  variables["owner"] = place_.repository.substr(0, slash);
  variables["repo"] = place_.repository.substr(slash + 1);
  variables["number"] = place_.number;
  variables["threads"] = nullptr;
  variables["comments"] = nullptr;
  for (int page = 0; page < kMostPages; ++page) {
    const Json query{{"query", kTalkQuery}, {"variables", variables}};
    const auto answer = http_.ask_json(place_.graphql, dump_json(query));
    if (!answer) return fail(answer.error());
    const auto& pull = at(*answer, "data/repository/pullRequest");
    if (!pull.is_object())
      return fail(ErrorKind::refused, "this token may not read the comments: " +
                                          http_.words_of({200, dump_json(*answer), {}}));
    take_page(pull, text(*answer, "data/viewer/login"), place_.name, said);
    if (turn_page(pull, variables)) continue;
    sort_by_age(said);
    return {};
  }
  return fail(ErrorKind::invalid_input, "the pull request has too many comments to read");
}

Result<void> GitHub::read_check(Said& said) {
  const auto list = http_.ask_json(path(fmt::format(
      "/commits/{}/check-runs?check_name={}&filter=latest&per_page=100", head_, place_.name)));
  if (!list) return fail(list.error());
  const auto ours = fmt::format("peer:{}:", place_.name);
  for (const auto& run : at(*list, "check_runs")) {
    const auto key = text(run, "external_id");
    if (!key.starts_with(ours)) continue;
    CheckThere there{forge::id(run, "id"), key.substr(ours.size()),
                     // what was cut off when the change moved on is taken up where it comes back
                     text(run, "status") == "completed" && text(run, "conclusion") != "cancelled",
                     static_cast<std::size_t>(forge::number(run, "output/annotations_count"))};
    if (!said.check || older(said.check->id, there.id)) said.check = std::move(there);
  }
  return {};
}

Result<void> GitHub::read_status(Said& said) {
  const auto list = http_.ask_json(path(fmt::format("/commits/{}/statuses?per_page=100", head_)));
  if (!list) return fail(list.error());
  // newest first
  for (const auto& status : *list) {
    if (text(status, "context") != place_.name) continue;
    said.status = StatusThere{text(status, "state"), text(status, "description")};
    return {};
  }
  return {};
}

}  // namespace peer
