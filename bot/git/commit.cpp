#include "bot/git/commit.hpp"

#include <fmt/format.h>

#include "analyzers/fix/protected.hpp"
#include "base/hash.hpp"
#include "base/text.hpp"
#include "bot/git/handles.hpp"
#include "bot/git/state.hpp"

namespace peer {
namespace {

using SignatureHandle = Handle<git_signature, git_signature_free>;

constexpr std::size_t kShortHash = 8;

Error refusal(std::string message) { return {ErrorKind::refused, std::move(message), {}}; }

Result<CommitHandle> find_parent(Repository& repository, const CommitRequest& request) {
  auto* repo = repository.state().repo.get();
  if (request.parent.empty()) {
    if (!repository.head())
      return fail(refusal("nothing is committed yet: make a first commit before --commit"));
    if (!repository.branch() && request.branch.empty())
      return fail(
          refusal(fmt::format("HEAD is detached at {}: name the branch to commit the fixes on",
                              repository.head()->substr(0, kShortHash))));
  }
  const auto revision =
      (request.parent.empty() ? std::string("HEAD") : request.parent) + "^{commit}";
  ObjectHandle object;
  const int code = take(
      object, [&](git_object** out) { return git_revparse_single(out, repo, revision.c_str()); });
  if (code < 0) return fail(git_error_of(code, "reading the commit to build on"));
  CommitHandle commit;
  const int looked = take(commit, [&](git_commit** out) {
    return git_commit_lookup(out, repo, git_object_id(object.get()));
  });
  if (looked < 0) return fail(git_error_of(looked, "reading the commit to build on"));
  return commit;
}

bool is_blob(std::string_view bytes, const git_oid& id) {
  git_oid made{};
  return git_odb_hash(&made, bytes.data(), bytes.size(), GIT_OBJECT_BLOB) == 0 &&
         git_oid_equal(&made, &id) != 0;
}

/// `bytes` of the work tree as Git would store them: line ends by attributes. Only libgit2's own
/// filters run.
Result<std::string> cleaned(git_repository* repo, const std::string& path, std::string_view bytes) {
  FilterListHandle filters;
  const int code = take(filters, [&](git_filter_list** out) {
    return git_filter_list_load(out, repo, nullptr, path.c_str(), GIT_FILTER_TO_ODB,
                                GIT_FILTER_ALLOW_UNSAFE);
  });
  if (code < 0)
    return fail(git_error_of(code, "reading the line end settings of " + visible(path, false)));
  Buffer out;
  const int applied =
      git_filter_list_apply_to_buffer(&out.raw, filters.get(), bytes.data(), bytes.size());
  if (applied < 0) return fail(git_error_of(applied, "converting " + visible(path, false)));
  return std::string(out.view());
}

/// The bytes to store for `file`, given that the parent holds blob `id` for it.
Result<std::string> stored_bytes(git_repository* repo, const CommittedFile& file,
                                 const git_oid& id) {
  if (is_blob(file.expected, id)) return file.bytes;
  if (git_repository_is_bare(repo) == 0) {
    const auto before = cleaned(repo, file.path, file.expected);
    if (!before) return fail(before.error());
    if (is_blob(*before, id)) return cleaned(repo, file.path, file.bytes);
  }
  return fail(refusal(visible(file.path, false) +
                      " has changes that are not committed: commit or stash them first"));
}

/// Stores the new content of `file` and gives the change of the tree.
Result<git_tree_update> updated(git_repository* repo, const git_tree* tree,
                                const CommittedFile& file) {
  if (const auto reason = protected_path(file.path))
    return fail(refusal(visible(file.path, false) + " " + *reason));
  TreeEntryHandle entry;
  const int found = take(entry, [&](git_tree_entry** out) {
    return git_tree_entry_bypath(out, tree, file.path.c_str());
  });
  if (found < 0)
    return fail(
        refusal(visible(file.path, false) + " is not in the commit to build on: commit it first"));
  const auto mode = git_tree_entry_filemode(entry.get());
  if (mode != GIT_FILEMODE_BLOB && mode != GIT_FILEMODE_BLOB_EXECUTABLE)
    return fail(refusal(visible(file.path, false) + " is no plain file"));
  const auto bytes = stored_bytes(repo, file, *git_tree_entry_id(entry.get()));
  if (!bytes) return fail(bytes.error());
  git_tree_update update{GIT_TREE_UPDATE_UPSERT, {}, mode, file.path.c_str()};
  const int code = git_blob_create_from_buffer(&update.id, repo, bytes->data(), bytes->size());
  if (code < 0) return fail(git_error_of(code, "storing " + visible(file.path, false)));
  return update;
}

Result<git_oid> make_tree(git_repository* repo, const git_commit* parent,
                          std::span<const CommittedFile> files) {
  TreeHandle tree;
  int code = take(tree, [&](git_tree** out) { return git_commit_tree(out, parent); });
  if (code < 0) return fail(git_error_of(code, "reading the tree to build on"));
  std::vector<git_tree_update> updates;
  for (const auto& file : files) {
    auto update = updated(repo, tree.get(), file);
    if (!update) return fail(update.error());
    updates.push_back(*update);
  }
  git_oid id{};
  code = git_tree_create_updated(&id, repo, tree.get(), updates.size(), updates.data());
  if (code < 0) return fail(git_error_of(code, "storing the new tree"));
  return id;
}

/// Who commits: the user as configured, else Peer by name; now, by `clock`.
Result<SignatureHandle> sign(git_repository* repo, const Clock& clock, bool& nameless) {
  SignatureHandle configured;
  nameless =
      take(configured, [&](git_signature** out) { return git_signature_default(out, repo); }) < 0;
  const char* name = nameless ? "Peer" : configured->name;
  const char* email = nameless ? "peer@localhost" : configured->email;
  const int offset = nameless ? 0 : configured->when.offset;
  SignatureHandle signature;
  const int code = take(signature, [&](git_signature** out) {
    return git_signature_new(out, name, email, clock.unix_seconds(), offset);
  });
  if (code < 0) return fail(git_error_of(code, "naming the committer"));
  return signature;
}

std::string branch_name(const CommitRequest& request, const git_commit* parent,
                        const git_oid& tree) {
  if (!request.branch.empty()) return request.branch;
  const auto what = sha256_of_parts({hex(*git_commit_id(parent)), hex(tree)});
  return "peer/fixes-" + what.substr(0, kShortHash);
}

/// The commit on `reference` when it holds just this tree on just this parent; refused when it
/// holds anything else.
Result<std::optional<git_oid>> commit_on(git_repository* repo, const std::string& reference,
                                         const git_commit* parent, const git_oid& tree) {
  git_oid id{};
  const int code = git_reference_name_to_id(&id, repo, reference.c_str());
  if (code == GIT_ENOTFOUND) return std::optional<git_oid>{};
  if (code < 0) return fail(git_error_of(code, "reading " + visible(reference, false)));
  CommitHandle commit;
  const bool readable =
      take(commit, [&](git_commit** out) { return git_commit_lookup(out, repo, &id); }) == 0;
  const bool same =
      readable && git_commit_parentcount(commit.get()) == 1 &&
      git_oid_equal(git_commit_parent_id(commit.get(), 0), git_commit_id(parent)) != 0 &&
      git_oid_equal(git_commit_tree_id(commit.get()), &tree) != 0;
  if (same) return std::optional<git_oid>{id};
  return fail(refusal(fmt::format("the branch {} exists already; choose another name or delete it",
                                  visible(reference, false))));
}

Result<git_oid> write_commit(git_repository* repo, const CommitRequest& request,
                             const git_commit* parent, const git_oid& tree_id,
                             const git_signature* who) {
  TreeHandle tree;
  int code = take(tree, [&](git_tree** out) { return git_tree_lookup(out, repo, &tree_id); });
  if (code < 0) return fail(git_error_of(code, "reading the new tree"));
  git_oid id{};
  const git_commit* parents[] = {parent};
  code = git_commit_create(&id, repo, nullptr, who, who, nullptr, request.message.c_str(),
                           tree.get(), 1, parents);
  if (code < 0) return fail(git_error_of(code, "writing the commit"));
  return id;
}

Result<void> make_branch(git_repository* repo, const std::string& reference, const git_oid& id) {
  ReferenceHandle made;
  const int code = take(made, [&](git_reference** out) {
    return git_reference_create(out, repo, reference.c_str(), &id, 0, "peer: commit fixes");
  });
  if (code < 0) return fail(git_error_of(code, "making the branch " + visible(reference, false)));
  return {};
}

}  // namespace

Result<Committed> commit_files(Repository& repository, const CommitRequest& request,
                               const Clock& clock) {
  auto* repo = repository.state().repo.get();
  if (request.files.empty()) return fail(ErrorKind::invalid_input, "there is nothing to commit");
  const auto parent = find_parent(repository, request);
  if (!parent) return fail(parent.error());
  const auto tree = make_tree(repo, parent->get(), request.files);
  if (!tree) return fail(tree.error());
  Committed done;
  done.parent = hex(*git_commit_id(parent->get()));
  done.branch = branch_name(request, parent->get(), *tree);
  const auto reference = "refs/heads/" + done.branch;
  int valid = 0;
  if (git_branch_name_is_valid(&valid, done.branch.c_str()) < 0 || valid == 0)
    return fail(ErrorKind::invalid_input,
                visible(done.branch, false) + " is not a valid branch name");
  const auto standing = commit_on(repo, reference, parent->get(), *tree);
  if (!standing) return fail(standing.error());
  if (*standing) {
    done.id = hex(**standing);
    done.existed = true;
    return done;
  }
  const auto who = sign(repo, clock, done.nameless);
  if (!who) return fail(who.error());
  const auto id = write_commit(repo, request, parent->get(), *tree, who->get());
  if (!id) return fail(id.error());
  if (auto made = make_branch(repo, reference, *id); !made) return fail(made.error());
  done.id = hex(*id);
  return done;
}

}  // namespace peer
