#include "reporters/comment_sync/issue_plan.hpp"

#include <algorithm>
#include <set>

#include "base/hash.hpp"
#include "reporters/comment_sync/plan.hpp"

namespace peer {
namespace {

/// The issue as it should stand after one that remembers `before`.
EditIssue edited(const Wanted& wanted, const Memory& before) {
  Memory memory;
  memory.name = wanted.name;
  memory.head = wanted.head;
  memory.found = keys_of(wanted);
  memory.since = since_then(before, memory.found, wanted);
  EditIssue issue;
  issue.title = "Peer audit: " + wanted.title;
  issue.body = summary_body(wanted, memory, {});
  issue.open = !wanted.findings.empty() || !wanted.complete;
  return issue;
}

bool has_news(const Wanted& wanted, const Memory& before) {
  const std::set<std::string> known(before.found.begin(), before.found.end());
  return before.whole &&
         std::any_of(wanted.findings.begin(), wanted.findings.end(),
                     [&](const auto& finding) { return !known.contains(finding.key); });
}

/// Closed by us: then nothing was found.
bool closed_by_people(const IssueThere& issue) {
  return !issue.open && !issue.memory.found.empty();
}

}  // namespace

std::vector<IssueWrite> plan_issue(const Wanted& wanted, const std::vector<IssueThere>& there) {
  std::vector<IssueWrite> writes;
  if (there.empty()) {
    if (wanted.findings.empty()) return writes;
    auto issue = edited(wanted, {});
    writes.emplace_back(OpenIssue{std::move(issue.title), std::move(issue.body)});
    return writes;
  }
  const auto& ours = there.front();
  const bool dismissed = closed_by_people(ours) && !has_news(wanted, ours.memory);
  const bool idle = !ours.open && wanted.findings.empty();  // it is closed already
  if (!dismissed && !idle) {
    auto issue = edited(wanted, ours.memory);
    issue.id = ours.id;
    const auto memory = read_memory(issue.body);
    const bool same = memory && memory->said == ours.memory.said && issue.title == ours.title &&
                      issue.open == ours.open;
    if (!same) writes.emplace_back(std::move(issue));
  }
  // two that were opened at the same time
  for (std::size_t i = 1; i < there.size(); ++i)
    if (there[i].open)
      writes.emplace_back(EditIssue{there[i].id, there[i].title, there[i].body, false});
  return writes;
}

}  // namespace peer
