#include "bot/git/revision.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <fmt/format.h>

#include "base/text.hpp"
#include "bot/git/damaged.hpp"

namespace peer {
namespace {

using ReferenceIteratorHandle = Handle<git_reference_iterator, git_reference_iterator_free>;

std::string_view short_name(std::string_view name) {
  constexpr std::array<std::string_view, 3> kPrefixes = {"refs/heads/", "refs/tags/",
                                                         "refs/remotes/"};
  for (const auto prefix : kPrefixes)
    if (name.starts_with(prefix)) return name.substr(prefix.size());
  return {};
}

std::vector<std::string> known_names(git_repository* repo) {
  constexpr std::size_t kMost = 5000;
  std::vector<std::string> names = {"HEAD"};
  ReferenceIteratorHandle references;
  if (take(references, [&](auto** raw) { return git_reference_iterator_new(raw, repo); }) < 0)
    return names;
  const char* name = nullptr;
  while (names.size() < kMost && git_reference_next_name(&name, references.get()) == 0) {
    const auto shortened = short_name(name);
    if (!shortened.empty()) names.emplace_back(shortened);
    // people leave "origin/" away
    if (std::string_view(name).starts_with("refs/remotes/")) {
      const auto slash = shortened.find('/');
      if (slash != std::string_view::npos) names.emplace_back(shortened.substr(slash + 1));
    }
  }
  return names;
}

/// The name without `~2`, `^`, `@{1}` behind it: what must exist.
std::string_view stem(std::string_view name) { return name.substr(0, name.find_first_of("~^@:")); }

Error unknown_revision(git_repository* repo, std::string_view name) {
  const auto base = stem(name);
  const auto names = known_names(repo);
  const bool known = std::find(names.begin(), names.end(), base) != names.end();
  const auto near = known ? std::string() : nearest(base, names);
  std::string message =
      fmt::format("there is no revision '{}' in this repository", visible(name, false));
  message += near.empty() ? "." : fmt::format("; did you mean '{}'?", visible(near, false));
  if (git_repository_is_shallow(repo) == 1) {
    message +=
        " The clone is shallow: if the revision is older, fetch more history "
        "(fetch-depth: 0, or `git fetch --unshallow`)";
  } else if (near.empty()) {
    message +=
        " `git branch -a` and `git tag` list the names there are; `git fetch` brings new ones";
  }
  return {ErrorKind::not_found, message, "PEER-E122"};
}

Error missing_commit(std::string_view id) {
  return {ErrorKind::not_found,
          fmt::format("the commit {} is not in this clone. Fetch it (fetch-depth: 0, or `git fetch "
                      "origin {}`)",
                      id, id),
          "PEER-E123"};
}

/// Searching commit messages is left out: the pattern would run in an unmaintained matcher.
bool searches_messages(std::string_view name) {
  return name.find(":/") != std::string_view::npos || name.find("^{/") != std::string_view::npos;
}

}  // namespace

Error unborn_branch(git_repository* repo) {
  ReferenceHandle head;
  std::string name = "HEAD";
  if (take(head, [&](auto** raw) { return git_reference_lookup(raw, repo, "HEAD"); }) == 0 &&
      git_reference_symbolic_target(head.get()) != nullptr)
    name = std::string(short_name(git_reference_symbolic_target(head.get())));
  return {
      ErrorKind::not_found,
      fmt::format("the branch '{}' has no commit yet, so there is nothing to compare with. Commit "
                  "first, or examine what is staged with --staged, or name files and folders",
                  visible(name, false)),
      "PEER-E121"};
}

CommitHandle commit_by_id(git_repository* repo, const git_oid& id) {
  CommitHandle commit;
  take(commit, [&](auto** raw) { return git_commit_lookup(raw, repo, &id); });
  return commit;
}

Result<CommitHandle> find_commit(git_repository* repo, std::string_view name) {
  const std::string spec(name);
  if (name.empty() || name.starts_with('-') || searches_messages(name) ||
      name.find('\0') != std::string_view::npos)
    return fail(unknown_revision(repo, name));
  ObjectHandle object;
  const int code =
      take(object, [&](auto** raw) { return git_revparse_single(raw, repo, spec.c_str()); });
  if (code == GIT_EAMBIGUOUS) {
    return fail(
        ErrorKind::invalid_input,
        fmt::format("'{}' is the beginning of several object names: give more digits", name),
        "PEER-E122");
  }
  if (code < 0) {
    git_oid id;
    if (parse_id(name, id) && code == GIT_ENOTFOUND) return fail(missing_commit(name));
    if (auto damaged = damaged_revision(repo, name)) return fail(std::move(*damaged));
    const bool is_id = std::all_of(name.begin(), name.end(),
                                   [](unsigned char c) { return std::isxdigit(c) != 0; });
    if (is_id && code == GIT_ERROR)
      return fail(git_error_of(code, fmt::format("cannot read the object {}", name)));
    if (stem(name) == "HEAD" && git_repository_head_unborn(repo) == 1)
      return fail(unborn_branch(repo));
    return fail(unknown_revision(repo, name));
  }
  CommitHandle commit;
  const int peeled = take(commit, [&](auto** raw) {
    return git_object_peel(reinterpret_cast<git_object**>(raw), object.get(), GIT_OBJECT_COMMIT);
  });
  if (peeled < 0) {
    if (auto damaged = damaged_revision(repo, name)) return fail(std::move(*damaged));
    return fail(ErrorKind::invalid_input,
                fmt::format("'{}' is not a commit: give a branch, a tag or a commit id",
                            visible(name, false)),
                "PEER-E122");
  }
  return commit;
}

std::vector<git_oid> parents_of(const git_commit* commit) {
  std::vector<git_oid> parents;
  constexpr std::string_view kParent = "parent ";
  for (const auto line : split(git_commit_raw_header(commit), '\n')) {
    git_oid id;
    if (line.starts_with(kParent) && parse_id(line.substr(kParent.size()), id))
      parents.push_back(id);
  }
  return parents;
}

Result<TreeHandle> tree_of(const git_commit* commit) {
  TreeHandle tree;
  const int code = take(tree, [&](auto** raw) { return git_commit_tree(raw, commit); });
  if (code < 0)
    return fail(git_error_of(
        code, fmt::format("cannot read the tree of commit {}", hex(*git_commit_id(commit)))));
  return tree;
}

Result<std::optional<NamedCommit>> default_branch(git_repository* repo) {
  std::vector<std::string> candidates;
  ReferenceHandle remote_head;
  const int code = take(remote_head, [&](auto** raw) {
    return git_reference_lookup(raw, repo, "refs/remotes/origin/HEAD");
  });
  if (code == 0 && git_reference_symbolic_target(remote_head.get()) != nullptr)
    candidates.emplace_back(git_reference_symbolic_target(remote_head.get()));
  else if (code < 0 && code != GIT_ENOTFOUND)
    candidates.emplace_back("refs/remotes/origin/HEAD");
  for (const auto* name : {"refs/heads/main", "refs/remotes/origin/main", "refs/heads/master",
                           "refs/remotes/origin/master"})
    candidates.emplace_back(name);
  for (const auto& name : candidates) {
    git_oid id;
    const int found = git_reference_name_to_id(&id, repo, name.c_str());
    if (found == GIT_ENOTFOUND || found == GIT_EINVALIDSPEC) continue;
    if (found == 0 && commit_by_id(repo, id))
      return std::optional(NamedCommit{std::string(short_name(name)), id});
    // another branch in its place would be a wrong base
    if (auto damaged = damaged_revision(repo, name)) return fail(std::move(*damaged));
  }
  return std::nullopt;
}

}  // namespace peer
