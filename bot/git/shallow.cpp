#include "bot/git/shallow.hpp"

#include <algorithm>
#include <fmt/format.h>

#include "base/text.hpp"
#include "bot/git/revision.hpp"

namespace peer {
namespace {

using ReferenceIteratorHandle = Handle<git_reference_iterator, git_reference_iterator_free>;

constexpr std::string_view kDeeper =
    "check out with fetch-depth: 0 (GitLab: GIT_DEPTH: 0), or run `git fetch --unshallow`; "
    "fetch-depth: 2 is enough for the merge commit of a pull request";

std::string abbreviated(const git_commit* commit) {
  return hex(*git_commit_id(commit)).substr(0, 7);
}

bool is_hex(std::string_view word) {
  return word.size() == GIT_OID_HEXSZ && std::all_of(word.begin(), word.end(), [](unsigned char c) {
           return std::isxdigit(c) != 0;
         });
}

/// GitHub's own words for refs/pull/N/merge: "Merge <head> into <base>".
bool has_merge_ref_message(const git_commit* commit) {
  const char* summary = git_commit_message(commit);
  const auto words = split(trim(split(summary == nullptr ? "" : summary, '\n').front()), ' ');
  return words.size() == 4 && words[0] == "Merge" && words[2] == "into" && is_hex(words[1]) &&
         is_hex(words[3]);
}

bool is_merge_ref(std::string_view name) {
  return name.ends_with("/merge") && (name.find("/pull/") != std::string_view::npos ||
                                      name.find("/merge-requests/") != std::string_view::npos);
}

bool a_merge_ref_points_to(git_repository* repo, const git_commit* commit) {
  ReferenceIteratorHandle references;
  if (take(references, [&](auto** raw) { return git_reference_iterator_new(raw, repo); }) < 0)
    return false;
  const char* name = nullptr;
  while (git_reference_next_name(&name, references.get()) == 0) {
    git_oid id;
    if (is_merge_ref(name) && git_reference_name_to_id(&id, repo, name) == 0 &&
        git_oid_equal(&id, git_commit_id(commit)) != 0)
      return true;
  }
  return false;
}

/// True where HEAD, a commit with two parents, is the forge's merge of `head` into its target, so
/// that its first parent is the target: `head` is its second parent, or `head` is HEAD itself and
/// looks like a pull request's merge.
bool merges_pull_request(git_repository* repo, const git_commit* merge, const git_commit* head) {
  const auto parents = parents_of(merge);
  if (parents.size() != 2) return false;
  if (git_oid_equal(&parents[1], git_commit_id(head)) != 0) return true;
  if (git_oid_equal(git_commit_id(merge), git_commit_id(head)) == 0) return false;
  return git_repository_head_detached(repo) == 1 || has_merge_ref_message(merge) ||
         a_merge_ref_points_to(repo, merge);
}

CommitHandle head_of(git_repository* repo) {
  git_oid id;
  if (git_reference_name_to_id(&id, repo, "HEAD") < 0) return {};
  return commit_by_id(repo, id);
}

/// What is said in a shallow clone, which can be deepened.
std::string beyond_the_edge(std::string_view base, const git_commit* head) {
  return fmt::format(
      "PEER-E120: the merge base of {} and {} is not in this clone, so only the commit {} is "
      "reviewed; to see the whole change {}.",
      short_name(base), abbreviated(head), abbreviated(head), kDeeper);
}

/// The same in a full clone, where there is nothing to deepen.
std::string gone(std::string_view base, const git_commit* head) {
  return fmt::format(
      "PEER-E120: {0} is not in this clone (a force push may have replaced it), so only the commit "
      "{1} is reviewed; fetch it with `git fetch origin {2}` if the server still has it, or give "
      "the range yourself: --base and --head.",
      short_name(base), abbreviated(head), visible(base, false));
}

/// All files of a commit whose parents are not in the clone.
Result<ResolvedRange> files_of(const git_commit* commit) {
  auto tree = tree_of(commit);
  if (!tree) return fail(tree.error());
  ResolvedRange range;
  range.after = {Side::Kind::tree, std::move(*tree), hex(*git_commit_id(commit))};
  range.description = abbreviated(commit);
  range.whole_files = true;
  range.incomplete = true;
  range.degraded.push_back(fmt::format(
      "PEER-E120: the parent of commit {} is not in this clone, so what it changed is not "
      "known and its files are examined as they stand; for the change itself {}.",
      abbreviated(commit), kDeeper));
  return range;
}

/// In a full clone the parents are there, or something is damaged.
Error lost_parent(const git_commit* commit, const git_oid& parent) {
  return git_error_of(GIT_ENOTFOUND, fmt::format("cannot read the commit {}, the parent of {}",
                                                 hex(parent), hex(*git_commit_id(commit))));
}

}  // namespace

Result<ResolvedRange> commit_alone(git_repository* repo, const git_commit* commit) {
  const auto parents = parents_of(commit);
  ResolvedRange range;
  if (!parents.empty()) {
    const auto parent = commit_by_id(repo, parents.front());
    if (!parent && git_repository_is_shallow(repo) == 1) return files_of(commit);
    if (!parent) return fail(lost_parent(commit, parents.front()));
    auto before = tree_of(parent.get());
    if (!before) return fail(before.error());
    range.before = {Side::Kind::tree, std::move(*before), hex(parents.front())};
  }
  auto after = tree_of(commit);
  if (!after) return fail(after.error());
  range.after = {Side::Kind::tree, std::move(*after), hex(*git_commit_id(commit))};
  range.description = abbreviated(commit);
  return range;
}

std::string short_name(std::string_view name) {
  return is_hex(name) ? std::string(name.substr(0, 7)) : visible(name, false);
}

Result<ResolvedRange> without_base(git_repository* repo, const git_commit* head,
                                   std::string_view base) {
  const auto merge = head_of(repo);
  if (merge && merges_pull_request(repo, merge.get(), head) &&
      commit_by_id(repo, parents_of(merge.get()).front())) {
    auto exact = commit_alone(repo, merge.get());
    if (exact) {
      exact->merge_base = exact->before.commit;
      exact->description = "HEAD^1..HEAD";
    }
    return exact;
  }
  auto alone = commit_alone(repo, head);
  if (!alone) return alone;
  alone->incomplete = true;
  alone->degraded.insert(alone->degraded.begin(), git_repository_is_shallow(repo) == 1
                                                      ? beyond_the_edge(base, head)
                                                      : gone(base, head));
  return alone;
}

Result<ResolvedRange> without_head(git_repository* repo, std::string_view id) {
  const auto merge = head_of(repo);
  git_oid wanted;
  if (merge && parse_id(id, wanted)) {
    const auto parents = parents_of(merge.get());
    const bool holds_it = parents.size() == 2 && git_oid_equal(&parents[1], &wanted) != 0;
    if (holds_it) {
      auto range = commit_alone(repo, merge.get());
      if (range && !range->incomplete) range->merge_base = range->before.commit;
      return range;
    }
  }
  return fail(
      ErrorKind::not_found,
      fmt::format("the head commit {} is not in this clone, and HEAD is another commit: check "
                  "out the head of the change, with {}",
                  visible(id, false), kDeeper),
      "PEER-E123");
}

}  // namespace peer
