#include "reporters/commands/commit.hpp"

#include <fmt/format.h>

#include "base/text.hpp"

namespace peer {
namespace {

using Kind = CommitEnd::Kind;
constexpr int kMostAttempts = 4;

std::string change_body(const FixesToCommit& fixes, const ChangeEnds& ends) {
  std::string body = fmt::format("Fixes that Peer proved on `{}`:\n\n", ends.head.substr(0, 10));
  for (const auto& fix : fixes.fixes)
    body += fmt::format("- `{}`\n", fix);
  constexpr std::size_t kMost = 50'000;
  return body.size() <= kMost ? body : body.substr(0, body.rfind('\n', kMost)) + "\n- and more\n";
}

/// Brings the fixes that answer the command `to` onto the branch of a change.
class FixCommit {
 public:
  FixCommit(CommandForge& forge, const ChangeEnds& ends, const FixesToCommit& fixes,
            const std::string& to, const std::function<bool(int)>& pause)
      : forge_(forge), ends_(ends), fixes_(fixes), to_(to), pause_(pause) {}

  FixEnd make() {
    const NewCommit commit{ends_.project, ends_.branch,     ends_.head,
                           false,         title_of(fixes_), message_of(fixes_, to_),
                           fixes_.files};
    const auto end = commit_once(commit);
    switch (end.kind) {
      case Kind::done:
        return {FixEnd::Kind::committed, end.id, ends_.branch, "", ""};
      case Kind::moved:
        return {FixEnd::Kind::moved, "", "", "", end.detail};
      case Kind::forbidden:
        return open_own(commit, end.detail);
      case Kind::unsure:
      case Kind::failed:
        break;
    }
    return {FixEnd::Kind::failed, "", "", "", end.detail};
  }

 private:
  /// Whether there is anything to do, from what the branch ends in: nothing known means go on.
  std::optional<CommitEnd> looked_at(const NewCommit& commit) {
    const auto tip = forge_.tip(commit.project, commit.branch);
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
    if ((*tip)->parent == commit.on && answers((*tip)->message, to_))
      return CommitEnd{Kind::done, (*tip)->id, ""};
    return CommitEnd{Kind::moved, "",
                     "the branch has moved on to " + visible((*tip)->id.substr(0, 10), false)};
  }

  /// Looks, writes, and after a write whose end is not known looks again.
  CommitEnd commit_once(const NewCommit& commit) {
    CommitEnd end{Kind::failed, "", "stopped"};
    for (int attempt = 0; attempt < kMostAttempts; ++attempt) {
      if (attempt > 0 && !pause_(attempt)) return end;
      if (auto seen = looked_at(commit)) return *seen;
      end = forge_.commit(commit);
      // one that does not say its name is looked at too
      if (end.kind != Kind::unsure && !(end.kind == Kind::done && end.id.empty())) return end;
    }
    end.kind = Kind::failed;
    return end;
  }

  /// `why` the branch of the change cannot be written to.
  FixEnd open_own(NewCommit commit, const std::string& why) {
    // in the project of the branch: one of ours that holds what a stranger wrote could start jobs
    // with our secrets
    commit.new_branch = true;
    commit.branch = "peer/fix-" + ends_.head.substr(0, 10);
    const auto end = commit_once(commit);
    if (end.kind == Kind::moved)
      return {FixEnd::Kind::branched, "", commit.branch, "",
              "the branch is there already, from an earlier command"};
    if (end.kind != Kind::done)
      return {end.kind == Kind::failed ? FixEnd::Kind::failed : FixEnd::Kind::cannot, "", "", "",
              end.detail.empty() ? why : end.detail};
    const auto url = forge_.open_change(
        {commit.project, commit.branch, ends_.branch, commit.title, change_body(fixes_, ends_)});
    if (!url) return {FixEnd::Kind::branched, end.id, commit.branch, "", url.error().message};
    return {FixEnd::Kind::opened, end.id, commit.branch, *url, why};
  }

  CommandForge& forge_;
  const ChangeEnds& ends_;
  const FixesToCommit& fixes_;
  const std::string& to_;
  const std::function<bool(int)>& pause_;
};

}  // namespace

FixEnd commit_fixes(CommandForge& forge, const ChangeEnds& ends, const FixesToCommit& fixes,
                    const std::string& to, const std::function<bool(int round)>& pause) {
  if (ends.project.empty())
    return {FixEnd::Kind::cannot, "", "", "", "the project of the branch is gone"};
  if (ends.foreign && !ends.shared)
    return {FixEnd::Kind::cannot, "", "", "",
            "the branch belongs to a fork whose owner has not allowed edits by maintainers"};
  return FixCommit(forge, ends, fixes, to, pause).make();
}

}  // namespace peer
