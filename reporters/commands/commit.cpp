#include "reporters/commands/commit.hpp"

#include <fmt/format.h>

#include "base/text.hpp"

namespace peer {
namespace {

using Kind = CommitEnd::Kind;
constexpr int kMostAttempts = 4;

/// Whether there is anything to do, from what the branch ends in: nothing known means go on.
std::optional<CommitEnd> looked_at(CommandForge& forge, const NewCommit& commit,
                                   const std::string& to) {
  const auto tip = forge.tip(commit.project, commit.branch);
  if (!tip) {
    const bool hidden =
        tip.error().kind == ErrorKind::refused || tip.error().kind == ErrorKind::not_found;
    return CommitEnd{hidden ? Kind::forbidden : Kind::failed, "", tip.error().message};
  }
  if (!*tip) {
    if (commit.new_branch) return std::nullopt;
    return CommitEnd{Kind::forbidden, "", "the branch is not there, or hidden from this token"};
  }
  if ((*tip)->id == commit.on) return std::nullopt;
  if ((*tip)->parent == commit.on && answers((*tip)->message, to))
    return CommitEnd{Kind::done, (*tip)->id, ""};
  return CommitEnd{Kind::moved, "",
                   "the branch has moved on to " + visible((*tip)->id.substr(0, 10), false)};
}

/// Looks, writes, and after a write whose end is not known looks again.
CommitEnd commit_once(CommandForge& forge, const NewCommit& commit, const std::string& to,
                      const std::function<bool(int)>& pause) {
  CommitEnd end{Kind::failed, "", "stopped"};
  for (int attempt = 0; attempt < kMostAttempts; ++attempt) {
    if (attempt > 0 && !pause(attempt)) return end;
    if (auto seen = looked_at(forge, commit, to)) return *seen;
    end = forge.commit(commit);
    // one that does not say its name is looked at too
    if (end.kind != Kind::unsure && !(end.kind == Kind::done && end.id.empty())) return end;
  }
  end.kind = Kind::failed;
  return end;
}

std::string change_body(const FixesToCommit& fixes, const ChangeEnds& ends) {
  std::string body = fmt::format("Fixes that Peer proved on `{}`:\n\n", ends.head.substr(0, 10));
  for (const auto& fix : fixes.fixes)
    body += fmt::format("- `{}`\n", fix);
  constexpr std::size_t kMost = 50'000;
  return body.size() <= kMost ? body : body.substr(0, body.rfind('\n', kMost)) + "\n- and more\n";
}

FixEnd open_own(CommandForge& forge, const ChangeEnds& ends, const FixesToCommit& fixes,
                NewCommit commit, const std::string& to, const std::string& why,
                const std::function<bool(int)>& pause) {
  // in the project of the branch: one of ours that holds what a stranger wrote could start jobs
  // with our secrets
  commit.new_branch = true;
  commit.branch = "peer/fix-" + ends.head.substr(0, 10);
  const auto end = commit_once(forge, commit, to, pause);
  if (end.kind == Kind::moved)
    return {FixEnd::Kind::branched, "", commit.branch, "",
            "the branch is there already, from an earlier command"};
  if (end.kind != Kind::done)
    return {end.kind == Kind::failed ? FixEnd::Kind::failed : FixEnd::Kind::cannot, "", "", "",
            end.detail.empty() ? why : end.detail};
  const auto url = forge.open_change(
      {commit.project, commit.branch, ends.branch, commit.title, change_body(fixes, ends)});
  if (!url) return {FixEnd::Kind::branched, end.id, commit.branch, "", url.error().message};
  return {FixEnd::Kind::opened, end.id, commit.branch, *url, why};
}

}  // namespace

FixEnd commit_fixes(CommandForge& forge, const ChangeEnds& ends, const FixesToCommit& fixes,
                    const std::string& to, const std::function<bool(int round)>& pause) {
  if (ends.project.empty())
    return {FixEnd::Kind::cannot, "", "", "", "the project of the branch is gone"};
  if (ends.foreign && !ends.shared)
    return {FixEnd::Kind::cannot, "", "", "",
            "the branch belongs to a fork whose owner has not allowed edits by maintainers"};
  const NewCommit commit{ends.project,    ends.branch,           ends.head,  false,
                         title_of(fixes), message_of(fixes, to), fixes.files};
  const auto end = commit_once(forge, commit, to, pause);
  switch (end.kind) {
    case Kind::done:
      return {FixEnd::Kind::committed, end.id, ends.branch, "", ""};
    case Kind::moved:
      return {FixEnd::Kind::moved, "", "", "", end.detail};
    case Kind::forbidden:
      return open_own(forge, ends, fixes, commit, to, end.detail, pause);
    case Kind::unsure:
    case Kind::failed:
      break;
  }
  return {FixEnd::Kind::failed, "", "", "", end.detail};
}

}  // namespace peer
