#include <fmt/format.h>
#include <set>

#include "bot/git/revision.hpp"

namespace peer {
namespace {

struct ById {
  bool operator()(const git_oid& a, const git_oid& b) const { return git_oid_cmp(&a, &b) < 0; }
};
using Ids = std::set<git_oid, ById>;

/// All commits of this clone that can be reached from `starts`, themselves included.
Ids reachable(git_repository* repo, std::vector<git_oid> starts) {
  Ids seen;
  while (!starts.empty()) {
    const auto id = starts.back();
    starts.pop_back();
    if (seen.contains(id)) continue;
    const auto commit = commit_by_id(repo, id);
    if (!commit) continue;  // beyond the edge of the clone
    seen.insert(id);
    for (const auto& parent : parents_of(commit.get()))
      starts.push_back(parent);
  }
  return seen;
}

/// libgit2 1.5 gives up where a parent is cut off, though the base may stand on this side of the
/// edge.
std::optional<git_oid> merge_base_in_shallow(git_repository* repo, const git_oid& one,
                                             const git_oid& other) {
  const auto from_one = reachable(repo, {one});
  std::vector<git_oid> common;
  for (const auto& id : reachable(repo, {other}))
    if (from_one.contains(id)) common.push_back(id);
  std::vector<git_oid> above;
  for (const auto& id : common)
    for (const auto& parent : parents_of(commit_by_id(repo, id).get()))
      above.push_back(parent);
  const auto older = reachable(repo, std::move(above));
  std::optional<git_oid> best;
  git_time_t newest = 0;
  for (const auto& id : common) {
    if (older.contains(id)) continue;
    const auto time = git_commit_time(commit_by_id(repo, id).get());
    if (!best || time > newest) best = id, newest = time;
  }
  return best;
}

/// The first commit above `starts` that cannot be read.
std::optional<git_oid> lost_ancestor(git_repository* repo, std::vector<git_oid> starts) {
  Ids seen;
  while (!starts.empty()) {
    const auto id = starts.back();
    starts.pop_back();
    if (!seen.insert(id).second) continue;
    const auto commit = commit_by_id(repo, id);
    if (!commit) return id;
    for (const auto& parent : parents_of(commit.get()))
      starts.push_back(parent);
  }
  return std::nullopt;
}

}  // namespace

Result<std::optional<git_oid>> merge_base_of(git_repository* repo, const git_oid& one,
                                             const git_oid& other) {
  git_oid base;
  const int code = git_merge_base(&base, repo, &one, &other);
  if (code == 0) return base;
  if (git_repository_is_shallow(repo) == 1) return merge_base_in_shallow(repo, one, other);
  // libgit2 has one code for "none" and "an object is missing", and no words
  if (const auto lost = lost_ancestor(repo, {one, other}))
    return fail(git_error_of(GIT_ENOTFOUND, fmt::format("cannot read the commit {}", hex(*lost))));
  if (code == GIT_ENOTFOUND) return std::nullopt;
  return fail(git_error_of(code, "cannot find the merge base"));
}

}  // namespace peer
