// What people see of a change on the fakes of the forges: everything but ids.
#pragma once

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "tests/fakes/github_fake.hpp"
#include "tests/fakes/gitlab_fake.hpp"

namespace peer::fakes {

inline std::string sorted_lines(std::vector<std::string> lines) {
  std::sort(lines.begin(), lines.end());
  std::string all;
  for (const auto& line : lines)
    all += line + "\n";
  return all;
}

inline std::string shown(const GitHubFake& forge) {
  std::vector<std::string> lines;
  for (const auto& talk : forge.talks) {
    auto line = "thread " + talk.path + ":" + std::to_string(talk.line) + " " + talk.side +
                (talk.resolved ? " resolved by " + talk.resolved_by : " open") +
                (talk.minimized ? " hidden" : "");
    for (const auto& comment : talk.comments)
      line += " | " + comment.login + ": " + comment.body;
    lines.push_back(std::move(line));
  }
  for (const auto& comment : forge.comments)
    lines.push_back("comment of " + comment.login + ": " + comment.body);
  for (const auto& check : forge.checks)
    lines.push_back("check on " + check.sha + " " + check.external_id + " " + check.status + " " +
                    check.conclusion + " " + std::to_string(check.annotations) + " " +
                    check.summary);
  for (const auto& status : forge.statuses)
    lines.push_back("status on " + status.sha + " " + status.state + " " + status.description);
  for (const auto& label : forge.labels)
    lines.push_back("label " + label);
  // one that is uploaded again takes the place of the first
  std::set<std::string> uploads;
  for (const auto& sarif : forge.sarifs)
    uploads.insert(dump_json(sarif));
  lines.push_back(std::to_string(uploads.size()) + " uploads");
  return sorted_lines(std::move(lines));
}

inline std::string shown(const GitLabFake& forge) {
  std::vector<std::string> lines;
  for (const auto& each : forge.discussions) {
    auto line = each.resolvable ? "thread " + dump_json(each.position) : std::string("note");
    line += each.resolved ? " resolved by " + std::to_string(each.resolved_by) : " open";
    for (const auto& note : each.notes)
      line += " | " + std::to_string(note.author) + ": " + note.body;
    lines.push_back(std::move(line));
  }
  for (const auto& draft : forge.drafts)
    lines.push_back("draft " + draft.note);
  for (const auto& label : forge.labels)
    lines.push_back("label " + label);
  return sorted_lines(std::move(lines));
}

}  // namespace peer::fakes
